/**
 * How bash cuts its input into tokens (read_token, parse_matched_pair and parse_comsub of
 * parse.y). It only finds
 * where things end and whether the input is whole; the tree is made by `parse.ts`.
 */
export type Failure =
  /** The input ended inside something; `wanted`: the closing text bash misses, if it names one. */
  | { readonly kind: 'more'; readonly wanted?: string | undefined; readonly pos: number }
  | { readonly kind: 'error'; readonly near: string; readonly pos: number }
  | {
      readonly kind: 'message';
      readonly text: string;
      readonly near: string;
      readonly pos: number;
    };

export interface Token {
  readonly kind: 'word' | 'op' | 'newline' | 'eof';
  readonly text: string;
  readonly pos: number;
  readonly end: number;
}

/** A here-document whose body starts after the next newline. */
interface PendingHereDoc {
  readonly delimiter: string;
  readonly strip: boolean;
  readonly pos: number;
}

/** What a here-document that met the end of the input leaves to be warned of. */
export interface OpenHereDoc {
  readonly delimiter: string;
  readonly pos: number;
}

/** Parses commands up to `)`: given by grammar.ts, since each needs the other as in parse.y. */
export type CommandListSkipper = (scanner: Scanner) => boolean;

const OPERATORS = [
  ';;&', '&>>', '<<<', '<<-', '&&', '||', ';;', ';&', '&>', '|&', '<<', '<&', '<>', '>>', '>&', '>|',
  ';', '&', '|', '(', ')', '<', '>',
] as const; // biome-ignore format: a table

const META = new Set([' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>']);
/** How deep quotes and substitutions may stand in each other. */
const MAX_DEPTH = 100;
/** How deep compound commands may stand in each other. */
export const MAX_COMPOUND = 200;

export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);

export class Scanner {
  pos: number;
  fail: Failure | undefined;
  openHereDoc: OpenHereDoc | undefined;
  compound = 0;
  /** Is `+(` a pattern, or a word and a parenthesis (shopt extglob)? */
  extglob = true;
  #hereDocs: PendingHereDoc[] = [];
  #peeked: Token | undefined;
  #depth = 0;

  constructor(
    readonly text: string,
    pos: number,
    readonly skipList: CommandListSkipper,
  ) {
    this.pos = pos;
  }

  /** Stops with "the input is not whole". */
  more(wanted?: string, pos = this.pos): false {
    this.fail ??= { kind: 'more', wanted, pos };
    return false;
  }

  unexpected(token: Token): false {
    if (token.kind === 'eof') return this.more();
    const near = token.kind === 'newline' ? 'newline' : token.text;
    this.fail ??= { kind: 'error', near, pos: token.pos };
    return false;
  }

  peek(): Token {
    this.#peeked ??= this.#scan();
    return this.#peeked;
  }

  next(): Token {
    const token = this.peek();
    this.#peeked = undefined;
    this.pos = token.end;
    if (token.kind === 'newline') this.#takeHereDocs();
    return token;
  }

  /** Forgets the token looked at, because the caller reads on by characters from `pos`. */
  rewind(pos: number): void {
    this.#peeked = undefined;
    this.pos = pos;
  }

  addHereDoc(delimiter: string, strip: boolean, pos: number): void {
    this.#hereDocs.push({ delimiter: unquoteDelimiter(delimiter), strip, pos });
  }

  /** Bodies that a command at the very end of the input still misses. */
  endOfInput(): void {
    this.#takeHereDocs();
  }

