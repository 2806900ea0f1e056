import { tcpHeaderLength } from '../../../wire/tcp';
import { dstMtu } from '../../ip/path-mtu';
import { routeOutput4 } from '../../ip/route';
import { routeOutput6 } from '../../ip/route6';
import { type NftPktinfo, transport } from '../nft-pktinfo';
import type { XtTcpmssTarget } from '../xt-target';
import type { XtTargetFn } from './verdict';

/** What a host assumes that is told nothing: RFC 1122 §4.2.2.6, RFC 8200 §8.3. */
const DEFAULT_MSS4 = 536;
const DEFAULT_MSS6 = 1220;
/** The longest TCP header. */
const MAX_TCP_HLEN = 60;

/** tcpmss_mangle_packet(), net/netfilter/xt_TCPMSS.c: never a larger value than was told. */
export const tcpmssTarget =
  (target: XtTcpmssTarget): XtTargetFn =>
  (pkt) => {
    const { ip, skb } = pkt;
    const l4 = transport(ip);
    if (l4?.kind !== 'tcp') return 'continue';
    const wanted = target.mss ?? clampToPmtu(pkt);
    if (wanted === undefined) return 'drop';
    const told = l4.options.mss;
    if (told !== undefined && told <= wanted) return 'continue';
    const length = tcpHeaderLength(l4);
    const addable = l4.payload.length === 0 && length < MAX_TCP_HLEN;
    if (told === undefined && !addable) return 'continue';
    const most = ip.kind === 'ipv4' ? DEFAULT_MSS4 : DEFAULT_MSS6;
    const mss = told === undefined ? Math.min(wanted, most) : wanted;
    const payload = { ...l4, options: { ...l4.options, mss } };
    skb.packet = { ...ip, payload };
    return 'continue';
  };

/** The smaller of the route's MTU there and back, less the headers; undefined: nothing is left. */
function clampToPmtu(pkt: NftPktinfo): number | undefined {
  const { ip, skb, net } = pkt;
  const back =
    ip.kind === 'ipv4' ? routeOutput4(net, { dst: ip.src }) : routeOutput6(net, { dst: ip.src });
  const there = skb.dst ? dstMtu(skb.dst) : Number.POSITIVE_INFINITY;
  const mtu = Math.min(there, back.ok ? dstMtu(back.value) : Number.POSITIVE_INFINITY);
  const headers = ip.kind === 'ipv4' ? 40 : 60;
  if (mtu <= headers || !Number.isFinite(mtu)) return undefined;
  return mtu - headers;
}
