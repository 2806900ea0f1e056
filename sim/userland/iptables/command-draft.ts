import type { XtInterface } from '../../linux/netfilter/xt-rule';
import type { Command, CommandName, OptionLetter } from './command';
import type { RuleExtensions } from './rule-extensions';

/** What do_parse() collects (struct xt_cmd_parse, struct xtables_args). */
export interface Draft {
  names: CommandName[];
  table: string;
  chain: string | undefined;
  newName: string | undefined;
  policy: string | undefined;
  ruleNumber: number;
  readonly options: Set<OptionLetter>;
  readonly inverted: Set<OptionLetter>;
  source: string | undefined;
  destination: string | undefined;
  protocol: string | undefined;
  proto: number;
  in: XtInterface | undefined;
  out: XtInterface | undefined;
  jumpTo: string;
  goto: boolean;
  /** How many -v. */
  verbose: number;
  packets: number;
  bytes: number;
  wait: boolean;
  waitInterval: boolean;
  tableSet: boolean;
  readonly extensions: RuleExtensions;
}

export const emptyDraft = (): Omit<Draft, 'extensions'> => ({
  names: [],
  table: 'filter',
  chain: undefined,
  newName: undefined,
  policy: undefined,
  ruleNumber: 0,
  options: new Set(),
  inverted: new Set(),
  source: undefined,
  destination: undefined,
  protocol: undefined,
  proto: 0,
  in: undefined,
  out: undefined,
  jumpTo: '',
  goto: false,
  verbose: 0,
  packets: 0,
  bytes: 0,
  wait: false,
  waitInterval: false,
  tableSet: false,
});

/** A line for the other family: no command at all. */
export const NOTHING: Command = {
  names: [],
  table: 'filter',
  chain: undefined,
  newName: undefined,
  policy: undefined,
  ruleNumber: 0,
  options: new Set(),
  entries: [],
  counters: { packets: 0, bytes: 0 },
  jump: undefined,
};
