import type { Errno } from '../errno';
import type { NftChain, NftTable } from './nf-tables';
import { xtValidate } from './xt/check';

/** NFT_JUMP_STACK_SIZE: chains that may be entered one from the other. */
export const NFT_JUMP_STACK_SIZE = 16;

/**
 * nft_table_validate(), nft_chain_validate(): from each base chain down every jump; too deep, which a loop
 * always is, is EMLINK, and a match or target that may not be called from that hook EINVAL.
 */
export function nftTableValidate(table: NftTable): Errno | undefined {
  for (const chain of table.chains.values()) {
    if (!chain.base) continue;
    const errno = validateChain(chain, { base: chain, level: 0, seen: new Map() });
    if (errno) return errno;
  }
  return undefined;
}

interface Walk {
  readonly base: NftChain;
  readonly level: number;
  /** The deepest level at which a chain was already found good from this base chain. */
  readonly seen: Map<NftChain, number>;
}

function validateChain(chain: NftChain, walk: Walk): Errno | undefined {
  if (walk.level === NFT_JUMP_STACK_SIZE) return 'EMLINK';
  const before = walk.seen.get(chain);
  if (before !== undefined && before >= walk.level) return undefined;
  const base = walk.base.base;
  for (const rule of chain.rules) {
    if (base && xtValidate(rule.entry, base)) return 'EINVAL';
    const { target } = rule.entry;
    if (target?.name !== 'chain') continue;
    const next = chain.table.chains.get(target.chain);
    if (!next) continue;
    const errno = validateChain(next, { ...walk, level: walk.level + 1 });
    if (errno) return errno;
  }
  walk.seen.set(chain, walk.level);
  return undefined;
}
