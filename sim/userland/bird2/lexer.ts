import { type Family, formatIp, parseIp } from '../../wire/ip';
import { KEYWORDS } from './keywords';

/** One token; `kind` is the name that bison's error messages give it. */
export interface Token {
  readonly kind: string;
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A wrong configuration: cf_error(), conf/conf.c. */
export interface ConfigError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

interface Source {
  readonly file: string;
  readonly text: string;
  at: number;
  line: number;
  /** chno and toklen of cf-lex.l. */
  column: number;
  length: number;
}

/** What the lexer asks of its surroundings. */
export interface LexerEnv {
  /** Text of an included file, or why not. */
  readonly include: (path: string) => { readonly text: string } | { readonly error: string };
  readonly isSymbol: (name: string) => boolean;
}

/** Enumeration constants of nest/config.Y and proto/bgp/config.Y. */
const ENUM =
  /^(RTS_(STATIC|INHERIT|DEVICE|STATIC_DEVICE|REDIRECT|RIP|OSPF|OSPF_IA|OSPF_EXT1|OSPF_EXT2|BGP|PIPE|BABEL)|SCOPE_(HOST|LINK|SITE|ORGANIZATION|UNIVERSE|UNDEFINED)|RTD_(UNICAST|BLACKHOLE|UNREACHABLE|PROHIBIT)|ORIGIN_(IGP|EGP|INCOMPLETE)|NET_(IP4|IP6))$/;
const PAIRS: Readonly<Record<string, string>> = {
  '!=': 'NEQ',
  '!~': 'NMA',
  '<=': 'LEQ',
  '>=': 'GEQ',
  '&&': 'AND',
  '||': 'OR',
  '[=': 'PO',
  '=]': 'PC',
  '..': 'DDOT',
};
const MAX_INCLUDE_DEPTH = 8;

/** conf/cf-lex.l. The first error ends the stream: every further token is END. */
export class Lexer {
  error: ConfigError | undefined;
  readonly #stack: Source[];

  constructor(
    file: string,
    text: string,
    readonly env: LexerEnv,
  ) {
    this.#stack = [{ file, text, at: 0, line: 1, column: 0, length: 1 }];
  }

  fail(message: string, at?: Token): void {
    const source = this.#top;
    this.error ??= at
      ? { file: at.file, line: at.line, column: at.column, message }
      : {
          file: source.file,
          line: source.line,
          column: source.column - source.length + 1,
          message,
        };
  }

  next(): Token {
    for (;;) {
      const source = this.#top;
      if (this.error) return this.#token(source, 'END', '');
      if (source.at >= source.text.length) {
        if (this.#stack.length > 1) {
          this.#stack.pop();
          continue;
        }
        source.line = 1;
        return this.#token(source, 'END', '');
      }
      const token = this.#scan(source);
      if (token) return token;
    }
  }

  get #top(): Source {
    return this.#stack[this.#stack.length - 1] ?? NO_SOURCE;
  }

