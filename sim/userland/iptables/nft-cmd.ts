import type { Counters, XtEntry } from '../../linux/netfilter/xt-rule';
import type { ListFormat } from './list-format';

/** struct nft_cmd, iptables/nft-cmd.h: what a command line asks of the tables. */
export type NftCmd = CmdBase & NftCmdBody;

interface CmdBase {
  readonly table: string;
  readonly line: number;
  readonly verbose: boolean;
}

/** A command without what all have. */
export type NftCmdBody =
  | ({ readonly kind: 'append' } & RuleCmd)
  | ({ readonly kind: 'delete' } & RuleCmd)
  | ({ readonly kind: 'check' } & RuleCmd)
  | ({ readonly kind: 'insert' } & RuleCmd & Indexed)
  | ({ readonly kind: 'replace' } & RuleCmd & Indexed)
  | ({ readonly kind: 'deleteNum' } & InChain & Indexed)
  | ({ readonly kind: 'zeroNum' } & InChain & Indexed)
  | ({ readonly kind: 'flush' } & PerhapsInChain)
  | ({ readonly kind: 'zero' } & PerhapsInChain)
  | ({ readonly kind: 'chainDel' } & PerhapsInChain)
  | ({ readonly kind: 'userAdd' } & InChain)
  | ({ readonly kind: 'chainRestore' } & InChain)
  | ({ readonly kind: 'rename'; readonly newName: string } & InChain)
  | ({ readonly kind: 'chainSet'; readonly policy: string; readonly counters: Counters } & InChain)
  | { readonly kind: 'tableFlush' }
  | ({ readonly kind: 'list'; readonly format: ListFormat } & PerhapsInChain & Numbered)
  | ({ readonly kind: 'listRules'; readonly counters: boolean } & PerhapsInChain & Numbered);

interface InChain {
  readonly chain: string;
}

interface PerhapsInChain {
  readonly chain: string | undefined;
}

/** A rule's place from 0. */
interface Indexed {
  readonly index: number;
}

/** A rule's place from 1; 0 is all of them. */
interface Numbered {
  readonly ruleNumber: number;
}

interface RuleCmd extends InChain {
  readonly entry: XtEntry;
  readonly counters: Counters;
  /** The chain that it leads to. */
  readonly jump: string | undefined;
}

export type NftCmdOf<K extends NftCmd['kind']> = CmdBase &
  Extract<NftCmdBody, { readonly kind: K }>;
