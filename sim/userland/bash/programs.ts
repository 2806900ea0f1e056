import type { Program } from '../../linux/inode';
import { bash } from './main';

/**
 * What Debian's package bash installs (and dash's /bin/sh, played by the same engine in posix
 * mode).
 */
export const programs: readonly (readonly [string, Program])[] = [
  ['/bin/bash', bash],
  ['/usr/bin/bash', bash],
  ['/bin/sh', bash],
  ['/usr/bin/sh', bash],
  ['/bin/dash', bash],
];