  #token(source: Source, kind: string, text: string): Token {
    const column = source.column - source.length + 1;
    return { kind, text, file: source.file, line: source.line, column };
  }

  #take(source: Source, pattern: RegExp): string | undefined {
    pattern.lastIndex = source.at;
    const match = pattern.exec(source.text)?.[0];
    if (match === undefined) return undefined;
    source.at += match.length;
    source.length = match.length;
    source.column += match.length;
    return match;
  }

  /** One rule of the lexer; undefined where it gives no token. */
  #scan(source: Source): Token | undefined {
    if (source.column === 0 && this.#take(source, INCLUDE) !== undefined) {
      this.#include(source);
      return undefined;
    }
    if (this.#skip(source)) return undefined;
    const number = this.#number(source);
    if (number) return number;
    if (this.#take(source, ELSE_COLON)) return this.#token(source, 'ELSECOL', 'else:');
    const word = this.#take(source, WORD);
    if (word !== undefined) return this.#word(source, word);
    const pair = this.#take(source, PAIR);
    if (pair !== undefined) return this.#token(source, PAIRS[pair] ?? pair, pair);
    const char = this.#take(source, CHAR);
    if (char !== undefined) return this.#token(source, `'${char}'`, char);
    if (this.#take(source, QUOTE)) return this.#quoted(source);
    this.#take(source, ANY);
    this.fail('Unknown character');
    return undefined;
  }

  #skip(source: Source): boolean {
    if (this.#take(source, NEWLINE) !== undefined) {
      source.line++;
      source.column = 0;
      return true;
    }
    if (this.#take(source, BLANK) !== undefined) return true;
    if (this.#take(source, COMMENT) !== undefined) return true;
    const long = this.#take(source, LONG_COMMENT);
    if (long === undefined) return false;
    const lines = long.split('\n');
    source.line += lines.length - 1;
    if (lines.length > 1) source.column = lines[lines.length - 1]?.length ?? 0;
    return true;
  }

  #number(source: Source): Token | undefined {
    const ip4 = this.#take(source, IP4);
    if (ip4 !== undefined) return this.#address(source, ip4, 4);
    const ip6 = this.#take(source, IP6);
    if (ip6 !== undefined) return this.#address(source, ip6, 6);
    const digits = this.#take(source, NUMBER);
    if (digits === undefined) return undefined;
    if (Number(digits) > 0xffff_ffff) this.fail('Number out of range');
    return this.#token(source, 'NUM', String(Number(digits)));
  }

  #address(source: Source, text: string, family: Family): Token | undefined {
    const ip = parseIp(text);
    if (ip === undefined) {
      this.fail(`Invalid IPv${family} address ${text}`);
      return undefined;
    }
    return this.#token(source, family === 4 ? 'IP4' : 'IP6', formatIp(ip));
  }

  #word(source: Source, word: string): Token {
    if (this.env.isSymbol(word)) return this.#token(source, 'CF_SYM_KNOWN', word);
    if (ENUM.test(word)) return this.#token(source, 'ENUM', word);
    const kind = KEYWORDS.has(word) ? word.toUpperCase() : 'CF_SYM_UNDEFINED';
    return this.#token(source, kind, word);
  }

  #quoted(source: Source): Token | undefined {
    const start = this.#token(source, 'TEXT', '');
    const body = this.#take(source, QUOTED) ?? '';
    source.length = 1;
    if (this.#take(source, QUOTE) !== undefined) {
      return { ...start, column: source.column, text: body };
    }
    if (source.at < source.text.length) source.column++;
    this.fail('Unterminated string');
    return undefined;
  }

  #include(source: Source): void {
    const path = this.#take(source, INCLUDED);
    if (path === undefined) {
      this.#take(source, ANY);
      this.fail('Unterminated include');
      return;
    }
    const name = path.slice(0, path.indexOf('"'));
    if (this.#stack.length >= MAX_INCLUDE_DEPTH) {
      this.fail('Max include depth reached');
      return;
    }
    const got = this.env.include(name);
    if ('error' in got) this.fail(`Unable to open included file ${name}: ${got.error}`);
    else this.#stack.push({ file: name, text: got.text, at: 0, line: 1, column: 0, length: 1 });
  }
}

const NO_SOURCE: Source = { file: '', text: '', at: 0, line: 1, column: 0, length: 1 };
const INCLUDE = /[ \t]*include[ \t]*"/y;
const INCLUDED = /[^"\n]+"[ \t]*;/y;
const NEWLINE = /\n/y;
const BLANK = /[ \t\r]+/y;
const COMMENT = /#[^\n]*/y;
const LONG_COMMENT = /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//y;
const IP4 = /\d+\.\d+\.\d+\.\d+/y;
const IP6 = /(?:[0-9a-fA-F]*::|(?:[0-9a-fA-F]*:){3,})(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)?/y;
const NUMBER = /0x[0-9a-fA-F]+|\d+/y;
const ELSE_COLON = /else:/y;
const WORD = /[a-zA-Z_][a-zA-Z_0-9]*/y;
const PAIR = /!=|!~|<=|>=|&&|\|\||\[=|=\]|\.\./y;
const CHAR = /[={}:;,.()+*/%<>~[\]?!|-]/y;
const QUOTE = /"/y;
const QUOTED = /[^"\n]*/y;
const ANY = /[\s\S]/y;
