import { type Proc, tick } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { Regex } from '../glibc/regex';
import { Out, readOperand } from '../stream';
import { replace } from './escapes';
import { type Input, replaceFile } from './input';
import type { Action, Address, Command, Substitution } from './script';
import { ScriptFiles } from './script-files';
import { unambiguous } from './unambiguous';

export interface SedOptions {
  readonly quiet: boolean;
  readonly inPlace: string | undefined;
  readonly unbuffered: boolean;
  readonly end: string;
  readonly lineWidth: number;
}

/** Stands for a last regex that no line has reached. */
const NEVER = new Regex(
  { node: { kind: 'alt', nodes: [] }, groups: 0, names: new Map(), stray: [] },
  { syntax: 'basic' },
);

/** What a command asks the cycle to do. */
type Flow = 'next' | 'end' | 'restart' | 'quit' | { readonly jump: number };

/** execute_program() of sed 4.9, sed/execute.c. */
export class Sed {
  #space = '';
  #hold = '';
  #ended = true;
  #replaced = false;
  #code = 0;
  #last: Regex | undefined;
  #edited = '';
  #queue: (() => Blocking<void>)[] = [];
  /** Where each range is: the line that ends it, or 'open'. */
  readonly #ranges = new Map<Command, number | 'open'>();
  readonly #out: Out;
  readonly #files: ScriptFiles;

  constructor(
    readonly proc: Proc,
    readonly commands: readonly Command[],
    readonly input: Input,
    readonly options: SedOptions,
  ) {
    this.#out = new Out(proc, 1, options.unbuffered ? 'line' : 'auto');
    this.#files = new ScriptFiles(proc);
  }

  *run(): Blocking<number> {
    let fresh = true;
    for (;;) {
      if (fresh) {
        const line = yield* this.input.next();
        if (!line) break;
        this.#space = line.text;
        this.#ended = line.ended;
      }
      const flow = yield* this.#cycle();
      if (flow !== 'restart') yield* this.#finish(flow === 'end' || this.options.quiet);
      else yield* this.#flushQueue();
      if (flow === 'quit') {
        this.input.giveBack();
        break;
      }
      fresh = flow !== 'restart';
      this.#replaced = fresh ? false : this.#replaced;
      if (fresh && this.input.atFileEnd) yield* this.#fileDone();
    }
    yield* this.#fileDone();
    yield* this.#files.flush();
    return yield* this.#out.close('sed', this.#code || this.input.code);
  }

