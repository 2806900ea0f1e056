import { eventCache } from '../conntrack/event';
import { IPCT_MARK } from '../conntrack/ipct';
import type { XtConnmark } from '../xt-match';
import type { XtConnmarkTarget } from '../xt-target';
import type { XtMatchFn, XtTargetFn } from './verdict';

/** connmark_mt(), net/netfilter/xt_connmark.c. */
export const connmarkMatch =
  (match: XtConnmark): XtMatchFn =>
  ({ skb: { ct } }) => {
    if (!ct) return false;
    return ((ct.mark & match.mask) >>> 0 === match.mark) !== match.invert;
  };

/** connmark_tg(): (old & ~mask) ^ new, of the connection, of the packet, or from one to the other. */
export const connmarkTarget =
  (target: XtConnmarkTarget): XtTargetFn =>
  ({ skb }) => {
    const { ct } = skb;
    if (!ct) return 'continue';
    const { op, ctmark, ctmask, nfmask } = target;
    if (op === 'restore') {
      skb.mark = ((skb.mark & ~nfmask) ^ (ct.mark & ctmask)) >>> 0;
      return 'continue';
    }
    const value = op === 'set' ? ctmark : skb.mark & nfmask;
    const mark = ((ct.mark & ~ctmask) ^ value) >>> 0;
    if (mark !== ct.mark) {
      ct.mark = mark;
      eventCache(ct, IPCT_MARK);
    }
    return 'continue';
  };
