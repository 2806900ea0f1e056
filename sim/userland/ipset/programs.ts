import type { Program } from '../../linux/inode';
import { ipset } from './ipset';

/** What the package ipset installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/ipset', ipset],
];
