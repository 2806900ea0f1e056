import { portsOf } from '../nft-pktinfo';
import type { XtMultiport } from '../xt-match';
import { inRange } from './tcp';
import type { XtMatchFn } from './verdict';

/** multiport_mt(), ports_match_v1(), net/netfilter/xt_multiport.c. */
export function multiportMatch(match: XtMultiport): XtMatchFn {
  const { which, ports, invert } = match;
  const listed = (port: number): boolean => ports.some((range) => inRange(port, range));
  return (pkt) => {
    const found = portsOf(pkt.ip);
    if (!found) return false;
    const { srcPort, dstPort } = found;
    const source = which !== 'destination' && listed(srcPort);
    const destination = which !== 'source' && listed(dstPort);
    return (source || destination) !== invert;
  };
}
