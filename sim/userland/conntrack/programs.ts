import type { Program } from '../../linux/inode';
import { conntrack } from './conntrack';

/** What the package conntrack installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/conntrack', conntrack],
];
