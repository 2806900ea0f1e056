import { concat } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { readAll } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import {
  type Args,
  failWith,
  notSimulated,
  parseArgs,
  quote,
  quoteName,
  usageError,
} from '../args';
import { eachLine, Lines, Out, openOrSay, readOperand, splitLines } from '../stream';
import { parseSize } from './size';
import { compareText } from './sort-key';

/** join, src/join.c. */
export const join: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'a:e:i1:2:j:o:t:v:z',
    long: ['ignore-case:i', 'header', 'check-order', 'nocheck-order', 'zero-terminated:z'],
  });
  if (typeof args === 'number') return args;
  const [a, b] = args.operands;
  if (a === undefined || b === undefined) {
    return yield* usageError(
      proc,
      args.program,
      a === undefined ? 'missing operand' : `missing operand after ${quote(a)}`,
    );
  }
  const fa = yield* openOrSay(proc, args.program, a);
  const fb = fa && (yield* openOrSay(proc, args.program, b));
  if (!fa || !fb) return 1;
  const [left, right] = [
    yield* rows(args, new Lines(proc, fa)),
    yield* rows(args, new Lines(proc, fb)),
  ];
  const out = new Out(proc);
  const alone = (side: '1' | '2'): boolean => args.values('a', 'v').includes(side);
  const paired = !args.has('v');
  const [ka, kb] = [
    Number(args.value('1') ?? args.value('j') ?? 1) - 1,
    Number(args.value('2') ?? args.value('j') ?? 1) - 1,
  ];
  let [i, j] = [0, 0];
  const fold = (text: string): string => (args.has('i') ? text.toLowerCase() : text);
  while (i < left.length || j < right.length) {
    const [x, y] = [left[i], right[j]];
    const c = !x ? 1 : !y ? -1 : compareText(fold(x[ka] ?? ''), fold(y[kb] ?? ''));
    if (c < 0 && x) {
      if (alone('1')) yield* out.text(line(args, x, undefined, [ka, kb]));
      i++;
    } else if (c > 0 && y) {
      if (alone('2')) yield* out.text(line(args, undefined, y, [ka, kb]));
      j++;
    } else if (x && y) {
      let end = j;
      while (end < right.length && fold(right[end]?.[kb] ?? '') === fold(x[ka] ?? '')) end++;
      for (; i < left.length && fold(left[i]?.[ka] ?? '') === fold(y[kb] ?? ''); i++) {
        for (let n = j; n < end && paired; n++)
          yield* out.text(line(args, left[i], right[n], [ka, kb]));
      }
      j = end;
    }
  }
  return yield* out.close(args.program, 0);
};

function* rows(args: Args, lines: Lines): Blocking<readonly (readonly string[])[]> {
  const all: (readonly string[])[] = [];
  const separator = args.value('t');
  for (;;) {
    const next = yield* lines.next();
    if (!next || typeof next === 'string') return all;
    all.push(
      separator === undefined ? next.text.trim().split(/[ \t]+/) : next.text.split(separator),
    );
  }
}

function line(
  args: Args,
  x: readonly string[] | undefined,
  y: readonly string[] | undefined,
  [ka, kb]: readonly [number, number],
): string {
  const empty = args.value('e') ?? '';
  const key = x?.[ka] ?? y?.[kb] ?? '';
  const format = args.values('o').join(' ').trim();
  const glue = args.value('t') ?? ' ';
  if (format === '' || format === 'auto') {
    const rest = [...(x ?? []).filter((_, i) => i !== ka), ...(y ?? []).filter((_, i) => i !== kb)];
    return `${[key, ...rest].join(glue)}\n`;
  }
  const fields = format.split(/[\s,]+/).map((spec) => {
    if (spec === '0') return key;
    const [file, number] = spec.split('.');
    return (file === '1' ? x : y)?.[Number(number) - 1] ?? empty;
  });
  return `${fields.map((f) => (f === '' ? empty : f)).join(glue)}\n`;
}

/** split, src/split.c: by lines (-l), bytes (-b) or into parts (-n). */
export const split: Program = function* (proc, argv) {
  const old = argv.map((arg) => arg.replace(/^-(\d+)$/, '-l$1'));
  const args = yield* parseArgs(proc, old, {
    short: 'a:b:C:del:n:xu',
    long: [
      'lines=:l',
      'bytes=:b',
      'number=:n',
      'suffix-length=:a',
      'numeric-suffixes=?:d',
      'hex-suffixes=?:x',
      'additional-suffix=',
      'verbose',
    ],
  });
  if (typeof args === 'number') return args;
  if (args.has('C', 'x')) return yield* notSimulated(proc, 'split', '-C');
  const [input = '-', prefix = 'x'] = args.operands;
  const file = yield* openOrSay(proc, args.program, input);
  if (!file) return 1;
  const parts = yield* readAll(proc, file);
  if (typeof parts === 'string')
    return yield* failWith(proc, args.program, `${quoteName(input)}: ${strerror(parts)}`);
  const pieces = cut(args, concat(parts));
  if (typeof pieces === 'string') return yield* failWith(proc, args.program, pieces);
  const length = Number(args.value('a') ?? 2);
  for (const [i, piece] of pieces.entries()) {
    const name =
      prefix + suffix(i, length, args.has('d')) + (args.value('additional-suffix') ?? '');
    const failed = writeFileAt(proc, name, piece);
    if (failed)
      return yield* failWith(proc, args.program, `${quoteName(name)}: ${strerror(failed)}`);
  }
  return 0;
};

