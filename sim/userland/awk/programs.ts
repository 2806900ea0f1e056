import type { Program } from '../../linux/inode';
import { awk } from './awk';

/** What Debian's mawk installs; awk is it by alternatives(1). */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/awk', awk],
  ['/usr/bin/mawk', awk],
];
