import type { Program } from '../../linux/inode';
import { grep } from './grep';

/** What Debian's grep installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/grep', grep()],
  ['/usr/bin/egrep', grep('E')],
  ['/usr/bin/fgrep', grep('F')],
];
