import { formatIp } from '../wire/ip';
import { formatMac } from '../wire/mac';
import { type Mib, NETSTAT, SNMP, SNMP6 } from './ip/snmp-names';
import type { Netns } from './netns';
import { tcpSockets } from './socket/diag';

/** ICMP types by their names in /proc/net/snmp and snmp6: icmpmibmap[], icmp6type2name[]. */
const ICMP_TYPES: Readonly<Record<string, number>> = {
  DestUnreachs: 3,
  TimeExcds: 11,
  ParmProbs: 12,
  SrcQuenchs: 4,
  Redirects: 5,
  Echos: 8,
  EchoReps: 0,
  Timestamps: 13,
  TimestampReps: 14,
  AddrMasks: 17,
  AddrMaskReps: 18,
};
const ICMP6_TYPES: Readonly<Record<string, number>> = {
  DestUnreachs: 1,
  PktTooBigs: 2,
  TimeExcds: 3,
  ParmProblems: 4,
  Echos: 128,
  EchoReplies: 129,
  GroupMembQueries: 130,
  GroupMembResponses: 131,
  GroupMembReductions: 132,
  RouterSolicits: 133,
  RouterAdvertisements: 134,
  NeighborSolicits: 135,
  NeighborAdvertisements: 136,
  Redirects: 137,
  MLDv2Reports: 143,
};

/** A counter by name; those that nothing counts are 0. */
function counter(net: Netns, mib: string, name: string): number {
  const typed = /^(In|Out)(.*)$/.exec(name);
  const types = mib === 'Icmp' ? ICMP_TYPES : mib === 'Icmp6' ? ICMP6_TYPES : {};
  const type = typed ? types[typed[2] ?? ''] : undefined;
  if (type !== undefined) return net.snmp.get(`${mib}Msg`, `${typed?.[1]}Type${type}`);
  const fixed = FIXED[`${mib} ${name}`];
  return fixed ? fixed(net) : net.snmp.get(mib, name);
}

/** What is not counted but known. */
const FIXED: Readonly<Record<string, (net: Netns) => number>> = {
  'Ip Forwarding': (net) => (net.ipv4.confAll.forwarding ? 1 : 2),
  'Ip DefaultTTL': (net) => net.ipv4.sysctl.ip_default_ttl,
  'Tcp RtoAlgorithm': () => 1,
  'Tcp RtoMin': () => 200,
  'Tcp RtoMax': () => 120_000,
  'Tcp MaxConn': () => -1,
  'Tcp CurrEstab': (net) =>
    tcpSockets(net).filter((s) => s.state === 'ESTABLISHED' || s.state === 'CLOSE_WAIT').length,
};

const group = (net: Netns, [mib, names]: Mib): string =>
  `${mib}: ${names.join(' ')}\n${mib}: ${names.map((name) => counter(net, mib, name)).join(' ')}\n`;

/** snmp_seq_show(): IcmpMsg has only the types that occurred. */
function snmpText(net: Netns): string {
  const seen = messageTypes(net, 'IcmpMsg');
  return SNMP.map((mib) => {
    const messages: Mib = ['IcmpMsg', seen];
    return group(net, mib) + (mib[0] === 'Icmp' && seen.length > 0 ? group(net, messages) : '');
  }).join('');
}

/** icmpmsg_put(): incoming types in order, then outgoing ones. */
const messageTypes = (net: Netns, mib: string): readonly string[] =>
  ['In', 'Out'].flatMap((way) =>
    Array.from({ length: 256 }, (_, type) => `${way}Type${type}`).filter(
      (name) => net.snmp.get(mib, name) > 0,
    ),
  );

const line6 = (name: string, value: number): string => `${name.padEnd(32)}\t${value}\n`;

/** snmp6_seq_show(). */
const snmp6Text = (net: Netns): string =>
  SNMP6.map(([mib, names]) => {
    const lines = names.map((name) => line6(mib + name, counter(net, mib, name))).join('');
    if (mib !== 'Icmp6') return lines;
    const types = messageTypes(net, 'Icmp6Msg');
    return lines + types.map((t) => line6(`Icmp6${t}`, net.snmp.get('Icmp6Msg', t))).join('');
  }).join('');

/** igmp_mc_seq_show(): 01:00:5e groups, the newest first. */
function igmpText(net: Netns): string {
  const lines = net.devices().flatMap((dev) => {
    if (!dev.up || dev.inDev.groups.size === 0) return [];
    const groups = [...dev.inDev.groups].reverse();
    const head = `${dev.ifindex}\t${dev.name.padEnd(10)}: ${String(groups.length).padStart(5)} ${'V3'.padStart(7)}\n`;
    const rows = groups.map(([group, users]) => {
      const word = formatIp(group)
        .split('.')
        .reverse()
        .map((byte) => hex2(Number(byte)));
      return `\t\t\t\t${word.join('')} ${String(users).padStart(5)} 0:00000000\t\t0\n`;
    });
    return [head, ...rows];
  });
  return `Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n${lines.join('')}`;
}

const hex2 = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** dev_mc_seq_show(). */
const devMcastText = (net: Netns): string =>
  net
    .devices()
    .flatMap((dev) =>
      [...dev.mcAddresses].map(([mac, users]) => {
        const bytes = formatMac(mac).replaceAll(':', '');
        return `${String(dev.ifindex).padEnd(4)} ${dev.name.padEnd(15)} ${String(users).padEnd(5)} ${'0'.padEnd(5)} ${bytes}\n`;
      }),
    )
    .join('');

/** The files of /proc/PID/net with the counters of the protocols. */
export const procNetSnmpFiles = (
  net: Netns,
): readonly (readonly [name: string, make: () => string])[] => [
  ['dev_mcast', () => devMcastText(net)],
  ['igmp', () => igmpText(net)],
  ['netstat', () => NETSTAT.map((mib) => group(net, mib)).join('')],
  ['snmp', () => snmpText(net)],
  ['snmp6', () => snmp6Text(net)],
];
