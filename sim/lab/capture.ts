import { concat, utf8Decode } from '../base/bytes';
import { type FileOps, OpenFile } from '../linux/open-file';

const ready = { in: true, out: true };

/** An open file that keeps what is written to it, up to a bound; reading gives end of file. */
export class Capture {
  readonly #parts: Uint8Array[] = [];
  #size = 0;
  truncated = false;
  readonly file: OpenFile;

  constructor(readonly limit = 1_048_576) {
    const ops: FileOps = {
      kind: 'char',
      read: () => new Uint8Array(0),
      write: (_file, bytes) => {
        const room = this.limit - this.#size;
        if (bytes.length > room) this.truncated = true;
        if (room > 0) {
          const part = bytes.slice(0, room);
          this.#parts.push(part);
          this.#size += part.length;
        }
        return bytes.length;
      },
      poll: () => ready,
    };
    this.file = new OpenFile(ops, { read: true, write: true }, '/dev/null').get();
  }

  get text(): string {
    return utf8Decode(concat(this.#parts));
  }

  /** What was written since the last take. */
  take(): string {
    const text = this.text;
    this.#parts.length = 0;
    this.#size = 0;
    return text;
  }
}

/** Standard input with nothing, or with given bytes, in it. */
export function inputOf(bytes: Uint8Array): OpenFile {
  const ops: FileOps = {
    kind: 'char',
    read: (file, max) => {
      const part = bytes.subarray(file.offset, file.offset + max);
      file.offset += part.length;
      return part;
    },
    write: () => 'EBADF',
    poll: () => ready,
  };
  return new OpenFile(ops, { read: true, write: false }, '/dev/null').get();
}
