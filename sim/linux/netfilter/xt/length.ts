import { ipLength } from '../../../wire/length';
import type { XtLength } from '../xt-match';
import { inRange } from './tcp';
import type { XtMatchFn } from './verdict';

/** length_mt(), length_mt6(), net/netfilter/xt_length.c: header and payload. */
export const lengthMatch =
  ({ length, invert }: XtLength): XtMatchFn =>
  (pkt) =>
    inRange(ipLength(pkt.ip), length) !== invert;
