import type { Program } from '../../linux/inode';
import { dnsmasq } from './dnsmasq';

/** What Debian's dnsmasq-base installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/dnsmasq', dnsmasq],
];
