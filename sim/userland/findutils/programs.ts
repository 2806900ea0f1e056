import type { Program } from '../../linux/inode';
import { find } from './find';
import { xargs } from './xargs';

/** What Debian's findutils installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/find', find],
  ['/usr/bin/xargs', xargs],
];
