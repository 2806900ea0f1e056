import type { Result } from '../base/result';
import type { Errno } from './errno';

/** One file under /proc/sys. */
export interface SysctlEntry {
  /** As `ls -l` shows: 0o644, 0o444, 0o200. */
  readonly mode: number;
  /** Without the final newline. */
  read(): string;
  write(text: string): Result<undefined, Errno>;
}

/** The tree under /proc/sys that belongs to a namespace. Paths as in /proc/sys: `net/ipv4/conf/eth0.1/forwarding`. */
export declare class SysctlTree {
  get(path: string): SysctlEntry | undefined;
  isDirectory(path: string): boolean;
  /** Names in a directory, sorted as readdir gives them. */
  list(path: string): readonly string[];
  /** All files, sorted as `sysctl -a` walks. */
  paths(): readonly string[];
  register(path: string, entry: SysctlEntry): void;
  unregister(prefix: string): void;
}
