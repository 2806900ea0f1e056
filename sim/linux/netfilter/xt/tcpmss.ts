import { transport } from '../nft-pktinfo';
import type { XtTcpmss } from '../xt-match';
import { inRange } from './tcp';
import type { XtMatchFn } from './verdict';

/** tcpmss_mt(), net/netfilter/xt_tcpmss.c: without the option the value is outside. */
export const tcpmssMatch =
  ({ mss, invert }: XtTcpmss): XtMatchFn =>
  (pkt) => {
    const l4 = transport(pkt.ip);
    if (l4?.kind !== 'tcp') return false;
    const told = l4.options.mss;
    return (told !== undefined && inRange(told, mss)) !== invert;
  };
