import type { Program } from '../../linux/inode';
import { bc } from './bc';

/** What Debian's bc installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/bc', bc],
];
