import { strerror } from '../../linux/errno';
import { mkdir, open } from '../../linux/files';
import type { Inode, Program } from '../../linux/inode';
import {
  absolute,
  isDirectory,
  lookupPath,
  normalisePath,
  realpath as realpathCall,
} from '../../linux/path';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import { failWith, parseArgs, quote, quoteAlways, quoteName, usageError } from '../args';
import { strftime } from '../glibc/strftime';
import { expandEscapes } from './escape';
import { inodeSize, linkTarget } from './ls-format';
import { modeString, permissions, typeBits } from './mode';
import { groupName, userName } from './user';

/** canonicalize_filename_mode(): 'existing', 'all but the last' or 'missing' parts allowed. */
export function canonical(
  proc: Proc,
  path: string,
  mode: 'existing' | 'last' | 'missing',
): { readonly path: string } | Parameters<typeof strerror>[0] {
  const found = realpathCall(proc, path);
  if (typeof found !== 'string' || mode === 'existing') return found;
  if (found !== 'ENOENT' && !(mode === 'missing' && found === 'ENOTDIR')) return found;
  const full = absolute(proc, path).replace(/(.)\/+$/, '$1');
  const link = lookupPath(proc, full, false);
  const target = typeof link === 'string' ? undefined : linkTarget(proc, link);
  const at = full.lastIndexOf('/');
  const dir = full.slice(0, at) || '/';
  if (target !== undefined)
    return canonical(proc, target.startsWith('/') ? target : `${dir}/${target}`, mode);
  if (dir === full) return found;
  const name = full.slice(at + 1);
  const parent = canonical(proc, dir, mode === 'last' ? 'existing' : mode);
  if (typeof parent === 'string') return parent;
  return { path: normalisePath(`${parent.path}/${name}`) };
}

/** readlink, src/readlink.c. */
export const readlink: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'efmnqsvz',
    long: [
      'canonicalize:f',
      'canonicalize-existing:e',
      'canonicalize-missing:m',
      'no-newline:n',
      'quiet:q',
      'silent:s',
      'verbose:v',
      'zero:z',
    ],
  });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  const how = args.last('e', 'f', 'm');
  const end = args.has('z') ? '\0' : args.has('n') && args.operands.length === 1 ? '' : '\n';
  let code = 0;
  for (const name of args.operands) {
    let shown: string | undefined;
    let why: Parameters<typeof strerror>[0] = 'EINVAL';
    if (how) {
      const found = canonical(
        proc,
        name,
        how === 'e' ? 'existing' : how === 'f' ? 'last' : 'missing',
      );
      if (typeof found === 'string') why = found;
      else shown = found.path;
    } else {
      const inode = lookupPath(proc, name, false);
      if (typeof inode === 'string') why = inode;
      // A namespace under /proc is a link; bound to a name it is a file.
      else if (inode.body.kind === 'ns' && /^\/proc\//.test(name)) shown = inode.body.label;
      else shown = linkTarget(proc, inode);
    }
    if (shown !== undefined) yield* print(proc, shown + end);
    else
      code = args.has('v')
        ? yield* failWith(proc, args.program, `${quoteName(name)}: ${strerror(why)}`)
        : 1;
  }
  return code;
};

/** realpath, src/realpath.c. */
export const realpath: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'eLmPqsz',
    long: [
      'canonicalize-existing:e',
      'canonicalize-missing:m',
      'logical:L',
      'physical:P',
      'quiet:q',
      'relative-to=',
      'relative-base=',
      'strip:s',
      'no-symlinks:s',
      'zero:z',
    ],
  });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  const mode = args.has('e') ? 'existing' : args.has('m') ? 'missing' : 'last';
  const base = args.value('relative-to');
  let code = 0;
  for (const name of args.operands) {
    const plain = args.has('s')
      ? { path: normalisePath(absolute(proc, name)) }
      : canonical(proc, name, mode);
    if (typeof plain === 'string') {
      code = 1;
      if (!args.has('q'))
        yield* printError(proc, `${args.program}: ${quoteName(name)}: ${strerror(plain)}\n`);
      continue;
    }
    const from = base === undefined ? undefined : canonical(proc, base, mode);
    const path = typeof from === 'object' ? relative(from.path, plain.path) : plain.path;
    yield* print(proc, path + (args.has('z') ? '\0' : '\n'));
  }
  return code;
};

function relative(from: string, to: string): string {
  const [a, b] = [from, to].map((path) => path.split('/').filter((part) => part !== ''));
  const [x = [], y = []] = [a, b];
  let same = 0;
  while (same < x.length && x[same] === y[same]) same++;
  return [...x.slice(same).map(() => '..'), ...y.slice(same)].join('/') || '.';
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** mktemp, src/mktemp.c. */
export const mktemp: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'dp:qtuV',
    long: ['directory:d', 'dry-run:u', 'quiet:q', 'suffix=', 'tmpdir=?:p'],
  });
  if (typeof args === 'number') return args;
  const [template = 'tmp.XXXXXXXXXX', extra] = args.operands;
  if (extra !== undefined) return yield* usageError(proc, args.program, 'too many templates');
  const suffix = args.value('suffix') ?? '';
  const found = /^(.*?)(X+)([^X]*)$/s.exec(template);
  if (!found || (found[2] ?? '').length < 3) {
    return yield* failWith(proc, args.program, `too few X's in template ${quote(template)}`);
  }
  const tmp = args.value('p') || proc.env.get('TMPDIR') || '/tmp';
  const prefix = args.operands.length === 0 || args.has('p', 't') ? `${tmp}/` : '';
  const random = proc.host.random('mktemp');
  for (let attempt = 0; attempt < 100; attempt++) {
    const name = (found[2] ?? '').replace(/X/g, () => LETTERS[random.below(LETTERS.length)] ?? 'X');
    const path = `${prefix}${found[1]}${name}${found[3]}${suffix}`;
    const failed = args.has('u') ? undefined : make(proc, path, args.has('d'));
    if (failed === 'EEXIST') continue;
    if (failed) {
      const what = args.has('d') ? 'directory' : 'file';
      const shown = quote(`${prefix}${template}${suffix}`);
      if (args.has('q')) return 1;
      return yield* failWith(
        proc,
        args.program,
        `failed to create ${what} via template ${shown}: ${strerror(failed)}`,
      );
    }
    yield* print(proc, `${path}\n`);
    return 0;
  }
  return 1;
};