function cut(args: Args, bytes: Uint8Array): readonly Uint8Array[] | string {
  const pieces: Uint8Array[] = [];
  const size = args.value('b');
  const count = args.value('n');
  if (size !== undefined || count !== undefined) {
    const step = size === undefined ? Math.floor(bytes.length / Number(count)) : parseSize(size);
    if (!step) return `invalid number of bytes: ${quote(size ?? count ?? '')}`;
    for (let at = 0; at < bytes.length; at += step) {
      const last = count !== undefined && pieces.length === Number(count) - 1;
      pieces.push(bytes.slice(at, last ? undefined : at + step));
      if (last) break;
    }
    return pieces;
  }
  const lines = Number(args.value('l') ?? 1000);
  if (!(lines > 0)) return `invalid number of lines: ${quote(args.value('l') ?? '')}`;
  let start = 0;
  let seen = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 10 || ++seen % lines !== 0) continue;
    pieces.push(bytes.slice(start, at + 1));
    start = at + 1;
  }
  if (start < bytes.length) pieces.push(bytes.slice(start));
  return pieces;
}

function suffix(index: number, length: number, digits: boolean): string {
  if (digits) return String(index).padStart(length, '0');
  let text = '';
  for (let n = index, i = 0; i < length; i++, n = Math.floor(n / 26)) {
    text = String.fromCharCode(97 + (n % 26)) + text;
  }
  return text;
}

/** shuf, src/shuf.c, on the world's own chance. */
export const shuf: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'ei:n:o:rz',
    long: [
      'echo:e',
      'input-range=:i',
      'head-count=:n',
      'output=:o',
      'repeat:r',
      'random-source=',
      'zero-terminated:z',
    ],
  });
  if (typeof args === 'number') return args;
  const range = args.value('i');
  let items: string[] = [];
  if (args.has('e')) items = [...args.operands];
  else if (range !== undefined) {
    const found = /^(\d+)-(\d+)$/.exec(range);
    const [low, high] = [Number(found?.[1]), Number(found?.[2])];
    if (!found || low > high + 1)
      return yield* failWith(proc, args.program, `invalid input range: ${quote(range)}`);
    if (high - low > 1_000_000) return yield* notSimulated(proc, 'shuf', 'so large a range');
    items = Array.from({ length: high - low + 1 }, (_, i) => String(low + i));
  } else {
    const text = yield* readOperand(proc, args.operands[0] ?? '-');
    if (typeof text === 'string')
      return yield* failWith(
        proc,
        args.program,
        `${quoteName(args.operands[0] ?? '-')}: ${strerror(text)}`,
      );
    items = [...splitLines(text.text)];
  }
  const count = Math.min(
    Number(args.value('n') ?? Number.POSITIVE_INFINITY),
    args.has('r') ? 1_000_000 : items.length,
  );
  const out = new Out(proc);
  const random = proc.host.random('shuf');
  for (let i = 0; i < count && items.length > 0; i++) {
    const at = args.has('r') ? random.below(items.length) : i + random.below(items.length - i);
    const chosen = items[at] ?? '';
    if (!args.has('r')) [items[i], items[at]] = [chosen, items[i] ?? ''];
    yield* out.text(`${chosen}\n`);
  }
  return yield* out.close(args.program, 0);
};

/** tsort, src/tsort.c. */
export const tsort: Program = function* (proc: Proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: '' });
  if (typeof args === 'number') return args;
  const after = new Map<string, string[]>();
  const waits = new Map<string, number>();
  const words: string[] = [];
  const code = yield* eachLine(proc, args.program, args.operands, function* ({ text }) {
    words.push(...text.split(/\s+/).filter((w) => w !== ''));
    yield* [];
  });
  const name = args.operands[0] ?? '-';
  if (words.length % 2 === 1)
    return yield* failWith(proc, args.program, `${name}: input contains an odd number of tokens`);
  for (let i = 0; i < words.length; i += 2) {
    const [a = '', b = ''] = [words[i], words[i + 1]];
    for (const w of [a, b]) if (!waits.has(w)) waits.set(w, 0);
    if (a === b) continue;
    after.set(a, [...(after.get(a) ?? []), b]);
    waits.set(b, (waits.get(b) ?? 0) + 1);
  }
  const ready = [...waits]
    .filter(([, n]) => n === 0)
    .map(([w]) => w)
    .sort(compareText);
  const out = new Out(proc);
  let done = 0;
  for (let w = ready.shift(); w !== undefined; w = ready.shift()) {
    yield* out.text(`${w}\n`);
    done++;
    for (const next of after.get(w) ?? []) {
      const left = (waits.get(next) ?? 0) - 1;
      waits.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  yield* out.flush();
  return done === waits.size
    ? code
    : yield* failWith(proc, args.program, `${name}: input contains a loop:`);
};
