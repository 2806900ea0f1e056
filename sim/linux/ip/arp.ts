import { ARPOP_REPLY, ARPOP_REQUEST } from '../../wire/arp';
import { type ArpPacket, BROADCAST_MAC, type Ipv4, type Mac } from '../../wire/frame';
import { formatIp, isLoopback, isMulticast } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
import { hasLinkLayer } from '../device/dev';
import { IFF_LOOPBACK, IFF_NOARP, type NetDevice } from '../device/net-device';
import type { NetdevEvent } from '../device/notifier';
import { devQueueXmit } from '../device/xmit';
import type { Netns } from '../netns';
import { allocSkb, kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { addressOnlink, addressType } from './address-type';
import { RT_SCOPE_LINK } from './fib';
import { dstLinkFailure } from './link-failure';
import type { Neighbour, NeighProtocol } from './neighbour';
import { maxConf, orConf, routeInput4 } from './route';
import { inetSelectAddr } from './select-address';

/** net/ipv4/arp.c: how the IPv4 table asks. */
export const ARP_PROTOCOL: NeighProtocol = {
  solicit: arpSolicit,
  errorReport(_neigh, skb) {
    dstLinkFailure(skb);
    kfreeSkbReason(skb, 'NEIGH_FAILED', 'arp_error_report');
  },
  notify(neigh) {
    neigh.dev.netns.rtnlNotify({ kind: 'newneigh', neigh });
  },
};

/** arp_solicit(): which of our addresses asks is a matter of arp_announce. */
function arpSolicit(neigh: Neighbour, skb: Skb | undefined, to: Mac | undefined): void {
  const { dev } = neigh;
  const target = Number(neigh.ip);
  const spa = solicitSource(dev, target, skb) || inetSelectAddr(dev, target, RT_SCOPE_LINK);
  arpSend(dev, { op: ARPOP_REQUEST, spa, tpa: target, tha: 0, dst: to ?? BROADCAST_MAC });
}

function solicitSource(dev: NetDevice, target: Ipv4, skb: Skb | undefined): Ipv4 {
  if (skb?.packet.kind !== 'ipv4') return 0;
  const { src } = skb.packet;
  if (addressType(dev.netns, src, dev) !== 'local') return 0;
  const announce = maxConf(dev, 'arp_announce');
  if (announce === 0) return src;
  return announce === 1 && addressOnlink(dev, target, src) ? src : 0;
}

interface ArpSend {
  readonly op: number;
  readonly spa: Ipv4;
  readonly tpa: Ipv4;
  readonly tha: Mac;
  /** Link-layer destination. */
  readonly dst: Mac;
  readonly parentId?: number | undefined;
}

/** arp_send(). */
export function arpSend(dev: NetDevice, send: ArpSend): void {
  if (dev.flags & IFF_NOARP) return;
  const packet: ArpPacket = {
    kind: 'arp',
    op: send.op,
    sha: dev.mac,
    spa: send.spa,
    tha: send.tha,
    tpa: send.tpa,
  };
  const eth = { dst: send.dst, src: dev.mac };
  const skb = allocSkb(dev.netns.kernel, { dev, packet, eth, parentId: send.parentId });
  traceSkb(skb, 'arp_xmit');
  devQueueXmit(skb);
}

/** arp_rcv() and arp_process(). */
export function arpRcv(skb: Skb): void {
  const { dev, packet } = skb;
  if (packet.kind !== 'arp') return;
  if (dev.flags & IFF_NOARP || skb.pktType === 'otherhost' || skb.pktType === 'loopback') {
    kfreeSkbReason(skb, 'OTHERHOST', 'arp_rcv');
    return;
  }
  const known = packet.op === ARPOP_REQUEST || packet.op === ARPOP_REPLY;
  const badTarget = isMulticast(packet.tpa) || (isLoopback(packet.tpa) && !routesLocalnet(dev));
  if (!known || badTarget || !hasLinkLayer(dev)) {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'arp_process');
    return;
  }
  traceSkb(skb, 'arp_process');
  if (packet.spa === 0) answerProbe(skb, packet);
  else if (packet.op === ARPOP_REQUEST && answerRequest(skb, packet)) return;
  else updateTable(skb, packet);
}

const routesLocalnet = (dev: NetDevice): boolean =>
  orConf(dev, 'route_localnet') || (dev.flags & IFF_LOOPBACK) !== 0;

/** RFC 5227 probes come from 0.0.0.0 and must leave the table alone. */
function answerProbe(skb: Skb, arp: ArpPacket): void {
  const { dev } = skb;
  const ours = addressType(dev.netns, arp.tpa, dev) === 'local';
  if (arp.op === ARPOP_REQUEST && ours && !arpIgnore(dev, arp)) reply(skb, arp);
}

