import { strerror } from '../../linux/errno';
import { open, readdir } from '../../linux/files';
import type { Inode, Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import { type Proc, tick } from '../../linux/process';
import { print, printError, read, write } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, failWith, notSimulated, parseArgs, quoteAlways } from '../args';
import { humanSize, parseSize } from './size';

/** The one disk of a machine: 20 GiB, in KiB. */
const DISK_KIB = 20_466_256;

/** df, src/df.c: the root file system and what is mounted on it. */
export const df: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'ahHiklPTx:t:',
    long: [
      'all:a',
      'human-readable:h',
      'inodes:i',
      'print-type:T',
      'total',
      'local:l',
      'portability:P',
      'type=:t',
      'exclude-type=:x',
      'output=?',
    ],
  });
  if (typeof args === 'number') return args;
  for (const option of ['i', 'output', 't', 'x', 'total'])
    if (args.has(option)) return yield* notSimulated(proc, 'df', `-${option}`);
  for (const name of args.operands) {
    const found = lookupPath(proc, name);
    if (typeof found === 'string')
      return yield* failWith(proc, args.program, `${name}: ${strerror(found)}`);
  }
  const used = Math.ceil(usedBytes(proc.mounts.root) / 1024) + 1_843_200;
  const free = DISK_KIB - used - 1_048_576;
  const show = (kib: number): string => (args.has('h') ? humanSize(kib * 1024) : String(kib));
  const percent = `${Math.ceil((used * 100) / (used + free))}%`;
  const type = args.has('T') ? 'Type' : '';
  const rows = [
    [
      'Filesystem',
      type,
      args.has('h') ? 'Size' : args.has('P') ? '1024-blocks' : '1K-blocks',
      'Used',
      args.has('h') ? 'Avail' : 'Available',
      args.has('P') ? 'Capacity' : 'Use%',
      'Mounted on',
    ],
    ['/dev/vda1', type && 'ext4', show(DISK_KIB), show(used), show(free), percent, '/'],
  ].map((row) => row.filter((_, i) => i !== 1 || type !== ''));
  const last = (rows[0]?.length ?? 1) - 1;
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(i === 0 ? 14 : i > 0 && i < last ? 5 : 0, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const left = type === '' ? 0 : 1;
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      i === last
        ? cell
        : i <= left
          ? cell.padEnd(widths[i] ?? 0)
          : cell.padStart(i === last - 1 ? 4 : (widths[i] ?? 0)),
    );
    yield* print(proc, `${cells.join(' ')}\n`);
  }
  return 0;
};

function usedBytes(inode: Inode): number {
  if (inode.body.kind === 'file') return inode.body.size;
  if (inode.body.kind !== 'dir') return 0;
  let sum = 4096;
  for (const child of inode.body.entries.values()) sum += usedBytes(child);
  return sum;
}

/** du, src/du.c. */
export const du: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'abcd:hkmsxL',
    long: [
      'all:a',
      'bytes:b',
      'total:c',
      'max-depth=:d',
      'human-readable:h',
      'summarize:s',
      'apparent-size',
    ],
  });
  if (typeof args === 'number') return args;
  let total = 0;
  let code = 0;
  for (const name of args.operands.length === 0 ? ['.'] : args.operands) {
    const inode = lookupPath(proc, name, false);
    if (typeof inode === 'string') {
      code = yield* failWith(
        proc,
        args.program,
        `cannot access ${quoteAlways(name)}: ${strerror(inode)}`,
      );
      continue;
    }
    total += yield* sizeOf(proc, args, { path: name, inode, depth: 0 });
  }
  if (args.has('c')) yield* print(proc, `${shown(args, total)}\ttotal\n`);
  return code;
};

const shown = (args: Args, bytes: number): string => {
  if (args.has('b')) return String(bytes);
  if (args.has('h')) return humanSize(bytes);
  return String(Math.ceil(bytes / (args.has('m') ? 1024 ** 2 : 1024)));
};

