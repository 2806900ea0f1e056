import type { Program } from '../../linux/inode';
import { bird } from './bird';
import { birdc } from './birdc';

/** What Debian's bird2 installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/bird', bird],
  ['/usr/sbin/birdc', birdc],
  ['/usr/sbin/birdcl', birdc],
];
