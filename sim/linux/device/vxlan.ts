import { NO_BYTES } from '../../base/bytes';
import { err, OK } from '../../base/result';
import { decodeFrame } from '../../wire/codec';
import {
  BROADCAST_MAC,
  type EthernetFrame,
  IPPROTO_UDP,
  type Ip,
  type IpPacket,
  type Mac,
  type UdpDatagram,
} from '../../wire/frame';
import { formatIp, isMulticast } from '../../wire/ip';
import { l3Length } from '../../wire/length';
import { formatMac, isGroupMac } from '../../wire/mac';
import { readVxlanHeader } from '../../wire/vxlan';
import type { Dst } from '../ip/dst';
import { joinGroup4, leaveGroup4 } from '../ip/igmp';
import { joinGroup6, leaveGroup6 } from '../ip/mcast6';
import { ipLocalOut, routeOutput } from '../ip/output';
import type { Netns } from '../netns';
import { allocSkb, kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { IFF_BROADCAST, IFF_MULTICAST, NetDevice, type NetDeviceOps } from './net-device';
import { netifReceive } from './receive';
import { arpReduce } from './vxlan-arp';
import { sourcePort } from './vxlan-source-port';

/** struct vxlan_rdst. */
export interface VxlanRemote {
  readonly ip: Ip;
  readonly port: number;
  readonly vni: number;
  readonly link: NetDevice | undefined;
}

/** struct vxlan_fdb. */
export interface VxlanFdbEntry {
  readonly mac: Mac;
  readonly remotes: VxlanRemote[];
  state: 'permanent' | 'static' | 'reachable' | 'stale';
  externLearn: boolean;
  updatedUs: number;
  usedUs: number;
}

/** struct vxlan_dev. */
export interface Vxlan {
  readonly dev: NetDevice;
  /** vxlan->net: where the tunnel's own packets travel, even if the device has moved. */
  readonly net: Netns;
  vni: number;
  remote: Ip | undefined;
  local: Ip | undefined;
  link: NetDevice | undefined;
  dstPort: number;
  srcPortLow: number;
  srcPortHigh: number;
  ttl: number;
  tos: number;
  learning: boolean;
  proxy: boolean;
  rsc: boolean;
  l2miss: boolean;
  l3miss: boolean;
  ageingSec: number;
  limit: number;
  udpCsum: boolean;
  readonly fdb: Map<Mac, VxlanFdbEntry>;
}

/** The default entry's address: where frames go whose address nobody knows. */
export const VXLAN_ALL_ZERO: Mac = 0;
/** Outer Ethernet, IP, UDP and VXLAN headers: VXLAN_HEADROOM, VXLAN6_HEADROOM. */
export const VXLAN_HEADROOM = 50;
export const VXLAN6_HEADROOM = 70;

const ETH_HLEN = 14;

const now = (vxlan: Vxlan): number => vxlan.net.kernel.scheduler.nowUs;

/** Learned entries not heard of for `ageing` are gone: vxlan_cleanup(). */
export function vxlanFindMac(vxlan: Vxlan, mac: Mac): VxlanFdbEntry | undefined {
  const entry = vxlan.fdb.get(mac);
  if (!entry) return undefined;
  const learned = entry.state === 'reachable' && !entry.externLearn;
  if (learned && vxlan.ageingSec > 0 && entry.usedUs + vxlan.ageingSec * 1_000_000 <= now(vxlan)) {
    vxlan.fdb.delete(mac);
    return undefined;
  }
  return entry;
}

/** drivers/net/vxlan/vxlan_core.c. */
const VXLAN_OPS: NetDeviceOps = {
  xmit: vxlanXmit,
  open(dev) {
    const vxlan = vxlanOf(dev);
    if (!vxlan) return OK;
    openPort(vxlan.net, vxlan.dstPort);
    joinOrLeave(vxlan, true);
    return OK;
  },
  stop(dev) {
    const vxlan = vxlanOf(dev);
    if (!vxlan) return;
    joinOrLeave(vxlan, false);
    closePort(vxlan);
    flushLearned(vxlan);
  },
  /** vxlan_change_mtu(): not more than the lower device can carry. */
  changeMtu(dev, mtu) {
    const vxlan = vxlanOf(dev);
    const room = vxlan?.link ? vxlan.link.mtu - headroom(vxlan) : mtu;
    return mtu > room ? err('EINVAL') : OK;
  },
  uninit(dev) {
    const vxlan = vxlanOf(dev);
    vxlan?.link?.uppers.delete(dev);
    if (vxlan) DEVICES.get(vxlan.net)?.delete(vxlan);
  },
};

/** vxlan_net.vxlan_list: the tunnels that have their socket in a namespace. */
const DEVICES = new WeakMap<Netns, Set<Vxlan>>();

export const vxlanOf = (dev: NetDevice): Vxlan | undefined =>
  dev.data.kind === 'vxlan' ? dev.data.vxlan : undefined;

/** vxlan_vni_in_use(). */
export const vxlanInUse = (net: Netns, vni: number, dstPort: number): boolean =>
  [...(DEVICES.get(net) ?? [])].some((one) => one.vni === vni && one.dstPort === dstPort);

/** vxlan_sock_add(). */
function openPort(net: Netns, port: number): void {
  if (!net.udpTunnels.has(port)) net.udpTunnels.set(port, (skb) => vxlanRcv(net, port, skb));
}

/** vxlan_sock_release(): the port closes with the last tunnel on it. */
function closePort(vxlan: Vxlan): void {
  const others = [...(DEVICES.get(vxlan.net) ?? [])].filter((one) => one !== vxlan);
  if (others.some((one) => one.dstPort === vxlan.dstPort && one.dev.up)) return;
  vxlan.net.udpTunnels.delete(vxlan.dstPort);
}

const headroom = (ends: Pick<Vxlan, 'remote' | 'local'>): number =>
  typeof (ends.remote ?? ends.local) === 'bigint' ? VXLAN6_HEADROOM : VXLAN_HEADROOM;

/** vxlan_xmit(). */
function vxlanXmit(dev: NetDevice, skb: Skb): void {
  const vxlan = vxlanOf(dev);
  const { eth } = skb;
  if (!vxlan || !eth) return;
  if (vxlan.proxy && skb.packet.kind === 'arp' && arpReduce(dev, skb, skb.packet)) return;
  const known = vxlanFindMac(vxlan, eth.dst);
  const entry = known ?? vxlanFindMac(vxlan, VXLAN_ALL_ZERO);
  if (!entry || entry.remotes.length === 0) {
    dev.stats.txDropped++;
    const what = isGroupMac(eth.dst) ? 'group' : 'unknown';
    kfreeSkbReason(skb, 'VXLAN_NO_REMOTE', 'vxlan_xmit', `${what} ${formatMac(eth.dst)}`);
    return;
  }
  if (known) known.usedUs = now(vxlan);
  dev.stats.txPackets++;
  dev.stats.txBytes += l3Length(skb.packet);
  for (const remote of entry.remotes) xmitOne(vxlan, skb, remote);
}

/** vxlan_xmit_one(). */
function xmitOne(vxlan: Vxlan, skb: Skb, remote: VxlanRemote): void {
  const { eth } = skb;
  if (!eth) return;
  const { net } = vxlan;
  const port = remote.port || vxlan.dstPort;
  const vni = remote.vni || vxlan.vni;
  const route = routeOutput(net, {
    dst: remote.ip,
    src: vxlan.local,
    oif: (remote.link ?? vxlan.link)?.ifindex,
    protocol: IPPROTO_UDP,
    dstPort: port,
    mark: skb.mark,
  });
  if (!route.ok || route.value.dev === vxlan.dev) {
    vxlan.dev.stats.txErrors++;
    vxlan.dev.stats.txCarrierErrors++;
    kfreeSkbReason(skb, 'IP_OUTNOROUTES', 'vxlan_xmit_one', formatIp(remote.ip));
    return;
  }
  const { dst, src, vlan } = eth;
  const inner: EthernetFrame = { dst, src, vlan, payload: skb.packet };
  const udp: UdpDatagram = {
    kind: 'udp',
    srcPort: sourcePort(vxlan, inner),
    dstPort: port,
    payload: { kind: 'vxlan', vni, inner },
  };
  if (net.kernel.tracer.on) {
    traceSkb(skb, 'vxlan_xmit_one', 'pass', { detail: `vni ${vni} -> ${formatIp(remote.ip)}` });
  }
  const outer = allocSkb(net.kernel, {
    dev: route.value.dev,
    packet: outerPacket(vxlan, remote.ip, route.value, udp),
    parentId: skb.id,
    mark: skb.mark,
  });
  outer.dst = route.value;
  ipLocalOut(net, outer);
}

function outerPacket(vxlan: Vxlan, to: Ip, dst: Dst, udp: UdpDatagram): IpPacket {
  const group = isMulticast(to);
  const ttl = vxlan.ttl || (group ? 1 : 64);
  const src = vxlan.local ?? dst.src;
  if (typeof to === 'bigint') {
    return {
      kind: 'ipv6',
      src: typeof src === 'bigint' ? src : 0n,
      dst: to,
      trafficClass: 0,
      flowLabel: 0,
      hopLimit: ttl,
      nextHeader: IPPROTO_UDP,
      payload: udp,
    };
  }
  return {
    kind: 'ipv4',
    src: typeof src === 'number' ? src : 0,
    dst: to,
    tos: vxlan.tos === 1 ? 0 : vxlan.tos,
    id: vxlan.net.ipv4.nextIdent(),
    df: false,
    mf: false,
    fragOffset: 0,
    ttl,
    protocol: IPPROTO_UDP,
    options: NO_BYTES,
    payload: udp,
  };
}

/** vxlan_rcv(). */
function vxlanRcv(net: Netns, port: number, skb: Skb): boolean {
  const { packet } = skb;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return false;
  if (packet.payload.kind !== 'udp') return false;
  const read = readVxlan(packet.payload);
  if (!read) {
    kfreeSkbReason(skb, 'VXLAN_INVALID_HDR', 'vxlan_rcv');
    return true;
  }
  const vxlan = [...(DEVICES.get(net) ?? [])].find(
    (one) => one.vni === read.vni && one.dstPort === port,
  );
  if (!vxlan) {
    kfreeSkbReason(skb, 'VXLAN_VNI_NOT_FOUND', 'vxlan_rcv', `vni ${read.vni}`);
    return true;
  }
  const { dst, src, vlan, payload } = read.inner;
  if (src === vxlan.dev.mac) {
    kfreeSkbReason(skb, 'LOCAL_MAC', 'vxlan_set_mac', 'our own address comes back');
    return true;
  }
  if (vxlan.learning) snoop(vxlan, src, packet.src);
  const inner = allocSkb(net.kernel, {
    dev: vxlan.dev,
    packet: payload,
    eth: { dst, src, ...(vlan ? { vlan } : {}) },
    parentId: skb.id,
  });
  traceSkb(skb, 'vxlan_rcv', 'consume', { detail: `vni ${read.vni}` });
  netifReceive(vxlan.dev, inner);
  // vxlan_rcv() counts what is left behind the Ethernet header.
  vxlan.dev.stats.rxBytes -= ETH_HLEN;
  return true;
}

function readVxlan(udp: UdpDatagram): { vni: number; inner: EthernetFrame } | undefined {
  if (!(udp.payload instanceof Uint8Array)) return udp.payload;
  const header = readVxlanHeader(udp.payload);
  if (!header.ok) return undefined;
  const inner = decodeFrame(header.value.payload);
  return inner.ok ? { vni: header.value.vni, inner: inner.value } : undefined;
}

/** vxlan_snoop(): the sender's address is behind that tunnel end. */
function snoop(vxlan: Vxlan, mac: Mac, from: Ip): void {
  if (isGroupMac(mac) || mac === BROADCAST_MAC) return;
  const remote: VxlanRemote = { ip: from, port: 0, vni: 0, link: undefined };
  const entry = vxlanFindMac(vxlan, mac);
  const time = now(vxlan);
  if (!entry) {
    const made: VxlanFdbEntry = {
      mac,
      remotes: [remote],
      state: 'reachable',
      externLearn: false,
      updatedUs: time,
      usedUs: time,
    };
    vxlan.fdb.set(mac, made);
    return;
  }
  // Entries of the administrator do not move.
  if (entry.state === 'reachable') entry.usedUs = time;
  if (entry.state !== 'reachable' || entry.remotes[0]?.ip === from) return;
  entry.remotes.splice(0, entry.remotes.length, remote);
  entry.updatedUs = time;
}

/** vxlan_multicast_join(), vxlan_multicast_leave(): the group of the default destination. */
function joinOrLeave(vxlan: Vxlan, join: boolean): void {
  const { remote, link } = vxlan;
  if (remote === undefined || !isMulticast(remote) || !link) return;
  if (typeof remote === 'number') (join ? joinGroup4 : leaveGroup4)(link, remote);
  else (join ? joinGroup6 : leaveGroup6)(link, remote);
}

/** vxlan_config_apply(): not more than the lower device can carry. */
export function clampVxlanMtu({ dev, link, remote, local }: Vxlan): void {
  if (link) dev.mtu = Math.min(dev.mtu, link.mtu - headroom({ remote, local }));
}

/** vxlan_flush(): what was learned goes, when the device does. */
function flushLearned(vxlan: Vxlan): void {
  for (const [mac, entry] of vxlan.fdb) {
    if (entry.state === 'reachable' && !entry.externLearn) vxlan.fdb.delete(mac);
  }
}

/** vxlan_changelink(): another default destination or lower device. */
export function changeDefaultRemote(
  vxlan: Vxlan,
  remote: Ip | undefined,
  link: NetDevice | undefined,
): void {
  if (vxlan.dev.up) joinOrLeave(vxlan, false);
  vxlan.link?.uppers.delete(vxlan.dev);
  vxlan.link = link;
  link?.uppers.add(vxlan.dev);
  vxlan.remote = remote;
  if (remote === undefined) vxlan.fdb.delete(VXLAN_ALL_ZERO);
  else setDefaultRemote(vxlan, remote);
  if (vxlan.dev.up) joinOrLeave(vxlan, true);
}

export type VxlanConfig = Omit<Vxlan, 'dev' | 'net' | 'fdb'>;

/** vxlan_dev_configure(). */
export function newVxlan(net: Netns, name: string, config: VxlanConfig): NetDevice {
  const vxlan: Vxlan = {
    ...config,
    net,
    fdb: new Map(),
    get dev(): NetDevice {
      return dev;
    },
  };
  const data = { kind: 'vxlan' as const, vxlan };
  const dev: NetDevice = new NetDevice({ netns: net, name, data, ops: VXLAN_OPS });
  dev.flags = IFF_BROADCAST | IFF_MULTICAST;
  dev.maxMtu = 65535;
  if (config.link) {
    dev.mtu = config.link.mtu - headroom(config);
    config.link.uppers.add(dev);
  }
  if (config.remote !== undefined) setDefaultRemote(vxlan, config.remote);
  const all = DEVICES.get(net) ?? new Set();
  all.add(vxlan);
  DEVICES.set(net, all);
  return dev;
}

/** The all-zero entry that `remote` or `group` makes. */
export function setDefaultRemote(vxlan: Vxlan, ip: Ip): void {
  const time = now(vxlan);
  vxlan.fdb.set(VXLAN_ALL_ZERO, {
    mac: VXLAN_ALL_ZERO,
    remotes: [{ ip, port: 0, vni: 0, link: vxlan.link }],
    state: 'permanent',
    externLearn: false,
    updatedUs: time,
    usedUs: time,
  });
}
