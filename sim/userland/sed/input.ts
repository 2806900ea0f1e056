import { strerror } from '../../linux/errno';
import { rename, writeFileAt } from '../../linux/files';
import { lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Line, Lines, openOperand } from '../stream';

interface Held {
  readonly line: Line;
  /** The first of a file that is edited in place or read separately. */
  readonly file: number;
}

/** read_pattern_space(): lines of all files, one ahead so that `$` is known. */
export class Input {
  line = 0;
  code = 0;
  readonly #names: readonly string[];
  #file = -1;
  #lines: Lines | undefined;
  #ahead: Held | undefined;
  #started = false;

  constructor(
    readonly proc: Proc,
    names: readonly string[],
    readonly delimiter: number,
    /** -s and -i: each file has its own last line. */
    readonly separate: boolean,
  ) {
    this.#names = names;
  }

  current = -1;

  get name(): string {
    return this.#names[this.current] ?? '-';
  }

  nameOf(index: number): string {
    return this.#names[index] ?? '-';
  }

  *isLast(): Blocking<boolean> {
    if (!this.#started) yield* this.#fill();
    if (this.#ahead === undefined) return true;
    return this.separate && this.#ahead.file !== this.current;
  }

  *next(): Blocking<Line | undefined> {
    if (!this.#started) yield* this.#fill();
    const held = this.#ahead;
    if (!held) return undefined;
    if (this.separate && held.file !== this.current) this.line = 0;
    this.current = held.file;
    this.line++;
    yield* this.#fill();
    return held.line;
  }

  /** Whether any line is left in any file. */
  get hasMore(): boolean {
    return this.#ahead !== undefined;
  }

  /** Whether the next line is in another file than the present one. */
  get atFileEnd(): boolean {
    return this.#ahead?.file !== this.current;
  }

  /** q: what was read ahead from a regular file is given back. */
  giveBack(): void {
    const lines = this.#lines;
    if (lines && lines.file.ops.kind === 'regular') lines.file.offset -= lines.unread;
  }

  *#fill(): Blocking<void> {
    this.#started = true;
    for (;;) {
      const line = this.#lines ? yield* this.#lines.next() : undefined;
      if (line && typeof line !== 'string') {
        this.#ahead = { line, file: this.#file };
        return;
      }
      if (typeof line === 'string') {
        const name = this.nameOf(this.#file);
        const why = this.separate
          ? `couldn't edit ${name}: not a regular file`
          : `read error on ${name}: ${strerror(line)}`;
        yield* printError(this.proc, `sed: ${why}\n`);
        this.code = 2;
      }
      this.#lines?.file.put();
      this.#lines = undefined;
      this.#file++;
      const name = this.#names[this.#file];
      if (name === undefined) {
        this.#ahead = undefined;
        return;
      }
      const file = openOperand(this.proc, name);
      if (typeof file !== 'string') {
        this.#lines = new Lines(this.proc, file, this.delimiter);
        continue;
      }
      yield* printError(this.proc, `sed: can't read ${name}: ${strerror(file)}\n`);
      this.code = 2;
    }
  }
}

/** -i: the result takes the file's place; the old one stays under the backup's name. */
export function replaceFile(
  proc: Proc,
  name: string,
  text: string,
  suffix: string,
): string | undefined {
  const inode = lookupPath(proc, name);
  const mode = typeof inode === 'string' ? 0o644 : inode.mode;
  const temporary = `${name.replace(/[^/]*$/, '')}sed${proc.host.random('sed').u32().toString(36).slice(0, 6)}`;
  const failed = writeFileAt(proc, temporary, text);
  if (failed) return `couldn't open temporary file ${temporary}: ${strerror(failed)}`;
  const made = lookupPath(proc, temporary);
  if (typeof made !== 'string') made.mode = mode;
  if (suffix !== '') {
    const base = name.replace(/^.*\//, '');
    const backup = suffix.includes('*') ? suffix.replaceAll('*', base) : base + suffix;
    rename(proc, name, backup.includes('/') ? backup : name.replace(/[^/]*$/, '') + backup);
  }
  const moved = rename(proc, temporary, name);
  return moved ? `cannot rename ${temporary}: ${strerror(moved)}` : undefined;
}
