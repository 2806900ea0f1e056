import type { CommandName, OptionLetter } from './command';
import { parameterProblem, type XtError } from './extension';

/** optflags[], iptables/xshared.c. */
const LETTERS = 'nsdpjvxio0cf';

const RULE = 'x     x  x  ';
const RULE_NO_COUNTERS = 'x     x  xx ';
const ONLY_VERBOSE = 'xxxxx xxxxxx';

/** commands_v_options[]: `x` where the option is not for the command. */
const ILLEGAL: Readonly<Record<CommandName, string>> = {
  insert: RULE,
  delete: RULE_NO_COUNTERS,
  deleteNum: ONLY_VERBOSE,
  replace: RULE,
  append: RULE,
  list: ' xxxx  xx xx',
  flush: ONLY_VERBOSE,
  zero: ONLY_VERBOSE,
  new: ONLY_VERBOSE,
  deleteChain: ONLY_VERBOSE,
  policy: 'xxxxx xxxx x',
  rename: ONLY_VERBOSE,
  listRules: ONLY_VERBOSE,
  zeroNum: ONLY_VERBOSE,
  check: RULE_NO_COUNTERS,
};

/** generic_opt_check(): an option is legal if it is for one of the commands. */
export function checkLegal(
  commands: readonly CommandName[],
  options: ReadonlySet<OptionLetter>,
): XtError | undefined {
  for (const [i, letter] of [...LETTERS].entries()) {
    const given = [...options].some((option) => option === letter);
    if (given && commands.every((name) => ILLEGAL[name][i] === 'x')) {
      return parameterProblem(`Illegal option \`-${letter}' with this command`);
    }
  }
  return undefined;
}

const COMMAND_LETTERS: Readonly<Record<CommandName, string>> = {
  insert: 'I',
  delete: 'D',
  deleteNum: 'D',
  replace: 'R',
  append: 'A',
  list: 'L',
  flush: 'F',
  zero: 'Z',
  new: 'N',
  deleteChain: 'X',
  policy: 'P',
  rename: 'E',
  listRules: 'S',
  zeroNum: 'Z',
  check: 'C',
};

/** cmd2char(). */
export const commandLetter = (name: CommandName): string => COMMAND_LETTERS[name];

/** Their bits of CMD_*: of two that are given, messages name the greater. */
export const commandRank = (name: CommandName): number => Object.keys(ILLEGAL).indexOf(name);
