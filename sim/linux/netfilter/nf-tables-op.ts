import type { Result } from '../../base/result';
import type { Errno } from '../errno';
import type { NfHook } from './hook';
import type { NftChainType, NftFamily } from './nf-tables';
import type { Counters, XtEntry } from './xt-rule';

interface InTable {
  readonly family: NftFamily;
  readonly table: string;
}

interface InChain extends InTable {
  readonly chain: string;
}

/** struct nft_hook attributes of a new base chain. */
export interface NftBaseRequest {
  readonly type: NftChainType;
  readonly hook: NfHook;
  readonly priority: number;
  readonly policy?: 'accept' | 'drop' | undefined;
}

/** NFTA_RULE_POSITION with or without NLM_F_APPEND; `prepend` is an insert without a position. */
export type NftPosition =
  | 'append'
  | 'prepend'
  | { readonly before: number }
  | { readonly after: number };

/**
 * One message of a batch (NFT_MSG_*). `excl` is NLM_F_EXCL: what exists already is EEXIST, else no error.
 * `nonRec` is NLM_F_NONREC: a chain that still has rules is EBUSY.
 */
export type NftOp =
  | (InTable & { readonly kind: 'newtable'; readonly excl?: boolean })
  | (InTable & { readonly kind: 'deltable' })
  | (InTable & { readonly kind: 'flushtable' })
  | (InChain & {
      readonly kind: 'newchain';
      readonly base?: NftBaseRequest | undefined;
      readonly counters?: Counters | undefined;
      readonly excl?: boolean;
    })
  | (InChain & { readonly kind: 'delchain'; readonly nonRec?: boolean })
  | (InChain & { readonly kind: 'renamechain'; readonly name: string })
  | (InChain & {
      readonly kind: 'policy';
      readonly policy: 'accept' | 'drop';
      readonly counters?: Counters | undefined;
    })
  | (InChain & { readonly kind: 'flushchain' })
  | (InChain & {
      readonly kind: 'newrule';
      readonly entry: XtEntry;
      readonly at: NftPosition;
      readonly counters?: Counters | undefined;
    })
  | (InChain & {
      readonly kind: 'replacerule';
      readonly handle: number;
      readonly entry: XtEntry;
      readonly counters?: Counters | undefined;
    })
  | (InChain & { readonly kind: 'delrule'; readonly handle: number })
  /** Counters to 0: of the whole table, of a chain with its policy, or of one rule. */
  | (InTable & {
      readonly kind: 'zero';
      readonly chain?: string | undefined;
      readonly handle?: number | undefined;
    });

/** Which message of the batch failed, and why. */
export interface NftError {
  readonly errno: Errno;
  readonly index: number;
}

export type NftCommit = Result<undefined, NftError>;
