import type { CachedChain } from './cache';
import type { NftCmdOf } from './nft-cmd';
import type { NftHandle } from './nft-handle';
import { swapRule } from './nft-rule';
import type { NftFailure } from './nft-strerror';
import { builtinChain, builtinTable } from './tables';

const ZERO = { packets: 0, bytes: 0 } as const;

/** nft_chain_zero_counters(): a rule that has counted is put in anew. */
export function zeroChains(handle: NftHandle, cmd: NftCmdOf<'zero'>): NftFailure | undefined {
  const { cache } = handle;
  if (cmd.chain === undefined) {
    for (const chain of cache.chains(cmd.table, cmd.verbose)) zeroChain(handle, cmd, chain);
    return undefined;
  }
  const chain = cache.chain(cmd.table, cmd.chain);
  if (!chain) return { fn: 'none', errno: 'ENOENT' };
  zeroChain(handle, cmd, chain);
  return undefined;
}

function zeroChain(handle: NftHandle, cmd: NftCmdOf<'zero'>, chain: CachedChain): void {
  const { table, verbose } = cmd;
  if (verbose) handle.session.out += `Zeroing chain \`${chain.name}'\n`;
  if (chain.hook !== undefined) {
    const builtin = builtinTable(table);
    const known = builtin && builtinChain(builtin, chain.name);
    const policy = chain.policy === 'DROP' ? 'drop' : 'accept';
    handle.emit('CHAIN_ZERO', {
      kind: 'newchain',
      family: handle.cache.family,
      table,
      chain: chain.name,
      base: known && { type: known.type, hook: known.name, priority: known.priority, policy },
      counters: ZERO,
    });
  }
  const counted = chain.rules.filter((r) => r.counters.packets > 0 || r.counters.bytes > 0);
  for (const old of counted) {
    swapRule(handle, { table, counters: ZERO }, { chain, old, entry: old.entry });
  }
}

/** nft_rule_zero_counters(). */
export function zeroRule(handle: NftHandle, cmd: NftCmdOf<'zeroNum'>): NftFailure | undefined {
  const chain = handle.cache.chain(cmd.table, cmd.chain);
  if (!chain) return { fn: 'rule_delete', errno: 'none' };
  const old = chain.rules[cmd.index];
  if (!old) return undefined;
  const { table } = cmd;
  swapRule(handle, { table, counters: ZERO }, { chain, old, entry: old.entry });
  return undefined;
}