function make(proc: Proc, path: string, directory: boolean): ReturnType<typeof mkdir> {
  if (directory) return mkdir(proc, path, 0o700);
  const file = open(proc, path, { write: true, create: true, exclusive: true, mode: 0o600 });
  if (typeof file === 'string') return file;
  file.get().put();
  return undefined;
}

/** stat, src/stat.c. */
export const stat: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'c:fLt',
    long: ['format=:c', 'printf=', 'dereference:L', 'file-system:f', 'terse:t', 'cached='],
  });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  if (args.has('f')) {
    yield* printError(proc, 'hopwise: stat: -f is not simulated\n');
    return 2;
  }
  const raw = args.value('printf');
  const format = args.value('c');
  let code = 0;
  for (const name of args.operands) {
    const inode = lookupPath(proc, name, args.has('L'));
    if (typeof inode === 'string') {
      yield* printError(
        proc,
        `${args.program}: cannot statx ${quoteAlways(name)}: ${strerror(inode)}\n`,
      );
      code = 1;
    } else if (raw !== undefined)
      yield* print(proc, expand(proc, expandEscapes(raw, 'format').text, name, inode));
    else if (args.has('t') && format === undefined)
      yield* print(proc, expand(proc, TERSE, name, inode));
    else
      yield* print(
        proc,
        `${expand(proc, format ?? DEFAULT, name, inode)}${format === undefined ? '' : '\n'}`,
      );
  }
  return code;
};

const TERSE = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n';
const DEFAULT =
  '  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n' +
  'Device: 0,26\tInode: %-11i Links: %h\n' +
  'Access: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\n' +
  'Access: %x\nModify: %y\nChange: %z\n Birth: %w\n';

const KINDS: Readonly<Record<string, string>> = {
  'handler-dir': 'directory',
  dir: 'directory',
  symlink: 'symbolic link',
  'handler-link': 'symbolic link',
  fifo: 'fifo',
  char: 'character special file',
  socket: 'socket',
};

const clock = (us: number): string =>
  strftime('%Y-%m-%d %H:%M:%S.%N %z', Math.floor(us / 1e6), (us % 1e6) * 1000);

function field(proc: Proc, letter: string, name: string, inode: Inode): string | undefined {
  const size = inodeSize(proc, inode);
  const target = linkTarget(proc, inode);
  const seconds = (us: number): string => String(Math.floor(us / 1e6));
  const fields: Readonly<Record<string, string>> = {
    a: permissions(inode).toString(8),
    A: modeString(inode),
    b: String(inode.body.kind === 'file' ? Math.ceil(size / 4096) * 8 : 0),
    B: '512',
    d: '26',
    D: '1a',
    f: (typeBits(inode) | permissions(inode)).toString(16),
    F: KINDS[inode.body.kind] ?? (size === 0 ? 'regular empty file' : 'regular file'),
    g: String(inode.gid),
    G: groupName(proc, inode.gid),
    h: String(inode.nlink),
    i: String(inode.ino),
    m: '/',
    n: name,
    N: target === undefined ? quoteName(name) : `${quoteName(name)} -> ${quoteName(target)}`,
    o: '4096',
    s: String(size),
    t: '0',
    T: '0',
    u: String(inode.uid),
    U: userName(proc, inode.uid),
    w: clock(inode.ctimeUs),
    W: seconds(inode.ctimeUs),
    x: clock(inode.atimeUs),
    X: seconds(inode.atimeUs),
    y: clock(inode.mtimeUs),
    Y: seconds(inode.mtimeUs),
    z: clock(inode.ctimeUs),
    Z: seconds(inode.ctimeUs),
    '%': '%',
  };
  return fields[letter];
}

function expand(proc: Proc, format: string, name: string, inode: Inode): string {
  return format.replace(
    /%([-0#+ ]*)(\d*)(?:\.\d+)?([a-zA-Z%])/g,
    (all, flags: string, width: string, letter: string) => {
      const text = field(proc, letter, name, inode);
      if (text === undefined) return '?';
      if (flags.includes('-')) return text.padEnd(Number(width));
      return width === ''
        ? text
        : text.padStart(Number(width), flags.includes('0') ? '0' : ' ') || all;
    },
  );
}

/** Whether a path is a directory, for the tools that ask. */
export const isDirectoryAt = (proc: Proc, path: string): boolean => {
  const inode = lookupPath(proc, path);
  return typeof inode !== 'string' && isDirectory(inode);
};
