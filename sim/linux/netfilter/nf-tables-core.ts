import { ipLength } from '../../wire/length';
import type { NftChain, NftRule } from './nf-tables';
import { compileRule } from './nf-tables-compile';
import { INDEX_MIN_RULES, NftChainIndex } from './nf-tables-index';
import type { NftPktinfo } from './nft-pktinfo';
import type { XtVerdict } from './xt/verdict';
import type { Counters } from './xt-rule';

/** What a base chain says in the end. */
export type NftVerdict = Exclude<XtVerdict, 'continue'>;

/** nft_do_chain(), net/netfilter/nf_tables_core.c: the rules of a base chain in turn, then its policy. */
export function nftDoChain(pkt: NftPktinfo, chain: NftChain): NftVerdict {
  const verdict = walk(pkt, chain);
  if (verdict !== 'continue') return verdict;
  pkt.decided = { chain, rule: undefined };
  if (!chain.base) return 'accept';
  if (chain.base.counting) count(chain.base.counters, pkt);
  return chain.base.policy;
}

/** The rules of one chain; `continue` at its end or at RETURN: whoever jumped here goes on. */
function walk(pkt: NftPktinfo, chain: NftChain): XtVerdict {
  const { rules } = chain;
  if (rules.length >= INDEX_MIN_RULES) {
    chain.index ??= new NftChainIndex(rules);
    for (const rule of chain.index.candidates(pkt)) {
      const verdict = runRule(pkt, chain, rule);
      if (verdict !== 'continue') return verdict === 'return' ? 'continue' : verdict;
    }
    return 'continue';
  }
  for (const rule of rules) {
    const verdict = runRule(pkt, chain, rule);
    if (verdict !== 'continue') return verdict === 'return' ? 'continue' : verdict;
  }
  return 'continue';
}

function runRule(pkt: NftPktinfo, chain: NftChain, rule: NftRule): XtVerdict | 'return' {
  rule.compiled ??= compileRule(chain, rule);
  const { matches, action } = rule.compiled;
  for (const match of matches) if (!match(pkt)) return 'continue';
  count(rule.counters, pkt);
  if (action.kind === 'return') return 'return';
  if (action.kind === 'target') {
    const verdict = action.run(pkt);
    if (verdict !== 'continue') pkt.decided = { chain, rule };
    return verdict;
  }
  const verdict = walk(pkt, action.chain);
  return verdict === 'continue' && action.goto ? 'return' : verdict;
}

function count(counters: Counters, pkt: NftPktinfo): void {
  counters.packets++;
  counters.bytes += ipLength(pkt.ip);
}
