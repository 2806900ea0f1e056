import { concat, NO_BYTES } from '../base/bytes';
import { type FileOps, OpenFile } from './open-file';
import { WaitQueue } from './wait-queue';

/** PIPE_DEF_BUFFERS pages, fs/pipe.c: what a pipe holds before its writer waits. */
export const PIPE_BYTES = 65_536;
/** PIPE_BUF of POSIX: writes up to this size are atomic. */
const PIPE_BUF = 4096;

/** A bounded byte queue with readers and writers, shared by pipe(2) and named FIFOs. */
export class Pipe {
  #chunks: Uint8Array[] = [];
  #size = 0;
  readers = 0;
  writers = 0;
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();

  constructor(readonly id: number) {}

  get size(): number {
    return this.#size;
  }

  read(max: number): Uint8Array | 'EAGAIN' {
    if (this.#size === 0) return this.writers > 0 ? 'EAGAIN' : NO_BYTES;
    const parts: Uint8Array[] = [];
    let left = max;
    while (left > 0) {
      const first = this.#chunks[0];
      if (!first) break;
      if (first.length <= left) {
        parts.push(first);
        this.#chunks.shift();
        left -= first.length;
      } else {
        parts.push(first.subarray(0, left));
        this.#chunks[0] = first.subarray(left);
        left = 0;
      }
    }
    this.#size -= max - left;
    this.writable.wake();
    return concat(parts);
  }

  write(bytes: Uint8Array): number | 'EAGAIN' | 'EPIPE' {
    if (this.readers === 0) return 'EPIPE';
    const room = PIPE_BYTES - this.#size;
    if (room <= 0 || (bytes.length <= PIPE_BUF && bytes.length > room)) return 'EAGAIN';
    const part = bytes.length <= room ? bytes : bytes.subarray(0, room);
    if (part.length === 0) return 0;
    this.#chunks.push(part.slice());
    this.#size += part.length;
    this.readable.wake();
    return part.length;
  }

  open(side: 'read' | 'write', path: string): OpenFile {
    if (side === 'read') this.readers++;
    else this.writers++;
    this.readable.wake();
    this.writable.wake();
    const flags = { read: side === 'read', write: side === 'write' };
    return new OpenFile(this.#ops(side), flags, path);
  }

  #ops(side: 'read' | 'write'): FileOps {
    return {
      kind: 'pipe',
      label: `pipe:[${this.id}]`,
      readable: this.readable,
      writable: this.writable,
      read: (_file, max) => (side === 'read' ? this.read(max) : 'EBADF'),
      write: (_file, bytes) => (side === 'write' ? this.write(bytes) : 'EBADF'),
      poll: () => ({
        in: this.#size > 0 || this.writers === 0,
        out: this.readers === 0 || this.#size < PIPE_BYTES,
        hup: side === 'read' ? this.writers === 0 : this.readers === 0,
      }),
      release: () => {
        if (side === 'read') this.readers--;
        else this.writers--;
        this.readable.wake();
        this.writable.wake();
      },
    };
  }
}
