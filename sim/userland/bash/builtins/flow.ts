import { strerror } from '../../../linux/errno';
import { readTextAt } from '../../../linux/files';
import { isDirectory, joinPath, lookupPath } from '../../../linux/path';
import type { Blocking } from '../../../linux/wait-queue';
import type { Builtin } from '../builtin';
import { fail, optionProblem, parseOptions, usage } from '../builtin';
import { locate, replace, runExternal } from '../external';
import { jobState } from '../job';
import type { Shell } from '../shell';
import { runTrap } from '../trap';
import { describe } from './type';

function* colon(): Blocking<number> {
  return 0;
}

function* no(): Blocking<number> {
  return 1;
}

/** get_exitstat(): the status argument of exit and return; undefined after a message. */
function* statusArgument(sh: Shell, words: readonly string[]): Blocking<number> {
  const name = words[0] ?? '';
  const args = words[1] === '--' ? words.slice(2) : words.slice(1);
  const text = args[0];
  if (text === undefined) return sh.status;
  if (!/^\s*[-+]?\d+\s*$/.test(text)) {
    return yield* fail(sh, name, `${text}: numeric argument required`, 2);
  }
  return Number(BigInt(text.trim()) & 255n);
}

function* exit(sh: Shell, words: readonly string[]): Blocking<number> {
  if (sh.interactive && sh.subshell === 0) {
    if (!sh.dash) yield* sh.raw(2, sh.shoptOn('login_shell') ? 'logout\n' : 'exit\n');
    if (!sh.warnedOfJobs && sh.jobs.list.some((job) => jobState(job) === 'Stopped')) {
      sh.warnedOfJobs = true;
      yield* sh.raw(2, 'There are stopped jobs.\n');
      return 1;
    }
  }
  if (words.length > 2 && /^\d+$/.test(words[1] ?? ''))
    return yield* fail(sh, 'exit', 'too many arguments');
  sh.status = yield* statusArgument(sh, words);
  sh.unwind = { kind: 'exit' };
  return sh.status;
}

function* returnBuiltin(sh: Shell, words: readonly string[]): Blocking<number> {
  if (!sh.frames.some((frame) => frame.kind !== 'main')) {
    return yield* fail(sh, 'return', "can only `return' from a function or sourced script", 2);
  }
  if (words.length > 2) return yield* fail(sh, 'return', 'too many arguments');
  sh.status = yield* statusArgument(sh, words);
  sh.unwind = { kind: 'return' };
  return sh.status;
}

const loopJump = (kind: 'break' | 'continue'): Builtin =>
  function* (sh, words) {
    const text = words[1] ?? '1';
    if (sh.loops === 0) {
      return yield* fail(sh, kind, "only meaningful in a `for', `while', or `until' loop", 0);
    }
    if (!/^[-+]?\d+$/.test(text)) {
      const status = yield* fail(sh, kind, `${text}: numeric argument required`, 128);
      sh.unwind = { kind: 'exit' };
      sh.status = status;
      return status;
    }
    const levels = Number(text);
    if (levels <= 0) {
      sh.unwind = { kind: 'break', levels: sh.loops };
      return yield* fail(sh, kind, `${text}: loop count out of range`);
    }
    sh.unwind = { kind, levels: Math.min(levels, sh.loops) };
    return 0;
  };

function* evalBuiltin(sh: Shell, words: readonly string[]): Blocking<number> {
  const args = words[1] === '--' ? words.slice(2) : words.slice(1);
  if (args.length === 0) return 0;
  const text = args.join(' ');
  const { line } = sh;
  if (text.trim() === '') return 0;
  const status = yield* sh.interpreter.runText(sh, text, { firstLine: line || 1, label: 'eval: ' });
  if (!sh.unwind) sh.line = line;
  return status;
}

/** exec.def. */
function* exec(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'cla:');
  const problem = optionProblem(options);
  const help = 'exec [-cl] [-a name] [command [argument ...]] [redirection ...]';
  if (problem) return yield* usage(sh, 'exec', problem, help);
  sh.keepRedirects = true;
  const name = options.rest[0];
  if (name === undefined) return 0;
  const located = locate(sh, name);
  if (located.kind === 'failed') {
    sh.keepRedirects = false;
    const text = located.code === 127 && !name.includes('/') ? `${name}: not found` : located.text;
    yield* sh.error(name.includes('/') ? text : `exec: ${text}`);
    if (!sh.interactive && !sh.shoptOn('execfail')) {
      sh.status = located.code;
      sh.unwind = { kind: 'exit' };
    }
    return located.code;
  }
  let zero = options.values.get('a') ?? name;
  if (options.flags.has('l')) zero = `-${zero}`;
  if (options.flags.has('c'))
    for (const one of sh.vars.names()) sh.vars.obtain(one).exported = false;
  return yield* replace(sh, located.path, [zero, ...options.rest.slice(1)], new Map());
}

