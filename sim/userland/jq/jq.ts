import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { askHost, print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { readOperand } from '../stream';
import { errorsOf16 } from './error-text';

interface JqLine {
  readonly flags: string[];
  readonly files: string[];
  filter: string | undefined;
  filterFile: string | undefined;
  readonly named: Map<string, string>;
  readonly positional: string[];
  joined: boolean;
  nullInput: boolean;
  exit: boolean;
}

const USAGE =
  'Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n\n';

const LONG: ReadonlyMap<string, string> = new Map([
  ['compact-output', '-c'],
  ['raw-output', '-r'],
  ['raw-input', '-R'],
  ['null-input', '-n'],
  ['slurp', '-s'],
  ['exit-status', '-e'],
  ['sort-keys', '-S'],
  ['ascii-output', '-a'],
  ['join-output', '-j'],
  ['tab', '--tab'],
  ['seq', '--seq'],
  ['stream', '--stream'],
  ['monochrome-output', '-M'],
  ['unbuffered', ''],
]);

/** The exit status of Debian's jq for input that is no JSON. */
const PARSE_ERROR = 4;

/** jq of Debian 12 (1.6): the line is read here, the filter runs in the real jq behind the `host` wait. */
export const jq: Program = function* (proc, argv) {
  const line = yield* commandLine(proc, argv);
  if (typeof line === 'number') return line;
  if (line.filterFile !== undefined) {
    if (line.filter !== undefined) line.files.unshift(line.filter);
    const text = yield* readOperand(proc, line.filterFile);
    if (typeof text === 'string') return yield* cannotOpen(proc, line.filterFile, text, 'error: ');
    line.filter = text.text;
  }
  const asked = proc.fds.get(0)?.ops.kind === 'tty' && proc.fds.get(1)?.ops.kind === 'tty';
  if (line.filter === undefined && !asked) line.filter = '.';
  if (line.filter === undefined) {
    yield* printError(
      proc,
      `${USAGE}Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
    );
    return 2;
  }
  let input = '';
  let missing = 0;
  if (!line.nullInput || line.files.length > 0 || /\binputs?\b/.test(line.filter)) {
    for (const name of line.files.length === 0 ? ['-'] : line.files) {
      const text = yield* readOperand(proc, name);
      if (typeof text !== 'string') input += text.text;
      else missing = yield* cannotOpen(proc, name, text, 'error: ');
    }
  }
  const answer = yield* askHost('jq', request(proc, line, input));
  if (!isAnswer(answer)) {
    yield* printError(proc, 'hopwise: jq: no jq service is connected\n');
    return 2;
  }
  const stdout = answer.stdout;
  const ended = stdout === '' || line.joined || stdout.endsWith('\n') ? '' : '\n';
  yield* print(proc, stdout + ended);
  if (answer.stderr !== '') yield* printError(proc, errorsOf16(answer.stderr, line.filter, input));
  if (answer.exitCode === 5 && answer.stderr.includes('jq: parse error')) return PARSE_ERROR;
  return answer.exitCode === 0 ? missing : answer.exitCode;
};

function* cannotOpen(
  proc: Proc,
  name: string,
  errno: Parameters<typeof strerror>[0],
  kind: string,
): Blocking<number> {
  yield* printError(proc, `jq: ${kind}Could not open file ${name}: ${strerror(errno)}\n`);
  return 2;
}

interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' &&
  value !== null &&
  'stdout' in value &&
  typeof value.stdout === 'string' &&
  'stderr' in value &&
  typeof value.stderr === 'string' &&
  'exitCode' in value &&
  typeof value.exitCode === 'number';

/** Numbers that 1.8 would print as they were written; 1.6 keeps doubles only. */
const ODD_NUMBER = /\d\.\d*0(?!\d)|\d[eE]|\d{17}/;
const CANONICAL = 'walk(if type == "number" then . + 0 else . end)';

/** The environment goes in as a prelude, for the library has its own. */
function request(proc: Proc, line: JqLine, input: string): unknown {
  const flags = [...line.flags];
  for (const [name, value] of line.named) flags.push('--argjson', name, value);
  const prelude = [`${JSON.stringify(Object.fromEntries(proc.env))} as $ENV`];
  const uses = /\$ENV\b|\benv\b/.test(line.filter ?? '');
  const args = /\$ARGS\b|\$__prog_args/.test(line.filter ?? '');
  if (args) {
    const named = [...line.named].map(([name, value]) => `${JSON.stringify(name)}:${value}`);
    prelude.push(`{positional:[${line.positional.join(',')}],named:{${named.join(',')}}} as $ARGS`);
  }
  let filter = line.filter ?? '.';
  if (args) filter = `${prelude[1]} | ${filter}`;
  if (uses) filter = `${prelude[0]} | def env: $ENV; ${filter}`;
  const raw = flags.includes('-R') || line.nullInput || /\binputs?\b/.test(filter);
  if (!raw && ODD_NUMBER.test(input)) filter = `${CANONICAL} | ${filter}`;
  return { input, filter, flags };
}

function* commandLine(proc: Proc, argv: readonly string[]): Blocking<JqLine | number> {
  const line: JqLine = {
    flags: [],
    files: [],
    filter: undefined,
    filterFile: undefined,
    named: new Map(),
    positional: [],
    joined: false,
    nullInput: false,
    exit: false,
  };
  let rest: 'files' | 'args' | 'jsonargs' = 'files';
  let options = true;
  for (let at = 1; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    if (!options || !arg.startsWith('-') || arg === '-') {
      if (line.filter === undefined && line.filterFile === undefined) line.filter = arg;
      else if (rest === 'files') line.files.push(arg);
      else line.positional.push(rest === 'args' ? JSON.stringify(arg) : arg);
      continue;
    }
    if (arg === '--') {
      options = false;
      continue;
    }
    if (arg === '--args' || arg === '--jsonargs') {
      rest = arg === '--args' ? 'args' : 'jsonargs';
      continue;
    }
    const taken = arg.startsWith('--')
      ? yield* longOption(proc, line, arg.slice(2), argv.slice(at + 1))
      : yield* shortOptions(proc, line, arg, argv.slice(at + 1));
    if (taken.done !== undefined) return taken.done;
    at += taken.used;
  }
  return line;
}

type Taken = { readonly used: number; readonly done?: number };

function* refuse(proc: Proc, text: string): Blocking<Taken> {
  yield* printError(
    proc,
    `${text}Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
  );
  return { used: 0, done: 2 };
}

function* shortOptions(
  proc: Proc,
  line: JqLine,
  arg: string,
  after: readonly string[],
): Blocking<Taken> {
  for (const letter of arg.slice(1)) {
    if (letter === 'h') return yield* longOption(proc, line, 'help', after);
    if (letter === 'V') return yield* longOption(proc, line, 'version', after);
    if (letter === 'f') {
      line.filterFile = after[0] ?? '';
      return { used: 1 };
    }
    if (letter === 'C') {
      yield* printError(proc, 'hopwise: jq: -C is not simulated\n');
      return { used: 0, done: 2 };
    }
    if (!'crRnseSajM'.includes(letter)) {
      return yield* refuse(proc, 'Unknown arguments\n');
    }
    addFlag(line, `-${letter}`);
  }
  return { used: 0 };
}

function addFlag(line: JqLine, flag: string): void {
  if (flag === '-j') line.joined = true;
  if (flag === '-n') line.nullInput = true;
  if (flag !== '' && flag !== '-M') line.flags.push(flag);
}

function* longOption(
  proc: Proc,
  line: JqLine,
  name: string,
  after: readonly string[],
): Blocking<Taken> {
  const flag = LONG.get(name);
  if (flag !== undefined) {
    addFlag(line, flag);
    return { used: 0 };
  }
  const [key, value] = after;
  switch (name) {
    case 'help':
      yield* print(proc, USAGE);
      return { used: 0, done: 0 };
    case 'version':
      yield* print(proc, 'jq-1.6\n');
      return { used: 0, done: 0 };
    case 'indent':
      line.flags.push('--indent', key ?? '2');
      return { used: 1 };
    case 'from-file':
      line.filterFile = key ?? '';
      return { used: 1 };
    case 'arg':
    case 'argjson':
    case 'slurpfile':
    case 'rawfile':
      if (key === undefined || value === undefined) {
        return yield* refuse(
          proc,
          `jq: --${name} takes two parameters (e.g. --${name} varname ${name === 'arg' ? 'value' : name === 'argjson' ? 'text' : 'filename'})\n`,
        );
      }
      return yield* binding(proc, line, { how: name, key, value });
    default:
      return yield* refuse(proc, 'Unknown arguments\n');
  }
}

function* binding(
  proc: Proc,
  line: JqLine,
  { how, key, value }: { readonly how: string; readonly key: string; readonly value: string },
): Blocking<Taken> {
  if (how === 'arg') line.named.set(key, JSON.stringify(value));
  else if (how === 'argjson') {
    if (!isJson(value)) return yield* refuse(proc, 'jq: invalid JSON text passed to --argjson\n');
    line.named.set(key, value);
  } else {
    const text = yield* readOperand(proc, value);
    if (typeof text === 'string') {
      yield* printError(
        proc,
        `jq: Bad JSON in --${how} ${key} ${value}: Could not open ${value}: ${strerror(text)}\n`,
      );
      return { used: 2, done: 2 };
    }
    if (how === 'rawfile') line.named.set(key, JSON.stringify(text.text));
    else line.named.set(key, `[${values(text.text)}]`);
  }
  return { used: 2 };
}

/** The values of a file of JSON texts, with commas between. */
function values(text: string): string {
  let depth = 0;
  let out = '';
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (inString) {
      if (c === '\\') out += c + (text[++i] ?? '');
      else out += c;
      inString = c !== '"';
      continue;
    }
    inString = c === '"';
    if ('{['.includes(c)) depth++;
    if ('}]'.includes(c)) depth--;
    const blank = /\s/.test(c);
    out += depth === 0 && blank ? '\n' : c;
    if (depth === 0 && '}]'.includes(c)) out += '\n';
  }
  return out
    .split(/\n+/)
    .filter((part) => part !== '')
    .join(',');
}

/** A JSON text as jq takes it: one value and nothing after it. */
function isJson(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/gs, '0');
  return bare.trim() !== '' && /^[\s\d.eE+\-[\]{},:truefalsn]*$/.test(bare);
}
