import { NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import type { Errno } from './errno';
import type { OpenFile, OpenFlags } from './open-file';
import type { Pipe } from './pipe';
import type { Proc } from './process';
import type { Process } from './wait-queue';

/** What an executable file is: argv[0] included, value is the exit status. */
export type Program = (proc: Proc, argv: readonly string[]) => Process;

export type InodeBody =
  | { readonly kind: 'file'; data: Uint8Array; size: number; program?: Program | undefined }
  | { readonly kind: 'dir'; readonly entries: Map<string, Inode> }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'fifo'; readonly pipe: Pipe }
  /** /dev/null and the like; `open` makes what is behind it. */
  | {
      readonly kind: 'char';
      open(proc: Proc, flags: OpenFlags): OpenFile | Errno;
      /** What readlink shows for /proc/PID/fd/N; absent for real devices. */
      readonly label?: string | undefined;
      /** Major and minor number. */
      readonly device?: readonly [major: number, minor: number] | undefined;
    }
  /** A node of /proc or /sys: text made when read, acted on when written. */
  | {
      readonly kind: 'handler';
      read?(proc: Proc): Result<string, Errno>;
      write?(proc: Proc, text: string): Errno | undefined;
    }
  /** A directory of /proc or /sys whose entries depend on who looks. */
  | {
      readonly kind: 'handler-dir';
      list(proc: Proc): readonly string[];
      lookup(proc: Proc, name: string): Inode | undefined;
    }
  /** A symbolic link whose target depends on who looks (/proc/self). */
  | { readonly kind: 'handler-link'; target(proc: Proc): string }
  /** A namespace file (nsfs): what /proc/PID/ns/net and a bind mount of it are. `ns` is compared by identity. */
  | {
      readonly kind: 'ns';
      readonly type: 'net' | 'mnt' | 'uts' | 'pid';
      readonly ns: object;
      readonly label: string;
    }
  | { readonly kind: 'socket' };

/** struct inode. Times in µs since the epoch; `mode` holds the permission bits only. */
export class Inode {
  nlink = 1;
  uid = 0;
  gid = 0;
  mtimeUs: number;
  atimeUs: number;
  ctimeUs: number;

  constructor(
    readonly ino: number,
    readonly body: InodeBody,
    public mode: number,
    nowUs: number,
  ) {
    this.mtimeUs = nowUs;
    this.atimeUs = nowUs;
    this.ctimeUs = nowUs;
    if (body.kind === 'dir' || body.kind === 'handler-dir') this.nlink = 2;
  }
}

/** A new empty regular file's body. */
export const emptyFile = (): InodeBody => ({ kind: 'file', data: NO_BYTES, size: 0 });

/** The bytes of a regular file. */
export const fileBytes = (body: Extract<InodeBody, { kind: 'file' }>): Uint8Array =>
  body.data.subarray(0, body.size);
