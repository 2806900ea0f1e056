import { type Errno, strerror } from '../../linux/errno';
import { mkdir as mkdirCall, readdir, rmdir as rmdirCall, unlink } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import { type Proc, tick } from '../../linux/process';
import { print, printError, read } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { parseArgs, quote, quoteAlways, usageError } from '../args';
import { parseMode } from './mode';

/** A program of coreutils says `x: text: why` and goes on. */
const say = (proc: Proc, program: string, text: string, errno: Errno): Blocking<unknown> =>
  printError(proc, `${program}: ${text}: ${strerror(errno)}\n`);

/** rm of coreutils 9.1, src/rm.c and src/remove.c. */
export const rm: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'dfirvIR',
    long: [
      'force:f',
      'recursive:r',
      'dir:d',
      'verbose:v',
      'interactive=?',
      'no-preserve-root',
      'preserve-root=?',
      'one-file-system',
    ],
  });
  if (typeof args === 'number') return args;
  const force = args.last('f', 'i') === 'f';
  if (args.operands.length === 0) {
    return force ? 0 : yield* usageError(proc, args.program, 'missing operand');
  }
  const job: Remove = {
    proc,
    program: args.program,
    force,
    ask: args.last('f', 'i') === 'i',
    recursive: args.has('r', 'R'),
    emptyDirs: args.has('d'),
    verbose: args.has('v'),
  };
  let code = 0;
  for (const name of args.operands) {
    if (job.recursive && /^\/+$/.test(name)) {
      yield* printError(proc, `${args.program}: it is dangerous to operate recursively on '/'\n`);
      yield* printError(
        proc,
        `${args.program}: use --no-preserve-root to override this failsafe\n`,
      );
      code = 1;
    } else if (job.recursive && /(^|\/)\.\.?\/*$/.test(name)) {
      const shown = quoteAlways(name);
      yield* printError(
        proc,
        `${args.program}: refusing to remove '.' or '..' directory: skipping ${shown}\n`,
      );
      code = 1;
    } else if (!(yield* remove(job, name))) code = 1;
  }
  return code;
};

interface Remove {
  readonly proc: Proc;
  readonly program: string;
  readonly force: boolean;
  readonly ask: boolean;
  readonly recursive: boolean;
  readonly emptyDirs: boolean;
  readonly verbose: boolean;
}

function* confirmed(job: Remove, question: string): Blocking<boolean> {
  if (!job.ask) return true;
  yield* printError(job.proc, `${job.program}: ${question}? `);
  const answer = yield* read(job.proc, 0, 80);
  return typeof answer !== 'string' && (answer[0] === 121 || answer[0] === 89);
}

function* remove(job: Remove, path: string): Blocking<boolean> {
  const { proc, program } = job;
  yield* tick(proc, 2);
  const inode = lookupPath(proc, path, false);
  const shown = quoteAlways(path);
  if (typeof inode === 'string') {
    if (job.force && (inode === 'ENOENT' || inode === 'ENOTDIR')) return true;
    yield* say(proc, program, `cannot remove ${shown}`, inode);
    return false;
  }
  if (!isDirectory(inode)) {
    const empty =
      inode.body.kind === 'file' && inode.body.size === 0 ? 'regular empty file' : 'regular file';
    if (!(yield* confirmed(job, `remove ${empty} ${shown}`))) return true;
    const failed = unlink(proc, path);
    if (failed) yield* say(proc, program, `cannot remove ${shown}`, failed);
    else if (job.verbose) yield* print(proc, `removed ${shown}\n`);
    return failed === undefined;
  }
  if (!job.recursive && !job.emptyDirs) {
    yield* say(proc, program, `cannot remove ${shown}`, 'EISDIR');
    return false;
  }
  let fine = true;
  if (job.recursive) {
    const names = readdir(proc, path);
    for (const name of typeof names === 'string' ? [] : names) {
      if (!(yield* remove(job, `${path.replace(/\/$/, '')}/${name}`))) fine = false;
    }
  }
  if (!fine || !(yield* confirmed(job, `remove directory ${shown}`))) return fine;
  const failed = rmdirCall(proc, path);
  if (failed) yield* say(proc, program, `cannot remove ${shown}`, failed);
  else if (job.verbose) yield* print(proc, `removed directory ${shown}\n`);
  return failed === undefined;
}

/** rmdir of coreutils 9.1, src/rmdir.c. */
export const rmdir: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'pv',
    long: ['parents:p', 'verbose:v', 'ignore-fail-on-non-empty'],
  });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  let code = 0;
  for (const name of args.operands) {
    for (let path = name; path !== '' && path !== '.'; path = args.has('p') ? parentOf(path) : '') {
      if (args.has('v'))
        yield* print(proc, `${args.program}: removing directory, ${quoteAlways(path)}\n`);
      const failed = rmdirCall(proc, path);
      if (!failed) continue;
      if (failed === 'ENOTEMPTY' && args.has('ignore-fail-on-non-empty')) break;
      const what = path === name ? 'failed to remove' : 'failed to remove directory';
      yield* say(proc, args.program, `${what} ${quoteAlways(path)}`, failed);
      code = 1;
      break;
    }
  }
  return code;
};

const parentOf = (path: string): string => path.replace(/\/+$/, '').replace(/\/*[^/]*$/, '');

/** mkdir of coreutils 9.1, src/mkdir.c. */
export const mkdir: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'm:pvZ',
    long: ['mode=:m', 'parents:p', 'verbose:v'],
  });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  const text = args.value('m');
  const mode = text === undefined ? undefined : parseMode(text, proc.umask);
  if (text !== undefined && !mode) {
    yield* printError(proc, `${args.program}: invalid mode ${quote(text)}\n`);
    return 1;
  }
  let code = 0;
  for (const name of args.operands) {
    for (const path of args.has('p') ? prefixes(name) : [name]) {
      const failed = mkdirCall(proc, path);
      const known = failed === 'EEXIST' && args.has('p') ? lookupPath(proc, path) : undefined;
      if (known && typeof known !== 'string' && isDirectory(known)) continue;
      if (failed) {
        yield* say(proc, args.program, `cannot create directory ${quote(path)}`, failed);
        code = 1;
        break;
      }
      const made = lookupPath(proc, path);
      if (mode && path === name && typeof made !== 'string') made.mode = mode(0o777, true);
      if (args.has('v'))
        yield* print(proc, `${args.program}: created directory ${quoteAlways(path)}\n`);
    }
  }
  return code;
};

function prefixes(path: string): readonly string[] {
  const found: string[] = [];
  for (const part of path.matchAll(/[^/]+/g))
    found.push(path.slice(0, part.index + part[0].length));
  if (found.length > 0) found[found.length - 1] = path;
  return found;
}
