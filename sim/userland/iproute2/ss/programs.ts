import type { Program } from '../../../linux/inode';
import { ss } from './ss';

/** The part of Debian's iproute2 that looks at sockets. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/ss', ss],
];
