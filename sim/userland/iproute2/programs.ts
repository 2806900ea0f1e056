import type { Program } from '../../linux/inode';
import { bridge } from './bridge/bridge';
import { ip } from './ip/ip';
import { tc } from './tc/tc';

/** What the package iproute2 installs besides ss. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/ip', ip],
  ['/usr/bin/ip', ip],
  ['/usr/sbin/bridge', bridge],
  ['/usr/sbin/tc', tc],
];
