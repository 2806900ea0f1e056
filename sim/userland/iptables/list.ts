import type { Blocking } from '../../linux/wait-queue';
import type { CachedChain } from './cache';
import { otherProblem, type XtError } from './extension';
import { u64 } from './list-format';
import { withHostNames } from './names';
import type { NftCmdOf } from './nft-cmd';
import type { NftHandle } from './nft-handle';
import { printHeader, printRule } from './print-rule';
import { saveRule } from './save-rule';

/** The chains that a listing shows; undefined: the one that was named is not there. */
function shownChains(
  handle: NftHandle,
  cmd: { readonly table: string; readonly chain: string | undefined },
): readonly CachedChain[] | undefined {
  const { cache } = handle;
  cache.fakeBuiltinChains(cmd.table, cmd.chain);
  if (cmd.chain === undefined) return cache.chains(cmd.table, true);
  const chain = cache.chain(cmd.table, cmd.chain);
  return chain && [chain];
}

/** nft_assert_table_compatible(): a chain that is not there is none that the tool could show. */
const incompatible = ({
  chain,
  table,
}: {
  readonly chain: string | undefined;
  readonly table: string;
}) => otherProblem(`chain \`${chain ?? ''}' in table \`${table}' is incompatible, use 'nft' tool.`);

/** nft_rule_list(): -L. */
export function* listRules(
  handle: NftHandle,
  cmd: NftCmdOf<'list'>,
): Blocking<XtError | undefined> {
  const chains = shownChains(handle, cmd);
  if (!chains) return incompatible(cmd);
  const { family, proc } = handle.session;
  const { format, ruleNumber } = cmd;
  handle.session.out += yield* withHostNames(proc, { family, numeric: format.numeric }, (style) => {
    const one = cmd.chain !== undefined && ruleNumber > 0;
    const texts = chains.map((chain) => {
      const rules = chain.rules.flatMap((rule, i) =>
        ruleNumber === 0 || ruleNumber === i + 1 ? [printRule(rule, i + 1, { format, style })] : [],
      );
      return (one ? '' : printHeader(chain, format)) + rules.join('');
    });
    return texts.join('\n');
  });
  return undefined;
}

/** nft_rule_list_save(): -S. */
export function saveRules(handle: NftHandle, cmd: NftCmdOf<'listRules'>): XtError | undefined {
  const chains = shownChains(handle, cmd);
  if (!chains) return incompatible(cmd);
  const { family } = handle.session;
  const { counters, ruleNumber } = cmd;
  const counted = ({ bytes, packets }: CachedChain['counters']): string =>
    counters ? ` -c ${u64(packets)} ${u64(bytes)}` : '';
  let out = '';
  if (cmd.chain === undefined || ruleNumber === 0) {
    for (const chain of chains) {
      out +=
        chain.policy === undefined
          ? `-N ${chain.name}\n`
          : `-P ${chain.name} ${chain.policy}${counted(chain.counters)}\n`;
    }
  }
  for (const chain of chains) {
    for (const [i, rule] of chain.rules.entries()) {
      if (ruleNumber > 0 && ruleNumber !== i + 1) continue;
      out += `-A ${chain.name}${saveRule(family, rule.entry, counted(rule.counters))}\n`;
    }
  }
  handle.session.out += out;
  return undefined;
}
