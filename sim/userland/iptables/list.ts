import type { Blocking } from '../../linux/wait-queue';
import type { CachedChain } from './cache';
import { withHostNames } from './names';
import type { NftCmdOf } from './nft-cmd';
import type { NftHandle } from './nft-handle';
import type { NftFailure } from './nft-strerror';
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

/** nft_rule_list(): -L. */
export function* listRules(
  handle: NftHandle,
  cmd: NftCmdOf<'list'>,
): Blocking<NftFailure | undefined> {
  const chains = shownChains(handle, cmd);
  if (!chains) return { fn: 'none', errno: 'ENOENT' };
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
export function saveRules(handle: NftHandle, cmd: NftCmdOf<'listRules'>): NftFailure | undefined {
  const chains = shownChains(handle, cmd);
  if (!chains) return { fn: 'none', errno: 'ENOENT' };
  const { family } = handle.session;
  const { counters, ruleNumber } = cmd;
  const counted = ({ bytes, packets }: CachedChain['counters']): string =>
    counters ? ` -c ${packets} ${bytes}` : '';
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
