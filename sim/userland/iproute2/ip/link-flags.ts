import type { Printer } from '../print';

/** IFF_* in the order in which print_link_flags() of ip/ipaddress.c names them. Data table. */
const NAMES: readonly (readonly [number, string])[] = [
  [0x8, 'LOOPBACK'],
  [0x2, 'BROADCAST'],
  [0x10, 'POINTOPOINT'],
  [0x1000, 'MULTICAST'],
  [0x80, 'NOARP'],
  [0x200, 'ALLMULTI'],
  [0x100, 'PROMISC'],
  [0x400, 'MASTER'],
  [0x800, 'SLAVE'],
  [0x4, 'DEBUG'],
  [0x8000, 'DYNAMIC'],
  [0x4000, 'AUTOMEDIA'],
  [0x2000, 'PORTSEL'],
  [0x20, 'NOTRAILERS'],
  [0x1, 'UP'],
  [0x1_0000, 'LOWER_UP'],
  [0x2_0000, 'DORMANT'],
  [0x4_0000, 'ECHO'],
];
const IFF_UP = 0x1;
const IFF_RUNNING = 0x40;

/** print_link_flags(). */
export function printLinkFlags(p: Printer, flags: number, peerDown: boolean): void {
  p.openArray(p.json ? 'flags' : undefined, '<');
  let left = flags;
  if (left & IFF_UP && !(left & IFF_RUNNING)) p.any(undefined, left ? '%s,' : '%s', 'NO-CARRIER');
  left &= ~IFF_RUNNING;
  for (const [bit, name] of NAMES) {
    if (!(left & bit)) continue;
    left &= ~bit;
    p.any(undefined, left ? '%s,' : '%s', name);
  }
  if (left) p.hex(undefined, '%x', left);
  if (peerDown) p.any(undefined, ',%s', 'M-DOWN');
  p.closeArray('> ');
}
