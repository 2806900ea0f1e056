import { type Errno, strerror } from '../../linux/errno';
import {
  link,
  mkdir,
  mkfifo,
  readdir,
  readFileAt,
  rename,
  symlink,
  unlink,
  writeFileAt,
} from '../../linux/files';
import type { Inode, Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import { type Proc, tick } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, parseArgs, quoteAlways, usageError } from '../args';
import { linkTarget } from './ls-format';

/** What cp, mv and install share: where things go and how. */
export interface Copy {
  readonly proc: Proc;
  readonly program: string;
  readonly args: Args;
  readonly recursive: boolean;
  readonly preserve: boolean;
  readonly follow: 'always' | 'operands' | 'never';
  readonly verbose: boolean;
}

export const say = (job: Copy, text: string, errno?: Errno): Blocking<unknown> =>
  printError(job.proc, `${job.program}: ${text}${errno ? `: ${strerror(errno)}` : ''}\n`);

export const baseName = (path: string): string =>
  path.replace(/\/+$/, '').replace(/^.*\//, '') || '/';
export const inDirectory = (dir: string, path: string): string =>
  `${dir.replace(/\/$/, '')}/${baseName(path)}`;

const directoryAt = (proc: Proc, path: string): boolean => {
  const inode = lookupPath(proc, path);
  return typeof inode !== 'string' && isDirectory(inode);
};

/** The pairs of source and destination, or what is wrong with the operands. */
export function* targets(job: Copy): Blocking<readonly (readonly [string, string])[] | number> {
  const { args, proc } = job;
  const into = args.value('t');
  const names = args.operands;
  if (names.length === 0) return yield* usageError(proc, job.program, 'missing file operand');
  if (into !== undefined) {
    if (directoryAt(proc, into))
      return names.map((name) => [name, inDirectory(into, name)] as const);
    yield* say(job, `target directory ${quoteAlways(into)}`, 'ENOENT');
    return 1;
  }
  const last = names.at(-1) ?? '';
  if (names.length === 1) {
    return yield* usageError(
      proc,
      job.program,
      `missing destination file operand after ${quoteAlways(last)}`,
    );
  }
  const sources = names.slice(0, -1);
  const isDir = !args.has('T') && directoryAt(proc, last);
  if (sources.length > 1 && !isDir) {
    yield* printError(
      proc,
      `${job.program}: target ${quoteAlways(last)}: ${strerror(whyNoDirectory(proc, last))}\n`,
    );
    return 1;
  }
  return sources.map((name) => [name, isDir ? inDirectory(last, name) : last] as const);
}

const whyNoDirectory = (proc: Proc, path: string): Errno => {
  const inode = lookupPath(proc, path);
  return typeof inode === 'string' ? inode : 'ENOTDIR';
};

const CP_LONG = [
  'archive:a',
  'force:f',
  'interactive:i',
  'link:l',
  'dereference:L',
  'no-clobber:n',
  'no-dereference:P',
  'preserve=?:p',
  'no-preserve=',
  'parents',
  'recursive:r',
  'symbolic-link:s',
  'target-directory=:t',
  'no-target-directory:T',
  'update:u',
  'verbose:v',
  'backup=?:b',
  'suffix=:S',
];

/** cp of coreutils 9.1, src/cp.c and src/copy.c. */
export const cp: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'abdfHilLnprst:uvxPRS:T', long: CP_LONG });
  if (typeof args === 'number') return args;
  const follow = args.last('L', 'P', 'd', 'a', 'H');
  const recursive = args.has('r', 'R', 'a');
  const job: Copy = {
    proc,
    program: args.program,
    args,
    recursive,
    preserve: args.has('a', 'p'),
    follow:
      follow === 'L'
        ? 'always'
        : follow === 'H'
          ? 'operands'
          : follow || recursive
            ? 'never'
            : 'always',
    verbose: args.has('v'),
  };
  const pairs = yield* targets(job);
  if (typeof pairs === 'number') return pairs;
  let code = 0;
  for (const [from, to] of pairs) if (!(yield* copyOne(job, from, to))) code = 1;
  return code;
};

export function* copyOne(job: Copy, from: string, to: string, depth = 0): Blocking<boolean> {
  const { proc, args } = job;
  yield* tick(proc, 5);
  const follow = job.follow === 'always' || (job.follow === 'operands' && depth === 0);
  const source = lookupPath(proc, from, follow);
  if (typeof source === 'string') {
    yield* say(job, `cannot stat ${quoteAlways(from)}`, source);
    return false;
  }
  const target = lookupPath(proc, to, follow || !isDirectory(source));
  if (isDirectory(source)) return yield* copyDirectory(job, { from, to, source, target, depth });
  if (typeof target !== 'string') {
    if (target === source) {
      yield* say(job, `${quoteAlways(from)} and ${quoteAlways(to)} are the same file`);
      return false;
    }
    if (isDirectory(target)) {
      yield* say(job, `cannot overwrite directory ${quoteAlways(to)} with non-directory`);
      return false;
    }
    if (args.has('n')) return true;
    if (args.has('u') && target.mtimeUs >= source.mtimeUs) return true;
    if (args.has('b', 'backup')) rename(proc, to, `${to}${args.value('S') ?? '~'}`);
    else if (args.has('l', 's')) unlink(proc, to);
  }
  const failed = copyInode(job, source, from, to);
  if (failed) {
    const what = typeof target === 'string' ? 'create' : 'open';
    const text =
      failed === 'EISDIR'
        ? `cannot create regular file ${quoteAlways(to)}`
        : `cannot ${what} regular file ${quoteAlways(to)}`;
    yield* say(job, text, to.endsWith('/') && failed === 'EISDIR' ? 'ENOTDIR' : failed);
    return false;
  }
  if (job.verbose) yield* print(proc, `${quoteAlways(from)} -> ${quoteAlways(to)}\n`);
  return true;
}

