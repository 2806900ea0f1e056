import { utf8Encode } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';

/** A number as it was written; Go names the literal in its errors. */
export interface JsonNumber {
  readonly literal: string;
}
export type JsonObject = ReadonlyMap<string, Json>;
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;

/** maxNestingDepth of encoding/json is 10000; ours is what a worker's stack bears. */
const MAX_DEPTH = 1000;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** json.Unmarshal into interface{}: the value, or the text of Go's SyntaxError. */
export function parseJson(text: string): Result<Json, string> {
  const scanner = new Scanner(text);
  const value = scanner.value(0);
  if (value.ok) {
    const rest = scanner.end();
    if (rest !== undefined) return err(rest);
  }
  return value;
}

/** encoding/json scanner.go, Go 1.19: its states are the functions' names. */
class Scanner {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  end(): string | undefined {
    this.#space();
    return this.#at < this.#text.length ? this.#invalid('after top-level value') : undefined;
  }

  value(depth: number): Result<Json, string> {
    this.#space();
    if (depth > MAX_DEPTH) return err('exceeded max depth');
    const c = this.#text[this.#at];
    if (c === '{') return this.#object(depth);
    if (c === '[') return this.#array(depth);
    if (c === '"') return this.#string();
    if (c === '-' || (c !== undefined && isDigit(c))) return this.#number();
    if (c === 't') return this.#word('true', true);
    if (c === 'f') return this.#word('false', false);
    if (c === 'n') return this.#word('null', null);
    return err(this.#invalid('looking for beginning of value'));
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  /** s.error(), or what is said when the text just ends. */
  #invalid(context: string): string {
    const c = this.#text[this.#at];
    if (c === undefined) return 'unexpected end of JSON input';
    return `invalid character ${quoteChar(c)} ${context}`;
  }

  #object(depth: number): Result<Json, string> {
    const map = new Map<string, Json>();
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === '}') return this.#close(map);
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') {
        return err(this.#invalid('looking for beginning of object key string'));
      }
      const key = this.#string();
      if (!key.ok) return key;
      this.#space();
      if (this.#text[this.#at] !== ':') return err(this.#invalid('after object key'));
      this.#at++;
      const value = this.value(depth + 1);
      if (!value.ok) return value;
      map.set(key.value, value.value);
      this.#space();
      const c = this.#text[this.#at];
      if (c === '}') return this.#close(map);
      if (c !== ',') return err(this.#invalid('after object key:value pair'));
      this.#at++;
    }
  }

  #array(depth: number): Result<Json, string> {
    const items: Json[] = [];
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === ']') return this.#close(items);
    for (;;) {
      const value = this.value(depth + 1);
      if (!value.ok) return value;
      items.push(value.value);
      this.#space();
      const c = this.#text[this.#at];
      if (c === ']') return this.#close(items);
      if (c !== ',') return err(this.#invalid('after array element'));
      this.#at++;
    }
  }

  #close(value: Json): Result<Json, string> {
    this.#at++;
    return ok(value);
  }

  #string(): Result<string, string> {
    let out = '';
    this.#at++;
    for (;;) {
      const c = this.#text[this.#at];
      if (c === undefined || c < ' ') return err(this.#invalid('in string literal'));
      this.#at++;
      if (c === '"') return ok(out);
      if (c !== '\\') {
        out += c;
        continue;
      }
      const escaped = this.#escape();
      if (!escaped.ok) return escaped;
      out += escaped.value;
    }
  }

  #escape(): Result<string, string> {
    const c = this.#text[this.#at] ?? '';
    const known = ESCAPES.get(c);
    if (known !== undefined) {
      this.#at++;
      return ok(known);
    }
    if (c !== 'u') return err(this.#invalid('in string escape code'));
    this.#at++;
    const from = this.#at;
    for (; this.#at < from + 4; this.#at++) {
      if (!/^[0-9a-fA-F]$/.test(this.#text[this.#at] ?? '')) {
        return err(this.#invalid('in \\u hexadecimal character escape'));
      }
    }
    return ok(String.fromCharCode(Number.parseInt(this.#text.slice(from, this.#at), 16)));
  }

  #number(): Result<Json, string> {
    const from = this.#at;
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else if (!this.#digits()) return err(this.#invalid('in numeric literal'));
    if (this.#text[this.#at] === '.') {
      this.#at++;
      if (!this.#digits()) return err(this.#invalid('after decimal point in numeric literal'));
    }
    if (/^[eE]$/.test(this.#text[this.#at] ?? '')) {
      this.#at++;
      if (/^[+-]$/.test(this.#text[this.#at] ?? '')) this.#at++;
      if (!this.#digits()) return err(this.#invalid('in exponent of numeric literal'));
    }
    return ok({ literal: this.#text.slice(from, this.#at) });
  }

  #digits(): boolean {
    const from = this.#at;
    while (isDigit(this.#text[this.#at] ?? '')) this.#at++;
    return this.#at > from;
  }

  #word(word: string, value: Json): Result<Json, string> {
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) {
        return err(this.#invalid(`in literal ${word} (expecting '${letter}')`));
      }
      this.#at++;
    }
    return ok(value);
  }
}

const isDigit = (c: string): boolean => c >= '0' && c <= '9';

/** quoteChar(): the scanner sees bytes, so that a letter outside ASCII shows its first one. */
function quoteChar(c: string): string {
  if (c === "'") return `'\\''`;
  if (c === '"') return `'"'`;
  const byte = utf8Encode(c)[0] ?? 0;
  const names: ReadonlyMap<number, string> = new Map([
    [7, '\\a'],
    [8, '\\b'],
    [9, '\\t'],
    [10, '\\n'],
    [11, '\\v'],
    [12, '\\f'],
    [13, '\\r'],
    [0x5c, '\\\\'],
  ]);
  const named = names.get(byte);
  if (named !== undefined) return `'${named}'`;
  const printable = (byte >= 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  if (printable) return `'${String.fromCharCode(byte)}'`;
  const code = byte.toString(16).padStart(byte < 0x80 ? 2 : 4, '0');
  return byte < 0x80 ? `'\\x${code}'` : `'\\u${code}'`;
}
