import { err, ok, type Result } from '../../base/result';
import { type Regex, regcomp } from '../glibc/regex';
import { convertEscapes, parseReplacement, regexSource } from './escapes';
import type { Action, Address, Command, Substitution } from './script';
import { ScriptReader, type Source } from './script-reader';

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
  readonly #commands: Command[] = [];
  readonly #open: number[] = [];
  readonly #options: CompileOptions;
  readonly #reader = new ScriptReader();

  get error(): string | undefined {
    return this.#reader.error;
  }

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  add(source: Source): void {
    this.#reader.load(source);
    while (this.#reader.error === undefined) {
      this.#reader.skip(/[\s;]/);
      if (this.#reader.ended) return;
      this.#command();
    }
  }

  finish(): readonly Command[] {
    if (this.#open.length > 0) {
      this.#reader.error ??= "sed: -e expression #1, char 0: unmatched `{'";
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
      this.#reader.error ??= `sed: can't find label for jump to \`${action.label}'`;
      return command;
    }
    return { ...command, action: { ...action, to } };
  }

  #address(first: boolean): Address | undefined {
    const c = this.#reader.peek();
    if (/\d/.test(c)) {
      const line = this.#reader.number();
      this.#reader.skip(/[ \t]/);
      if (first && this.#reader.peek() === '~') {
        this.#reader.pass();
        return { kind: 'step', first: line, step: this.#reader.number() };
      }
      return { kind: 'line', line };
    }
    if (!first && (c === '+' || c === '~')) {
      this.#reader.pass();
      const count = this.#reader.number();
      return c === '+' ? { kind: 'plus', count } : { kind: 'multiple', of: count };
    }
    if (c === '$') {
      this.#reader.pass();
      return { kind: 'last' };
    }
    if (c !== '/' && c !== '\\') return undefined;
    this.#reader.pass();
    const delimiter = c === '\\' ? this.#reader.next() : c;
    const pattern = this.#reader.delimited(delimiter, true);
    if (pattern === undefined) {
      this.#reader.fail('unterminated address regex');
      return undefined;
    }
    let flags = '';
    while (/[IM]/.test(this.#reader.peek())) flags += this.#reader.next();
    return { kind: 'regex', regex: this.#regex(pattern, flags) };
  }

  #regex(pattern: string, flags: string): Regex | undefined {
    if (pattern === '') {
      if (!this.#anyRegex) this.#reader.fail('no previous regular expression');
      return undefined;
    }
    this.#anyRegex = true;
    const made = regcomp(regexSource(pattern), {
      syntax: this.#options.extended ? 'extended' : 'basic',
      ignoreCase: /[iI]/.test(flags),
      multiline: /[mM]/.test(flags),
    });
    if (made.ok) return made.value;
    this.#reader.fail(made.error);
    return undefined;
  }

  #command(): void {
    const a1 = this.#address(true);
    let a2: Address | undefined;
    this.#reader.skip(/[ \t]/);
    if (a1 && this.#reader.peek() === ',') {
      this.#reader.pass();
      this.#reader.skip(/[ \t]/);
      a2 = this.#address(false);
      if (!a2) return this.#reader.fail("unexpected `,'");
    }
    if (a1?.kind === 'line' && a1.line === 0 && a2?.kind !== 'regex') {
      return this.#reader.fail('invalid usage of line address 0');
    }
    this.#reader.skip(/[ \t]/);
    let negated = false;
    while (this.#reader.peek() === '!') {
      negated = true;
      this.#reader.pass();
      this.#reader.skip(/[ \t]/);
    }
    if (this.#reader.error !== undefined) return;
    if (this.#reader.ended) return this.#reader.fail('missing command');
    const name = this.#reader.next();
    if (a1 && (name === ':' || name === '}')) {
      return this.#reader.fail(name === ':' ? ": doesn't want any addresses" : "unexpected `}'");
    }
    const action = this.#action(name);
    if (action) this.#commands.push({ a1, a2, negated, action });
  }

  #action(name: string): Action | undefined {
    switch (name) {
      case '#':
        this.#reader.line();
        return undefined;
      case '{':
        this.#open.push(this.#commands.length);
        return { name: '{', end: -1 };
      case '}':
        return this.#close();
      case ':': {
        this.#reader.skip(/[ \t]/);
        const label = this.#reader.word();
        if (label === '') return this.#reader.bad('":" lacks a label');
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
        this.#reader.skip(/[ \t]/);
        return { name, label: this.#reader.word(), to: -1 };
      case 'r':
      case 'R':
      case 'w':
      case 'W': {
        this.#reader.skip(/[ \t]/);
        const file = this.#reader.line();
        return file === ''
          ? this.#reader.bad('missing filename in r/R/w/W commands')
          : { name, file };
      }
      case 's':
        return this.#substitute();
      case 'y':
        return this.#transliterate();
      case 'l':
      case 'q':
      case 'Q': {
        this.#reader.skip(/[ \t]/);
        const number = /\d/.test(this.#reader.peek()) ? this.#reader.number() : undefined;
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
        this.#reader.error ??= 'hopwise: sed: the command e is not simulated';
        return undefined;
      default:
        return this.#reader.bad(`unknown command: \`${name}'`);
    }
  }

  /** read_end_of_cmd(). */
  #ending(action: Action): Action | undefined {
    this.#reader.skip(/[ \t]/);
    const c = this.#reader.peek();
    if (this.#reader.ended || c === '}' || c === '#') return action;
    this.#reader.pass();
    if (c === '\n' || c === ';') return action;
    return this.#reader.bad('extra characters after command');
  }

  #close(): Action | undefined {
    const start = this.#open.pop();
    const opened = start === undefined ? undefined : this.#commands[start];
    if (start === undefined || !opened) return this.#reader.bad("unexpected `}'");
    this.#commands[start] = { ...opened, action: { name: '{', end: this.#commands.length } };
    return this.#ending({ name: '}' });
  }

  #textAction(name: 'a' | 'i' | 'c'): Action | undefined {
    this.#reader.skip(/[ \t]/);
    if (this.#reader.ended) return this.#reader.bad("expected \\ after `a', `c' or `i'");
    if (this.#reader.peek() === '\\') {
      this.#reader.pass();
      this.#reader.skip(/[ \t]/);
      if (this.#reader.peek() === '\n') this.#reader.pass();
      else if (this.#reader.ended) return this.#reader.bad("expected \\ after `a', `c' or `i'");
    }
    let text = '';
    while (!this.#reader.ended) {
      const c = this.#reader.next();
      if (c === '\n') break;
      if (c === '\\') {
        const after = this.#reader.next();
        text += after === '' ? '' : (convertEscapes(`\\${after}`) ?? after);
      } else text += c;
    }
    return { name, text: `${text}\n` };
  }

  #substitute(): Action | undefined {
    const delimiter = this.#reader.next();
    const pattern = delimiter === '' ? undefined : this.#reader.delimited(delimiter, true);
    const replacement =
      pattern === undefined ? undefined : this.#reader.delimited(delimiter, false);
    if (pattern === undefined || replacement === undefined) {
      return this.#reader.bad("unterminated `s' command");
    }
    const flags = this.#flags();
    if (!flags) return undefined;
    const regex = this.#regex(pattern, flags.letters);
    const pieces = parseReplacement(replacement);
    const most = Math.max(0, ...pieces.map((piece) => (piece.kind === 'group' ? piece.index : 0)));
    if (regex && most > regex.groups) {
      return this.#reader.bad(`invalid reference \\${most} on \`s' command's RHS`);
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
      const c = this.#reader.peek();
      if (/\d/.test(c)) {
        flags.number = this.#reader.number();
        if (flags.number === 0)
          return this.#reader.bad("number option to `s' command may not be zero");
        continue;
      }
      if (this.#reader.ended || c === '}' || c === '#') return flags;
      this.#reader.pass();
      if (c === '\n' || c === ';') return flags;
      if (c === ' ' || c === '\t') continue;
      if (c === 'w') {
        this.#reader.skip(/[ \t]/);
        flags.file = this.#reader.line();
        return flags;
      }
      if (c === 'e') {
        this.#reader.error ??= 'hopwise: sed: the flag e is not simulated';
        return undefined;
      }
      if (!/[gpiImM]/.test(c)) return this.#reader.bad("unknown option to `s'");
      if (c === 'g' && flags.letters.includes('g')) {
        return this.#reader.bad("multiple `g' options to `s' command");
      }
      flags.letters += c;
    }
  }

  #transliterate(): Action | undefined {
    const delimiter = this.#reader.next();
    const from = delimiter === '' ? undefined : this.#reader.delimited(delimiter, false);
    const to = from === undefined ? undefined : this.#reader.delimited(delimiter, false);
    if (from === undefined || to === undefined) return this.#reader.bad("unterminated `y' command");
    const plain = (text: string): readonly string[] =>
      [...text.matchAll(/\\(.)|(.)/gsu)].map(
        ([all, escaped, c]) => c ?? (escaped === '\\' ? '\\' : (convertEscapes(all) ?? all)),
      );
    const [a, b] = [plain(from), plain(to)];
    if (a.length !== b.length)
      return this.#reader.bad("strings for `y' command are different lengths");
    const map = new Map<string, string>();
    for (const [i, c] of a.entries()) if (!map.has(c)) map.set(c, b[i] ?? '');
    return this.#ending({ name: 'y', map });
  }
}
