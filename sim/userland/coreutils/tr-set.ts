import { utf8Encode } from '../../base/bytes';

interface SetOptions {
  readonly complement: boolean;
  /** How long the first set is; `[c*]` in the second fills up to it. */
  readonly length: number | undefined;
}

const CLASSES: ReadonlyMap<string, (c: number) => boolean> = new Map([
  ['alnum', (c) => isAlpha(c) || isDigit(c)],
  ['alpha', (c) => isAlpha(c)],
  ['blank', (c) => c === 32 || c === 9],
  ['cntrl', (c) => c < 32 || c === 127],
  ['digit', (c) => isDigit(c)],
  ['graph', (c) => c > 32 && c < 127],
  ['lower', (c) => c >= 97 && c <= 122],
  ['print', (c) => c >= 32 && c < 127],
  ['punct', (c) => c > 32 && c < 127 && !isAlpha(c) && !isDigit(c)],
  ['space', (c) => c === 32 || (c >= 9 && c <= 13)],
  ['upper', (c) => c >= 65 && c <= 90],
  ['xdigit', (c) => isDigit(c) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102)],
]);

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isAlpha = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122);

const NAMED: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
]);

interface Item {
  readonly byte: number;
  readonly escaped: boolean;
}

/** Backslash escapes of a set. */
function unquote(text: string): readonly Item[] {
  const items: Item[] = [];
  const bytes = utf8Encode(text);
  const at = (i: number): string => String.fromCharCode(bytes[i] ?? 0);
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 92 || i + 1 >= bytes.length) {
      items.push({ byte: bytes[i] ?? 0, escaped: false });
      continue;
    }
    const rest = at(i + 1) + at(i + 2) + at(i + 3);
    let octal = /^[0-7]{1,3}/.exec(rest)?.[0];
    if (octal && Number.parseInt(octal, 8) > 255) octal = octal.slice(0, 2);
    if (octal) items.push({ byte: Number.parseInt(octal, 8), escaped: true });
    else items.push({ byte: NAMED.get(at(i + 1)) ?? bytes[i + 1] ?? 0, escaped: true });
    i += octal ? octal.length : 1;
  }
  return items;
}

/** The bytes of a set in order, or what is wrong with it. */
export function parseSet(text: string, options: SetOptions): readonly number[] | string {
  const items = unquote(text);
  const bytes: number[] = [];
  let fill: { readonly at: number; readonly byte: number } | undefined;
  const plain = (i: number): string => {
    const item = items[i];
    return item && !item.escaped ? String.fromCharCode(item.byte) : '';
  };
  for (let i = 0; i < items.length; ) {
    const shown = items
      .slice(i)
      .map((item) => String.fromCharCode(item.byte))
      .join('');
    const named = plain(i) === '[' && plain(i + 1) === ':' ? /^\[:(\w*):\]/.exec(shown) : undefined;
    if (named) {
      const test = CLASSES.get(named[1] ?? '');
      if (!test) return `invalid character class ‘${named[1] ?? ''}’`.replace(/[‘’]/g, "'");
      for (let c = 0; c < 256; c++) if (test(c)) bytes.push(c);
      i += named[0].length;
      continue;
    }
    const repeat =
      plain(i) === '[' && plain(i + 2) === '*' ? /^\[.\*(\d*)\]/s.exec(shown) : undefined;
    if (repeat) {
      const byte = items[i + 1]?.byte ?? 0;
      const digits = repeat[1] ?? '';
      const count = digits.startsWith('0') ? Number.parseInt(digits, 8) : Number(digits);
      if (count === 0) fill = { at: bytes.length, byte };
      else for (let n = 0; n < Math.min(count, 65_536); n++) bytes.push(byte);
      i += repeat[0].length;
      continue;
    }
    const low = items[i]?.byte ?? 0;
    if (plain(i + 1) === '-' && i + 2 < items.length) {
      const high = items[i + 2]?.byte ?? 0;
      if (high < low) {
        const range = `${String.fromCharCode(low)}-${String.fromCharCode(high)}`;
        return `range-endpoints of '${range}' are in reverse collating sequence order`;
      }
      for (let c = low; c <= high; c++) bytes.push(c);
      i += 3;
      continue;
    }
    bytes.push(low);
    i++;
  }
  if (fill) {
    const missing = Math.max(0, (options.length ?? 0) - bytes.length);
    bytes.splice(fill.at, 0, ...new Array<number>(missing).fill(fill.byte));
  }
  if (!options.complement) return bytes;
  const present = new Set(bytes);
  return Array.from({ length: 256 }, (_, c) => c).filter((c) => !present.has(c));
}
