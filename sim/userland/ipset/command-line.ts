import { ok } from '../../base/result';
import { misuse, notSimulated, type Parsed, syntax } from './problem';

export type CommandName =
  | 'create'
  | 'add'
  | 'del'
  | 'test'
  | 'destroy'
  | 'list'
  | 'save'
  | 'restore'
  | 'flush'
  | 'rename'
  | 'swap'
  | 'help'
  | 'version';

interface CommandSpec {
  readonly name: CommandName;
  readonly aliases: readonly string[];
  readonly args: 0 | 1 | 2 | 'optional';
}

/** ipset_commands[], lib/args.c; the first one that begins so is meant. */
const COMMANDS: readonly CommandSpec[] = [
  { name: 'create', aliases: ['create', 'new', '-N'], args: 2 },
  { name: 'add', aliases: ['add', '-A'], args: 2 },
  { name: 'del', aliases: ['del', '-D'], args: 2 },
  { name: 'test', aliases: ['test', '-T'], args: 2 },
  { name: 'destroy', aliases: ['destroy', 'x', '-X'], args: 'optional' },
  { name: 'list', aliases: ['list', '-L'], args: 'optional' },
  { name: 'save', aliases: ['save', '-S'], args: 'optional' },
  { name: 'restore', aliases: ['restore', '-R'], args: 0 },
  { name: 'flush', aliases: ['flush', '-F'], args: 'optional' },
  { name: 'rename', aliases: ['rename', 'e', '-E'], args: 2 },
  { name: 'swap', aliases: ['swap', 'w', '-W'], args: 2 },
  { name: 'help', aliases: ['help', '-h', '-H'], args: 'optional' },
  { name: 'version', aliases: ['version', '-v', '-V'], args: 0 },
];

export interface Options {
  readonly exist: boolean;
  readonly quiet: boolean;
  readonly sorted: boolean;
  readonly terse: boolean;
  readonly names: boolean;
  readonly output: 'plain' | 'save' | undefined;
  readonly file: string | undefined;
}

export interface CommandLine {
  readonly command: CommandName;
  readonly args: readonly string[];
  /** What follows the command's own arguments. */
  readonly rest: readonly string[];
  readonly options: Options;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const FLAGS: ReadonlyMap<string, 'exist' | 'quiet' | 'sorted' | 'terse' | 'names'> = new Map([
  ['-!', 'exist'],
  ['-exist', 'exist'],
  ['-q', 'quiet'],
  ['-quiet', 'quiet'],
  ['-s', 'sorted'],
  ['-sorted', 'sorted'],
  ['-t', 'terse'],
  ['-terse', 'terse'],
  ['-n', 'names'],
  ['-name', 'names'],
]);

export const NO_OPTIONS: Options = {
  exist: false,
  quiet: false,
  sorted: false,
  terse: false,
  names: false,
  output: undefined,
  file: undefined,
};

/** ipset_parser(): options may stand anywhere, the command is the first other word. */
export function parseCommandLine(
  argv: readonly string[],
  outer: Options = NO_OPTIONS,
): Parsed<CommandLine> {
  const options: Mutable<Options> = { ...outer };
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = (argv[i] ?? '').replace(/^--(?=[a-z])/, '-');
    const flag = FLAGS.get(word);
    if (flag) options[flag] = true;
    else if (word === '-r' || word === '-resolve') return notSimulated(word);
    else if (word === '-o' || word === '-output' || word === '-f' || word === '-file') {
      const value = argv[++i];
      if (value === undefined) return misuse(`Missing mandatory argument to option ${word}`);
      const problem = setValue(options, word, value);
      if (!problem.ok) return problem;
    } else words.push(argv[i] ?? '');
  }
  return parseCommand(words, options);
}

function setValue(options: Mutable<Options>, word: string, value: string): Parsed<void> {
  if (word === '-f' || word === '-file') options.file = value;
  else if (value === 'plain' || value === 'save') options.output = value;
  else if (value === 'xml') return notSimulated('-output xml');
  else return syntax(`unknown output mode '${value}'`);
  return ok(undefined);
}

function parseCommand(words: readonly string[], options: Options): Parsed<CommandLine> {
  const [word, ...rest] = words;
  if (word === undefined) return misuse('No command specified.');
  if (word === '-') return notSimulated('interactive mode');
  const spec = COMMANDS.find(({ aliases }) => aliases.some((alias) => begins(alias, word)));
  if (!spec) return misuse(`No command specified: unknown argument ${word}`);
  const { args, name } = spec;
  const wanted = args === 'optional' ? Math.min(rest.length, 1) : args;
  if (rest.length < wanted) {
    const which = rest.length === 0 ? 'mandatory' : 'second mandatory';
    return misuse(`Missing ${which} argument to command ${name}`);
  }
  const free = name === 'create' || name === 'add' || name === 'del' || name === 'test';
  const extra = rest[wanted];
  if (!free && extra !== undefined) return misuse(`Unknown argument ${extra}`);
  return ok({ command: name, args: rest.slice(0, wanted), rest: rest.slice(wanted), options });
}

/** ipset_match_cmd(): a name may be cut short, two dashes may stand before it. */
function begins(name: string, word: string): boolean {
  const text = word.startsWith('--') ? word.slice(2) : word;
  return text !== '' && text !== '-' && name.startsWith(text);
}