  *#finish(silent: boolean): Blocking<void> {
    if (!silent) yield* this.#print(this.#space, this.#ended);
    yield* this.#flushQueue();
  }

  *#flushQueue(): Blocking<void> {
    const queue = this.#queue;
    this.#queue = [];
    for (const act of queue) yield* act();
  }

  *#fileDone(): Blocking<void> {
    const { inPlace } = this.options;
    if (inPlace === undefined || this.input.current < 0) return;
    const text = this.#edited;
    this.#edited = '';
    const failed = replaceFile(this.proc, this.input.name, text, inPlace);
    this.input.current = -1;
    if (failed === undefined) return;
    this.#code = 4;
    yield* printError(this.proc, `sed: ${failed}\n`);
  }

  *#text(text: string): Blocking<void> {
    if (this.options.inPlace !== undefined) this.#edited += text;
    else yield* this.#out.text(text);
  }

  *#print(text: string, ended = true): Blocking<void> {
    yield* this.#text(text + (ended ? this.options.end : ''));
  }

  *#cycle(): Blocking<Exclude<Flow, 'next' | { jump: number }> | 'done'> {
    let at = 0;
    while (at < this.commands.length) {
      const command = this.commands[at];
      if (!command) break;
      if (this.proc.charge(1)) yield* tick(this.proc, 0);
      const selected = (yield* this.#selected(command)) !== command.negated;
      if (!selected) {
        at = command.action.name === '{' ? command.action.end + 1 : at + 1;
        continue;
      }
      const flow = yield* this.#act(command, command.action);
      if (typeof flow === 'object') at = flow.jump;
      else if (flow === 'next') at++;
      else return flow;
    }
    return 'done';
  }

  *#matches(address: Address): Blocking<boolean> {
    const { line } = this.input;
    switch (address.kind) {
      case 'line':
        return line === address.line;
      case 'last':
        return yield* this.input.isLast();
      case 'regex':
        return this.#regex(address.regex).test(this.#space);
      case 'step':
        if (address.step <= 0) return line === address.first;
        return line >= address.first && (line - address.first) % address.step === 0;
      case 'plus':
      case 'multiple':
        return false;
    }
  }

  /** match_address_p(). */
  *#selected(command: Command): Blocking<boolean> {
    const { a1, a2 } = command;
    if (!a1) return true;
    if (!a2) return yield* this.#matches(a1);
    const { line } = this.input;
    let state = this.#ranges.get(command);
    if (state === undefined && a1.kind === 'line' && a1.line === 0) state = 'open';
    if (state === undefined || state === -1) {
      if (state === -1 && a1.kind === 'line') return false;
      if (!(yield* this.#matches(a1))) return false;
      const end = this.#rangeEnd(a2, line);
      if (end !== 'open' && end <= line) return true;
      this.#ranges.set(command, end);
      return true;
    }
    if (state === 'open') {
      if (yield* this.#matches(a2)) this.#ranges.set(command, -1);
      return true;
    }
    if (line >= state) this.#ranges.delete(command);
    return line <= state;
  }

  #rangeEnd(a2: Address, line: number): number | 'open' {
    if (a2.kind === 'line') return a2.line;
    if (a2.kind === 'plus') return line + a2.count;
    if (a2.kind === 'multiple') return a2.of > 0 ? Math.ceil(line / a2.of) * a2.of : line;
    return 'open';
  }

  #regex(regex: Regex | undefined): Regex {
    if (regex) this.#last = regex;
    // The compiler saw to it that a regex stands before an empty one; it may still be unused.
    this.#last ??= NEVER;
    return this.#last;
  }

  *#act(command: Command, action: Action): Blocking<Flow> {
    switch (action.name) {
      case '{':
      case '}':
      case ':':
      case '#':
        return 'next';
      case 's':
        yield* this.#substitute(action.substitution);
        return 'next';
      case 'b':
        return { jump: action.to };
      case 't':
      case 'T': {
        const jump = this.#replaced === (action.name === 't');
        this.#replaced = false;
        return jump ? { jump: action.to } : 'next';
      }
      case 'a':
        this.#queue.push(() => this.#text(action.text));
        return 'next';
      case 'i':
        yield* this.#text(action.text);
        return 'next';
      case 'c': {
        const state = this.#ranges.get(command);
        const over = !command.a2 || state === undefined || state === -1;
        if (over || command.negated) yield* this.#text(action.text);
        return 'end';
      }
      case 'q':
        this.#code = action.number ?? 0;
        return 'quit';
      case 'Q':
        this.#code = action.number ?? 0;
        this.#queue = [];
        this.#space = '';
        return yield* this.#quitSilently();
      case 'y':
        this.#space = [...this.#space].map((c) => action.map.get(c) ?? c).join('');
        return 'next';
      case 'l':
        yield* this.#text(unambiguous(this.#space, action.number ?? this.options.lineWidth));
        return 'next';
      case 'r':
      case 'R':
      case 'w':
      case 'W':
        yield* this.#fileAction(action.name, action.file);
        return 'next';
      default:
        return yield* this.#plain(action.name);
    }
  }

  *#quitSilently(): Blocking<Flow> {
    yield* this.#fileDone();
    yield* this.#out.flush();
    this.proc.exitNow(this.#code);
    return 'end';
  }

  *#plain(
    name: 'd' | 'D' | 'g' | 'G' | 'h' | 'H' | 'n' | 'N' | 'p' | 'P' | 'x' | 'z' | '=' | 'F',
  ): Blocking<Flow> {
    switch (name) {
      case 'd':
        return 'end';
      case 'D': {
        const at = this.#space.indexOf('\n');
        if (at < 0) return 'end';
        this.#space = this.#space.slice(at + 1);
        return 'restart';
      }
      case 'g':
        this.#space = this.#hold;
        break;
      case 'G':
        this.#space += `\n${this.#hold}`;
        break;
      case 'h':
        this.#hold = this.#space;
        break;
      case 'H':
        this.#hold += `\n${this.#space}`;
        break;
      case 'x':
        [this.#space, this.#hold] = [this.#hold, this.#space];
        break;
      case 'z':
        this.#space = '';
        break;
      case 'p':
        yield* this.#print(this.#space);
        break;
      case 'P':
        yield* this.#print(this.#space.split('\n', 1)[0] ?? '');
        break;
      case '=':
        yield* this.#text(`${this.input.line}\n`);
        break;
      case 'F':
        yield* this.#text(`${this.input.name}\n`);
        break;
      case 'n':
        return yield* this.#nextLine(false);
      case 'N':
        return yield* this.#nextLine(true);
    }
    return 'next';
  }

  /** n and N; at the end of input GNU sed prints the pattern space and stops. */
  *#nextLine(append: boolean): Blocking<Flow> {
    if (!this.input.hasMore) return 'quit';
    if (!append && !this.options.quiet) yield* this.#print(this.#space);
    yield* this.#flushQueue();
    const line = yield* this.input.next();
    if (!line) return 'quit';
    this.#space = append ? `${this.#space}\n${line.text}` : line.text;
    this.#ended = line.ended;
    return 'next';
  }

  *#substitute(s: Substitution): Blocking<void> {
    const regex = this.#regex(s.regex);
    const text = this.#space;
    let out = '';
    let at = 0;
    let from = 0;
    let count = 0;
    while (at <= text.length) {
      const match = regex.exec(text, at);
      if (!match) break;
      if (this.proc.charge(1)) yield* tick(this.proc, 0);
      const empty = match.end === match.start;
      // An empty match right after another match does not count.
      if (empty && count > 0 && match.start === from && at === from) {
        at++;
        continue;
      }
      count++;
      if (count >= s.number) {
        out += text.slice(from, match.start) + replace(s.replacement, match.groups);
        from = match.end;
        if (!s.global) break;
      }
      at = empty ? match.end + 1 : match.end;
    }
    if (count < s.number || count === 0) return;
    this.#space = out + text.slice(from);
    this.#replaced = true;
    for (let i = 0; i < s.print; i++) yield* this.#print(this.#space);
    if (s.file !== undefined) yield* this.#writeFile(s.file, this.#space);
  }

  *#fileAction(name: 'r' | 'R' | 'w' | 'W', file: string): Blocking<void> {
    if (name === 'w') yield* this.#writeFile(file, this.#space);
    else if (name === 'W') yield* this.#writeFile(file, this.#space.split('\n', 1)[0] ?? '');
    else if (name === 'r') {
      const { proc } = this;
      const text = (t: string): Blocking<void> => this.#text(t);
      this.#queue.push(function* () {
        const found = yield* readOperand(proc, file === '/dev/stdin' ? '-' : file);
        if (typeof found !== 'string') yield* text(found.text);
      });
    } else {
      const lines = this.#files.reader(file);
      const line = lines ? yield* lines.next() : undefined;
      if (line && typeof line !== 'string') this.#queue.push(() => this.#print(line.text));
    }
  }

  *#writeFile(name: string, text: string): Blocking<void> {
    if (name === '/dev/stdout') yield* this.#print(text);
    else yield* this.#files.write(name, text + this.options.end);
  }

  /** w files are made when the script is read, whether or not they are written. */
  *openFiles(): Blocking<boolean> {
    return yield* this.#files.open(this.commands);
  }
}
