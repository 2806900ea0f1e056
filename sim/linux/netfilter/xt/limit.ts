import type { XtLimit } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** XT_LIMIT_SCALE: `avg` is in parts of 1/10000 s. */
const US_PER_PART = 100;

/** nft_limit_pkts_eval(), net/netfilter/nft_limit.c, which iptables-nft uses: a bucket of time, full at first. */
export function limitMatch({ avg, burst }: XtLimit): XtMatchFn {
  const costUs = avg * US_PER_PART;
  const maxUs = costUs * burst;
  let tokensUs = maxUs;
  let lastUs: number | undefined;
  return (pkt) => {
    const now = pkt.net.kernel.scheduler.nowUs;
    tokensUs = Math.min(maxUs, tokensUs + now - (lastUs ?? now));
    lastUs = now;
    if (tokensUs < costUs) return false;
    tokensUs -= costUs;
    return true;
  };
}
