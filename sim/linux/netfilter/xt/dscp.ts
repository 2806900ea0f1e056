import type { IpPacket } from '../../../wire/frame';
import type { NftPktinfo } from '../nft-pktinfo';
import type { XtDscp, XtTos } from '../xt-match';
import type { XtTarget } from '../xt-target';
import type { XtMatchFn, XtTargetFn } from './verdict';

const tosOf = (ip: IpPacket): number => (ip.kind === 'ipv4' ? ip.tos : ip.trafficClass);

function setTos(pkt: NftPktinfo, tos: number): void {
  const { ip } = pkt;
  pkt.skb.packet = ip.kind === 'ipv4' ? { ...ip, tos } : { ...ip, trafficClass: tos };
}

/** tos_mt(), net/netfilter/xt_dscp.c. */
export const tosMatch =
  ({ value, mask, invert }: XtTos): XtMatchFn =>
  (pkt) =>
    ((tosOf(pkt.ip) & mask) === value) !== invert;

/** dscp_mt(): the upper six bits. */
export const dscpMatch =
  ({ dscp, invert }: XtDscp): XtMatchFn =>
  (pkt) =>
    (tosOf(pkt.ip) >> 2 === dscp) !== invert;

/** tos_tg(), net/netfilter/xt_DSCP.c. */
export const tosTarget =
  ({ value, mask }: Extract<XtTarget, { readonly name: 'TOS' }>): XtTargetFn =>
  (pkt) => {
    setTos(pkt, ((tosOf(pkt.ip) & ~mask) ^ value) & 0xff);
    return 'continue';
  };

/** dscp_tg(): the two bits of ECN stay. */
export const dscpTarget =
  ({ dscp }: Extract<XtTarget, { readonly name: 'DSCP' }>): XtTargetFn =>
  (pkt) => {
    setTos(pkt, (tosOf(pkt.ip) & 3) | (dscp << 2));
    return 'continue';
  };
