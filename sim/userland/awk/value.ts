import { formatFloat } from '../glibc/printf';

/** Input that looks like a number compares as one (POSIX: numeric string). */
export interface StrNum {
  readonly text: string;
  readonly num: number;
}

/** undefined is a variable that was never set: '' and 0. */
export type Value = string | number | StrNum | undefined;

/** A variable, a parameter, an array: what it is shows when it is first used. */
export interface Cell {
  value: Value;
  array: Map<string, Value> | undefined;
  /** The caller's variable that was passed without a value: it becomes the array. */
  readonly alias: Cell | undefined;
}

export const newCell = (value?: Value, alias?: Cell): Cell => ({ value, array: undefined, alias });

export function arrayOf(cell: Cell): Map<string, Value> {
  cell.array ??= cell.alias ? arrayOf(cell.alias) : new Map();
  return cell.array;
}

const NUMBER = /^[ \t\n\r\f\v]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?0[xX][0-9a-fA-F]+)/;

/** collect_decimal of mawk's fpe strtod: the number that a text begins with. */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  if (typeof value !== 'string') return value.num;
  return leading(value);
}

function leading(text: string): number {
  const hex = /^\s*([-+]?)(0[xX][0-9a-fA-F]+)/.exec(text);
  if (hex) return (hex[1] === '-' ? -1 : 1) * Number(hex[2]);
  return Number(NUMBER.exec(text)?.[1] ?? 0);
}

/** Text from input: a number too if all of it looks like one. */
export function fromInput(text: string): Value {
  const found = NUMBER.exec(text);
  if (!found || text.slice(found[0].length).trim() !== '') return text;
  return { text, num: leading(text) };
}

const INT_MAX = 2_147_483_647;

/** How a number becomes text: integers as %d, others by CONVFMT or OFMT. */
export function numberText(value: number, format: string): string {
  if (Number.isInteger(value) && Math.abs(value) <= INT_MAX) return String(value === 0 ? 0 : value);
  const found = /^%([-+ #0]*)(\d*)(?:\.(\d+))?([a-zA-Z])$/.exec(format);
  if (!found) return formatFloat({ flags: '', width: 0, precision: 6, kind: 'g' }, value);
  const [, flags = '', width, precision, kind = 'g'] = found;
  if (Number.isNaN(value)) return '-nan';
  const digits = precision === undefined ? undefined : Number(precision);
  if (kind === 'd' || kind === 'i') return String(Math.trunc(value));
  return formatFloat({ flags, width: Number(width), precision: digits, kind }, value);
}

export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return typeof value === 'number' ? numberText(value, format) : value.text;
}

export function truthy(value: Value): boolean {
  if (value === undefined) return false;
  if (typeof value === 'string') return value !== '';
  return (typeof value === 'number' ? value : value.num) !== 0;
}

/** compare() of mawk, cast.c: as numbers if neither side is a plain string. */
export function compare(a: Value, b: Value, format: string): number {
  if (typeof a !== 'string' && typeof b !== 'string') {
    const [x, y] = [toNumber(a), toNumber(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const [x, y] = [toText(a, format), toText(b, format)];
  return x < y ? -1 : x > y ? 1 : 0;
}
