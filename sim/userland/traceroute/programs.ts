import type { Program } from '../../linux/inode';
import { traceroute } from './traceroute';

/** What Debian's traceroute installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/traceroute', traceroute],
  ['/usr/bin/traceroute6', traceroute],
];
