import type { Program } from '../../linux/inode';
import { wget } from './wget';

/** What Debian's wget installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/wget', wget],
];
