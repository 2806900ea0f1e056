import type { NfHook } from '../../linux/netfilter/hook';
import type { NftChain, NftFamily } from '../../linux/netfilter/nf-tables';
import type { Counters, XtEntry } from '../../linux/netfilter/xt-rule';
import type { Netns } from '../../linux/netns';
import type { PendingOp } from './pending-op';
import { BUILTIN_TABLES, builtinChain } from './tables';

/** A rule as the tool knows it: the kernel's, or one of this batch. */
export interface CachedRule {
  /** undefined: the kernel has not seen it yet; `op` will bring it. */
  readonly handle: number | undefined;
  readonly op: PendingOp | undefined;
  readonly entry: XtEntry;
  readonly counters: Counters;
}

export interface CachedChain {
  readonly name: string;
  /** A base chain's hook. */
  readonly hook: NfHook | undefined;
  readonly policy: 'ACCEPT' | 'DROP' | undefined;
  readonly counters: Counters;
  readonly rules: CachedRule[];
  /** Jumps and gotos that lead here. */
  readonly references: number;
}

export interface CachedTable {
  exists: boolean;
  readonly chains: Map<string, CachedChain>;
}

/** NF_INET_* in order: base chains come before the user's. */
const HOOKS: readonly NfHook[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

/** struct nft_cache, iptables/nft-cache.c: what the kernel had when the batch began. */
export class NftCache {
  readonly #tables = new Map<string, CachedTable>();

  constructor(
    private readonly net: Netns,
    readonly family: NftFamily,
  ) {}

  table(name: string): CachedTable {
    const known = this.#tables.get(name);
    if (known) return known;
    const kernel = this.net.nft.table(this.family, name);
    const chains = new Map<string, CachedChain>();
    for (const chain of kernel?.chains.values() ?? []) chains.set(chain.name, cacheChain(chain));
    const table: CachedTable = { exists: kernel !== undefined, chains };
    this.#tables.set(name, table);
    return table;
  }

  chain(table: string, name: string): CachedChain | undefined {
    return this.table(table).chains.get(name);
  }

  /** nft_chain_foreach(): base chains by hook, then the user's, sorted where the tool sorts them. */
  chains(table: string, sorted: boolean): readonly CachedChain[] {
    const all = [...this.table(table).chains.values()];
    const base = HOOKS.flatMap((hook) => all.filter((chain) => chain.hook === hook));
    const user = all.filter((chain) => chain.hook === undefined);
    if (sorted) user.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return [...base, ...user];
  }

  /** nft_for_each_table(): the built-in tables that exist. */
  existing(): readonly string[] {
    return BUILTIN_TABLES.map(({ name }) => name).filter((name) => this.table(name).exists);
  }

  /** nft_xt_fake_builtin_chains(): base chains that the kernel has not got yet, as they would be. */
  fakeBuiltinChains(name: string, only: string | undefined): void {
    const builtin = BUILTIN_TABLES.find((table) => table.name === name);
    const { chains } = this.table(name);
    for (const chain of builtin?.chains ?? []) {
      if (chains.has(chain.name) || (only !== undefined && only !== chain.name)) continue;
      chains.set(chain.name, emptyChain(chain.name, chain.name));
    }
  }
}

export const emptyChain = (name: string, hook: NfHook | undefined): CachedChain => ({
  name,
  hook,
  policy: hook && 'ACCEPT',
  counters: { packets: 0, bytes: 0 },
  rules: [],
  references: 0,
});

function cacheChain(chain: NftChain): CachedChain {
  const builtin = BUILTIN_TABLES.find((table) => table.name === chain.table.name);
  const known = builtin && builtinChain(builtin, chain.name);
  const { base } = chain;
  return {
    name: chain.name,
    hook: base && known ? base.hook : undefined,
    policy: base && (base.policy === 'drop' ? 'DROP' : 'ACCEPT'),
    counters: base?.counters ?? { packets: 0, bytes: 0 },
    rules: chain.rules.map(({ handle, entry, counters }) => ({
      handle,
      op: undefined,
      entry,
      counters,
    })),
    references: chain.use,
  };
}
