import { strerror } from '../../linux/errno';
import { spawnProgram } from '../../linux/exec';
import { open } from '../../linux/files';
import type { OpenFile } from '../../linux/open-file';
import { Pipe } from '../../linux/pipe';
import { exitCode, type Proc } from '../../linux/process';
import { waitChild, write } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { Lines, openOperand } from '../stream';

/** Strings of mawk are bytes: each character stands for one. */
export const toBytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
export function fromBytes(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) {
    text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  }
  return text;
}

/** Records of one input, split at RS. */
export class Records {
  #buffer = '';
  #end = false;
  readonly #lines: Lines;

  constructor(
    readonly proc: Proc,
    readonly file: OpenFile,
  ) {
    this.#lines = new Lines(proc, file);
  }

  /** The next record; `find` gives where a separator in the buffer begins and ends. */
  *next(
    rs: string,
    find: (text: string) => { readonly start: number; readonly end: number } | undefined,
  ): Blocking<string | 'EISDIR' | undefined | { readonly text: string }> {
    if (rs === '\n' && this.#buffer === '') {
      const line = yield* this.#lines.nextBytes();
      if (line === undefined) return undefined;
      return typeof line === 'string' ? 'EISDIR' : { text: fromBytes(line.bytes) };
    }
    const paragraph = rs === '';
    for (;;) {
      if (paragraph) this.#buffer = this.#buffer.replace(/^\n+/, '');
      const found = this.#buffer === '' ? undefined : find(this.#buffer);
      if (found && (found.end < this.#buffer.length || this.#end || rs.length === 1)) {
        const text = this.#buffer.slice(0, found.start);
        this.#buffer = this.#buffer.slice(found.end);
        return { text };
      }
      if (this.#end) {
        const text = this.#buffer;
        this.#buffer = '';
        if (text === '' || (paragraph && text === '\n')) return undefined;
        return { text: rs === '\n' || paragraph ? text.replace(/\n$/, '') : text };
      }
      const line = yield* this.#lines.nextBytes();
      if (typeof line === 'string') return 'EISDIR';
      if (line === undefined) this.#end = true;
      else this.#buffer += fromBytes(line.bytes) + (line.ended ? '\n' : '');
    }
  }
}

/** An output of print: a file or a command. */
interface Output {
  text: string;
  readonly fd: number;
  readonly child: Proc | undefined;
}

interface Source {
  readonly records: Records;
  readonly file: OpenFile;
  readonly child: Proc | undefined;
}

const BUFFER = 4096;

/** file_find() of mawk: what is open under which name. */
export class StreamTable {
  readonly #outputs = new Map<string, Output>();
  readonly #sources = new Map<string, Source>();

  constructor(readonly proc: Proc) {
    const tty = proc.fds.get(1)?.ops.kind === 'tty';
    this.#limit = tty ? 0 : BUFFER;
    this.#outputs.set('/dev/stdout', { text: '', fd: 1, child: undefined });
    this.#outputs.set('/dev/stderr', { text: '', fd: 2, child: undefined });
  }

  readonly #limit: number;

  *print(text: string): Blocking<void> {
    yield* this.#put(this.#outputs.get('/dev/stdout'), text, this.#limit);
  }

  *#put(output: Output | undefined, text: string, limit: number): Blocking<void> {
    if (!output) return;
    output.text += text;
    if (output.text.length >= limit) yield* this.#flush(output);
  }

