import type { Program } from '../../linux/inode';
import { arp } from './arp';
import { ifconfig } from './ifconfig';
import { netstat } from './netstat';
import { route } from './route';

/** What the package net-tools installs, as far as simulated. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/arp', arp],
  ['/usr/sbin/ifconfig', ifconfig],
  ['/usr/bin/netstat', netstat],
  ['/usr/sbin/route', route],
];