  #scan(): Token {
    const { text } = this;
    let at = this.pos;
    for (;;) {
      if (text[at] === ' ' || text[at] === '\t') at++;
      else if (text[at] === '\\' && text[at + 1] === '\n') at += 2;
      else if (text[at] === '#') while (at < text.length && text[at] !== '\n') at++;
      else break;
    }
    if (at >= text.length) return { kind: 'eof', text: '', pos: at, end: at };
    if (text[at] === '\n') return { kind: 'newline', text: '\n', pos: at, end: at + 1 };
    const substitution = /[<>]/.test(text[at] ?? '') && text[at + 1] === '(';
    const op = substitution ? undefined : OPERATORS.find((known) => text.startsWith(known, at));
    if (op !== undefined) return { kind: 'op', text: op, pos: at, end: at + op.length };
    const end = this.wordEnd(at);
    return { kind: 'word', text: text.slice(at, end), pos: at, end };
  }

  /** Where the word that starts at `start` ends. */
  wordEnd(start: number): number {
    const { text } = this;
    let at = start;
    while (at < text.length) {
      const c = text[at] ?? '';
      if (this.extglob && /[?*+@!]/.test(c) && text[at + 1] === '(') {
        at = this.parens(at + 2);
      } else if (/[<>]/.test(c) && text[at + 1] === '(' && at === start) {
        at = this.commands(at + 2);
      } else if (c === '(' && /^[A-Za-z_]\w*(\[.*\])?\+?=$/s.test(text.slice(start, at))) {
        at = this.parens(at + 1);
      } else if (META.has(c)) break;
      else if (c === '[' && isName(text.slice(start, at))) at = this.#subscript(at);
      else at = this.piece(at);
      if (this.fail) return text.length;
    }
    return at;
  }

  /** Past one character or one quoted or expanded piece. */
  piece(at: number): number {
    const { text } = this;
    switch (text[at]) {
      case '\\':
        return at + 2;
      case "'":
        return this.#until(at + 1, "'");
      case '"':
        return this.doubleQuotes(at + 1);
      case '`':
        return this.#until(at + 1, '`', true);
      case '$':
        return this.dollar(at, false);
      default:
        return at + 1;
    }
  }

  /** Past `$…` at `at`. */
  dollar(at: number, quoted: boolean): number {
    const { text } = this;
    if (text.startsWith('$((', at)) return this.#arithmetic(at);
    if (text[at + 1] === '(') return this.commands(at + 2);
    if (text[at + 1] === '{') return this.braces(at + 2, quoted);
    if (text[at + 1] === "'" && !quoted) return this.#until(at + 2, "'", true);
    if (text[at + 1] === '"' && !quoted) return this.doubleQuotes(at + 2);
    return at + 1;
  }

  doubleQuotes(from: number): number {
    const { text } = this;
    let at = from;
    while (at < text.length) {
      if (text[at] === '"') return at + 1;
      if (text[at] === '\\') at += 2;
      else if (text[at] === '`') at = this.#until(at + 1, '`', true);
      else if (text[at] === '$') at = this.dollar(at, true);
      else at++;
      if (this.fail) return text.length;
    }
    this.more('"', from);
    return text.length;
  }

  /** Past the `}` of `${`. */
  braces(from: number, quoted: boolean): number {
    const { text } = this;
    let at = from;
    if (!this.#enter()) return text.length;
    while (at < text.length) {
      const c = text[at];
      if (c === '}') {
        this.#depth--;
        return at + 1;
      }
      if (c === "'" && quoted && !/[#%/^,]/.test(text.slice(from, at))) at++;
      else at = this.piece(at);
      if (this.fail) return text.length;
    }
    this.more('}', from);
    return text.length;
  }

  /** Past the `)` of a command substitution, which is parsed as commands. */
  commands(from: number): number {
    if (!this.#enter()) return this.text.length;
    const inner = new Scanner(this.text, from, this.skipList);
    inner.#depth = this.#depth;
    inner.extglob = this.extglob;
    const ok = this.skipList(inner);
    this.#depth--;
    if (ok) return inner.pos;
    this.fail ??=
      inner.fail?.kind === 'more'
        ? { ...inner.fail, wanted: inner.fail.wanted ?? ')' }
        : inner.fail;
    return this.text.length;
  }

  /** Past the `)` of an array or a pattern: words and parentheses, not commands. */
  parens(from: number): number {
    const { text } = this;
    if (!this.#enter()) return text.length;
    let at = from;
    while (at < text.length) {
      const c = text[at] ?? '';
      if (c === ')') {
        this.#depth--;
        return at + 1;
      }
      if (c === '#' && /\s/.test(text[at - 1] ?? ''))
        while (at < text.length && text[at] !== '\n') at++;
      else at = c === '(' ? this.parens(at + 1) : this.piece(at);
      if (this.fail) return text.length;
    }
    this.more(')', from);
    return text.length;
  }

  /** Past `))`, or -1 when the text in between is no arithmetic (`((a); b)`). */
  doubleParens(from: number): number {
    const { text } = this;
    let at = from;
    let depth = 0;
    while (at < text.length) {
      const c = text[at];
      if (c === '(') depth++;
      if (c === ')') {
        if (depth === 0) return text[at + 1] === ')' ? at + 2 : -1;
        depth--;
      }
      at = this.piece(at);
      if (this.fail) return text.length;
    }
    return text.length + 1;
  }

  #arithmetic(at: number): number {
    const end = this.doubleParens(at + 3);
    if (end >= 0 && end <= this.text.length) return end;
    if (end > this.text.length) {
      this.more(')', at);
      return this.text.length;
    }
    return this.commands(at + 2);
  }

  #until(from: number, close: string, escapes = false): number {
    const { text } = this;
    for (let at = from; at < text.length; at++) {
      if (escapes && text[at] === '\\') at++;
      else if (text[at] === close) return at + 1;
    }
    this.more(close, from);
    return text.length;
  }

  #subscript(at: number): number {
    const close = /^\[[^\n\]]*(\[[^\n\]]*\][^\n\]]*)*\]\+?=/.exec(this.text.slice(at, at + 1000));
    if (!close) return at + 1;
    return at + close[0].lastIndexOf(']') + 1;
  }

  #enter(): boolean {
    if (++this.#depth <= MAX_DEPTH) return true;
    this.fail ??= {
      kind: 'message',
      text: 'maximum nesting depth exceeded',
      near: '',
      pos: this.pos,
    };
    return false;
  }

  #takeHereDocs(): void {
    for (const doc of this.#hereDocs.splice(0)) {
      for (;;) {
        if (this.pos >= this.text.length) {
          this.openHereDoc ??= { delimiter: doc.delimiter, pos: doc.pos };
          break;
        }
        const newline = this.text.indexOf('\n', this.pos);
        const end = newline < 0 ? this.text.length : newline;
        const line = this.text.slice(this.pos, end);
        this.pos = Math.min(this.text.length, end + 1);
        if ((doc.strip ? line.replace(/^\t+/, '') : line) === doc.delimiter) break;
      }
    }
  }
}

/** The delimiter of a here-document without its quotes (string_quote_removal). */
export const unquoteDelimiter = (text: string): string =>
  text.replace(
    /\$?'([^']*)'|\$?"([^"]*)"|\\(.)/gs,
    (_all, single, double, escaped) => single ?? double ?? escaped,
  );
