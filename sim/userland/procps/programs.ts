import type { Program } from '../../linux/inode';
import { sysctl } from './sysctl';

/** What the package procps installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/sysctl', sysctl],
];
