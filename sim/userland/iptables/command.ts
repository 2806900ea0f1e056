import type { Counters, XtEntry } from '../../linux/netfilter/xt-rule';

/** CMD_* of iptables/xshared.h by the letters that messages use. */
export type CommandName =
  | 'append'
  | 'insert'
  | 'replace'
  | 'delete'
  | 'deleteNum'
  | 'check'
  | 'list'
  | 'listRules'
  | 'flush'
  | 'zero'
  | 'zeroNum'
  | 'new'
  | 'deleteChain'
  | 'policy'
  | 'rename';

/** OPT_* by their letters in optflags[]. */
export type OptionLetter = 'n' | 's' | 'd' | 'p' | 'j' | 'v' | 'x' | 'i' | 'o' | '0' | 'c' | 'f';

/** A command line that was read (struct xt_cmd_parse with its rule). */
export interface Command {
  /** In the order given: -L and -Z may stand together. Empty: the line is not for this family. */
  readonly names: readonly CommandName[];
  readonly table: string;
  readonly chain: string | undefined;
  readonly newName: string | undefined;
  readonly policy: string | undefined;
  /** From 1; 0 when none was given. */
  readonly ruleNumber: number;
  readonly options: ReadonlySet<OptionLetter>;
  /** One for each pair of addresses. */
  readonly entries: readonly XtEntry[];
  readonly counters: Counters;
  /** A chain that the rule leads to, for assert_chain_exists(). */
  readonly jump: string | undefined;
}
