import { parse, type Statement } from 'unbash';
import { readCommand } from './grammar';
import type { Failure, OpenHereDoc } from './scanner';

/** One complete command of a script, with what its lines are numbered from. */
export class Source {
  #newlines: number[] | undefined;

  constructor(
    readonly text: string,
    readonly firstLine: number,
  ) {}

  lineAt(pos: number): number {
    this.#newlines ??= [...this.text.matchAll(/\n/g)].map((found) => found.index);
    const newlines = this.#newlines;
    let low = 0;
    let high = newlines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((newlines[middle] ?? 0) < pos) low = middle + 1;
      else high = middle;
    }
    return this.firstLine + low;
  }
}

export type Parsed =
  | {
      readonly kind: 'command';
      readonly statements: readonly Statement[];
      readonly source: Source;
      /** The lines as they were read, comments before them too (set -v). */
      readonly raw: string;
      readonly open?: {
        readonly doc: OpenHereDoc;
        readonly line: number;
        readonly endLine: number;
      };
    }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** What is wrong with the input, with the lines that bash names. */
export interface Problem {
  readonly failure: Failure;
  readonly line: number;
  readonly endLine: number;
  /** The line in which it went wrong, as bash repeats it. */
  readonly text: string;
}

const cache = new Map<string, readonly Statement[] | string>();
const CACHE_MAX = 2000;

/** The tree of a complete command; a text says what the parser missed. */
function tree(text: string): readonly Statement[] | string {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const script = parse(text);
  const error = script.errors?.[0];
  const made = error ? text.slice(error.pos).split(/\s/)[0] || 'newline' : script.commands;
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(text, made);
  return made;
}

/**
 * Reads a script command by command, as bash does: what comes first runs before later mistakes are
 * seen.
 */
export class CommandStream {
  #pos = 0;
  #line: number;

  #expandedTo = 0;

  constructor(
    public text: string,
    firstLine = 1,
    /** Aliases, applied line by line as they are when the line is read. */
    readonly expand?: (line: string) => string,
    readonly extglob: () => boolean = () => true,
  ) {
    this.#line = firstLine;
  }

  get line(): number {
    return this.#line;
  }

  get rest(): string {
    return this.text.slice(this.#pos);
  }

  next(): Parsed {
    const from = this.#pos;
    while (this.#pos < this.text.length) {
      const start = this.#pos;
      if (this.expand) this.#expandLine(this.expand);
      const reading = readCommand(this.text, start, this.extglob());
      if (reading.kind === 'failed') return this.#failed(reading.failure, start);
      const line = this.#line;
      this.#advance(reading.end);
      if (reading.kind === 'empty') continue;
      const text = this.text.slice(start, reading.end);
      const statements = tree(text);
      if (typeof statements === 'string') {
        return this.#failed({ kind: 'error', near: statements, pos: start }, start);
      }
      const source = new Source(text, line);
      const raw = this.text.slice(from, reading.end);
      if (!reading.open) return { kind: 'command', statements, source, raw };
      const doc = reading.open;
      const endLine = this.#line - (text.endsWith('\n') ? 1 : 0);
      const open = { doc, line: source.lineAt(doc.pos - start), endLine };
      return { kind: 'command', statements, source, raw, open };
    }
    return { kind: 'end' };
  }

  #expandLine(expand: (line: string) => string): void {
    if (this.#pos < this.#expandedTo) return;
    const newline = this.text.indexOf('\n', this.#pos);
    const end = newline < 0 ? this.text.length : newline;
    const made = expand(this.text.slice(this.#pos, end));
    this.text = this.text.slice(0, this.#pos) + made + this.text.slice(end);
    this.#expandedTo = this.#pos + made.length + 1;
  }

  #advance(to: number): void {
    for (let at = this.#pos; at < to; at++) if (this.text[at] === '\n') this.#line++;
    this.#pos = to;
  }

  #failed(failure: Failure, start: number): Parsed {
    const from = this.text.lastIndexOf('\n', failure.pos - 1) + 1;
    const newline = this.text.indexOf('\n', failure.pos);
    const text = this.text.slice(from, newline < 0 ? this.text.length : newline);
    const at = this.#line + countLines(this.text, start, failure.pos);
    const open = this.text.endsWith('\n') ? 0 : 1;
    const endLine = this.#line + countLines(this.text, start, this.text.length) + open;
    // bash drops the rest of the line in which it met the mistake
    this.#advance(failure.kind === 'more' || newline < 0 ? this.text.length : newline + 1);
    return { kind: 'failed', problem: { failure, line: at, endLine, text } };
  }
}

const countLines = (text: string, from: number, to: number): number => {
  let lines = 0;
  for (let at = from; at < to; at++) if (text[at] === '\n') lines++;
  return lines;
};
