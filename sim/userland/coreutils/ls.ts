import { type Errno, strerror } from '../../linux/errno';
import { readdir } from '../../linux/files';
import type { Inode, Program } from '../../linux/inode';
import { isDirectory, joinPath, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, notSimulated, parseArgs, quoteAlways } from '../args';
import { Out } from '../stream';
import { type Entry, type LsStyle, listing, sizeOf } from './ls-format';
import { compareText } from './sort-key';
import { compareVersions } from './version-order';

const LONG = [
  'all:a',
  'almost-all:A',
  'directory:d',
  'classify=?:F',
  'file-type:p',
  'human-readable:h',
  'inode:i',
  'numeric-uid-gid:n',
  'no-group:G',
  'quote-name:Q',
  'literal:N',
  'reverse:r',
  'recursive:R',
  'size:s',
  'sort=',
  'time=',
  'time-style=',
  'full-time',
  'color=?',
  'group-directories-first',
  'dereference:L',
  'width=:w',
  'ignore=:I',
  'hide=',
  'format=',
  'si',
  'ignore-backups:B',
];

/** ls of coreutils 9.1, src/ls.c. */
export const ls: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'aAbBcCdfFghHiI:klLmnNopqQrRsStT:uUvw:xXZ1G',
    long: LONG,
    status: 2,
  });
  if (typeof args === 'number') return args;
  if (/^(always|yes|force)$/.test(args.value('color') ?? '')) {
    return yield* notSimulated(proc, args.program, '--color=always');
  }
  for (const option of ['Z', 'b', 'I', 'hide']) {
    if (args.has(option)) return yield* notSimulated(proc, args.program, `-${option}`);
  }
  const style = styleOf(proc, args);
  const run: Run = { proc, args, style, out: new Out(proc), code: 0, first: true };
  const names = args.operands.length === 0 ? ['.'] : args.operands;
  const files: Entry[] = [];
  const directories: Entry[] = [];
  for (const name of names) {
    const follow = !(style.long || style.classify || args.has('d')) || args.has('L', 'H');
    let inode = lookupPath(proc, name, follow || name.endsWith('/'));
    if (inode === 'ENOENT' && follow) inode = lookupPath(proc, name, false);
    if (typeof inode === 'string') {
      yield* complain(run, `cannot access ${quoteAlways(name)}`, inode, 2);
      continue;
    }
    const entry: Entry = { name, path: name, inode };
    if (isDirectory(inode) && !args.has('d')) directories.push(entry);
    else files.push(entry);
  }
  if (files.length > 0) {
    yield* run.out.text(listing(proc, sorted(args, files), style));
    run.first = false;
  }
  const heading = names.length > 1 || args.has('R');
  for (const entry of sorted(args, directories)) yield* listDirectory(run, entry, heading, 0);
  return yield* run.out.close(args.program, run.code);
};

interface Run {
  readonly proc: Proc;
  readonly args: Args;
  readonly style: LsStyle;
  readonly out: Out;
  code: number;
  first: boolean;
}

function styleOf(proc: Proc, args: Args): LsStyle {
  const long = args.has('l', 'n', 'g', 'o', 'full-time') || args.value('format') === 'long';
  const layout = args.last('l', 'n', 'g', 'o', '1', 'C', 'x', 'm');
  const tty = proc.fds.get(1)?.ops.kind === 'tty';
  const isLong = long && !/[Cxm]/.test(layout ?? '');
  const across = layout === 'C' || layout === 'x' || (tty && layout === undefined && !long);
  return {
    long: isLong,
    layout: isLong
      ? 'one'
      : layout === 'm'
        ? 'commas'
        : layout === 'x'
          ? 'rows'
          : across
            ? 'columns'
            : 'one',
    width: Number(args.value('w') ?? proc.tty?.columns ?? 80) || 65_536,
    classify: args.has('F') ? 'all' : args.has('p') ? 'slash' : undefined,
    human: args.has('h') ? 1024 : args.has('si') ? 1000 : undefined,
    inode: args.has('i'),
    blocks: args.has('s'),
    numeric: args.has('n'),
    owner: !args.has('g'),
    group: !args.has('o', 'G'),
    quote: args.has('Q') ? 'always' : tty && !args.has('N') ? 'shell' : 'never',
    time:
      args.last('c', 'u') === 'c' ? 'ctimeUs' : args.last('c', 'u') === 'u' ? 'atimeUs' : 'mtimeUs',
    timeStyle: args.has('full-time') ? 'full-iso' : (args.value('time-style') ?? 'locale'),
  };
}

