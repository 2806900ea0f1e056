import { concat } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import { readAll } from '../../linux/process-io';
import { type Args, failWith, notSimulated, parseArgs, quoteName } from '../args';
import { Out, openOperand } from '../stream';

interface Form {
  readonly size: number;
  readonly width: number;
  show(bytes: Uint8Array): string;
}

const word = (bytes: Uint8Array): number =>
  bytes.reduceRight((value, byte) => value * 256 + byte, 0);

const NAMED: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

const char = (bytes: Uint8Array): string => {
  const byte = bytes[0] ?? 0;
  const plain =
    byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0');
  return NAMED[byte] ?? plain;
};

function formOf(letter: string, size: number): Form {
  if (letter === 'c') return { size: 1, width: 4, show: char };
  const base = letter === 'x' ? 16 : letter === 'o' ? 8 : 10;
  const digits = (256n ** BigInt(size) - 1n).toString(base).length;
  const signed = letter === 'd';
  return {
    size,
    width: digits + (signed ? 2 : 1),
    show: (bytes) => {
      const value = word(bytes);
      const top = 256 ** size;
      if (signed) return String(value >= top / 2 ? value - top : value);
      return letter === 'u' ? String(value) : value.toString(base).padStart(digits, '0');
    },
  };
}

function formsOf(args: Args): readonly Form[] | undefined {
  const forms: Form[] = [];
  const short: Readonly<Record<string, readonly [string, number]>> = {
    c: ['c', 1],
    x: ['x', 2],
    b: ['o', 1],
    d: ['u', 2],
    o: ['o', 2],
  };
  for (const { name, value } of args.options) {
    const known = short[name];
    if (known) forms.push(formOf(...known));
    if (name !== 't') continue;
    for (const [all, letter = '', size] of (value ?? '').matchAll(/([acdoux])([1248])?z?|./g)) {
      if (letter === '' || letter === 'a' || all.endsWith('z')) return undefined;
      forms.push(formOf(letter, Number(size ?? (letter === 'c' ? 1 : 4))));
    }
  }
  return forms.length > 0 ? forms : [formOf('o', 2)];
}

/** od of coreutils 9.1, src/od.c. */
export const od: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'A:bcdj:N:ot:vw:x',
    long: [
      'address-radix=:A',
      'skip-bytes=:j',
      'read-bytes=:N',
      'format=:t',
      'output-duplicates:v',
      'width=:w',
    ],
  });
  if (typeof args === 'number') return args;
  const forms = formsOf(args);
  if (!forms) return yield* notSimulated(proc, 'od', `-t ${args.value('t')}`);
  const all: Uint8Array[] = [];
  for (const name of args.operands.length === 0 ? ['-'] : args.operands) {
    const file = openOperand(proc, name);
    const parts = typeof file === 'string' ? file : yield* readAll(proc, file);
    if (typeof parts === 'string') {
      return yield* failWith(proc, args.program, `${quoteName(name)}: ${strerror(parts)}`);
    }
    all.push(...parts);
  }
  const skip = Number(args.value('j') ?? 0);
  const count = args.value('N');
  const bytes = concat(all).subarray(skip, count === undefined ? undefined : skip + Number(count));
  const radix = args.value('A') ?? 'o';
  const address = (at: number): string => {
    if (radix === 'n') return '';
    return at
      .toString(radix === 'x' ? 16 : radix === 'd' ? 10 : 8)
      .padStart(radix === 'x' ? 6 : 7, '0');
  };
  const width = Number(args.value('w') ?? 16);
  const out = new Out(proc);
  let last = '';
  let starred = false;
  for (let at = 0; at < bytes.length; at += width) {
    const row = bytes.subarray(at, at + width);
    const key = String(row);
    if (key === last && row.length === width && !args.has('v')) {
      if (!starred) yield* out.text('*\n');
      starred = true;
      continue;
    }
    last = key;
    starred = false;
    for (const [i, form] of forms.entries()) {
      let line = i === 0 ? address(skip + at) : ' '.repeat(address(0).length);
      const room = Math.max(...forms.map((f) => f.width / f.size)) * form.size;
      for (let k = 0; k < row.length; k += form.size)
        line += form.show(row.subarray(k, k + form.size)).padStart(room);
      yield* out.text(`${line}\n`);
    }
  }
  if (radix !== 'n') yield* out.text(`${address(skip + bytes.length)}\n`);
  return yield* out.close(args.program, 0);
};
