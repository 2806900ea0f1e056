import type { NfHook, NfHookOps } from './hook';
import type { NftCompiledRule } from './nf-tables-compile';
import type { NftChainIndex } from './nf-tables-index';
import type { Counters, XtEntry } from './xt-rule';

/** NFPROTO_* that tables have here, in nft's words. */
export type NftFamily = 'ip' | 'ip6';

export type NftChainType = 'filter' | 'nat' | 'route';

/** struct nft_rule: what the kernel keeps of one. */
export interface NftRule {
  readonly handle: number;
  entry: XtEntry;
  readonly counters: Counters;
  /** As it runs, with what its matches keep between packets; made when first met. */
  compiled: NftCompiledRule | undefined;
}

export interface NftBase {
  readonly type: NftChainType;
  readonly hook: NfHook;
  readonly priority: number;
  policy: 'accept' | 'drop';
  /** struct nft_stats: packets that met the chain's policy, from the first message on that brought counters. */
  readonly counters: Counters;
  counting: boolean;
}

/** struct nft_chain; a base chain has a hook, a user's chain none. */
export interface NftChain {
  readonly handle: number;
  readonly table: NftTable;
  name: string;
  readonly base: NftBase | undefined;
  readonly rules: NftRule[];
  /** Finds the rules of a long chain that a packet can match; made anew after a change. */
  index: NftChainIndex | undefined;
  /** Its hook, while a base chain of another type than nat is registered. */
  hookOps: NfHookOps | undefined;
  /** chain->use without its own rules: jumps and gotos that lead here. */
  use: number;
}

/** struct nft_table; chains in the order in which they were made. */
export interface NftTable {
  readonly handle: number;
  readonly family: NftFamily;
  readonly name: string;
  readonly chains: Map<string, NftChain>;
  /** table->hgenerator: the last handle given to a chain or rule. */
  handles: number;
}

/** One rule in its tool's words, without `-A CHAIN`: for traces. */
export type NftRulePrinter = (family: NftFamily, entry: XtEntry) => string;

/** struct nftables_pernet: the tables of one namespace, in the order in which they were made. */
export class NfTables {
  /** Set by the tool that commits; traces then name a rule by its text. */
  printRule: NftRulePrinter | undefined;
  /** Base chains of type nat, in order of priority, by family and hook: nf_nat's hook walks them. */
  readonly natChains = new Map<string, readonly NftChain[]>();
  readonly #tables = new Map<string, NftTable>();
  #handles = 0;

  table(family: NftFamily, name: string): NftTable | undefined {
    return this.#tables.get(`${family} ${name}`);
  }

  tables(family?: NftFamily): readonly NftTable[] {
    const all = [...this.#tables.values()];
    return family === undefined ? all : all.filter((table) => table.family === family);
  }

  /** table_handle: never given twice, not even by a batch that failed. */
  nextHandle(): number {
    return ++this.#handles;
  }

  link(table: NftTable): void {
    this.#tables.set(`${table.family} ${table.name}`, table);
  }

  unlink(table: NftTable): void {
    this.#tables.delete(`${table.family} ${table.name}`);
  }
}

/** How `NfTables.natChains` is keyed. */
export const natKey = (family: NftFamily, at: { readonly hook: NftBase['hook'] }): string =>
  `${family} ${at.hook}`;
