import { pieceEnd } from './grammar';

/**
 * A word cut into what quotes and expansions make of it (expand_word_internal of subst.c walks the
 * same text).
 * Texts of substitutions stay texts: they are parsed where they are run.
 */
export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'double'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  | { readonly kind: 'command'; readonly script: string }
  | { readonly kind: 'arithmetic'; readonly expression: string }
  | { readonly kind: 'process'; readonly direction: '<' | '>'; readonly script: string }
  /** `${…}` that bash refuses when it expands it. */
  | { readonly kind: 'bad'; readonly text: string };

export interface Parameter {
  readonly name: string;
  /** Text between `[` and `]`. */
  readonly subscript: string | undefined;
  /** `#`: length, `!`: indirection or names. */
  readonly prefix: '' | '#' | '!';
  readonly operator: string;
  readonly operand: string;
  /** The whole `${…}` for messages. */
  readonly text: string;
}

/** Where a word stands decides what its quotes mean. */
export type WordContext = 'word' | 'double' | 'heredoc';

const cache = new Map<string, readonly Piece[]>();
const CACHE_MAX = 5000;

export function compileWord(text: string, context: WordContext = 'word'): readonly Piece[] {
  const key = `${context[0]}${text}`;
  const known = cache.get(key);
  if (known) return known;
  const pieces = new WordReader(text, context).read();
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, pieces);
  return pieces;
}

