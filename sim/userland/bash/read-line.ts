import { concat, NO_BYTES, utf8Decode } from '../../base/bytes';
import type { OpenFile } from '../../linux/open-file';
import { tick } from '../../linux/process';
import { waitOn } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { Shell } from './shell';
import { collectSignals } from './trap';

export interface ReadLine {
  readonly fd: number;
  readonly raw: boolean;
  readonly delimiter: string;
  /** At most so many characters; `exact`: the delimiter does not end it. */
  readonly count?: number | undefined;
  readonly exact?: boolean | undefined;
  readonly timeoutUs?: number | undefined;
}

export interface LineRead {
  readonly text: string;
  /** Positions in `text` of characters that a backslash made ordinary. */
  readonly escaped: ReadonlySet<number>;
  readonly delimited: boolean;
  readonly failed?: 'EBADF' | 'timeout' | 'interrupted' | 'error';
}

/** The most characters of one line that `read` takes. */
const MAX_LINE = 4 * 1024 * 1024;

/** read_builtin(): takes bytes one by one, so that what follows stays for others. */
export function* readLine(sh: Shell, options: ReadLine): Blocking<LineRead> {
  const escaped = new Set<number>();
  const file = sh.proc.fds.get(options.fd);
  if (!file?.flags.read) return { text: '', escaped, delimited: false, failed: 'EBADF' };
  const whole = file.ops.kind === 'tty' && options.count === undefined;
  const reader = new ByteReader(sh, file, whole, options.timeoutUs);
  let text = '';
  let count = 0;
  const ended = (failed?: LineRead['failed']): LineRead => ({
    text,
    escaped,
    delimited: false,
    ...(failed ? { failed } : {}),
  });
  while (text.length < MAX_LINE) {
    if (options.count !== undefined && count >= options.count)
      return { text, escaped, delimited: true };
    const c = yield* reader.next();
    if (c === undefined) return ended(reader.failed);
    if (c === options.delimiter && !options.exact) return { text, escaped, delimited: true };
    if (c === '\\' && !options.raw) {
      const next = yield* reader.next();
      if (next === undefined) return ended(reader.failed);
      if (next === '\n') continue;
      escaped.add(text.length);
      text += next;
      count++;
      continue;
    }
    if (c === '\0') continue;
    text += c;
    count++;
  }
  return { text, escaped, delimited: true };
}

class ByteReader {
  failed: LineRead['failed'];
  /** A terminal gives a line at a time: it is taken, and echoed, whole. */
  #line: Uint8Array = NO_BYTES;
  readonly #until: number | undefined;

  constructor(
    readonly sh: Shell,
    readonly file: OpenFile,
    readonly whole: boolean,
    timeoutUs: number | undefined,
  ) {
    this.#until = timeoutUs === undefined ? undefined : sh.proc.host.nowUs + timeoutUs;
  }

  /** One character, which may be several bytes of UTF-8; undefined at the end. */
  *next(): Blocking<string | undefined> {
    const first = yield* this.#byte();
    if (first === undefined) return undefined;
    const lead = first[0] ?? 0;
    const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    const parts = [first];
    for (let i = 0; i < more; i++) {
      const next = yield* this.#byte();
      if (!next) break;
      parts.push(next);
    }
    return utf8Decode(concat(parts));
  }

  *#byte(): Blocking<Uint8Array | undefined> {
    const { proc } = this.sh;
    const size = this.whole ? 65_536 : 1;
    for (;;) {
      const got = this.#line.length > 0 ? this.#line : this.file.ops.read(this.file, size);
      if (typeof got !== 'string') {
        yield* tick(proc, 1);
        this.#line = got.subarray(1);
        return got.length > 0 ? got.subarray(0, 1) : undefined;
      }
      if (got !== 'EAGAIN' || !this.file.ops.readable) {
        this.failed = 'error';
        return undefined;
      }
      const left =
        this.#until === undefined ? undefined : Math.max(0, this.#until - proc.host.nowUs);
      const wake = left === 0 ? 'timeout' : yield* waitOn([this.file.ops.readable], left);
      if (wake === 'timeout') {
        this.failed = 'timeout';
        return undefined;
      }
      if (wake === 'signal') {
        collectSignals(this.sh);
        if (
          this.sh.pendingSignals.some((signal) => signal === 'INT' || this.sh.traps.has(signal))
        ) {
          this.failed = 'interrupted';
          return undefined;
        }
      }
    }
  }
}
