import type { Program } from '../../linux/inode';
import { cmp } from './cmp';
import { diff } from './diff';

/** What Debian's diffutils installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/cmp', cmp],
  ['/usr/bin/diff', diff],
];
