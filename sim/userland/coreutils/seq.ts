import type { Program } from '../../linux/inode';
import { tick } from '../../linux/process';
import { parseArgs, quote, usageError } from '../args';
import { formatFloat, parseFormat } from '../glibc/printf';
import { Out } from '../stream';

const NUMBER = /^[ \t]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$|^[-+]?inf(?:inity)?$/i;

/** seq of coreutils 9.1, src/seq.c. */
export const seq: Program = function* (proc, argv) {
  const negative = argv.findIndex(
    (arg, i) => i > 0 && /^-?\.?\d/.test(arg) && !/^-[fs]$/.test(argv[i - 1] ?? ''),
  );
  const given = negative < 0 ? argv : [...argv.slice(0, negative), '--', ...argv.slice(negative)];
  const args = yield* parseArgs(proc, given, {
    short: '+f:s:w',
    long: ['format=:f', 'separator=:s', 'equal-width:w'],
  });
  if (typeof args === 'number') return args;
  const { operands, program } = args;
  if (operands.length === 0) return yield* usageError(proc, program, 'missing operand');
  if (operands.length > 3) {
    return yield* usageError(proc, program, `extra operand ${quote(operands[3] ?? '')}`);
  }
  const bad = operands.find((text) => !NUMBER.test(text));
  if (bad !== undefined) {
    return yield* usageError(proc, program, `invalid floating point argument: ${quote(bad)}`);
  }
  const [first = '1', step = '1', last = '1'] =
    operands.length === 1
      ? ['1', '1', operands[0]]
      : operands.length === 2
        ? [operands[0], '1', operands[1]]
        : operands;
  if (Number(step) === 0) {
    return yield* usageError(proc, program, `invalid Zero increment value: ${quote(step)}`);
  }
  const places = Math.max(decimals(first), decimals(step));
  const width = args.has('w') ? Math.max(...[first, last].map((text) => widthOf(text, places))) : 0;
  const custom = args.value('f');
  const format = custom === undefined ? undefined : formatter(custom);
  if (custom !== undefined && !format) {
    return yield* usageError(proc, program, `format ${quote(custom)} has no % directive`);
  }
  const print = format ?? ((value: number) => plain(value, places, width));
  const out = new Out(proc);
  const [start, by, end] = [first, step, last].map((text) =>
    Number(text.replace(/inf.*/i, 'Infinity')),
  );
  let any = false;
  for (let i = 0; ; i++) {
    const value = (start ?? 0) + i * (by ?? 1);
    if (
      (by ?? 1) > 0
        ? value > (end ?? 0) + Math.abs(by ?? 1) * 1e-10
        : value < (end ?? 0) - Math.abs(by ?? 1) * 1e-10
    )
      break;
    yield* out.text((any ? (args.value('s') ?? '\n') : '') + print(value));
    any = true;
    if (i % 16 === 0) yield* tick(proc);
    if (out.error) break;
  }
  if (any) yield* out.text('\n');
  return yield* out.close(program, 0);
};

const decimals = (text: string): number => {
  const [, fraction = '', exponent = '0'] =
    /\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text.replace(/^[^.eE]*/, '')) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
};

function plain(value: number, places: number, width: number): string {
  const text = value.toFixed(places).replace(/^-(0(\.0*)?)$/, '$1');
  if (width === 0) return text;
  return text.startsWith('-')
    ? `-${text.slice(1).padStart(width - 1, '0')}`
    : text.padStart(width, '0');
}

const widthOf = (text: string, places: number): number => Number(text).toFixed(places).length;

function formatter(format: string): ((value: number) => string) | undefined {
  const parts = parseFormat(format);
  const kinds = parts.filter((part) => part.kind === 'conversion');
  if (kinds.length !== 1) return undefined;
  return (value) =>
    parts
      .map((part) => {
        if (part.kind === 'text') return part.text;
        const width = typeof part.width === 'number' ? part.width : 0;
        const precision = typeof part.precision === 'number' ? part.precision : undefined;
        return formatFloat({ flags: part.flags, width, precision, kind: part.letter }, value);
      })
      .join('');
}
