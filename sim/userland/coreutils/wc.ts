import type { Errno } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { OpenFile } from '../../linux/open-file';
import { lookupPath } from '../../linux/path';
import { type Proc, tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { parseArgs } from '../args';
import { eachChunk, Out, openOrSay, readOperand, sayErrno } from '../stream';

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}

const ORDER = ['lines', 'words', 'chars', 'bytes', 'longest'] as const;
const LETTERS = { lines: 'l', words: 'w', chars: 'm', bytes: 'c', longest: 'L' } as const;
const LONG = ['bytes:c', 'chars:m', 'lines:l', 'words:w', 'max-line-length:L', 'files0-from='];

const none = (): Counts => ({ lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 });

/** wc of coreutils 9.1, src/wc.c. */
export const wc: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'clLmw', long: LONG });
  if (typeof args === 'number') return args;
  const asked = ORDER.filter((key) => args.has(LETTERS[key]));
  const shown: readonly (keyof Counts)[] = asked.length > 0 ? asked : ['lines', 'words', 'bytes'];
  let names: readonly string[] = args.operands;
  const from = args.value('files0-from');
  if (from !== undefined) {
    const list = yield* readOperand(proc, from);
    names = typeof list === 'string' ? [] : list.text.split('\0').filter((name) => name !== '');
  }
  const operands: readonly (string | undefined)[] = names.length === 0 ? [undefined] : names;
  const out = new Out(proc);
  const total = none();
  let code = 0;
  const width = widthOf(proc, operands, shown.length);
  for (const name of operands) {
    const counted = yield* countOperand(proc, args.program, name);
    if (counted.failed) code = 1;
    const { counts } = counted;
    if (!counts) continue;
    for (const key of ORDER) {
      total[key] = key === 'longest' ? Math.max(total[key], counts[key]) : total[key] + counts[key];
    }
    yield* out.text(row(counts, shown, width, name));
  }
  if (operands.length > 1) yield* out.text(row(total, shown, width, 'total'));
  return yield* out.close(args.program, code);
};

const row = (
  counts: Counts,
  shown: readonly (keyof Counts)[],
  width: number,
  name: string | undefined,
): string => {
  const fields = shown.map((key) => String(counts[key]).padStart(width));
  return `${fields.join(' ')}${name === undefined ? '' : ` ${name}`}\n`;
};

/** compute_number_width(): digits of the sizes' sum, at least 7 when a file is no regular one. */
function widthOf(proc: Proc, names: readonly (string | undefined)[], columns: number): number {
  if (names.length === 1 && columns === 1) return 1;
  let total = 0;
  let least = 1;
  for (const name of names) {
    const file = name === undefined || name === '-' ? proc.fds.get(0) : undefined;
    const inode = file ? file.inode : lookupPath(proc, name ?? '');
    if (typeof inode === 'string') continue;
    if (inode?.body.kind === 'file') total += inode.body.size;
    else least = 7;
  }
  return Math.max(least, String(total).length);
}

function* countOperand(
  proc: Proc,
  program: string,
  name: string | undefined,
): Blocking<{ readonly counts: Counts | undefined; readonly failed: boolean }> {
  const file = yield* openOrSay(proc, program, name ?? '-');
  if (!file) return { counts: undefined, failed: true };
  const counts = yield* count(proc, file);
  file.put();
  if (typeof counts !== 'string') return { counts, failed: false };
  yield* sayErrno(proc, program, name ?? '-', counts);
  return { counts: counts === 'EISDIR' ? none() : undefined, failed: true };
}

function* count(proc: Proc, file: OpenFile): Blocking<Counts | Errno> {
  const counts = none();
  let inWord = false;
  let column = 0;
  const failed = yield* eachChunk(proc, file, function* (bytes) {
    counts.bytes += bytes.length;
    yield* tick(proc, bytes.length >> 6);
    for (const byte of bytes) {
      if ((byte & 0xc0) !== 0x80) counts.chars++;
      const space = byte === 32 || (byte >= 9 && byte <= 13);
      if (!space && !inWord) counts.words++;
      inWord = !space;
      if (byte === 10) {
        counts.lines++;
        counts.longest = Math.max(counts.longest, column);
        column = 0;
      } else if (byte === 9) column += 8 - (column % 8);
      else if (byte === 13) {
        counts.longest = Math.max(counts.longest, column);
        column = 0;
      } else if (byte >= 32 && byte !== 127 && (byte & 0xc0) !== 0x80) column++;
    }
    return true;
  });
  counts.longest = Math.max(counts.longest, column);
  return failed ?? counts;
}