/** True when the request is dealt with; else it still updates the table. */
function answerRequest(skb: Skb, arp: ArpPacket): boolean {
  const { dev } = skb;
  const net = dev.netns;
  const flow = { src: arp.spa, dst: arp.tpa, dev, tos: 0, mark: 0, isIp: false };
  const route = routeInput4(net, flow);
  if (route.kind === 'local' && route.dst.type === 'local') {
    if (arpIgnore(dev, arp)) {
      kfreeSkbReason(skb, 'ARP_IGNORED', 'arp_process');
      return true;
    }
    if (orConf(dev, 'arp_filter') && arpFilter(net, dev, arp)) return true;
    eventNs(dev, arp);
    reply(skb, arp);
    return true;
  }
  if (route.kind !== 'forward' || !dev.inDev.conf.forwarding) return false;
  const proxied =
    orConf(dev, 'proxy_arp') && route.dst.dev !== dev && !sameMedium(dev, route.dst.dev);
  const listed = route.dst.dev !== dev && net.arp.proxyFor(arp.tpa, dev) !== undefined;
  const pvlan = dev.inDev.conf.proxy_arp_pvlan !== 0 && route.dst.dev === dev;
  if (!proxied && !listed && !pvlan) return false;
  eventNs(dev, arp);
  proxyReply(skb, arp);
  return true;
}

/** arp_fwd_proxy(): medium_id tells that two devices are one medium; 0 means unknown. */
const sameMedium = (a: NetDevice, b: NetDevice): boolean => {
  const id = a.inDev.conf.medium_id;
  return id > 0 && id === b.inDev.conf.medium_id;
};

/** pneigh_enqueue(): a proxy waits a random time, so that the host itself may answer first. */
function proxyReply(skb: Skb, arp: ArpPacket): void {
  const { dev } = skb;
  const delayMs = dev.inDev.arpParms.proxy_delay_ms;
  if (skb.pktType === 'host' || delayMs === 0) {
    reply(skb, arp);
    return;
  }
  const { random, scheduler } = dev.netns.kernel;
  traceSkb(skb, 'pneigh_enqueue', 'queue');
  scheduler.after(random.stream('neigh').below(delayMs * 1000), () => {
    if (dev.up && !dev.dead) reply(skb, arp);
  });
}

function reply(skb: Skb, arp: ArpPacket): void {
  const { dev } = skb;
  const answer = { op: ARPOP_REPLY, spa: arp.tpa, tpa: arp.spa, tha: arp.sha, dst: arp.sha };
  traceSkb(skb, 'arp_process', 'consume', {
    detail: `${formatIp(arp.tpa)} is-at ${formatMac(dev.mac)}`,
  });
  arpSend(dev, { ...answer, parentId: skb.id });
}

/** neigh_event_ns(): whoever asks is known from then on. */
function eventNs(dev: NetDevice, arp: ArpPacket): void {
  const neigh = dev.netns.arp.lookupOrCreate(arp.spa, dev);
  neigh.update(arp.sha, 'STALE', { override: true });
}

/** arp_ignore(). */
function arpIgnore(dev: NetDevice, arp: ArpPacket): boolean {
  const held = dev.inDev.addresses.some((ifa) => ifa.local === arp.tpa);
  switch (maxConf(dev, 'arp_ignore')) {
    case 0:
      return false;
    case 1:
      return !held;
    case 2:
      return !held || !addressOnlink(dev, arp.tpa, arp.spa);
    case 8:
      return true;
    default:
      return false;
  }
}

/** arp_filter(): answer only by the device that the way back uses. */
function arpFilter(net: Netns, dev: NetDevice, arp: ArpPacket): boolean {
  const found = net.fib4.lookup([254, 255], { dst: arp.spa, tos: 0, scope: 0, oif: 0 });
  return found?.nexthop?.dev !== dev;
}

/** The last part of arp_process(): entries are updated, and made only with arp_accept. */
function updateTable(skb: Skb, arp: ArpPacket): void {
  const { dev } = skb;
  const net = dev.netns;
  const garp = isGratuitous(arp) && addressType(net, arp.spa, dev) === 'unicast';
  let neigh = net.arp.lookup(arp.spa, dev);
  const onlink = addressType(net, arp.spa, dev) === 'unicast';
  if (!neigh && maxConf(dev, 'arp_accept') > 0 && onlink && (garp || arp.op === ARPOP_REPLY)) {
    neigh = net.arp.lookupOrCreate(arp.spa, dev);
  }
  if (!neigh) {
    traceSkb(skb, 'arp_process', 'consume');
    return;
  }
  const { nowUs } = net.kernel.scheduler;
  const override = garp || nowUs > neigh.updatedUs + neigh.parms.locktime_ms * 1000;
  const state = arp.op === ARPOP_REPLY && skb.pktType === 'host' ? 'REACHABLE' : 'STALE';
  traceSkb(skb, 'arp_process', 'consume', {
    detail: `${formatIp(arp.spa)} is-at ${formatMac(arp.sha)}`,
  });
  neigh.update(arp.sha, state, { override });
}

/** arp_is_garp(). */
const isGratuitous = (arp: ArpPacket): boolean =>
  arp.spa === arp.tpa && (arp.op === ARPOP_REQUEST || arp.tha === arp.sha);

/** arp_netdev_event(). */
export function arpNetdevEvent(dev: NetDevice, event: NetdevEvent): void {
  const { arp } = dev.netns;
  if (event === 'CHANGEADDR') arp.flushDevice(dev, false);
  else if (event === 'CHANGE' && !dev.carrier && orConf(dev, 'arp_evict_nocarrier')) {
    arp.flushDevice(dev, true);
  }
}

/** ip_eth_mc_map(): RFC 1112 §6.4. */
export const multicastMac4 = (ip: Ipv4): Mac => 0x0100_5e00_0000 + (ip & 0x7f_ffff);
