import type { Program } from '../../linux/inode';
import { nc } from './nc';

/** What Debian's netcat-openbsd installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/nc', nc],
  ['/usr/bin/nc.openbsd', nc],
  ['/usr/bin/netcat', nc],
];
