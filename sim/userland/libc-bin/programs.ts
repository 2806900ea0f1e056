import type { Program } from '../../linux/inode';
import { getent } from './getent';

/** The part of Debian's libc-bin that asks the name service. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/getent', getent],
];
