import type { OpenFile } from '../../linux/open-file';
import { WaitQueue } from '../../linux/wait-queue';

/** Bytes that an attached client has not taken yet; a client that never reads loses the rest. */
const MAX_PENDING = 4 * 1024 * 1024;

export interface StreamChunk {
  readonly stream: 1 | 2;
  readonly bytes: Uint8Array;
}

/** The output of a process on its way to one attached client. */
export class AttachedStream {
  readonly changed = new WaitQueue();
  readonly chunks: StreamChunk[] = [];
  ended = false;
  #size = 0;

  push(chunk: StreamChunk): void {
    if (this.#size + chunk.bytes.length > MAX_PENDING) return;
    this.#size += chunk.bytes.length;
    this.chunks.push(chunk);
    this.changed.wake();
  }

  take(): StreamChunk | undefined {
    const chunk = this.chunks.shift();
    if (chunk) this.#size -= chunk.bytes.length;
    return chunk;
  }

  end(): void {
    this.ended = true;
    this.changed.wake();
  }
}

/** The engine's end of a process' input; it closes once. */
export class StdinPipe {
  #open = true;

  constructor(readonly file: OpenFile) {}

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.file.put();
  }
}

/** Who listens to a container's output, and where its input goes. */
export class ContainerStreams {
  readonly attached = new Set<AttachedStream>();
  /** Output pipes that are still open. */
  open = 0;
  readonly closed = new WaitQueue();

  attach(): AttachedStream {
    const stream = new AttachedStream();
    this.attached.add(stream);
    return stream;
  }

  push(chunk: StreamChunk): void {
    for (const stream of this.attached) stream.push(chunk);
  }

  end(): void {
    for (const stream of this.attached) stream.end();
    this.attached.clear();
  }
}
