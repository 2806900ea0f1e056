import { utf8Encode } from '../../base/bytes';

const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** do_list(): the command l. */
export function unambiguous(text: string, width: number): string {
  let out = '';
  let column = 0;
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    const printable = code >= 32 && code < 127;
    const bytes = printable || NAMED[c] ? [] : [...utf8Encode(c)];
    const shown =
      NAMED[c] ??
      (printable ? c : bytes.map((b) => `\\${b.toString(8).padStart(3, '0')}`).join(''));
    if (width > 1 && column + shown.length > width - 1) {
      out += '\\\n';
      column = 0;
    }
    out += shown;
    column += shown.length;
  }
  return `${out}$\n`;
}
