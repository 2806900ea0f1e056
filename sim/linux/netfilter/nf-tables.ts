import type { NfHook } from './hook';
import type { Counters, XtEntry } from './xt-rule';

/** NFPROTO_* that tables have here, in nft's words. */
export type NftFamily = 'ip' | 'ip6';

export type NftChainType = 'filter' | 'nat' | 'route';

/** struct nft_rule: what the kernel keeps of one. `state` is what matches keep between packets. */
export interface NftRule {
  readonly handle: number;
  readonly entry: XtEntry;
  readonly counters: Counters;
}

export interface NftBase {
  readonly type: NftChainType;
  readonly hook: NfHook;
  readonly priority: number;
  policy: 'accept' | 'drop';
  /** struct nft_stats: packets that met the chain's policy. */
  readonly counters: Counters;
}

/** struct nft_chain; a base chain has a hook, a user's chain none. */
export interface NftChain {
  readonly handle: number;
  name: string;
  readonly base: NftBase | undefined;
  readonly rules: NftRule[];
}

/** struct nft_table; chains in the order in which they were made. */
export interface NftTable {
  readonly handle: number;
  readonly family: NftFamily;
  readonly name: string;
  readonly chains: Map<string, NftChain>;
}
