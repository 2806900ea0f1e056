import type { CtCounter } from '../conntrack/conn';
import type { XtConnbytes } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** connbytes_mt(), net/netfilter/xt_connbytes.c: needs nf_conntrack_acct, which the rule switches on. */
export const connbytesMatch =
  (match: XtConnbytes): XtMatchFn =>
  ({ skb: { ct } }) => {
    if (!ct?.acct) return false;
    const { packets, bytes } = summed(ct.acct, match.dir);
    const average = packets === 0 ? 0 : Math.floor(bytes / packets);
    const what = { packets, bytes, avgpkt: average }[match.mode];
    return (what >= match.range.min && what <= match.range.max) !== match.invert;
  };

function summed(acct: readonly [CtCounter, CtCounter], dir: XtConnbytes['dir']): CtCounter {
  const [original, reply] = acct;
  if (dir === 'original') return original;
  if (dir === 'reply') return reply;
  return { packets: original.packets + reply.packets, bytes: original.bytes + reply.bytes };
}
