import { transport } from '../nft-pktinfo';
import type { XtIcmp } from '../xt-match';
import { inRange } from './tcp';
import type { XtMatchFn } from './verdict';

/** The type that means any, which iptables stores for `--icmp-type any`. */
const ANY_TYPE = 0xff;

/** icmp_match(), icmp6_match(), net/netfilter/xt_tcpudp.c. */
export function icmpMatch(match: XtIcmp): XtMatchFn {
  const kind = match.name === 'icmp' ? 'icmp' : 'icmpv6';
  return (pkt) => {
    const l4 = transport(pkt.ip);
    if (l4?.kind !== kind) return false;
    const any = match.name === 'icmp' && match.type === ANY_TYPE;
    return (any || (l4.type === match.type && inRange(l4.code, match.code))) !== match.invert;
  };
}