function copyInode(job: Copy, source: Inode, from: string, to: string): Errno | undefined {
  const { proc, args } = job;
  if (args.has('l')) return link(proc, from, to);
  if (args.has('s')) return symlink(proc, from, to);
  const goal = linkTarget(proc, source);
  if (goal !== undefined) {
    unlink(proc, to);
    return symlink(proc, goal, to);
  }
  if (source.body.kind === 'fifo' && job.recursive) return mkfifo(proc, to, source.mode);
  const bytes = readFileAt(proc, from);
  if (typeof bytes === 'string') return bytes;
  const failed = writeFileAt(proc, to, bytes.slice(), source.mode);
  if (failed) return failed;
  const made = lookupPath(proc, to);
  if (typeof made === 'string') return made;
  if (made.body.kind === 'file' && source.body.kind === 'file')
    made.body.program = source.body.program;
  preserve(job, source, made);
  return undefined;
}

function preserve(job: Copy, source: Inode, made: Inode): void {
  if (!job.preserve) return;
  made.mode = source.mode;
  made.uid = source.uid;
  made.gid = source.gid;
  made.mtimeUs = source.mtimeUs;
  made.atimeUs = source.atimeUs;
}

interface Tree {
  readonly from: string;
  readonly to: string;
  readonly source: Inode;
  readonly target: Inode | Errno;
  readonly depth: number;
}

const MAX_DEPTH = 256;

function* copyDirectory(job: Copy, tree: Tree): Blocking<boolean> {
  const { proc } = job;
  const { from, to, source, target, depth } = tree;
  if (!job.recursive) {
    yield* say(job, `-r not specified; omitting directory ${quoteAlways(from)}`);
    return false;
  }
  if (typeof target !== 'string' && !isDirectory(target)) {
    yield* say(
      job,
      `cannot overwrite non-directory ${quoteAlways(to)} with directory ${quoteAlways(from)}`,
    );
    return false;
  }
  const names = readdir(proc, from);
  if (typeof names === 'string' || depth > MAX_DEPTH) return false;
  if (typeof target === 'string') {
    const failed = mkdir(proc, to, source.mode);
    if (failed) {
      yield* say(job, `cannot create directory ${quoteAlways(to)}`, failed);
      return false;
    }
    if (job.verbose) yield* print(proc, `${quoteAlways(from)} -> ${quoteAlways(to)}\n`);
  }
  const made = lookupPath(proc, to);
  let fine = true;
  for (const name of names) {
    const child = `${from.replace(/\/$/, '')}/${name}`;
    if (lookupPath(proc, child) === made) {
      yield* say(
        job,
        `cannot copy a directory, ${quoteAlways(from)}, into itself, ${quoteAlways(to)}`,
      );
      fine = false;
      continue;
    }
    if (!(yield* copyOne(job, child, `${to.replace(/\/$/, '')}/${name}`, depth + 1))) fine = false;
  }
  if (typeof made !== 'string') preserve(job, source, made);
  return fine;
}

/** mv of coreutils 9.1, src/mv.c. */
export const mv: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'bfint:uvS:T',
    long: [
      'force:f',
      'interactive:i',
      'no-clobber:n',
      'target-directory=:t',
      'no-target-directory:T',
      'update:u',
      'verbose:v',
      'backup=?:b',
      'suffix=:S',
      'strip-trailing-slashes',
    ],
  });
  if (typeof args === 'number') return args;
  const job: Copy = {
    proc,
    program: args.program,
    args,
    recursive: true,
    preserve: true,
    follow: 'never',
    verbose: args.has('v'),
  };
  const pairs = yield* targets(job);
  if (typeof pairs === 'number') return pairs;
  let code = 0;
  for (const [from, to] of pairs) if (!(yield* moveOne(job, from, to))) code = 1;
  return code;
};

function* moveOne(job: Copy, from: string, to: string): Blocking<boolean> {
  const { proc, args } = job;
  const source = lookupPath(proc, from, false);
  if (typeof source === 'string') {
    yield* say(job, `cannot stat ${quoteAlways(from)}`, source);
    return false;
  }
  const target = lookupPath(proc, to, false);
  if (typeof target !== 'string') {
    if (target === source) {
      yield* say(job, `${quoteAlways(from)} and ${quoteAlways(to)} are the same file`);
      return false;
    }
    if (args.has('n')) return true;
    if (args.has('u') && target.mtimeUs >= source.mtimeUs) return true;
    if (isDirectory(target) && !isDirectory(source)) {
      yield* say(job, `cannot overwrite directory ${quoteAlways(to)} with non-directory`);
      return false;
    }
    if (!isDirectory(target) && isDirectory(source)) {
      yield* say(
        job,
        `cannot overwrite non-directory ${quoteAlways(to)} with directory ${quoteAlways(from)}`,
      );
      return false;
    }
    if (args.has('b', 'backup')) rename(proc, to, `${to}${args.value('S') ?? '~'}`);
  }
  const failed = rename(proc, from, to);
  if (failed === 'EINVAL') {
    yield* say(
      job,
      `cannot move ${quoteAlways(from)} to a subdirectory of itself, ${quoteAlways(to)}`,
    );
  } else if (failed) {
    yield* say(job, `cannot move ${quoteAlways(from)} to ${quoteAlways(to)}`, failed);
  } else if (job.verbose)
    yield* print(proc, `renamed ${quoteAlways(from)} -> ${quoteAlways(to)}\n`);
  return failed === undefined;
}
