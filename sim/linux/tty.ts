import { utf8Decode, utf8Encode } from '../base/bytes';
import type { Host } from './host';
import { type FileOps, OpenFile } from './open-file';
import type { Proc } from './process';
import type { Signal } from './signal';
import { WaitQueue } from './wait-queue';

/** The keys that ISIG turns into signals, and what they send (n_tty_receive_signal_char). */
export const SIGNAL_KEYS = { '^C': 'INT', '^Z': 'TSTP', '^\\': 'QUIT' } as const;
export type SignalKey = keyof typeof SIGNAL_KEYS;

/** Bytes of typed-ahead input that a terminal keeps, N_TTY_BUF_SIZE. */
const INPUT_MAX = 4096 * 16;

/**
 * A pseudo terminal's slave side with the N_TTY line discipline (drivers/tty/n_tty.c). Lines arrive whole, since the
 * line is edited outside; each is echoed when it is read, after the reader's prompt. In raw mode keys arrive as they are.
 */
export class Tty {
  /** The process group that reads and gets signals. */
  foreground = 0;
  session: Proc | undefined;
  raw = false;
  echo = true;
  /** Keys that its reader takes even while a line is edited, such as the detach keys of a terminal client. */
  escape = '';
  readonly readable = new WaitQueue();
  /** Woken when something was written: for a program at the master's side. */
  readonly written = new WaitQueue();
  #lines: Uint8Array[] = [];
  #queued = 0;
  #out = '';
  #pending: Uint8Array = new Uint8Array(0);

  constructor(
    readonly host: Host,
    readonly name: string,
    public columns: number,
    public rows: number,
  ) {}

  /** A foreground program waits for input. */
  get isRead(): boolean {
    return this.readable.size > 0 && this.#lines.length === 0;
  }

  /** A line with its newline, or raw keys. */
  input(text: string): void {
    const bytes = utf8Encode(text);
    if (this.#queued + bytes.length > INPUT_MAX) {
      this.#out += '\x07';
      return;
    }
    this.#lines.push(bytes);
    this.#queued += bytes.length;
    this.readable.wake();
  }

  /** ^D on an empty line: one read gives end of file. */
  endOfFile(): void {
    this.#lines.push(new Uint8Array(0));
    this.readable.wake();
  }

  /** ^C, ^Z, ^\: echoed (ECHOCTL), typed-ahead input is thrown away, the foreground group gets the signal. */
  signal(key: SignalKey): void {
    if (this.echo) this.#screen(key);
    this.#lines = [];
    this.#queued = 0;
    this.toForeground(SIGNAL_KEYS[key]);
  }

  toForeground(signal: Signal): void {
    for (const proc of [...this.host.procs.values()]) {
      if (proc.tty === this && proc.pgid === this.foreground) proc.kill(signal);
    }
  }

  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.toForeground('WINCH');
  }

  /** What was written since the last take, as the screen gets it. */
  takeOutput(): string {
    const out = this.#out;
    this.#out = '';
    return out;
  }

  get hasOutput(): boolean {
    return this.#out !== '';
  }

  /** A new open file on this terminal (/dev/tty, /dev/pts/N). */
  open(): OpenFile {
    return new OpenFile(this.#ops, { read: true, write: true }, `/dev/${this.name}`);
  }

  /** The session leader is gone: SIGHUP to the foreground group (disassociate_ctty). */
  hangUp(): void {
    this.toForeground('HUP');
    this.session = undefined;
  }

  readonly #ops: FileOps = {
    kind: 'tty',
    readable: this.readable,
    read: (_file, max) => this.#read(max),
    write: (_file, bytes) => this.#write(bytes),
    poll: () => ({ in: this.#lines.length > 0, out: true }),
  };

  #read(max: number): Uint8Array | 'EAGAIN' {
    const line = this.#lines[0];
    if (!line) return 'EAGAIN';
    const part = line.subarray(0, max);
    if (part.length < line.length) this.#lines[0] = line.subarray(max);
    else this.#lines.shift();
    this.#queued -= part.length;
    if (this.echo && !this.raw && part.length > 0) this.#screen(utf8Decode(part));
    return part;
  }

  #write(bytes: Uint8Array): number {
    this.host.usage.takeOutput(bytes.length);
    const all = new Uint8Array(this.#pending.length + bytes.length);
    all.set(this.#pending);
    all.set(bytes, this.#pending.length);
    const whole = all.length - unfinished(all);
    this.#pending = all.slice(whole);
    this.#screen(utf8Decode(all.subarray(0, whole)));
    return bytes.length;
  }

  /** OPOST | ONLCR. Bytes that are no UTF-8 show as the replacement character. */
  #screen(text: string): void {
    const shown = text.replace(/[\udc80-\udcff](?<![\ud800-\udbff].)/g, '\ufffd');
    this.#out += this.raw ? shown : shown.replace(/\r?\n/g, '\r\n');
    this.written.wake();
  }
}

/** How many bytes at the end are the beginning of a UTF-8 sequence. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}