  *#flush(output: Output): Blocking<void> {
    const { text } = output;
    output.text = '';
    if (text === '') return;
    const put = yield* write(this.proc, output.fd, toBytes(text));
    if (put === 'EPIPE' && output.fd === 1) this.proc.exitNow(2);
  }

  *flushAll(): Blocking<void> {
    for (const output of this.#outputs.values()) yield* this.#flush(output);
  }

  /** print > file, >> file, | command; an error text if it cannot be opened. */
  *printTo(kind: '>' | '>>' | '|', name: string, text: string): Blocking<string | undefined> {
    const key = name === '-' ? '/dev/stdout' : name;
    let output = this.#outputs.get(key);
    if (!output) {
      const made = kind === '|' ? yield* this.#toCommand(name) : this.#toFile(name, kind === '>>');
      if (typeof made === 'string') return made;
      output = made;
      this.#outputs.set(key, output);
    }
    yield* this.#put(output, text, output.fd === 2 ? 0 : output.fd === 1 ? this.#limit : BUFFER);
    return undefined;
  }

  #toFile(name: string, append: boolean): Output | string {
    const file = open(this.proc, name, { write: true, create: true, append, truncate: !append });
    if (typeof file === 'string') return `cannot open "${name}" for output (${strerror(file)})`;
    return { text: '', fd: this.proc.install(file, 10), child: undefined };
  }

  #shell(command: string, fds: ReadonlyMap<number, OpenFile>): Proc | string {
    const child = spawnProgram(this.proc, { path: '/bin/sh', argv: ['sh', '-c', command], fds });
    return typeof child === 'string'
      ? `cannot open pipe to "${command}" (${strerror(child)})`
      : child;
  }

  /** The descriptors that a child gets: none of our own files and pipes. */
  #standard(fd: number, file: OpenFile): ReadonlyMap<number, OpenFile> {
    const fds = new Map([...this.proc.fds].filter(([n]) => n < 10));
    return fds.set(fd, file);
  }

  *#toCommand(command: string): Blocking<Output | string> {
    yield* this.flushAll();
    const pipe = new Pipe(this.proc.host.nextIno());
    const fd = this.proc.install(pipe.open('write', ''), 10);
    const reader = pipe.open('read', '').get();
    const child = this.#shell(command, this.#standard(0, reader));
    reader.put();
    return typeof child === 'string' ? child : { text: '', fd, child };
  }

  /** The records of a file or of a command's output; undefined if it cannot be opened. */
  *source(kind: 'file' | 'command', name: string): Blocking<Records | undefined> {
    const known = this.#sources.get(name);
    if (known) return known.records;
    let file: OpenFile;
    let child: Proc | undefined;
    if (kind === 'command') {
      yield* this.flushAll();
      const pipe = new Pipe(this.proc.host.nextIno());
      file = pipe.open('read', '').get();
      const writer = pipe.open('write', '').get();
      const made = this.#shell(name, this.#standard(1, writer));
      writer.put();
      if (typeof made === 'string') return undefined;
      child = made;
    } else {
      const opened = openOperand(this.proc, name === '/dev/stdin' ? '-' : name);
      if (typeof opened === 'string') return undefined;
      file = opened;
    }
    const records = new Records(this.proc, file);
    this.#sources.set(name, { records, file, child });
    return records;
  }

  *#wait(child: Proc | undefined): Blocking<number> {
    if (!child) return 0;
    const ended = yield* waitChild(this.proc, child.pid);
    return typeof ended === 'object' && typeof ended.status === 'object'
      ? exitCode(ended.status)
      : 0;
  }

  /** close(): -1 if nothing of that name is open, else the exit status. */
  *close(name: string): Blocking<number> {
    const source = this.#sources.get(name);
    const output = this.#outputs.get(name);
    let code = -1;
    if (source) {
      this.#sources.delete(name);
      source.file.put();
      code = yield* this.#wait(source.child);
    }
    if (output) {
      yield* this.#flush(output);
      if (output.fd > 2) {
        this.#outputs.delete(name);
        this.proc.close(output.fd);
      }
      code = yield* this.#wait(output.child);
    }
    return code;
  }

  *flush(name: string): Blocking<number> {
    const output = this.#outputs.get(name);
    if (!output) return -1;
    yield* this.#flush(output);
    return 0;
  }

  *closeAll(): Blocking<void> {
    yield* this.flushAll();
    for (const name of [...this.#outputs.keys()]) yield* this.close(name);
    for (const source of this.#sources.values()) source.file.put();
    this.#sources.clear();
  }

  /** system(): output so far goes out first. */
  *system(command: string): Blocking<number> {
    yield* this.flushAll();
    const fds = new Map([...this.proc.fds].filter(([n]) => n < 10));
    const child = this.#shell(command, fds);
    return typeof child === 'string' ? 127 : yield* this.#wait(child);
  }
}
