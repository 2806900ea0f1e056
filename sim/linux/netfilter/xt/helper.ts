import type { XtHelper } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** helper_mt(), net/netfilter/xt_helper.c: only connections that a helper expected; none does here. */
export const helperMatch =
  (match: XtHelper): XtMatchFn =>
  () =>
    match.invert;
