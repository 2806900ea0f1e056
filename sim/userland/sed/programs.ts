import type { Program } from '../../linux/inode';
import { sed } from './sed';

/** What Debian's sed installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/sed', sed],
];
