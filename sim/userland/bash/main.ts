import { utf8Decode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { readFileAt } from '../../linux/files';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking, Process } from '../../linux/wait-queue';
import { expandAliases } from './alias';
import { startVariables } from './initialise';
import { runInput } from './input';
import { runInteractive } from './interactive';
import { INTERPRETER } from './interpreter';
import { type SetOption, setOption } from './option';
import { CommandStream } from './parse';
import { readLine } from './read-line';
import { reportProblem, runParsed } from './run-text';
import { Shell } from './shell';
import { finish } from './subshell';

/** What the command line asked for (parse_shell_options of shell.c). */
interface Invocation {
  readonly options: Map<SetOption, boolean>;
  readonly shopts: Map<string, boolean>;
  readonly rest: readonly string[];
  readonly command: boolean;
  readonly stdin: boolean;
  readonly interactive: boolean;
  readonly login: boolean;
  readonly version: boolean;
  readonly bad?: string;
}

function parseInvocation(argv: readonly string[]): Invocation {
  const options = new Map<SetOption, boolean>();
  const shopts = new Map<string, boolean>();
  const flags = new Set<string>();
  let at = 1;
  let bad: string | undefined;
  for (; at < argv.length && bad === undefined; at++) {
    const arg = argv[at] ?? '';
    if (arg === '--' || arg === '-') {
      at++;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    if (arg.startsWith('--')) {
      if (arg === '--posix') options.set('posix', true);
      else if (arg === '--rcfile' || arg === '--init-file') at++;
      else if (
        [
          '--norc',
          '--noprofile',
          '--noediting',
          '--login',
          '--version',
          '--help',
          '--verbose',
        ].includes(arg)
      )
        flags.add(arg);
      else bad = `${arg}: invalid option`;
      continue;
    }
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if (letter === 'o' || letter === 'O') {
        const name = argv[++at] ?? '';
        const option = setOption(name);
        if (letter === 'O') shopts.set(name, on);
        else if (option) options.set(option, on);
        else bad = `${name}: invalid option name`;
      } else if ('csilDr'.includes(letter)) flags.add(letter);
      else {
        const option = setOption(letter);
        if (option) options.set(option, on);
        else bad = `-${letter}: invalid option`;
      }
    }
  }
  return {
    options,
    shopts,
    rest: argv.slice(at),
    command: flags.has('c'),
    stdin: flags.has('s'),
    interactive: flags.has('i'),
    login: flags.has('l') || flags.has('--login') || (argv[0] ?? '').startsWith('-'),
    version: flags.has('--version'),
    ...(bad === undefined ? {} : { bad }),
  };
}

const VERSION = `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`;

/** Refusals of options that GNU bash has. A data table. */
const ABSENT: ReadonlySet<string> = new Set(
  ['debug', 'debugger', 'dump-po-strings', 'dump-strings', 'pretty-print', 'restricted'].map(
    (name) => `--${name}: invalid option`,
  ),
);

/** main() of shell.c: bash and, as `sh`, the same in posix mode. */
export function* bash(proc: Proc, argv: readonly string[]): Process {
  const how = parseInvocation(argv);
  const name = argv[0] ?? 'bash';
  if (how.bad !== undefined && ABSENT.has(how.bad)) {
    yield* printError(proc, `hopwise: bash: ${how.bad.replace(/:.*$/, '')} is not simulated\n`);
    return 2;
  }
  if (how.bad !== undefined) {
    yield* printError(proc, `${name}: ${how.bad}\n`);
    return 2;
  }
  if (how.version) {
    yield* print(proc, VERSION);
    return 0;
  }
  const sh = newShell(proc, name);
  if (/(^|\/)-?(?:da)?sh$/.test(name)) {
    how.options.set('posix', true);
    sh.dash = true;
  }
  for (const [option, on] of how.options) {
    if (on) sh.options.add(option);
    else sh.options.delete(option);
  }
  if (sh.has('posix')) sh.shopt.set('inherit_errexit', true).set('expand_aliases', true);
  for (const [option, on] of how.shopts) sh.shopt.set(option, on);
  if (how.command) return yield* commandString(sh, how);
  if (how.rest.length > 0 && !how.stdin) return yield* scriptFile(sh, how.rest);
  sh.positional = how.rest;
  const terminal = proc.fds.get(0)?.ops.kind === 'tty' && proc.fds.get(2)?.ops.kind === 'tty';
  if (how.interactive || terminal) return yield* runInteractive(sh, { login: how.login });
  sh.fromStdin = true;
  const status = yield* runInput(sh, { readLine: () => stdinLine(sh) });
  return yield* finish(sh, status);
}

/** A shell with the variables that every bash starts with. */
export function newShell(proc: Proc, name: string): Shell {
  const sh = new Shell(proc, INTERPRETER);
  sh.arg0 = name;
  startVariables(sh, proc.env);
  return sh;
}

/** A line of the script that is read from stdin, byte by byte: commands may read the rest. */
function* stdinLine(sh: Shell): Blocking<string | undefined> {
  const line = yield* readLine(sh, { fd: 0, raw: true, delimiter: '\n' });
  if (!line.delimited && line.text === '') return undefined;
  return line.delimited ? `${line.text}\n` : line.text;
}

function* commandString(sh: Shell, how: Invocation): Process {
  const [text, name, ...rest] = how.rest;
  if (text === undefined) {
    yield* printError(sh.proc, `${sh.arg0}: -c: option requires an argument\n`);
    return 2;
  }
  sh.fromString = true;
  if (name !== undefined) sh.arg0 = name;
  sh.positional = rest;
  const status = yield* topLevel(sh, text, '-c: ');
  return yield* finish(sh, status);
}

/** Commands one after another; `discard` gives up one of them, not the rest. */
function* topLevel(sh: Shell, text: string, label: string): Blocking<number> {
  const stream = new CommandStream(
    text,
    1,
    (line) => expandAliases(sh, line),
    () => sh.shoptOn('extglob'),
  );
  for (;;) {
    const parsed = stream.next();
    if (parsed.kind === 'end') return sh.status;
    if (parsed.kind === 'failed') {
      yield* reportProblem(sh, parsed.problem, label);
      return sh.status;
    }
    yield* runParsed(sh, parsed);
    if (sh.unwind?.kind === 'exit') return sh.status;
    sh.unwind = undefined;
  }
}

function* scriptFile(sh: Shell, args: readonly string[]): Process {
  const [path = '', ...rest] = args;
  const inode = lookupPath(sh.proc, path);
  const bytes =
    typeof inode === 'string' ? inode : isDirectory(inode) ? 'EISDIR' : readFileAt(sh.proc, path);
  if (typeof bytes === 'string') {
    const shown = bytes === 'EISDIR' ? `${path}: Is a directory` : `${path}: ${strerror(bytes)}`;
    yield* printError(sh.proc, `${sh.arg0}: ${shown}\n`);
    return bytes === 'ENOENT' ? 127 : 126;
  }
  sh.arg0 = path;
  sh.positional = rest;
  sh.frames = [{ kind: 'main', name: 'main', file: path, callLine: 0 }];
  const status = yield* topLevel(sh, utf8Decode(bytes), '');
  return yield* finish(sh, status);
}
