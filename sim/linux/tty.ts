import type { OpenFile } from './open-file';
import type { Proc } from './process';

/** A terminal as the kernel keeps it: which session controls it and which process group is in the foreground. */
export interface Tty {
  readonly name: string;
  foreground: number;
  columns: number;
  rows: number;
  /** The session leader, told when the terminal goes away. */
  session: Proc | undefined;
  /** A new open file on this terminal (/dev/tty). */
  open(): OpenFile;
}
