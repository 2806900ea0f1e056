import { concat } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError, readAll } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, notSimulated, parseArgs } from '../args';
import { Out, openOperand } from '../stream';

function* load(
  proc: Proc,
  program: string,
  names: readonly string[],
): Blocking<Uint8Array | undefined> {
  const all: Uint8Array[] = [];
  for (const name of names.length === 0 ? ['-'] : names) {
    const file = openOperand(proc, name);
    const parts = typeof file === 'string' ? file : yield* readAll(proc, file);
    if (typeof parts === 'string') {
      yield* printError(proc, `${program}: ${name}: ${strerror(parts)}\n`);
      return undefined;
    }
    all.push(...parts);
  }
  return concat(all);
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
const printable = (bytes: Uint8Array): string =>
  [...bytes].map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : '.')).join('');

/** The part that -s and -n (or -l) leave. */
const part = (
  args: Args,
  bytes: Uint8Array,
  skip: string,
  count: string,
): { readonly bytes: Uint8Array; readonly from: number } => {
  const from = Number(args.value(skip) ?? 0);
  const end = args.value(count) === undefined ? undefined : from + Number(args.value(count));
  return { bytes: bytes.subarray(from, end), from };
};

/** hexdump(1) of bsdextrautils: the default form and -C; equal lines become `*`. */
export const hexdump: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'bcCde:f:n:os:vx',
    long: ['canonical:C', 'length=:n', 'skip=:s', 'no-squeezing:v'],
    version: 'hexdump from util-linux 2.38.1',
  });
  if (typeof args === 'number') return args;
  for (const option of ['b', 'c', 'd', 'e', 'f', 'o']) {
    if (args.has(option)) return yield* notSimulated(proc, 'hexdump', `-${option}`);
  }
  const canonical = args.has('C') || /hd$/.test(argv[0] ?? '');
  const all = yield* load(proc, args.program, args.operands);
  if (!all) return 1;
  const { bytes, from } = part(args, all, 's', 'n');
  const out = new Out(proc);
  let last = '';
  let starred = false;
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const key = String(row);
    if (key === last && row.length === 16 && !args.has('v')) {
      if (!starred) yield* out.text('*\n');
      starred = true;
      continue;
    }
    last = key;
    starred = false;
    yield* out.text(
      canonical ? canonicalRow(from + at, row) : wordRow(from + at, row, args.has('x')),
    );
  }
  const width = canonical ? 8 : 7;
  if (bytes.length > 0) yield* out.text(`${hex(from + bytes.length, width)}\n`);
  return yield* out.close(args.program, 0);
};

function canonicalRow(at: number, row: Uint8Array): string {
  const cell = (from: number): string =>
    [...row.subarray(from, from + 8)].map((b) => hex(b, 2)).join(' ');
  const body = `${cell(0).padEnd(23)}  ${cell(8).padEnd(23)}`;
  return `${hex(at, 8)}  ${body}  |${printable(row)}|\n`;
}

function wordRow(at: number, row: Uint8Array, wide: boolean): string {
  const words: string[] = [];
  for (let i = 0; i < 16; i += 2) {
    const text = i < row.length ? hex((row[i] ?? 0) | ((row[i + 1] ?? 0) << 8), 4) : '    ';
    words.push(wide ? `   ${text}` : text);
  }
  return `${hex(at, 7)} ${words.join(' ')}\n`.replace(
    / +\n$/,
    (tail) => ' '.repeat(tail.length - 1) + '\n',
  );
}

/** xxd of Debian's package xxd (2022-01-14). */
export const xxd: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'abc:eEg:il:o:pPrs:u', hint: '' });
  if (typeof args === 'number') return args;
  for (const option of ['b', 'e', 'E', 'i', 'a', 'o']) {
    if (args.has(option)) return yield* notSimulated(proc, 'xxd', `-${option}`);
  }
  const all = yield* load(proc, args.program, args.operands.slice(0, 1));
  if (!all) return 2;
  const out = new Out(proc);
  if (args.has('r')) {
    yield* out.bytes(reverse(all, args.has('p')));
    return yield* out.close(args.program, 0);
  }
  const { bytes, from } = part(args, all, 's', 'l');
  const plain = args.has('p');
  const columns = Number(args.value('c') ?? (plain ? 30 : 16));
  const group = Number(args.value('g') ?? 2) || columns;
  const width = columns * 2 + Math.ceil(columns / group) - 1;
  for (let at = 0; at < bytes.length; at += columns) {
    const row = bytes.subarray(at, at + columns);
    const digits = [...row].map((b) => hex(b, 2));
    if (plain) yield* out.text(`${digits.join('')}\n`);
    else {
      const text = digits.map((d, i) => (i > 0 && i % group === 0 ? ` ${d}` : d)).join('');
      const shown = args.has('u') ? text.toUpperCase() : text;
      yield* out.text(`${hex(from + at, 8)}: ${shown.padEnd(width)}  ${printable(row)}\n`);
    }
  }
  return yield* out.close(args.program, 0);
};

function reverse(dump: Uint8Array, plain: boolean): Uint8Array {
  const text = String.fromCharCode(...dump.subarray(0, 60_000));
  const digits = text
    .split('\n')
    .map((line) =>
      plain ? line : (/^[0-9a-fA-F]+:\s?((?:[0-9a-fA-F]+ ?)*)/.exec(line)?.[1] ?? ''),
    )
    .join('')
    .replace(/[^0-9a-fA-F]/g, '');
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