const SPECIAL = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]|[@*#?$!-])/;

class WordReader {
  readonly #pieces: Piece[] = [];
  #literal = '';
  #at = 0;

  constructor(
    readonly text: string,
    readonly context: WordContext,
  ) {}

  read(): readonly Piece[] {
    const { text } = this;
    while (this.#at < text.length) this.#step(text[this.#at] ?? '');
    this.#flush();
    return this.#pieces;
  }

  #flush(): void {
    if (this.#literal === '') return;
    const kind = this.context === 'word' ? 'literal' : 'quoted';
    this.#pieces.push({ kind, text: this.#literal });
    this.#literal = '';
  }

  #push(piece: Piece): void {
    this.#flush();
    this.#pieces.push(piece);
  }

  #step(c: string): void {
    const { text } = this;
    if (c === '\\') return this.#backslash();
    if (c === '$') return this.#dollar();
    if (c === '`') {
      const end = pieceEnd(text, this.#at, this.context !== 'word');
      const body = text.slice(this.#at + 1, end - 1);
      const escapes = this.context === 'double' ? /\\([$`\\"])/g : /\\([$`\\])/g;
      this.#push({ kind: 'command', script: body.replace(escapes, '$1') });
      this.#at = end;
      return;
    }
    if (c === '"' && this.context !== 'heredoc') return this.#double(this.#at);
    if (c === "'" && this.context === 'word') {
      const end = pieceEnd(text, this.#at, false);
      this.#push({ kind: 'quoted', text: text.slice(this.#at + 1, end - 1) });
      this.#at = end;
      return;
    }
    if (this.context === 'word' && (c === '<' || c === '>') && text[this.#at + 1] === '(') {
      const end = pieceEnd(text, this.#at, false);
      this.#push({ kind: 'process', direction: c, script: text.slice(this.#at + 2, end - 1) });
      this.#at = end;
      return;
    }
    this.#literal += c;
    this.#at++;
  }

  #backslash(): void {
    const next = this.text[this.#at + 1];
    this.#at += 2;
    if (next === undefined) {
      this.#literal += '\\';
    } else if (next === '\n') {
      return;
    } else if (this.context === 'word') {
      this.#push({ kind: 'quoted', text: next });
    } else if (next === '$' || next === '`' || next === '\\') {
      this.#literal += next;
    } else if (this.context === 'double' && (next === '"' || next === '}')) {
      this.#literal += next === '}' ? '\\}' : next;
    } else this.#literal += `\\${next}`;
  }

  #double(at: number): void {
    const end = pieceEnd(this.text, at, false);
    const inner = this.text.slice(at + 1, end - 1);
    this.#push({ kind: 'double', pieces: compileWord(inner, 'double') });
    this.#at = end;
  }

  #dollar(): void {
    const { text } = this;
    const at = this.#at;
    const next = text[at + 1];
    if (next === '(' || next === '{') return this.#bracketed(at, next);
    if (next === "'" && this.context === 'word') {
      const end = pieceEnd(text, at, false);
      this.#push({ kind: 'quoted', text: ansiC(text.slice(at + 2, end - 1)) });
      this.#at = end;
      return;
    }
    if (next === '"' && this.context === 'word') return this.#double(at + 1);
    const name = SPECIAL.exec(text.slice(at + 1));
    if (!name) {
      this.#literal += '$';
      this.#at++;
      return;
    }
    this.#push({ kind: 'parameter', parameter: plain(name[0]) });
    this.#at = at + 1 + name[0].length;
  }

  #bracketed(at: number, open: '(' | '{'): void {
    const { text } = this;
    const end = pieceEnd(text, at, this.context !== 'word');
    this.#at = end;
    if (open === '{') {
      this.#push(parseBraces(text.slice(at + 2, end - 1), text.slice(at, end)));
    } else if (text[at + 2] === '(' && text.startsWith('))', end - 2)) {
      this.#push({ kind: 'arithmetic', expression: text.slice(at + 3, end - 2) });
    } else this.#push({ kind: 'command', script: text.slice(at + 2, end - 1) });
  }
}

const plain = (name: string): Parameter => ({
  name,
  subscript: undefined,
  prefix: '',
  operator: '',
  operand: '',
  text: `$${name}`,
});

const OPERATORS = [
  ':-', ':=', ':?', ':+', '##', '%%', '//', '/#', '/%', '^^', ',,', '~~', '-', '=', '?', '+', '#', '%', '/', '^', ',', '~',
  '@', ':',
] as const; // biome-ignore format: a table

/** parameter_brace_expand(): what stands between the braces. */
function parseBraces(inner: string, text: string): Piece {
  const bad: Piece = { kind: 'bad', text };
  let prefix: Parameter['prefix'] = '';
  let rest = inner;
  if (rest.startsWith('#') && rest.length > 1 && /^#([A-Za-z_0-9@*?$!-]|#$)/.test(rest)) {
    const counted = /^#(?:[A-Za-z_]\w*(?:\[.*\])?|\d+|[@*#?$!-])$/s.test(rest);
    if (counted) {
      prefix = '#';
      rest = rest.slice(1);
    }
  } else if (/^!([A-Za-z_0-9@*#?$!])/.test(rest)) {
    prefix = '!';
    rest = rest.slice(1);
  }
  const name = /^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])/.exec(rest)?.[0];
  if (name === undefined) return bad;
  rest = rest.slice(name.length);
  let subscript: string | undefined;
  if (rest.startsWith('[') && /^[A-Za-z_]/.test(name)) {
    const end = subscriptEnd(rest);
    if (end < 0) return bad;
    subscript = rest.slice(1, end);
    rest = rest.slice(end + 1);
  }
  const operator = rest === '' ? '' : OPERATORS.find((op) => rest.startsWith(op));
  if (operator === undefined) return prefix === '!' && rest === '*' ? names(name, rest, text) : bad;
  const operand = rest.slice(operator.length);
  if (operator === '@' && prefix !== '!' && !/^[UuLQEPAKak]$/.test(operand)) return bad;
  return {
    kind: 'parameter',
    parameter: { name, subscript, prefix, operator, operand, text },
  };
}

const names = (name: string, operator: string, text: string): Piece => ({
  kind: 'parameter',
  parameter: { name, subscript: undefined, prefix: '!', operator, operand: '', text },
});

/** The `]` that closes the `[` at 0. */
export function subscriptEnd(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const c = text[at];
    if (c === '[') depth++;
    if (c === ']' && --depth === 0) return at;
    at = /["'`$\\]/.test(c ?? '') ? pieceEnd(text, at, false) : at + 1;
  }
  return -1;
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
  '\\': '\\', "'": "'", '"': '"', '?': '?',
}; // biome-ignore format: a table

/** ansicstr(): the escapes of `$'…'`; runs of \x and \NNN bytes are taken as UTF-8. */
export function ansiC(text: string): string {
  const escapes =
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|c(.)|(.))/gs;
  const out = text.replace(escapes, (all, octal, hex, u4, u8, control, simple) => {
    if (octal !== undefined) return byteChar(Number.parseInt(octal, 8) & 255);
    if (hex !== undefined) return byteChar(Number.parseInt(hex, 16));
    const code = u4 ?? u8;
    if (code !== undefined) return codePoint(Number.parseInt(code, 16));
    if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) & 31);
    return SIMPLE[simple] ?? all;
  });
  const end = out.indexOf('\0');
  return joinBytes(end < 0 ? out : out.slice(0, end));
}

const codePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** Bytes above 127 wait in a private range until `joinBytes` makes characters of them. */
const BYTE_BASE = 0xf700;
export const byteChar = (byte: number): string =>
  byte < 128 ? String.fromCharCode(byte) : String.fromCharCode(BYTE_BASE + byte);

/** Turns runs of such bytes into the characters that they encode in UTF-8. */
export function joinBytes(text: string): string {
  return text.replace(/[\uf780-\uf7ff]+/g, (run) => {
    const escaped = [...run].map((c) => `%${(c.charCodeAt(0) - BYTE_BASE).toString(16)}`).join('');
    return decodePercent(escaped);
  });
}

function decodePercent(escaped: string): string {
  const bytes = escaped
    .split('%')
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16));
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    let code = size === 1 ? 0xfffd : first & (0xff >> (size + 1));
    for (let k = 1; k < size; k++) code = (code << 6) | ((bytes[i + k] ?? 0) & 63);
    out += String.fromCodePoint(code > 0x10ffff ? 0xfffd : code);
    i += size;
  }
  return out;
}
