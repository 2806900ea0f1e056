/** One -e or -f: its name in error messages and its text. */
export interface Source {
  readonly text: string;
  /** `-e expression #1, char` or `file f line`. */
  readonly expression: number | undefined;
  readonly file: string | undefined;
}

/** The characters of the script as compile.c of sed 4.9 takes them, and the first error in it. */
export class ScriptReader {
  error: string | undefined;
  #source: Source = { text: '', expression: 1, file: undefined };
  #text: readonly string[] = [];
  #at = 0;

  load(source: Source): void {
    this.#source = source;
    this.#text = [...source.text];
    this.#at = 0;
  }

  /** Goes past one character. */
  pass(): void {
    this.#at++;
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  peek(): string {
    return this.#text[this.#at] ?? '';
  }

  next(): string {
    return this.#text[this.#at++] ?? '';
  }

  skip(pattern: RegExp): void {
    while (!this.ended && pattern.test(this.peek())) this.#at++;
  }

  fail(text: string): void {
    const { expression, file } = this.#source;
    if (file !== undefined) {
      const line = this.#text.slice(0, this.#at).filter((c) => c === '\n').length + 1;
      this.error ??= `sed: file ${file} line ${line}: ${text}`;
    } else {
      const char = Math.min(this.#at, this.#text.length);
      this.error ??= `sed: -e expression #${expression}, char ${char}: ${text}`;
    }
    this.#at = this.#text.length;
  }

  number(): number {
    let digits = '';
    while (/\d/.test(this.peek())) digits += this.next();
    return Number(digits);
  }

  /** match_slash(): text up to the delimiter; `\` before it is dropped. */
  delimited(delimiter: string, regex: boolean): string | undefined {
    let out = '';
    while (!this.ended) {
      const c = this.next();
      if (c === delimiter) return out;
      if (c === '\n' && regex) return undefined;
      if (c === '[' && regex) {
        const end = this.#bracketEnd();
        if (end < 0) return undefined;
        out += c + this.#text.slice(this.#at, end + 1).join('');
        this.#at = end + 1;
        continue;
      }
      if (c === '\\') {
        const after = this.next();
        if (after === delimiter)
          out += delimiter === '&' || (/[+?(){}|]/.test(delimiter) && regex) ? `\\${after}` : after;
        else if (after === 'n' && regex) out += '\\n';
        else out += `\\${after}`;
        continue;
      }
      out += c;
    }
    return undefined;
  }

  /** snarf_char_class(): where the bracket expression ends; -1 with all read if it does not. */
  #bracketEnd(): number {
    let at = this.#at;
    if (this.#text[at] === '^') at++;
    if (this.#text[at] === ']') at++;
    for (; at < this.#text.length; at++) {
      if (this.#text[at] === ']') return at;
      const mark = this.#text[at + 1] ?? '';
      if (this.#text[at] !== '[' || !/[:.=]/.test(mark)) continue;
      const close = this.#text.indexOf(mark, at + 2);
      if (close > 0 && this.#text[close + 1] === ']') at = close + 1;
    }
    this.#at = this.#text.length;
    return -1;
  }

  bad(text: string): undefined {
    this.fail(text);
    return undefined;
  }

  /** A label: in GNU sed it ends at white space or `;`. */
  word(): string {
    let word = '';
    while (!this.ended && !/[\s;]/.test(this.peek())) word += this.next();
    return word;
  }

  line(): string {
    let text = '';
    while (!this.ended) {
      const c = this.next();
      if (c === '\n') break;
      text += c;
    }
    return text;
  }
}
