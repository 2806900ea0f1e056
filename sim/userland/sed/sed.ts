import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, parseArgs } from '../args';
import { readOperand } from '../stream';
import { compileSed } from './compile';
import { Sed } from './execute';
import { Input } from './input';
import type { Source } from './script-reader';

const LONG = [
  'quiet:n',
  'silent:n',
  'expression=:e',
  'file=:f',
  'in-place=?:i',
  'line-length=:l',
  'regexp-extended:E',
  'separate:s',
  'unbuffered:u',
  'null-data:z',
  'zero-terminated:z',
  'posix',
  'debug',
  'sandbox',
  'follow-symlinks',
  'binary:b',
];

const USAGE = `Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...

  -n, --quiet, --silent
                 suppress automatic printing of pattern space
      --debug
                 annotate program execution
  -e script, --expression=script
                 add the script to the commands to be executed
  -f script-file, --file=script-file
                 add the contents of script-file to the commands to be executed
  --follow-symlinks
                 follow symlinks when processing in place
  -i[SUFFIX], --in-place[=SUFFIX]
                 edit files in place (makes backup if SUFFIX supplied)
  -l N, --line-length=N
                 specify the desired line-wrap length for the \`l' command
  --posix
                 disable all GNU extensions.
  -E, -r, --regexp-extended
                 use extended regular expressions in the script
                 (for portability use POSIX -E).
  -s, --separate
                 consider files as separate rather than as a single,
                 continuous long stream.
      --sandbox
                 operate in sandbox mode (disable e/r/w commands).
  -u, --unbuffered
                 load minimal amounts of data from the input files and flush
                 the output buffers more often
  -z, --null-data
                 separate lines by NUL characters
      --help     display this help and exit
      --version  output version information and exit

If no -e, --expression, -f, or --file option is given, then the first
non-option argument is taken as the sed script to interpret.  All
remaining arguments are names of input files; if no input files are
specified, then the standard input is read.

GNU sed home page: <https://www.gnu.org/software/sed/>.
General help using GNU software: <https://www.gnu.org/gethelp/>.
`;

/** sed of GNU sed 4.9, sed/sed.c. */
export const sed: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'bsnrzuEe:f:l:i::',
    long: LONG,
    version: 'sed (GNU sed) 4.9',
    help: USAGE,
    hint: USAGE,
  });
  if (typeof args === 'number') return args;
  const loaded = yield* scriptOf(proc, args);
  if (typeof loaded === 'number') return loaded;
  const { sources, operands } = loaded;
  const [first] = sources;
  const compiled = compileSed(sources, { extended: args.has('E', 'r') });
  if (!compiled.ok) {
    yield* printError(proc, `${compiled.error}\n`);
    return compiled.error.startsWith('hopwise') ? 2 : 1;
  }
  const suffix = args.has('i') ? (args.value('i') ?? '') : undefined;
  const names = operands.length === 0 ? ['-'] : operands;
  if (suffix !== undefined && operands.length === 0) {
    yield* printError(proc, 'sed: no input files\n');
    return 1;
  }
  const zero = args.has('z');
  const input = new Input(proc, names, zero ? 0 : 10, args.has('s') || suffix !== undefined);
  const machine = new Sed(proc, compiled.value, input, {
    quiet: args.has('n') || (first?.text.startsWith('#n\n') ?? false),
    inPlace: suffix,
    unbuffered: args.has('u'),
    end: zero ? '\0' : '\n',
    lineWidth: Number(args.value('l') ?? 70),
  });
  if (!(yield* machine.openFiles())) return 4;
  return yield* machine.run();
};

interface Script {
  readonly sources: readonly Source[];
  readonly operands: readonly string[];
}

function* scriptOf(proc: Proc, args: Args): Blocking<Script | number> {
  const sources: Source[] = [];
  let count = 0;
  let text = '';
  const settle = (): void => {
    if (count > 0 && text !== '') sources.push({ text, expression: count, file: undefined });
    text = '';
  };
  for (const option of args.options) {
    if (option.name === 'e') {
      count++;
      // `a\` at the end of one -e goes on in the next.
      const joined = /(^|[^\\])(\\\\)*\\$/.test(text);
      if (!joined) settle();
      text = joined ? `${text}\n${option.value ?? ''}` : (option.value ?? '');
    }
    if (option.name !== 'f') continue;
    settle();
    const name = option.value ?? '';
    const file = yield* readOperand(proc, name);
    if (typeof file === 'string') {
      yield* printError(proc, `sed: couldn't open file ${name}: ${strerror(file)}\n`);
      return 1;
    }
    sources.push({ text: file.text.replace(/^#!.*\n/, '\n'), expression: undefined, file: name });
  }
  settle();
  if (args.has('e', 'f')) return { sources, operands: args.operands };
  const [script, ...operands] = args.operands;
  if (script === undefined) {
    yield* printError(proc, USAGE);
    return 1;
  }
  return { sources: [{ text: script, expression: 1, file: undefined }], operands };
}
