import type { Ip } from '../wire/frame';
import { formatIp, maskV4 } from '../wire/ip';
import { formatMac } from '../wire/mac';
import type { NetDevice } from './device/net-device';
import { type FibRoute, RT_TABLE_MAIN } from './ip/fib';
import { conntrackText } from './netfilter/conntrack/procfs';
import { XT_PROC_EMPTY } from './netfilter/xt/procfs';
import type { Netns } from './netns';
import { procNetSnmpFiles } from './procfs-snmp';
import { procNetSocketFiles } from './socket/procfs';

/** The files of /proc/PID/net, as far as tools and learners read them. */
export const procNetFiles = (
  netns: Netns,
): readonly (readonly [name: string, make: () => string])[] => [
  ['arp', () => arpText(netns)],
  ['dev', () => devText(netns)],
  ['if_inet6', () => inet6Text(netns)],
  ['nf_conntrack', () => conntrackText(netns)],
  ['nf_conntrack_expect', () => ''],
  ['route', () => routeText(netns)],
  ...XT_PROC_EMPTY.map((name) => [name, () => ''] as const),
  ...procNetSocketFiles(netns),
  ...procNetSnmpFiles(netns),
];

/** arp_seq_show(), net/ipv4/arp.c. */
function arpText(netns: Netns): string {
  const head = 'IP address       HW type     Flags       HW address            Mask     Device\n';
  const lines = netns.arp.entries().map((neigh) => {
    const flags = neigh.state === 'PERMANENT' ? 0x6 : neigh.lladdr !== undefined ? 0x2 : 0x0;
    const ip = formatIp(neigh.ip).padEnd(16);
    const mac = formatMac(neigh.lladdr ?? 0);
    return `${ip} 0x1         0x${flags.toString(16)}         ${mac}     *        ${neigh.dev.name}\n`;
  });
  return head + lines.join('');
}

/** dev_seq_printf_stats(), net/core/net-procfs.c. */
function devText(netns: Netns): string {
  const head =
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';
  const number = (value: number, width: number): string => String(value).padStart(width);
  const line = (dev: NetDevice): string => {
    const s = dev.stats;
    return (
      `${dev.name.padStart(6)}: ${number(s.rxBytes, 7)} ${number(s.rxPackets, 7)} ${number(s.rxErrors, 4)} ` +
      `${number(s.rxDropped, 4)} ${number(0, 4)} ${number(0, 5)} ${number(0, 10)} ${number(s.rxMulticast, 9)} ` +
      `${number(s.txBytes, 8)} ${number(s.txPackets, 7)} ${number(s.txErrors, 4)} ${number(s.txDropped, 4)} ` +
      `${number(0, 4)} ${number(s.collisions, 5)} ${number(s.txCarrierErrors, 7)} ${number(0, 10)}\n`
    );
  };
  return head + netns.devices().map(line).join('');
}

const littleEndianHex = (ip: Ip): string => {
  const value = typeof ip === 'number' ? ip : 0;
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
};

/** fib_route_seq_show(), net/ipv4/fib_trie.c. RTF_UP 1, RTF_GATEWAY 2, RTF_HOST 4, RTF_REJECT 0x200. */
function routeText(netns: Netns): string {
  const head =
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
  const line = (route: FibRoute): string => {
    const hop = route.nexthops[0];
    const flags =
      1 | (hop?.via !== undefined ? 2 : 0) | (route.prefixLen === 32 ? 4 : 0) | (hop ? 0 : 0x200);
    return [
      hop?.dev?.name ?? '*',
      littleEndianHex(route.dst),
      littleEndianHex(hop?.via ?? 0),
      flags.toString(16).padStart(4, '0').toUpperCase(),
      '0',
      '0',
      route.priority,
      littleEndianHex(maskV4(route.prefixLen)),
      route.metrics.advmss ? route.metrics.advmss + 40 : 0,
      route.metrics.window ?? 0,
      route.metrics.rtt ?? 0,
    ].join('\t');
  };
  const routes = netns.fib4
    .routes(RT_TABLE_MAIN)
    .filter((route) => route.type !== 'broadcast' && route.type !== 'multicast');
  return [head, ...routes.map(line)].map((text) => `${text.padEnd(127)}\n`).join('');
}

/** if6_seq_show(), net/ipv6/addrconf.c. */
function inet6Text(netns: Netns): string {
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  return netns
    .devices()
    .flatMap((dev) =>
      dev.in6Dev.addresses.map((ifa) => {
        const scope = ifa.scope === 253 ? 0x20 : ifa.scope === 254 ? 0x10 : 0;
        const flags = (ifa.tentative ? 0x40 : 0) | (ifa.validSec === 0xffff_ffff ? 0x80 : 0);
        const address = ifa.address.toString(16).padStart(32, '0');
        return `${address} ${hex(dev.ifindex)} ${hex(ifa.prefixLen)} ${hex(scope)} ${hex(flags)} ${dev.name.padStart(8)}\n`;
      }),
    )
    .join('');
}
