import { concat, NO_BYTES } from '../../base/bytes';

/** A queue of bytes in chunks: TCP's send and receive buffers. */
export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
  }

  /** A copy of `length` bytes from `offset` on; nothing is taken. */
  peek(offset: number, length: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let skip = offset;
    let left = Math.min(length, this.#size - offset);
    if (left <= 0) return NO_BYTES;
    for (const chunk of this.#chunks) {
      if (left === 0) break;
      if (skip >= chunk.length) {
        skip -= chunk.length;
        continue;
      }
      const part = chunk.subarray(skip, skip + left);
      parts.push(part);
      left -= part.length;
      skip = 0;
    }
    return concat(parts);
  }

  /** Takes up to `max` bytes from the front. */
  take(max: number): Uint8Array {
    const bytes = this.peek(0, max);
    this.drop(bytes.length);
    return bytes;
  }

  drop(length: number): void {
    let left = Math.min(length, this.#size);
    this.#size -= left;
    while (left > 0) {
      const first = this.#chunks[0];
      if (!first) return;
      if (first.length > left) {
        this.#chunks[0] = first.subarray(left);
        return;
      }
      left -= first.length;
      this.#chunks.shift();
    }
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#size = 0;
  }
}
