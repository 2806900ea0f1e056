import { utf8Decode } from '../../base/bytes';

const NAMED: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['e', '\u001b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

const ESCAPE =
  /^\\(?:([abefnrtv\\])|(c)|x([0-9a-fA-F]{1,2})|(0[0-7]{0,3}|[1-7][0-7]{0,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(["]))/;

/** Characters below 256 stand for bytes; runs that are UTF-8 become text. */
const bytesText = (bytes: readonly number[]): string => utf8Decode(Uint8Array.from(bytes));

/**
 * Backslash escapes. 'echo' and 'b' (printf %b) take \0NNN as octal, 'format' (printf's format) takes \NNN.
 * `stop`: \c was met.
 */
export function expandEscapes(
  text: string,
  where: 'echo' | 'b' | 'format',
): { readonly text: string; readonly stop: boolean } {
  let out = '';
  let pending: number[] = [];
  const settle = (): void => {
    if (pending.length > 0) out += bytesText(pending);
    pending = [];
  };
  for (let i = 0; i < text.length; ) {
    const found = text[i] === '\\' ? ESCAPE.exec(text.slice(i, i + 12)) : undefined;
    const [all = '', named, stop, hex, octal, u4, u8, other] = found ?? [];
    const digits = octal === undefined ? undefined : octalOf(octal, where);
    if (!found || (octal !== undefined && digits === undefined) || (other && where !== 'format')) {
      settle();
      out += text[i] ?? '';
      i++;
      continue;
    }
    i += digits === undefined ? all.length : 1 + digits.length;
    if (hex !== undefined) pending.push(Number.parseInt(hex, 16));
    else if (digits !== undefined) pending.push(Number.parseInt(digits, 8) & 255);
    else {
      settle();
      if (stop) return { text: out, stop: true };
      const point = u4 ?? u8;
      if (point !== undefined)
        out += String.fromCodePoint(Math.min(Number.parseInt(point, 16), 0x10ffff));
      else out += other ?? NAMED.get(named ?? '') ?? '';
    }
  }
  settle();
  return { text: out, stop: false };
}

/** The octal digits that count here, with a leading 0 where it is part of the escape. */
function octalOf(text: string, where: 'echo' | 'b' | 'format'): string | undefined {
  if (where === 'format') return text.slice(0, 3);
  if (text.startsWith('0')) return text;
  return where === 'b' ? text : undefined;
}
