import type { NftChain, NftRule } from './nf-tables';
import type { NftPktinfo } from './nft-pktinfo';
import { xtEntryMatch } from './xt/entry';
import { xtMatch } from './xt/match';
import { xtTarget } from './xt/target';
import type { XtMatchFn, XtVerdict } from './xt/verdict';

/** What a rule does with a packet that it matches. */
export type NftAction =
  | { readonly kind: 'target'; readonly run: (pkt: NftPktinfo) => XtVerdict }
  | { readonly kind: 'return' }
  | { readonly kind: 'chain'; readonly chain: NftChain; readonly goto: boolean };

/** A rule as it runs; what statistic, limit and the like count lives in these closures. */
export interface NftCompiledRule {
  readonly matches: readonly XtMatchFn[];
  readonly action: NftAction;
}

export function compileRule(chain: NftChain, rule: NftRule): NftCompiledRule {
  const matches = [xtEntryMatch(rule.entry)];
  for (const match of rule.entry.matches) matches.push(xtMatch(match));
  return {
    matches: matches.filter((match) => match !== undefined),
    action: actionOf(chain, rule),
  };
}

function actionOf(chain: NftChain, rule: NftRule): NftAction {
  const { target } = rule.entry;
  if (!target) return { kind: 'target', run: () => 'continue' };
  if (target.name === 'RETURN') return { kind: 'return' };
  if (target.name !== 'chain') return { kind: 'target', run: xtTarget(target) };
  const to = chain.table.chains.get(target.chain);
  if (!to) return { kind: 'return' };
  return { kind: 'chain', chain: to, goto: target.goto };
}
