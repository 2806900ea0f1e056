import { IFF_POINTOPOINT, type NetDevice } from '../../linux/device/net-device';
import type { InIfaddr } from '../../linux/ip/address';
import { formatIp, maskV4 } from '../../wire/ip';
import { formatMac } from '../../wire/mac';

/**
 * The flags in the order in which ifconfig names them (ife_print_long, lib/interface.c). Data
 * table.
 */
const FLAGS: readonly (readonly [number, string, string])[] = [
  [0x1, 'UP', 'U'],
  [0x2, 'BROADCAST', 'B'],
  [0x4, 'DEBUG', 'D'],
  [0x8, 'LOOPBACK', 'L'],
  [0x10, 'POINTOPOINT', 'P'],
  [0x20, 'NOTRAILERS', 'N'],
  [0x40, 'RUNNING', 'R'],
  [0x80, 'NOARP', 'O'],
  [0x100, 'PROMISC', 'P'],
  [0x200, 'ALLMULTI', 'A'],
  [0x800, 'SLAVE', 's'],
  [0x400, 'MASTER', 'm'],
  [0x1000, 'MULTICAST', 'M'],
  [0x8000, 'DYNAMIC', 'd'],
];

/** An interface as ifconfig knows it: a device, or an address labelled `eth0:1`. */
export interface Shown {
  readonly name: string;
  readonly dev: NetDevice;
  readonly address: InIfaddr | undefined;
}

/** The devices and their labelled addresses by name, as if_readlist sorts them. */
export function interfaces(devices: readonly NetDevice[]): readonly Shown[] {
  const shown: Shown[] = [];
  for (const dev of devices) {
    const own = dev.inDev.addresses.find((a) => a.label === dev.name);
    shown.push({ name: dev.name, dev, address: own });
    for (const address of dev.inDev.addresses) {
      const known = shown.some((s) => s.name === address.label);
      if (!known) shown.push({ name: address.label, dev, address });
    }
  }
  return shown.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The low 16 bits, as SIOCGIFFLAGS gives them. */
const shortFlags = (dev: NetDevice): number => dev.getFlags() & 0xffff;

/** ife_print_long(). */
export function formatLong({ name, dev, address }: Shown): string {
  const flags = shortFlags(dev);
  const names = FLAGS.filter(([bit]) => flags & bit).map(([, word]) => word);
  let text = `${name}: flags=${flags}<${names.join(',')}>  mtu ${dev.mtu}\n`;
  if (address) text += inetLine(dev, address);
  if (name !== dev.name) return `${text}${hardwareLine(dev)}\n`;
  for (const six of dev.in6Dev.addresses) {
    const [id, scope] = SCOPES6[six.scope] ?? ['0x0', 'global'];
    const ip = formatIp(six.address);
    text += `        inet6 ${ip}  prefixlen ${six.prefixLen}  scopeid ${id}<${scope}>\n`;
  }
  const s = dev.stats;
  return (
    `${text}${hardwareLine(dev)}` +
    `        RX packets ${s.rxPackets}  bytes ${s.rxBytes} (${human(s.rxBytes)})\n` +
    `        RX errors ${s.rxErrors}  dropped ${s.rxDropped}  overruns 0  frame 0\n` +
    `        TX packets ${s.txPackets}  bytes ${s.txBytes} (${human(s.txBytes)})\n` +
    `        TX errors ${s.txErrors}  dropped ${s.txDropped} overruns 0  ` +
    `carrier ${s.txCarrierErrors}  collisions ${s.collisions}\n\n`
  );
}

/** Scope of an IPv6 address (RT_SCOPE_*) as /proc/net/if_inet6 and ifconfig name it. */
const SCOPES6: Readonly<Record<number, readonly [string, string]>> = {
  0: ['0x0', 'global'],
  200: ['0x40', 'site'],
  253: ['0x20', 'link'],
  254: ['0x10', 'host'],
};

function inetLine(dev: NetDevice, a: InIfaddr): string {
  const mask = formatIp(maskV4(a.prefixLen));
  let line = `        inet ${formatIp(a.local)}  netmask ${mask}`;
  if (dev.flags & 0x2) line += `  broadcast ${formatIp(a.broadcast ?? 0)}`;
  if (dev.flags & IFF_POINTOPOINT) line += `  destination ${formatIp(a.address)}`;
  return `${line}\n`;
}

function hardwareLine(dev: NetDevice): string {
  const queue = dev.txQueueLen;
  switch (dev.linkType) {
    case 'loopback':
      return `        loop  txqueuelen ${queue}  (Local Loopback)\n`;
    case 'ipip':
      return `        tunnel   txqueuelen ${queue}  (IPIP Tunnel)\n`;
    case 'none':
      return `        unspec 00-00-00-00-00-00-00-00-00-00-00-00-00-00-00-00  txqueuelen ${queue}  (UNSPEC)\n`;
    default:
      return `        ether ${formatMac(dev.mac)}  txqueuelen ${queue}  (Ethernet)\n`;
  }
}

/** print_bytes_scaled(): powers of 1024 to one decimal. */
function human(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${(Math.floor(value * 10) / 10).toFixed(1)} ${units[unit] ?? ''}`;
}

/** ife_print_short(): one line of `ifconfig -s` and `netstat -i`. */
export function formatShort({ name, dev }: Shown): string {
  const s = dev.stats;
  const cell = (value: number, width: number): string => String(value).padStart(width);
  const flags = FLAGS.filter(([bit]) => shortFlags(dev) & bit).map(([, , letter]) => letter);
  const letters = [...flags].sort(byRank).join('');
  return (
    `${name.padEnd(16)}${cell(dev.mtu, 5)} ${cell(s.rxPackets, 8)} ${cell(s.rxErrors, 6)} ` +
    `${cell(s.rxDropped, 6)} ${'0'.padEnd(6)} ${cell(s.txPackets, 8)} ${cell(s.txErrors, 6)} ` +
    `${cell(s.txDropped, 6)} ${cell(0, 6)} ${letters}\n`
  );
}

/** The letters' order in ife_print_short(). */
const RANK = 'ABDLMNOPRUsmd';
const byRank = (a: string, b: string): number => RANK.indexOf(a) - RANK.indexOf(b);
