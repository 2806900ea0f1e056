import type { XtMac } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** mac_mt(), net/netfilter/xt_mac.c: only what came in by an Ethernet device has a source. */
export const macMatch =
  (match: XtMac): XtMatchFn =>
  (pkt) => {
    const { eth } = pkt.skb;
    if (!eth || pkt.in?.linkType !== 'ether') return false;
    return (eth.src === match.source) !== match.invert;
  };
