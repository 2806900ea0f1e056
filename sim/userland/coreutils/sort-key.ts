import { compareVersions } from './version-order';

export interface SortFlags {
  readonly blanksStart: boolean;
  readonly blanksEnd: boolean;
  readonly dictionary: boolean;
  readonly fold: boolean;
  readonly printable: boolean;
  readonly reverse: boolean;
  readonly kind: 'text' | 'numeric' | 'general' | 'human' | 'month' | 'version';
}

interface Position {
  readonly field: number;
  readonly char: number;
}

export interface Key {
  readonly start: Position;
  readonly end: Position | undefined;
  readonly flags: SortFlags;
}

const KINDS: ReadonlyMap<string, SortFlags['kind']> = new Map([
  ['n', 'numeric'],
  ['g', 'general'],
  ['h', 'human'],
  ['M', 'month'],
  ['V', 'version'],
]);

export function sortFlags(letters: string, end = letters): SortFlags {
  let kind: SortFlags['kind'] = 'text';
  for (const letter of letters) kind = KINDS.get(letter) ?? kind;
  return {
    blanksStart: letters.includes('b'),
    blanksEnd: end.includes('b'),
    dictionary: letters.includes('d'),
    fold: letters.includes('f'),
    printable: letters.includes('i'),
    reverse: letters.includes('r'),
    kind,
  };
}

/** -k POS1[,POS2]; a key without letters of its own takes the global ones. */
export function parseKey(text: string, global: SortFlags): Key | string {
  const found = /^(\d*)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d*)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!found || found[1] === '') {
    return `invalid number at field start: invalid count at start of ‘${text}’`;
  }
  const [, f1 = '', c1, o1 = '', f2, c2, o2 = ''] = found;
  if (Number(f1) === 0) return zero(text);
  if (c1 !== undefined && Number(c1) === 0)
    return `character offset is zero: invalid field specification ‘${text}’`;
  if (f2 !== undefined && Number(f2) === 0) return zero(text);
  const letters = o1 + o2;
  if (/[^bdfghiMnrRV]/.test(letters))
    return `stray character in field spec: invalid field specification ‘${text}’`;
  const flags =
    letters === ''
      ? global
      : { ...sortFlags(letters), blanksStart: o1.includes('b'), blanksEnd: o2.includes('b') };
  return {
    start: { field: Number(f1), char: Number(c1 ?? 1) },
    end: f2 === undefined ? undefined : { field: Number(f2), char: Number(c2 ?? 0) },
    flags,
  };
}

const zero = (text: string): string =>
  `field number is zero: invalid field specification ‘${text}’`;

/** strcmp of UTF-8: by code point. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const high = (c: number): number => (c >= 0xd800 && c < 0xdc00 ? c + 0x2800 : c);
    return high(x) - high(y);
  }
  return a.length - b.length;
}

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t';

/** limfield() and begfield(): start of field n (1-based); blanks before a field belong to it. */
function fieldStart(line: string, n: number, separator: string | undefined): number {
  let at = 0;
  for (let i = 1; i < n && at < line.length; i++) {
    if (separator !== undefined) {
      const next = line.indexOf(separator, at);
      if (next < 0) return line.length;
      at = next + 1;
      continue;
    }
    while (at < line.length && isBlank(line[at])) at++;
    while (at < line.length && !isBlank(line[at])) at++;
  }
  return at;
}

function fieldEnd(line: string, n: number, separator: string | undefined): number {
  if (separator === undefined) return fieldStart(line, n + 1, undefined);
  const start = fieldStart(line, n, separator);
  const next = line.indexOf(separator, start);
  return next < 0 ? line.length : next;
}

function extract(line: string, key: Key, separator: string | undefined): string {
  let start = fieldStart(line, key.start.field, separator);
  if (key.flags.blanksStart) while (isBlank(line[start])) start++;
  start = Math.min(line.length, start + key.start.char - 1);
  if (!key.end) return line.slice(start);
  let end: number;
  if (key.end.char === 0) end = fieldEnd(line, key.end.field, separator);
  else {
    end = fieldStart(line, key.end.field, separator);
    if (key.flags.blanksEnd) while (isBlank(line[end])) end++;
    end = Math.min(line.length, end + key.end.char);
  }
  return line.slice(start, Math.max(start, end));
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';

function monthOf(text: string): number {
  const at = MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());
  return at >= 0 && at % 3 === 0 && text.trim().length >= 3 ? at / 3 + 1 : 0;
}

const number = (text: string): number => Number(/^[ \t]*(-?\d*\.?\d*)/.exec(text)?.[1]) || 0;

function general(text: string): number {
  const found = /^\s*([-+]?(?:inf|nan|0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))/i.exec(text);
  if (!found) return Number.NEGATIVE_INFINITY;
  return Number(found[1]?.replace(/inf/i, 'Infinity'));
}

function human(text: string): number {
  const found = /^[ \t]*(-?\d*\.?\d*)([kKMGTPEZY]?)/.exec(text);
  const value = Number(found?.[1]) || 0;
  const power = '_KMGTPEZY'.indexOf((found?.[2] || '_').toUpperCase());
  return value === 0 ? 0 : Math.sign(value) * (power * 1e6 + Math.min(Math.abs(value), 999_999));
}

/** Numbers of any length compare as decimals, as strnumcmp does. */
function compareNumeric(a: string, b: string): number {
  const [x, y] = [number(a), number(b)];
  if (Math.abs(x) < Number.MAX_SAFE_INTEGER && Math.abs(y) < Number.MAX_SAFE_INTEGER) return x - y;
  const whole = (text: string): bigint => BigInt(/^[ \t]*(-?\d+)/.exec(text)?.[1] ?? '0');
  const [p, q] = [whole(a), whole(b)];
  return p < q ? -1 : p > q ? 1 : 0;
}

function comparePart(a: string, b: string, flags: SortFlags): number {
  switch (flags.kind) {
    case 'numeric':
      return compareNumeric(a, b);
    case 'general': {
      const [x, y] = [general(a), general(b)];
      return x < y ? -1 : x > y ? 1 : 0;
    }
    case 'human':
      return human(a) - human(b);
    case 'month':
      return monthOf(a) - monthOf(b);
    case 'version':
      return compareVersions(a, b);
    case 'text':
      return compareText(translate(a, flags), translate(b, flags));
  }
}

function translate(text: string, flags: SortFlags): string {
  let out = text;
  if (flags.dictionary) out = out.replace(/[^A-Za-z0-9 \t]/g, '');
  if (flags.printable) out = out.replace(/[^ -~]/g, '');
  return flags.fold ? out.toUpperCase() : out;
}

/** keycompare(). */
export function keyOrder(
  keys: readonly Key[],
  flags: SortFlags,
  separator: string | undefined,
): (a: string, b: string) => number {
  const whole: Key = { start: { field: 1, char: 1 }, end: undefined, flags };
  const used = keys.length === 0 ? [whole] : keys;
  return (a, b) => {
    for (const key of used) {
      const c = comparePart(extract(a, key, separator), extract(b, key, separator), key.flags);
      if (c !== 0) return key.flags.reverse ? -c : c;
    }
    return 0;
  };
}
