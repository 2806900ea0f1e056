import { err, ok, type Result } from '../../base/result';
import { type Regex, regcomp } from '../glibc/regex';
import { convertEscapes, parseReplacement, regexSource } from './escapes';
import type { Action, Address, Command, Substitution } from './script';

/** One -e or -f: its name in error messages and its text. */
export interface Source {
  readonly text: string;
  /** `-e expression #1, char` or `file f line`. */
  readonly expression: number | undefined;
  readonly file: string | undefined;
}

export interface CompileOptions {
  readonly extended: boolean;
}

/** compile_program() of sed 4.9, sed/compile.c. */
export function compileSed(
  sources: readonly Source[],
  options: CompileOptions,
): Result<readonly Command[], string> {
  const compiler = new Compiler(options);
  for (const source of sources) {
    compiler.add(source);
    if (compiler.error !== undefined) return err(compiler.error);
  }
  const commands = compiler.finish();
  return compiler.error === undefined ? ok(commands) : err(compiler.error);
}

class Compiler {
  error: string | undefined;
  readonly #commands: Command[] = [];
  readonly #open: number[] = [];
  readonly #options: CompileOptions;
  #source: Source = { text: '', expression: 1, file: undefined };
  #text: readonly string[] = [];
  #at = 0;

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  add(source: Source): void {
    this.#source = source;
    this.#text = [...source.text];
    this.#at = 0;
    while (this.error === undefined) {
      this.#skip(/[\s;]/);
      if (this.#ended) return;
      this.#command();
    }
  }

  finish(): readonly Command[] {
    if (this.#open.length > 0) {
      this.error ??= "sed: -e expression #1, char 0: unmatched `{'";
      return [];
    }
    const labels = new Map<string, number>();
    for (const [i, command] of this.#commands.entries()) {
      if (command.action.name === ':') labels.set(this.#labels.get(i) ?? '', i);
    }
    return this.#commands.map((command) => this.#resolve(command, labels));
  }

  #anyRegex = false;
  readonly #labels = new Map<number, string>();

  #resolve(command: Command, labels: ReadonlyMap<string, number>): Command {
    const { action } = command;
    if (action.name !== 'b' && action.name !== 't' && action.name !== 'T') return command;
    if (action.label === '')
      return { ...command, action: { ...action, to: this.#commands.length } };
    const to = labels.get(action.label);
    if (to === undefined) {
      this.error ??= `sed: can't find label for jump to \`${action.label}'`;
      return command;
    }
    return { ...command, action: { ...action, to } };
  }

  get #ended(): boolean {
    return this.#at >= this.#text.length;
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #next(): string {
    return this.#text[this.#at++] ?? '';
  }

  #skip(pattern: RegExp): void {
    while (!this.#ended && pattern.test(this.#peek())) this.#at++;
  }

  #fail(text: string): void {
    const { expression, file } = this.#source;
    if (file !== undefined) {
      const line = this.#text.slice(0, this.#at).filter((c) => c === '\n').length + 1;
      this.error ??= `sed: file ${file} line ${line}: ${text}`;
    } else
      this.error ??= `sed: -e expression #${expression}, char ${Math.min(this.#at, this.#text.length)}: ${text}`;
    this.#at = this.#text.length;
  }

  #number(): number {
    let digits = '';
    while (/\d/.test(this.#peek())) digits += this.#next();
    return Number(digits);
  }

  #address(first: boolean): Address | undefined {
    const c = this.#peek();
    if (/\d/.test(c)) {
      const line = this.#number();
      this.#skip(/[ \t]/);
      if (first && this.#peek() === '~') {
        this.#at++;
        return { kind: 'step', first: line, step: this.#number() };
      }
      return { kind: 'line', line };
    }
    if (!first && (c === '+' || c === '~')) {
      this.#at++;
      const count = this.#number();
      return c === '+' ? { kind: 'plus', count } : { kind: 'multiple', of: count };
    }
    if (c === '$') {
      this.#at++;
      return { kind: 'last' };
    }
    if (c !== '/' && c !== '\\') return undefined;
    this.#at++;
    const delimiter = c === '\\' ? this.#next() : c;
    const pattern = this.#delimited(delimiter, true);
    if (pattern === undefined) {
      this.#fail('unterminated address regex');
      return undefined;
    }
    let flags = '';
    while (/[IM]/.test(this.#peek())) flags += this.#next();
    return { kind: 'regex', regex: this.#regex(pattern, flags) };
  }

  /** match_slash(): text up to the delimiter; `\` before it is dropped. */
  #delimited(delimiter: string, regex: boolean): string | undefined {
    let out = '';
    while (!this.#ended) {
      const c = this.#next();
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
        const after = this.#next();
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

  #regex(pattern: string, flags: string): Regex | undefined {
    if (pattern === '') {
      if (!this.#anyRegex) this.#fail('no previous regular expression');
      return undefined;
    }
    this.#anyRegex = true;
    const made = regcomp(regexSource(pattern), {
      syntax: this.#options.extended ? 'extended' : 'basic',
      ignoreCase: /[iI]/.test(flags),
      multiline: /[mM]/.test(flags),
    });
    if (made.ok) return made.value;
    this.#fail(made.error);
    return undefined;
  }

  #command(): void {
    const a1 = this.#address(true);
    let a2: Address | undefined;
    this.#skip(/[ \t]/);
    if (a1 && this.#peek() === ',') {
      this.#at++;
      this.#skip(/[ \t]/);
      a2 = this.#address(false);
      if (!a2) return this.#fail("unexpected `,'");
    }
    if (a1?.kind === 'line' && a1.line === 0 && a2?.kind !== 'regex') {
      return this.#fail('invalid usage of line address 0');
    }
    this.#skip(/[ \t]/);
    let negated = false;
    while (this.#peek() === '!') {
      negated = true;
      this.#at++;
      this.#skip(/[ \t]/);
    }
    if (this.error !== undefined) return;
    if (this.#ended) return this.#fail('missing command');
    const name = this.#next();
    if (a1 && (name === ':' || name === '}')) {
      return this.#fail(name === ':' ? ": doesn't want any addresses" : "unexpected `}'");
    }
    const action = this.#action(name);
    if (action) this.#commands.push({ a1, a2, negated, action });
  }

  #action(name: string): Action | undefined {
    switch (name) {
      case '#':
        this.#line();
        return undefined;
      case '{':
        this.#open.push(this.#commands.length);
        return { name: '{', end: -1 };
      case '}':
        return this.#close();
      case ':': {
        this.#skip(/[ \t]/);
        const label = this.#word();
        if (label === '') return this.#bad('":" lacks a label');
        this.#labels.set(this.#commands.length, label);
        return { name: ':' };
      }
      case 'a':
      case 'i':
      case 'c':
        return this.#textAction(name);
      case 'b':
      case 't':
      case 'T':
        this.#skip(/[ \t]/);
        return { name, label: this.#word(), to: -1 };
      case 'r':
      case 'R':
      case 'w':
      case 'W': {
        this.#skip(/[ \t]/);
        const file = this.#line();
        return file === '' ? this.#bad('missing filename in r/R/w/W commands') : { name, file };
      }
      case 's':
        return this.#substitute();
      case 'y':
        return this.#transliterate();
      case 'l':
      case 'q':
      case 'Q': {
        this.#skip(/[ \t]/);
        const number = /\d/.test(this.#peek()) ? this.#number() : undefined;
        return this.#ending({ name, number });
      }
      case '=':
      case 'd':
      case 'D':
      case 'F':
      case 'g':
      case 'G':
      case 'h':
      case 'H':
      case 'n':
      case 'N':
      case 'p':
      case 'P':
      case 'x':
      case 'z':
        return this.#ending({ name });
      case 'e':
        this.error ??= 'hopwise: sed: the command e is not simulated';
        return undefined;
      default:
        return this.#bad(`unknown command: \`${name}'`);
    }
  }

  #bad(text: string): undefined {
    this.#fail(text);
    return undefined;
  }

  /** read_end_of_cmd(). */
  #ending(action: Action): Action | undefined {
    this.#skip(/[ \t]/);
    const c = this.#peek();
    if (this.#ended || c === '}' || c === '#') return action;
    this.#at++;
    if (c === '\n' || c === ';') return action;
    return this.#bad('extra characters after command');
  }

  #close(): Action | undefined {
    const start = this.#open.pop();
    const opened = start === undefined ? undefined : this.#commands[start];
    if (start === undefined || !opened) return this.#bad("unexpected `}'");
    this.#commands[start] = { ...opened, action: { name: '{', end: this.#commands.length } };
    return this.#ending({ name: '}' });
  }

  /** A label: in GNU sed it ends at white space or `;`. */
  #word(): string {
    let word = '';
    while (!this.#ended && !/[\s;]/.test(this.#peek())) word += this.#next();
    return word;
  }

  #line(): string {
    let text = '';
    while (!this.#ended) {
      const c = this.#next();
      if (c === '\n') break;
      text += c;
    }
    return text;
  }

  #textAction(name: 'a' | 'i' | 'c'): Action | undefined {
    this.#skip(/[ \t]/);
    if (this.#ended) return this.#bad("expected \\ after `a', `c' or `i'");
    if (this.#peek() === '\\') {
      this.#at++;
      this.#skip(/[ \t]/);
      if (this.#peek() === '\n') this.#at++;
      else if (this.#ended) return this.#bad("expected \\ after `a', `c' or `i'");
    }
    let text = '';
    while (!this.#ended) {
      const c = this.#next();
      if (c === '\n') break;
      if (c === '\\') {
        const after = this.#next();
        text += after === '' ? '' : (convertEscapes(`\\${after}`) ?? after);
      } else text += c;
    }
    return { name, text: `${text}\n` };
  }

  #substitute(): Action | undefined {
    const delimiter = this.#next();
    const pattern = delimiter === '' ? undefined : this.#delimited(delimiter, true);
    const replacement = pattern === undefined ? undefined : this.#delimited(delimiter, false);
    if (pattern === undefined || replacement === undefined) {
      return this.#bad("unterminated `s' command");
    }
    const flags = this.#flags();
    if (!flags) return undefined;
    const regex = this.#regex(pattern, flags.letters);
    const pieces = parseReplacement(replacement);
    const most = Math.max(0, ...pieces.map((piece) => (piece.kind === 'group' ? piece.index : 0)));
    if (regex && most > regex.groups) {
      return this.#bad(`invalid reference \\${most} on \`s' command's RHS`);
    }
    const substitution: Substitution = {
      regex,
      replacement: pieces,
      global: flags.letters.includes('g'),
      number: flags.number,
      print: [...flags.letters].filter((c) => c === 'p').length,
      file: flags.file,
    };
    return { name: 's', substitution };
  }

  #flags(): { letters: string; number: number; file: string | undefined } | undefined {
    const flags: { letters: string; number: number; file: string | undefined } = {
      letters: '',
      number: 1,
      file: undefined,
    };
    for (;;) {
      const c = this.#peek();
      if (/\d/.test(c)) {
        flags.number = this.#number();
        if (flags.number === 0) return this.#bad("number option to `s' command may not be zero");
        continue;
      }
      if (this.#ended || c === '}' || c === '#') return flags;
      this.#at++;
      if (c === '\n' || c === ';') return flags;
      if (c === ' ' || c === '\t') continue;
      if (c === 'w') {
        this.#skip(/[ \t]/);
        flags.file = this.#line();
        return flags;
      }
      if (c === 'e') {
        this.error ??= 'hopwise: sed: the flag e is not simulated';
        return undefined;
      }
      if (!/[gpiImM]/.test(c)) return this.#bad("unknown option to `s'");
      if (c === 'g' && flags.letters.includes('g')) {
        return this.#bad("multiple `g' options to `s' command");
      }
      flags.letters += c;
    }
  }

  #transliterate(): Action | undefined {
    const delimiter = this.#next();
    const from = delimiter === '' ? undefined : this.#delimited(delimiter, false);
    const to = from === undefined ? undefined : this.#delimited(delimiter, false);
    if (from === undefined || to === undefined) return this.#bad("unterminated `y' command");
    const plain = (text: string): readonly string[] =>
      [...text.matchAll(/\\(.)|(.)/gsu)].map(
        ([all, escaped, c]) => c ?? (escaped === '\\' ? '\\' : (convertEscapes(all) ?? all)),
      );
    const [a, b] = [plain(from), plain(to)];
    if (a.length !== b.length) return this.#bad("strings for `y' command are different lengths");
    const map = new Map<string, string>();
    for (const [i, c] of a.entries()) if (!map.has(c)) map.set(c, b[i] ?? '');
    return this.#ending({ name: 'y', map });
  }
}
