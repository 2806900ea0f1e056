import { concat, NO_BYTES, utf8Decode, utf8Encode } from '../base/bytes';
import type { Errno } from '../linux/errno';
import { spawnProgram } from '../linux/exec';
import { type FileOps, OpenFile } from '../linux/open-file';
import type { Proc, Status } from '../linux/process';
import { waitChild } from '../linux/process-io';
import type { Blocking } from '../linux/wait-queue';

/** What a child printed may not be larger than this. */
const MAX_OUTPUT = 1024 * 1024;
const BOTH = { in: true, out: true };

/** A child that has ended: exec.Cmd with its buffers. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: Status;
}

/** Where a child runs, and with what. */
export interface Command {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env?: ReadonlyMap<string, string> | undefined;
  readonly stdin?: string | undefined;
}

/** exec.Cmd.Run() with bytes.Buffers for its three files. */
export function* run(proc: Proc, command: Command): Blocking<Ran | Errno> {
  const stdout = new Buffer();
  const stderr = new Buffer();
  const child = spawnProgram(proc, {
    path: command.path,
    argv: command.argv,
    env: command.env ?? proc.env,
    fds: new Map([
      [0, inputOf(utf8Encode(command.stdin ?? ''))],
      [1, stdout.file],
      [2, stderr.file],
    ]),
  });
  if (typeof child === 'string') return child;
  for (;;) {
    const ended = yield* waitChild(proc, child.pid);
    if (ended === 'ECHILD') return 'ECHILD';
    if (ended === 'EINTR' || typeof ended.status === 'string') continue;
    return { stdout: stdout.text, stderr: stderr.text, status: ended.status };
  }
}

/** bytes.Buffer as a child's output. */
class Buffer {
  readonly #parts: Uint8Array[] = [];
  #size = 0;
  readonly #ops: FileOps = {
    kind: 'pipe',
    read: () => NO_BYTES,
    write: (_file, bytes) => {
      this.#size += bytes.length;
      if (this.#size <= MAX_OUTPUT) this.#parts.push(bytes.slice());
      return bytes.length;
    },
    poll: () => BOTH,
  };
  readonly file = new OpenFile(this.#ops, { read: false, write: true }, 'pipe:[0]');

  get text(): string {
    return utf8Decode(concat(this.#parts));
  }
}

/** bytes.Reader as a child's input. */
function inputOf(bytes: Uint8Array): OpenFile {
  const ops: FileOps = {
    kind: 'pipe',
    read: (file, max) => {
      const part = bytes.subarray(file.offset, file.offset + max);
      file.offset += part.length;
      return part;
    },
    write: () => 'EBADF',
    poll: () => BOTH,
  };
  return new OpenFile(ops, { read: true, write: false }, 'pipe:[0]');
}
