import type { Program } from '../../linux/inode';
import { tcpdump } from './tcpdump';

/** What Debian's tcpdump installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/tcpdump', tcpdump],
  ['/usr/sbin/tcpdump', tcpdump],
];