/** source.def. */
function* source(sh: Shell, words: readonly string[]): Blocking<number> {
  const name = words[0] ?? '.';
  const args = words[1] === '--' ? words.slice(2) : words.slice(1);
  const file = args[0];
  if (file === undefined)
    return yield* usage(sh, name, 'filename argument required', `${name} filename [arguments]`);
  const path = findSource(sh, file);
  const inode = lookupPath(sh.proc, path);
  if (typeof inode !== 'string' && isDirectory(inode))
    return yield* fail(sh, name, `${file}: is a directory`);
  const text = readTextAt(sh.proc, path);
  if (typeof text === 'string') {
    yield* sh.error(`${file}: ${strerror(text)}`);
    if (sh.has('posix')) sh.giveUp(1, true);
    return 1;
  }
  return yield* runFile(sh, path, text.text, args.slice(1));
}

/** The file as given, or in PATH (sourcepath), else in the current directory. */
function findSource(sh: Shell, file: string): string {
  if (file.includes('/')) return file;
  for (const dir of (sh.get('PATH') ?? '').split(':')) {
    const candidate = joinPath(dir === '' ? '.' : dir, file);
    const inode = lookupPath(sh.proc, candidate);
    if (typeof inode !== 'string' && !isDirectory(inode)) return candidate;
  }
  return file;
}

/** Sourced files may source others at most so often. */
const MAX_SOURCE_DEPTH = 100;

function* runFile(
  sh: Shell,
  path: string,
  text: string,
  args: readonly string[],
): Blocking<number> {
  const { positional, line, loops, fromString } = sh;
  if (sh.frames.length > MAX_SOURCE_DEPTH + 500) {
    return yield* fail(
      sh,
      'source',
      `${path}: maximum source nesting level exceeded (${MAX_SOURCE_DEPTH})`,
    );
  }
  if (args.length > 0) sh.positional = args;
  sh.frames.push({ kind: 'source', name: 'source', file: path, callLine: line });
  sh.fromString = false;
  sh.loops = 0;
  sh.status = 0;
  yield* sh.interpreter.runText(sh, text, { firstLine: 1, label: '' });
  if (sh.unwind?.kind === 'return') sh.unwind = undefined;
  if (sh.traps.has('RETURN')) yield* runTrap(sh, 'RETURN');
  sh.frames.pop();
  sh.fromString = fromString;
  sh.loops = loops;
  sh.line = line;
  if (args.length > 0) sh.positional = positional;
  return sh.status;
}

/** command.def: functions are passed over. */
function* command(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'pvV');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'command', problem, 'command [-pVv] command [arg ...]');
  const args = options.rest;
  if (options.flags.has('v') || options.flags.has('V')) {
    let found = 0;
    for (const name of args) {
      const style = options.flags.has('V') ? 'verbose' : 'reusable';
      if (yield* describe(sh, name, { style, command: 'command' })) found++;
    }
    return found > 0 ? 0 : 1;
  }
  if (args.length === 0) return 0;
  const builtin = sh.interpreter.builtins.get(args[0] ?? '');
  if (builtin) return yield* builtin(sh, args);
  return yield* runExternal(sh, { words: args, env: new Map(), exec: false });
}

function* builtinBuiltin(sh: Shell, words: readonly string[]): Blocking<number> {
  const args = words[1] === '--' ? words.slice(2) : words.slice(1);
  const name = args[0];
  if (name === undefined) return 0;
  const found = sh.interpreter.builtins.get(name);
  if (!found) return yield* fail(sh, 'builtin', `${name}: not a shell builtin`);
  return yield* found(sh, args);
}

export const flowBuiltins: readonly (readonly [string, Builtin])[] = [
  [':', colon],
  ['true', colon],
  ['false', no],
  ['exit', exit],
  ['logout', exit],
  ['return', returnBuiltin],
  ['break', loopJump('break')],
  ['continue', loopJump('continue')],
  ['eval', evalBuiltin],
  ['exec', exec],
  ['source', source],
  ['.', source],
  ['command', command],
  ['builtin', builtinBuiltin],
];
