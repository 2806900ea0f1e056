import type { XtMark } from '../xt-match';
import type { XtMarkTarget } from '../xt-target';
import type { XtMatchFn, XtTargetFn } from './verdict';

/** mark_mt(), net/netfilter/xt_mark.c. */
export const markMatch =
  ({ mark, mask, invert }: XtMark): XtMatchFn =>
  (pkt) =>
    ((pkt.skb.mark & mask) >>> 0 === mark >>> 0) !== invert;

/** mark_tg(). */
export const markTarget =
  ({ mark, mask }: XtMarkTarget): XtTargetFn =>
  (pkt) => {
    pkt.skb.mark = ((pkt.skb.mark & ~mask) ^ mark) >>> 0;
    return 'continue';
  };
