import type { Skb } from '../../sk-buff';
import { dirOf } from './conn';
import { ORIGINAL } from './tuple';

/** nf_conntrack_attach(): an error or reset that answers `skb` belongs to its connection. */
export function nfCtAttach(answer: Skb, skb: Skb): void {
  if (!skb.ct || !skb.ctinfo) return;
  answer.ct = skb.ct;
  answer.ctinfo = dirOf(skb.ctinfo) === ORIGINAL ? 'RELATED_REPLY' : 'RELATED';
}