function* complain(run: Run, text: string, errno: Errno, code: number): Blocking<void> {
  yield* run.out.flush();
  run.code = Math.max(run.code, code);
  yield* printError(run.proc, `${run.args.program}: ${text}: ${strerror(errno)}\n`);
}

const MAX_DEPTH = 256;

function* listDirectory(run: Run, dir: Entry, heading: boolean, depth: number): Blocking<void> {
  const { proc, args, style } = run;
  const names = readdir(proc, dir.path);
  if (typeof names === 'string') {
    yield* complain(
      run,
      `cannot open directory ${quoteAlways(dir.path)}`,
      names,
      depth === 0 ? 2 : 1,
    );
    return;
  }
  const entries: Entry[] = [];
  if (args.has('a', 'f')) {
    const parent = lookupPath(proc, joinPath(dir.path, '..'));
    entries.push({ name: '.', path: dir.path, inode: dir.inode });
    entries.push({
      name: '..',
      path: '..',
      inode: typeof parent === 'string' ? dir.inode : parent,
    });
  }
  for (const name of names) {
    if (name.startsWith('.') && !args.has('a', 'A', 'f')) continue;
    if (args.has('B') && name.endsWith('~')) continue;
    const path = dir.path === '/' ? `/${name}` : `${dir.path.replace(/\/$/, '')}/${name}`;
    const inode = lookupPath(proc, path, args.has('L'));
    if (typeof inode !== 'string') entries.push({ name, path, inode });
  }
  const list = sorted(args, entries);
  if (heading) yield* run.out.text(`${run.first ? '' : '\n'}${dir.path}:\n`);
  run.first = false;
  if (style.long || style.blocks) yield* run.out.text(total(list, style));
  yield* run.out.text(listing(proc, list, style));
  if (!args.has('R') || depth >= MAX_DEPTH) return;
  for (const entry of list) {
    if (entry.name === '.' || entry.name === '..' || !isDirectory(entry.inode)) continue;
    yield* listDirectory(run, entry, true, depth + 1);
  }
}

function total(entries: readonly Entry[], style: LsStyle): string {
  let blocks = 0;
  for (const entry of entries) blocks += blocksOf(entry.inode);
  return `total ${style.human ? sizeOf(blocks * 1024, style.human) : blocks}\n`;
}

/** KiB on disk, in pages of 4 KiB as ext4 counts. */
function blocksOf(inode: Inode): number {
  if (inode.body.kind === 'file') return Math.ceil(inode.body.size / 4096) * 4;
  return inode.body.kind === 'dir' ? 4 : 0;
}

function sorted(args: Args, entries: readonly Entry[]): readonly Entry[] {
  const by = args.value('sort');
  const last = args.last('t', 'S', 'U', 'v', 'X', 'f');
  const key =
    by ?? { t: 'time', S: 'size', U: 'none', v: 'version', X: 'extension', f: 'none' }[last ?? ''];
  const byName = (a: Entry, b: Entry): number => compareText(a.name, b.name);
  const bytes = (e: Entry): number => (e.inode.body.kind === 'file' ? e.inode.body.size : 4096);
  const extension = (e: Entry): string => /\.[^.]*$/.exec(e.name)?.[0] ?? '';
  const orders: Readonly<Record<string, (a: Entry, b: Entry) => number>> = {
    time: (a, b) => b.inode.mtimeUs - a.inode.mtimeUs || byName(a, b),
    size: (a, b) => bytes(b) - bytes(a) || byName(a, b),
    version: (a, b) => compareVersions(a.name, b.name),
    extension: (a, b) => compareText(extension(a), extension(b)) || byName(a, b),
  };
  if (key === 'none') return entries;
  const order = orders[key ?? ''] ?? byName;
  const list = [...entries].sort(order);
  if (args.has('r')) list.reverse();
  if (!args.has('group-directories-first')) return list;
  const isDir = (e: Entry): number => (isDirectory(e.inode) ? 0 : 1);
  return list.sort((a, b) => isDir(a) - isDir(b));
}
