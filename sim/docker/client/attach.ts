import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { write } from '../../linux/process-io';
import type { Tty } from '../../linux/tty';
import type { Blocking, WaitQueue } from '../../linux/wait-queue';
import type { AttachedStream, StdinPipe } from '../daemon/stream';
import { ConsoleInput } from './console-input';

export interface Attachment {
  readonly output: AttachedStream;
  /** Where the client's standard input goes, with `-i`: a pipe, or the container's terminal. */
  readonly stdin: StdinPipe | undefined;
  readonly console: Tty | undefined;
  /** Woken when the process ended. */
  readonly ended: WaitQueue;
  readonly isOver: () => boolean;
  /** Looks whether a caught signal is to be passed on. */
  readonly signalled?: (() => void) | undefined;
}

interface Input {
  readonly queues: readonly WaitQueue[];
  readonly detached: boolean;
  pump(): void;
  close(): void;
}

/**
 * hijackedIOStreamer.stream(): output to this process' own, its input to the container, until the end. `detached`: the
 * detach keys ended it before.
 */
export function* stream(proc: Proc, attachment: Attachment): Blocking<'detached' | 'ended'> {
  const { output, console } = attachment;
  const input: Input =
    console && proc.tty
      ? new ConsoleInput(proc, proc.tty, console)
      : new InputPump(proc, attachment.stdin);
  for (;;) {
    for (let chunk = output.take(); chunk; chunk = output.take()) {
      yield* write(proc, chunk.stream, chunk.bytes);
    }
    input.pump();
    if (output.ended || input.detached || attachment.isOver()) {
      if (output.chunks.length > 0) continue;
      input.close();
      return input.detached ? 'detached' : 'ended';
    }
    attachment.signalled?.();
    yield { kind: 'wait', on: [output.changed, attachment.ended, ...input.queues] };
  }
}

const CHUNK = 4096;

/** Standard input on its way into a container's pipe. */
class InputPump {
  #pending: Uint8Array | undefined;
  #open: boolean;
  readonly detached = false;
  readonly #source: OpenFile | undefined;

  constructor(
    proc: Proc,
    readonly target: StdinPipe | undefined,
  ) {
    this.#source = proc.fds.get(0);
    this.#open = target !== undefined && this.#source !== undefined;
  }

  get queues(): readonly WaitQueue[] {
    if (!this.#open) return [];
    const queue = this.#pending ? this.target?.file.ops.writable : this.#source?.ops.readable;
    return queue ? [queue] : [];
  }

  /** Moves what can be moved without waiting. */
  pump(): void {
    while (this.#open && this.target && this.#source) {
      if (this.#pending) {
        const put = this.target.file.ops.write(this.target.file, this.#pending);
        if (put === 'EAGAIN') return;
        if (typeof put === 'string') return this.close();
        this.#pending = put < this.#pending.length ? this.#pending.subarray(put) : undefined;
        continue;
      }
      const got = this.#source.ops.read(this.#source, CHUNK);
      if (got === 'EAGAIN') return;
      if (typeof got === 'string' || got.length === 0) return this.close();
      this.#pending = got.slice();
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.target?.close();
  }
}
