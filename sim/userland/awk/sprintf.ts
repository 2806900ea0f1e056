import { formatFloat, formatInteger, formatString, parseFormat } from '../glibc/printf';
import { toNumber, toText, type Value } from './value';

export type Formatted =
  | { readonly text: string }
  | { readonly error: string; readonly before: string };

const INT_MAX = 2_147_483_647;

const clamp = (value: number): bigint => {
  if (Number.isNaN(value)) return BigInt(-INT_MAX - 1);
  return BigInt(Math.trunc(Math.max(-INT_MAX, Math.min(INT_MAX, value))));
};

const unsigned = (value: number): bigint =>
  BigInt(
    Math.trunc(Math.max(-INT_MAX, Math.min(2 * INT_MAX + 1, Number.isNaN(value) ? 0 : value))),
  );

/** do_printf() of mawk, print.c. */
export function sprintf(args: readonly Value[], convert: string, who: string): Formatted {
  const format = toText(args[0], convert);
  let at = 1;
  let out = '';
  for (const directive of parseFormat(format)) {
    if (directive.kind === 'text') {
      out += directive.text;
      continue;
    }
    const star = (amount: number | 'star' | undefined): number | undefined =>
      amount === 'star' ? toNumber(args[at++]) : amount;
    const width = star(directive.width) ?? 0;
    const precision = star(directive.precision);
    if (at >= args.length)
      return { error: `not enough arguments passed to ${who}("${format}")`, before: out };
    const value = args[at++];
    const spec = { flags: directive.flags, width, precision, kind: directive.letter };
    switch (directive.letter) {
      case 'd':
      case 'i':
        out += formatInteger(spec, clamp(toNumber(value)));
        break;
      case 'o':
      case 'u':
      case 'x':
      case 'X':
        out += formatInteger(spec, BigInt.asUintN(32, unsigned(toNumber(value))));
        break;
      case 'c':
        out += formatString({ ...spec, precision: undefined }, charOf(value));
        break;
      case 's':
        out += formatString(spec, toText(value, convert));
        break;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        out += formatFloat(spec, toNumber(value));
        break;
      default:
        return {
          error: `improper conversion(number ${at - 1}) in ${who}("${format}")`,
          before: out,
        };
    }
  }
  return { text: out };
}

const charOf = (value: Value): string => {
  if (typeof value === 'string') return value.slice(0, 1);
  if (typeof value === 'object') return value.text.slice(0, 1);
  return String.fromCharCode(toNumber(value) & 255);
};
