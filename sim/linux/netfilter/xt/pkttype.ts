import { isMulticast } from '../../../wire/ip';
import type { NftPktinfo } from '../nft-pktinfo';
import type { XtPkttype } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** pkttype_mt(), net/netfilter/xt_pkttype.c. */
export const pkttypeMatch =
  ({ type, invert }: XtPkttype): XtMatchFn =>
  (pkt) =>
    (typeOf(pkt) === type) !== invert;

/** What a sender hears of its own broadcast came by PACKET_LOOPBACK: the address tells. */
function typeOf(pkt: NftPktinfo): XtPkttype['type'] | undefined {
  const { pktType } = pkt.skb;
  switch (pktType) {
    case 'host':
      return 'unicast';
    case 'broadcast':
    case 'multicast':
      return pktType;
    case 'loopback':
      return isMulticast(pkt.ip.dst) ? 'multicast' : 'broadcast';
    default:
      return undefined;
  }
}
