import { utf8Decode } from '../../base/bytes';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import type { Signal } from '../../linux/signal';
import { SIGNAL_KEYS, type SignalKey, type Tty } from '../../linux/tty';
import type { WaitQueue } from '../../linux/wait-queue';

const CHUNK = 4096;
const KEYS: readonly SignalKey[] = ['^C', '^Z', '^\\'];
const CAUGHT: readonly Signal[] = [...KEYS.map((key) => SIGNAL_KEYS[key]), 'WINCH'];

/** Ctrl-P Ctrl-Q, the default of `--detach-keys`. */
const DETACH_KEYS = '\x10\x11';

/**
 * The client's terminal in front of a container's, as SetRawTerminal() leaves it: lines, end of file and signal keys
 * go to the container's line discipline, which echoes and answers them.
 */
export class ConsoleInput {
  #detached = false;
  readonly #source: OpenFile | undefined;
  readonly #echo: boolean;

  constructor(
    readonly proc: Proc,
    readonly own: Tty,
    readonly target: Tty,
  ) {
    this.#source = proc.fds.get(0);
    this.#echo = own.echo;
    own.echo = false;
    own.escape = DETACH_KEYS;
    target.resize(own.columns, own.rows);
    for (const signal of CAUGHT) proc.setDisposition(signal, 'catch');
  }

  get queues(): readonly WaitQueue[] {
    return this.#source?.ops.readable ? [this.#source.ops.readable] : [];
  }

  /** Ctrl-P Ctrl-Q was typed. */
  get detached(): boolean {
    return this.#detached;
  }

  /** Passes on what was typed, signal keys first: they throw away what is typed ahead. */
  pump(): void {
    this.own.raw = this.target.raw;
    for (let signal = this.proc.takeSignal(); signal; signal = this.proc.takeSignal()) {
      const key = KEYS.find((one) => SIGNAL_KEYS[one] === signal);
      if (key) this.target.signal(key);
      else this.target.resize(this.own.columns, this.own.rows);
    }
    for (;;) {
      const got = this.#source?.ops.read(this.#source, CHUNK);
      if (got === undefined || typeof got === 'string') return;
      const text = utf8Decode(got);
      if (text === DETACH_KEYS) this.#detached = true;
      else if (text === '') this.target.endOfFile();
      else this.target.input(text);
    }
  }

  close(): void {
    this.own.raw = false;
    this.own.echo = this.#echo;
    this.own.escape = '';
  }
}