function* sizeOf(
  proc: Proc,
  args: Args,
  at: { readonly path: string; readonly inode: Inode; readonly depth: number },
): Blocking<number> {
  const { path, inode, depth } = at;
  yield* tick(proc, 1);
  const exact = args.has('b', 'apparent-size');
  let sum = isDirectory(inode) ? 4096 : 0;
  if (inode.body.kind === 'file')
    sum = exact ? inode.body.size : Math.ceil(inode.body.size / 4096) * 4096;
  if (inode.body.kind === 'symlink') sum = exact ? inode.body.target.length : 0;
  const names = isDirectory(inode) ? readdir(proc, path) : [];
  for (const name of typeof names === 'string' ? [] : names) {
    const child = `${path.replace(/\/$/, '')}/${name}`;
    const found = lookupPath(proc, child, false);
    if (typeof found !== 'string')
      sum += yield* sizeOf(proc, args, { path: child, inode: found, depth: depth + 1 });
  }
  const most = args.has('s') ? 0 : Number(args.value('d') ?? Number.POSITIVE_INFINITY);
  if (depth <= most && (depth === 0 || isDirectory(inode) || args.has('a')))
    yield* print(proc, `${shown(args, sum)}\t${path}\n`);
  return sum;
}

/** dd, src/dd.c: if of bs ibs obs count skip seek conv=notrunc status. */
export const dd: Program = function* (proc, argv) {
  const set = new Map<string, string>();
  for (const arg of argv.slice(1)) {
    const found = /^(if|of|bs|ibs|obs|count|skip|seek|conv|status|iflag|oflag)=(.*)$/s.exec(arg);
    if (!found)
      return yield* failWith(
        proc,
        argv[0] ?? 'dd',
        `unrecognized operand ${quoteAlways(arg)}\nTry 'dd --help' for more information.`,
      );
    set.set(found[1] ?? '', found[2] ?? '');
  }
  const number = (key: string, otherwise: number): number =>
    parseSize(set.get(key) ?? '') ?? otherwise;
  const size = number('bs', number('ibs', 512));
  const count = number('count', Number.POSITIVE_INFINITY);
  const started = proc.host.nowUs;
  const input = set.get('if');
  const output = set.get('of');
  if (input !== undefined) {
    const file = open(proc, input, { read: true });
    if (typeof file === 'string')
      return yield* failWith(proc, 'dd', `failed to open ${quoteAlways(input)}: ${strerror(file)}`);
    proc.dup2(file, 0);
  }
  if (output !== undefined) {
    const keep = (set.get('conv') ?? '').includes('notrunc') || set.has('seek');
    const file = open(proc, output, { write: true, create: true, truncate: !keep });
    if (typeof file === 'string')
      return yield* failWith(
        proc,
        'dd',
        `failed to open ${quoteAlways(output)}: ${strerror(file)}`,
      );
    file.offset = number('seek', 0) * size;
    proc.dup2(file, 1);
  }
  const stdin = proc.fds.get(0);
  if (stdin?.ops.kind === 'regular') stdin.offset += number('skip', 0) * size;
  let [full, part, bytes] = [0, 0, 0];
  while (full + part < count) {
    const got = yield* read(proc, 0, size);
    if (typeof got === 'string')
      return yield* failWith(
        proc,
        'dd',
        `error reading ${quoteAlways(input ?? 'standard input')}: ${strerror(got)}`,
      );
    if (got.length === 0) break;
    if (got.length === size) full++;
    else part++;
    bytes += got.length;
    const put = yield* write(proc, 1, got.slice());
    if (typeof put === 'string')
      return yield* failWith(
        proc,
        'dd',
        `error writing ${quoteAlways(output ?? 'standard output')}: ${strerror(put)}`,
      );
    yield* tick(proc, 2 + (got.length >> 10));
  }
  if (set.get('status') === 'none') return 0;
  yield* printError(proc, `${full}+${part} records in\n${full}+${part} records out\n`);
  if (set.get('status') !== 'noxfer')
    yield* printError(proc, speed(bytes, Math.max(1, proc.host.nowUs - started)));
  return 0;
};

function speed(bytes: number, us: number): string {
  const seconds = Number((us / 1e6).toPrecision(6));
  const rate = `${humanSize((bytes * 1e6) / us, 1000).replace(/([kMGT])$/, ' $1')}B/s`;
  const sizes =
    bytes < 1000
      ? ''
      : ` (${humanSize(bytes, 1000).replace(/([kMGT])$/, ' $1B')}, ${humanSize(bytes).replace(/([KMGT])$/, ' $1iB')})`;
  const unit = bytes === 1 ? 'byte' : 'bytes';
  return `${bytes} ${unit}${sizes.replace(/\((.*), \1.*\)/, '($1)')} copied, ${seconds} s, ${rate}\n`;
}
