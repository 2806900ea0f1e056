import type { Program } from '../../../linux/inode';
import { nstat } from '../nstat/nstat';
import { ss } from './ss';

/** The part of Debian's iproute2 that looks at sockets. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/nstat', nstat],
  ['/usr/bin/ss', ss],
];
