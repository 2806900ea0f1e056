import { concat, NO_BYTES, utf8Decode, utf8Encode } from '../base/bytes';
import { type Errno, strerror } from '../linux/errno';
import { open } from '../linux/files';
import type { OpenFile } from '../linux/open-file';
import { type Proc, tick } from '../linux/process';
import { printError, readFile, write } from '../linux/process-io';
import type { Blocking } from '../linux/wait-queue';
import { quoteName } from './args';

/** BUFSIZ of stdio for a file or pipe: st_blksize. */
const BUFFER = 4096;
/** The longest line that is kept in memory. */
const MAX_LINE = 32 * 1024 * 1024;

/** A FILE opened for writing: full buffering, or by line on a terminal (stdio of glibc). */
export class Out {
  #text = '';
  #bytes: Uint8Array[] = [];
  #size = 0;
  error: Errno | undefined;
  readonly #limit: number;
  readonly #byLine: boolean;

  constructor(
    readonly proc: Proc,
    readonly fd = 1,
    buffering: 'auto' | 'line' | 'none' = 'auto',
  ) {
    const tty = proc.fds.get(fd)?.ops.kind === 'tty';
    this.#byLine = buffering === 'line' || (buffering === 'auto' && tty);
    this.#limit = buffering === 'none' ? 0 : BUFFER;
  }

  *text(text: string): Blocking<void> {
    this.#text += text;
    if (this.#text.length + this.#size >= this.#limit || (this.#byLine && text.includes('\n'))) {
      yield* this.flush();
    }
  }

  *bytes(bytes: Uint8Array): Blocking<void> {
    this.#settle();
    this.#bytes.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= this.#limit || (this.#byLine && bytes.includes(10))) yield* this.flush();
  }

