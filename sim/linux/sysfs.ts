import { ok } from '../base/result';
import { formatMac } from '../wire/mac';
import type { LinkStats, NetDevice } from './device/net-device';
import { tunFlagBits } from './device/tun';
import type { Errno } from './errno';
import type { Host } from './host';
import { Inode, type InodeBody } from './inode';
import type { Netns } from './netns';
import { changeLink } from './rtnetlink/link';
import { bridgeDir, brifDir, brportDir } from './sysfs-bridge';

/**
 * /sys as mounted for one network namespace (net/core/net-sysfs.c): only /sys/class/net is modelled, the rest of
 * sysfs has no place in this world.
 */
export function sysfs(host: Host, netns: Netns): Inode {
  const dir = (entries: () => ReadonlyMap<string, Inode>): Inode => directory(host, entries);
  const devices = (): ReadonlyMap<string, Inode> =>
    new Map(netns.devices().map((dev) => [dev.name, deviceDir(host, netns, dev)]));
  const net = dir(devices);
  const classDir = dir(() => new Map([['net', net]]));
  return dir(() => new Map([['class', classDir]]));
}

function directory(host: Host, entries: () => ReadonlyMap<string, Inode>): Inode {
  const body: InodeBody = {
    kind: 'handler-dir',
    list: () => [...entries().keys()].sort(),
    lookup: (_proc, name) => entries().get(name),
  };
  return new Inode(host.nextIno(), body, 0o755, host.clockUs);
}

type Write = (text: string) => Errno | undefined;

function attribute(host: Host, read: () => string | number, write?: Write): Inode {
  const body: InodeBody = {
    kind: 'handler',
    read: () => ok(`${read()}\n`),
    ...(write && { write: (_proc: unknown, text: string) => write(text.trim()) }),
  };
  return new Inode(host.nextIno(), body, write ? 0o644 : 0o444, host.clockUs);
}

const STATISTICS: readonly (readonly [string, (stats: LinkStats) => number])[] = [
  ['collisions', (s) => s.collisions],
  ['multicast', (s) => s.rxMulticast],
  ['rx_bytes', (s) => s.rxBytes],
  ['rx_dropped', (s) => s.rxDropped],
  ['rx_errors', (s) => s.rxErrors],
  ['rx_packets', (s) => s.rxPackets],
  ['tx_bytes', (s) => s.txBytes],
  ['tx_carrier_errors', (s) => s.txCarrierErrors],
  ['tx_dropped', (s) => s.txDropped],
  ['tx_errors', (s) => s.txErrors],
  ['tx_packets', (s) => s.txPackets],
];

/** Counters that no device here moves. */
const UNUSED_STATISTICS = (
  'rx_compressed rx_crc_errors rx_fifo_errors rx_frame_errors rx_length_errors rx_missed_errors ' +
  'rx_nohandler rx_over_errors tx_aborted_errors tx_compressed tx_fifo_errors ' +
  'tx_heartbeat_errors tx_window_errors'
).split(' ');

function deviceDir(host: Host, netns: Netns, dev: NetDevice): Inode {
  const change = (values: Parameters<typeof changeLink>[2]): Errno | undefined => {
    const done = changeLink(netns, dev, values);
    return done.ok ? undefined : done.error.errno;
  };
  const entries = (): ReadonlyMap<string, Inode> => {
    const list: [string, Inode][] = [
      ['address', attribute(host, () => formatMac(dev.mac))],
      ['broadcast', attribute(host, () => formatMac(dev.broadcast))],
      ['carrier', attribute(host, () => (dev.carrier ? 1 : 0))],
      ['flags', attribute(host, () => `0x${(dev.flags & 0xffff).toString(16)}`)],
      ['ifalias', attribute(host, () => dev.alias ?? '')],
      ['ifindex', attribute(host, () => dev.ifindex)],
      ['iflink', attribute(host, () => dev.link?.ifindex ?? dev.ifindex)],
      [
        'mtu',
        attribute(
          host,
          () => dev.mtu,
          (text) => change({ mtu: Number(text) }),
        ),
      ],
      ['operstate', attribute(host, () => dev.operstate.toLowerCase())],
      ['statistics', statisticsDir(host, dev)],
      ['tx_queue_len', attribute(host, () => dev.txQueueLen)],
      ['type', attribute(host, () => LINK_TYPE[dev.linkType])],
    ];
    if (dev.data.kind === 'tun') {
      const { tun } = dev.data;
      list.push(['group', attribute(host, () => tun.group)]);
      list.push(['owner', attribute(host, () => tun.owner)]);
      list.push(['tun_flags', attribute(host, () => `0x${tunFlagBits(tun).toString(16)}`)]);
    }
    if (dev.data.kind === 'bridge') {
      list.push(['bridge', bridgeDir(host, dev.data.bridge)]);
      list.push(['brif', brifDir(host, dev.data.bridge)]);
    }
    if (dev.brport) list.push(['brport', brportDir(host, dev.brport)]);
    const master = dev.master;
    if (master) list.push(['master', directory(host, () => new Map())]);
    return new Map(list);
  };
  return directory(host, entries);
}

/** ARPHRD_*. */
const LINK_TYPE = { ether: 1, loopback: 772, ipip: 768, none: 65_534 } as const;

function statisticsDir(host: Host, dev: NetDevice): Inode {
  const files = (): ReadonlyMap<string, Inode> =>
    new Map([
      ...STATISTICS.map(
        ([name, value]) => [name, attribute(host, () => value(dev.stats))] as const,
      ),
      ...UNUSED_STATISTICS.map((name) => [name, attribute(host, () => 0)] as const),
    ]);
  return directory(host, files);
}
