import { concat, utf8Encode } from '../../base/bytes';
import type { Errno } from '../../linux/errno';
import { open } from '../../linux/files';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { write } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';

/** BUFSIZ of a file or pipe that stdio writes to. */
const BUFSIZ = 4096;

/** A stdio stream: buffered by block unless asked otherwise. */
export class Output {
  #parts: Uint8Array[] = [];
  #size = 0;

  constructor(
    readonly proc: Proc,
    readonly fd: number,
    readonly unbuffered: boolean,
  ) {}

  *put(data: string | Uint8Array): Blocking<void> {
    const bytes = typeof data === 'string' ? utf8Encode(data) : data;
    this.#parts.push(bytes);
    this.#size += bytes.length;
    if (this.unbuffered || this.#size >= BUFSIZ) yield* this.flush();
  }

  *flush(): Blocking<void> {
    const bytes = concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    if (bytes.length > 0) yield* write(this.proc, this.fd, bytes);
  }
}

/** Standard output: by line on a terminal or with -l. */
export const standardOutput = (proc: Proc, lineBuffered: boolean): Output =>
  new Output(proc, 1, lineBuffered || proc.fds.get(1)?.ops.kind === 'tty');

/** pcap_dump_open(): the savefile, `-` for standard output. */
export function savefile(proc: Proc, path: string, packetBuffered: boolean): Output | Errno {
  if (path === '-') return new Output(proc, 1, packetBuffered);
  const file: OpenFile | Errno = open(proc, path, { write: true, create: true, truncate: true });
  if (typeof file === 'string') return file;
  return new Output(proc, proc.install(file, 3), packetBuffered);
}