  *flush(): Blocking<void> {
    this.#settle();
    if (this.#size === 0) return;
    const all = concat(this.#bytes);
    this.#bytes = [];
    this.#size = 0;
    if (this.proc.charge(1 + (all.length >> 8))) yield* tick(this.proc, 0);
    const put = yield* write(this.proc, this.fd, all);
    if (typeof put === 'string') this.error ??= put;
  }

  /** close_stdout(): flushes; the exit status is 1 when something could not be written. */
  *close(program: string, code: number): Blocking<number> {
    yield* this.flush();
    if (this.error === undefined) return code;
    yield* printError(this.proc, `${program}: write error: ${strerror(this.error)}\n`);
    return code === 0 ? 1 : code;
  }

  #settle(): void {
    if (this.#text === '') return;
    const bytes = utf8Encode(this.#text);
    this.#text = '';
    this.#bytes.push(bytes);
    this.#size += bytes.length;
  }
}

/** A line without its delimiter, and whether it had one. */
export interface Line {
  readonly text: string;
  readonly ended: boolean;
}

/** Reads a file chunk by chunk and hands out lines, as getdelim(3). */
export class Lines {
  #chunk: Uint8Array = NO_BYTES;
  #at = 0;
  #end = false;

  constructor(
    readonly proc: Proc,
    readonly file: OpenFile,
    readonly delimiter = 10,
  ) {}

  /** The bytes read but not yet handed out, for who must give the offset back. */
  get unread(): number {
    return this.#chunk.length - this.#at;
  }

  *nextBytes(): Blocking<
    { readonly bytes: Uint8Array; readonly ended: boolean } | Errno | undefined
  > {
    let parts: Uint8Array[] | undefined;
    let size = 0;
    for (;;) {
      const end = this.#chunk.indexOf(this.delimiter, this.#at);
      if (end >= 0) {
        const part = this.#chunk.subarray(this.#at, end);
        this.#at = end + 1;
        if (this.proc.charge(1)) yield* tick(this.proc, 0);
        return { bytes: parts ? concat([...parts, part]) : part, ended: true };
      }
      const rest = this.#chunk.subarray(this.#at);
      if (rest.length > 0) {
        parts ??= [];
        parts.push(rest.slice());
        size += rest.length;
        if (size > MAX_LINE) return 'ENOMEM';
      }
      this.#chunk = NO_BYTES;
      this.#at = 0;
      if (this.#end) return parts ? { bytes: concat(parts), ended: false } : undefined;
      const got = yield* readFile(this.proc, this.file);
      if (typeof got === 'string') return got;
      if (got.length === 0) this.#end = true;
      else this.#chunk = got.slice();
      if (this.proc.charge(2)) yield* tick(this.proc, 0);
    }
  }

  *next(): Blocking<Line | Errno | undefined> {
    const got = yield* this.nextBytes();
    if (got === undefined || typeof got === 'string') return got;
    return { text: utf8Decode(got.bytes), ended: got.ended };
  }
}

/** Opens an operand for reading; `-` is standard input. */
export function openOperand(proc: Proc, name: string): OpenFile | Errno {
  if (name === '-') {
    const stdin = proc.fds.get(0);
    return stdin ? stdin.get() : 'EBADF';
  }
  const file = open(proc, name, { read: true });
  return typeof file === 'string' ? file : file.get();
}

/** One operand opened, or the message printed and `undefined`. */
export function* openOrSay(
  proc: Proc,
  program: string,
  name: string,
): Blocking<OpenFile | undefined> {
  const file = openOperand(proc, name);
  if (typeof file !== 'string') return file;
  yield* sayErrno(proc, program, name, file);
  return undefined;
}

/** error (0, errno, "%s", quotef (name)). */
export const sayErrno = (
  proc: Proc,
  program: string,
  name: string,
  errno: Errno,
): Blocking<number | Errno> =>
  printError(proc, `${program}: ${quoteName(name)}: ${strerror(errno)}\n`);

/** Every line of every operand (standard input if none); the value is the exit status. */
export function* eachLine(
  proc: Proc,
  program: string,
  operands: readonly string[],
  each: (line: Line) => Blocking<void>,
  delimiter = 10,
): Blocking<number> {
  let code = 0;
  for (const name of operands.length === 0 ? ['-'] : operands) {
    const file = yield* openOrSay(proc, program, name);
    if (!file) {
      code = 1;
      continue;
    }
    const lines = new Lines(proc, file, delimiter);
    for (;;) {
      const line = yield* lines.next();
      if (typeof line === 'string') {
        yield* sayErrno(proc, program, name, line);
        code = 1;
        break;
      }
      if (line === undefined) break;
      yield* each(line);
    }
    file.put();
  }
  return code;
}

/** Every chunk of an open file. */
export function* eachChunk(
  proc: Proc,
  file: OpenFile,
  each: (bytes: Uint8Array) => Blocking<boolean | undefined>,
): Blocking<Errno | undefined> {
  for (;;) {
    const got = yield* readFile(proc, file);
    if (typeof got === 'string') return got;
    if (got.length === 0) return undefined;
    if (proc.charge(2 + (got.length >> 8))) yield* tick(proc, 0);
    if ((yield* each(got)) === false) return undefined;
  }
}

/** A whole operand as text, or the errno. */
export function* readOperand(
  proc: Proc,
  name: string,
): Blocking<{ readonly text: string } | Errno> {
  const file = openOperand(proc, name);
  if (typeof file === 'string') return file;
  const parts: Uint8Array[] = [];
  let failed: Errno | undefined;
  for (;;) {
    const got = yield* readFile(proc, file);
    if (typeof got === 'string') failed = got;
    if (typeof got === 'string' || got.length === 0) break;
    parts.push(got.slice());
    if (proc.charge(2 + (got.length >> 8))) yield* tick(proc, 0);
  }
  file.put();
  return failed ?? { text: utf8Decode(concat(parts)) };
}

/** Lines of a text; a last one without newline counts. */
export function splitLines(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}
