import type { Program } from '../../linux/inode';
import { iptables } from './iptables';

/** What the package iptables installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/iptables', iptables(4)],
  ['/usr/sbin/iptables-nft', iptables(4)],
  ['/usr/sbin/ip6tables', iptables(6)],
  ['/usr/sbin/ip6tables-nft', iptables(6)],
];
