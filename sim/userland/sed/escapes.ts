import type { Piece } from './script';

const NAMED: Readonly<Record<string, string>> = {
  a: '\u0007',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const NUMBERED = /^\\(?:d(\d{3})|o([0-7]{3})|x([0-9a-fA-F]{2})|c(.))/;

/** convert_ANSI: the character of a GNU escape (`\t`, `\x41`, …), or undefined where it is none. */
export function convertEscapes(text: string): string | undefined {
  const named = text.length === 2 ? NAMED[text[1] ?? ''] : undefined;
  if (named !== undefined) return named;
  const found = NUMBERED.exec(text);
  if (!found || found[0].length !== text.length) return undefined;
  const [, decimal, octal, hex, control] = found;
  if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) ^ 64);
  const code = decimal ? Number(decimal) : Number.parseInt(octal ?? hex ?? '0', octal ? 8 : 16);
  return String.fromCharCode(code & 255);
}

/** A regular expression with its GNU escapes made characters; special ones stay quoted. */
export function regexSource(pattern: string): string {
  return pattern.replace(/\\(?:d\d{3}|o[0-7]{3}|x[0-9a-fA-F]{2}|c.|.)/gsu, (all) => {
    const converted = convertEscapes(all);
    if (converted === undefined) return all;
    return /[.*[\]^$\\+?(){}|]/.test(converted) ? `\\${converted}` : converted;
  });
}

/** setup_replacement(): & and \1, \U \L \u \l \E. */
export function parseReplacement(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  const settle = (): void => {
    if (plain !== '') pieces.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (const [all] of text.matchAll(/\\(?:d\d{3}|o[0-7]{3}|x[0-9a-fA-F]{2}|c.|.)|./gsu)) {
    const letter = all[1] ?? '';
    if (all === '&') {
      settle();
      pieces.push({ kind: 'group', index: 0 });
    } else if (!all.startsWith('\\') || all.length < 2) plain += all;
    else if (letter >= '0' && letter <= '9') {
      settle();
      pieces.push({ kind: 'group', index: Number(letter) });
    } else if (
      letter === 'U' ||
      letter === 'L' ||
      letter === 'u' ||
      letter === 'l' ||
      letter === 'E'
    ) {
      settle();
      pieces.push({ kind: 'case', how: letter });
    } else plain += convertEscapes(all) ?? all.slice(1);
  }
  settle();
  return pieces;
}

/** append_replacement(): the text of one match, with its changes of case. */
export function replace(pieces: readonly Piece[], groups: readonly (string | undefined)[]): string {
  let out = '';
  let mode: 'U' | 'L' | 'E' = 'E';
  let once: 'u' | 'l' | undefined;
  for (const piece of pieces) {
    if (piece.kind === 'case') {
      if (piece.how === 'u' || piece.how === 'l') once = piece.how;
      else mode = piece.how;
      continue;
    }
    let text = piece.kind === 'text' ? piece.text : (groups[piece.index] ?? '');
    if (mode === 'U') text = text.toUpperCase();
    else if (mode === 'L') text = text.toLowerCase();
    if (once && text !== '') {
      const [first = ''] = text;
      text = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + text.slice(first.length);
      once = undefined;
    }
    out += text;
  }
  return out;
}
