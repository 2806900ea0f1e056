import type { Program } from '../../linux/inode';
import { dig } from './dig';
import { host } from './host';
import { nslookup } from './nslookup';

/** What Debian's bind9-dnsutils and bind9-host install. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/dig', dig],
  ['/usr/bin/host', host],
  ['/usr/bin/nslookup', nslookup],
];
