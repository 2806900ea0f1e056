import type { Program } from '../../linux/inode';
import { brctl } from './brctl';

/** What the package bridge-utils installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/brctl', brctl],
];
