import type { Errno } from './errno';
import type { Inode } from './inode';
import type { WaitQueue } from './wait-queue';

/** What a poll(2) finds. `hup`: the other side is gone. */
export interface Poll {
  readonly in: boolean;
  readonly out: boolean;
  readonly hup?: boolean;
}

/**
 * struct file_operations, as far as a learner's programs can tell. Reads and writes never block: 'EAGAIN' means
 * wait on the queue and try again (`read` and `write` in process-io.ts do). An empty array read is end of file.
 */
export interface FileOps {
  readonly kind: 'regular' | 'directory' | 'pipe' | 'char' | 'tty' | 'socket' | 'other';
  read(file: OpenFile, max: number): Uint8Array | Errno;
  write(file: OpenFile, bytes: Uint8Array): number | Errno;
  /** Woken when a read or a write may get further. */
  readonly readable?: WaitQueue | undefined;
  readonly writable?: WaitQueue | undefined;
  poll(file: OpenFile): Poll;
  /** The last descriptor was closed. */
  release?(file: OpenFile): void;
  /** As /proc/PID/fd shows it: `socket:[123]`, `pipe:[45]`. */
  readonly label?: string | undefined;
}

export interface OpenFlags {
  readonly read: boolean;
  readonly write: boolean;
  readonly append?: boolean | undefined;
}

/** struct file: an open file description, shared by dup and fork. */
export class OpenFile {
  #refs = 0;
  offset = 0;
  nonblock = false;

  constructor(
    readonly ops: FileOps,
    readonly flags: OpenFlags,
    readonly path: string,
    readonly inode?: Inode,
  ) {}

  get(): this {
    this.#refs++;
    return this;
  }

  put(): void {
    if (--this.#refs === 0) this.ops.release?.(this);
  }
}
