import { err, OK, type Result } from '../../base/result';
import { BROADCAST_MAC, type Ip, type IpPacket } from '../../wire/frame';
import { isMulticast } from '../../wire/ip';
import { ipLength } from '../../wire/length';
import { multicastMac6 } from '../../wire/ndp';
import { hasLinkLayer } from '../device/dev';
import { IFF_LOOPBACK, type NetDevice } from '../device/net-device';
import { netifReceiveCore } from '../device/receive';
import { devQueueXmit, VETH_DELAY_US } from '../device/xmit';
import type { Errno } from '../errno';
import { nfCtAttach } from '../netfilter/conntrack/attach';
import { nfHook } from '../netfilter/nf-hook';
import type { Netns } from '../netns';
import { allocSkb, cloneSkb, kfreeSkbReason, type Skb, type SkbSock, traceSkb } from '../sk-buff';
import { multicastMac4 } from './arp';
import type { Dst, Flow } from './dst';
import { fragment4, fragment6 } from './fragment';
import { xmitTo } from './neighbour-output';
import { dstMtu, forwardMtu } from './path-mtu';
import { ipv4With } from './rewrite';
import { routeOutput4 } from './route';
import { routeOutput6 } from './route6';

/** ip_route_output_key(), ip6_route_output(): the route and source address for a flow. */
export function routeOutput(net: Netns, flow: Flow): Result<Dst, Errno> {
  const { dst } = flow;
  return typeof dst === 'number'
    ? routeOutput4(net, { ...flow, dst })
    : routeOutput6(net, { ...flow, dst });
}

export interface IpOutputOptions {
  /** Built by the caller. IPv4: `id` 0 and not `df` lets the stack draw one (ip_select_ident). */
  readonly packet: IpPacket;
  readonly dst: Dst;
  readonly sk?: SkbSock | undefined;
  readonly mark?: number | undefined;
  readonly parentId?: number | undefined;
  /** The packet that this one is an error about: they share a connection. */
  readonly about?: Skb | undefined;
}

/**
 * ip_local_out(), ip6_local_out(): OUTPUT hook, then POSTROUTING, fragmentation, neighbour, device.
 * EMSGSIZE if larger than the path and not to be fragmented; EPERM if a hook dropped it.
 */
export function ipOutput(net: Netns, options: IpOutputOptions): Result<undefined, Errno> {
  const { dst, sk } = options;
  const skb = allocSkb(net.kernel, {
    dev: dst.dev,
    packet: withIdent(net, options.packet),
    parentId: options.parentId,
    mark: options.mark ?? sk?.mark,
    sk,
  });
  skb.dst = dst;
  skb.partialChecksum = true;
  if (options.about) nfCtAttach(skb, options.about);
  const { payload } = options.packet;
  if (payload.kind === 'icmp') net.snmp.icmp('Out', 4, payload.type);
  if (payload.kind === 'icmpv6') net.snmp.icmp('Out', 6, payload.type);
  return ipLocalOut(net, skb);
}

/** The same for a packet that is an skb already (tunnels, netfilter). `skb.dst` must be set. */
export function ipLocalOut(net: Netns, skb: Skb): Result<undefined, Errno> {
  const { packet, dst } = skb;
  if (!dst || (packet.kind !== 'ipv4' && packet.kind !== 'ipv6')) return err('EINVAL');
  net.snmp.inc(packet.kind === 'ipv4' ? 'Ip' : 'Ip6', 'OutRequests');
  traceSkb(skb, packet.kind === 'ipv4' ? 'ip_local_out' : 'ip6_local_out');
  let sent: Result<undefined, Errno> = OK;
  const verdict = nfHook({
    net,
    family: packet.kind,
    hook: 'OUTPUT',
    skb,
    in: undefined,
    out: dst.dev,
    okfn: (out) => {
      sent = dstOutput(out);
    },
  });
  return verdict === 'drop' ? err('EPERM') : sent;
}

/** ip_select_ident(): packets that may be fragmented need a number of their own. */
function withIdent(net: Netns, packet: IpPacket): IpPacket {
  if (packet.kind === 'ipv6' || packet.id !== 0 || packet.df) return packet;
  return ipv4With(packet, { id: net.ipv4.nextIdent() });
}

/** dst_output(): ip_output(), ip_mc_output(), ip6_output(). */
export function dstOutput(skb: Skb): Result<undefined, Errno> {
  const { dst, packet } = skb;
  if (!dst || (packet.kind !== 'ipv4' && packet.kind !== 'ipv6')) return err('EINVAL');
  skb.dev = dst.dev;
  const net = dst.dev.netns;
  net.snmp.packet('Out', skb);
  if (dst.local && (dst.broadcast || dst.multicast) && !(dst.dev.flags & IFF_LOOPBACK)) {
    loopBack(skb, dst.dev);
  }
  if (dst.multicast && packet.kind === 'ipv4' && packet.ttl === 0) return OK;
  let sent: Result<undefined, Errno> = OK;
  const verdict = nfHook({
    net,
    family: packet.kind,
    hook: 'POSTROUTING',
    skb,
    in: skb.forwarded ? skb.inDev : undefined,
    out: dst.dev,
    okfn: (out) => {
      sent = finishOutput(out);
    },
  });
  return verdict === 'drop' ? err('EPERM') : sent;
}

/** dev_loopback_xmit(): a copy of what goes to a group or broadcast that we belong to. */
function loopBack(skb: Skb, dev: NetDevice): void {
  const copy = cloneSkb(skb);
  copy.pktType = 'loopback';
  copy.dev = dev;
  copy.inDev = dev;
  dev.netns.kernel.scheduler.after(VETH_DELAY_US, () => {
    if (dev.up && !dev.dead) netifReceiveCore(copy);
  });
}

/** __ip_finish_output(), __ip6_finish_output(): fragments where it must. */
export function finishOutput(skb: Skb): Result<undefined, Errno> {
  const { dst, packet } = skb;
  if (!dst || (packet.kind !== 'ipv4' && packet.kind !== 'ipv6')) return err('EINVAL');
  const mtu = skb.forwarded ? forwardMtu(dst) : outputMtu(skb, dst);
  if (skb.fragMaxSize > 0) return refragment(skb, mtu);
  if (ipLength(packet) <= mtu) {
    finishOutput2(skb);
    return skb.xmitDrop ? err('ENOBUFS') : OK;
  }
  return packet.kind === 'ipv4' ? fragmentOut4(skb, mtu) : fragmentOut6(skb, mtu);
}

/** A packet that was put together on its way leaves in pieces no longer than those it came in. */
function refragment(skb: Skb, mtu: number): Result<undefined, Errno> {
  const { packet, dst, fragMaxSize } = skb;
  if (!dst || (packet.kind !== 'ipv4' && packet.kind !== 'ipv6')) return err('EINVAL');
  const net = dst.dev.netns;
  if (packet.kind === 'ipv4') {
    net.snmp.inc('Ip', 'FragOKs');
    const pieces = fragment4(packet, Math.min(mtu, fragMaxSize));
    for (const piece of pieces) finishOutput2(pieceOf(net, skb, piece));
    return OK;
  }
  if (fragMaxSize > mtu) {
    net.fragNeeded(skb, mtu);
    kfreeSkbReason(skb, 'PKT_TOO_BIG', 'ip6_fragment', `longer than ${mtu}`);
    return err('EMSGSIZE');
  }
  const id = net.kernel.random.stream('ip-id').u32();
  for (const piece of fragment6(packet, fragMaxSize, id)) finishOutput2(pieceOf(net, skb, piece));
  return OK;
}

/** ip_skb_dst_mtu(): a socket that probes, or does not care, is bound by the device alone. */
function outputMtu(skb: Skb, dst: Dst): number {
  const mode = skb.sk?.pmtuDiscover;
  if (mode === 'probe' || mode === 'interface') return dst.dev.mtu;
  return dstMtu(dst);
}

function fragmentOut4(skb: Skb, mtu: number): Result<undefined, Errno> {
  const { packet, dst } = skb;
  if (packet.kind !== 'ipv4' || !dst) return err('EINVAL');
  const net = dst.dev.netns;
  if (packet.df) {
    net.snmp.inc('Ip', 'FragFails');
    net.fragNeeded(skb, mtu);
    kfreeSkbReason(skb, 'PKT_TOO_BIG', 'ip_fragment', `longer than ${mtu}`);
    return err('EMSGSIZE');
  }
  net.snmp.inc('Ip', 'FragOKs');
  for (const piece of fragment4(packet, mtu)) {
    net.snmp.inc('Ip', 'FragCreates');
    finishOutput2(pieceOf(net, skb, piece));
  }
  return OK;
}

function fragmentOut6(skb: Skb, mtu: number): Result<undefined, Errno> {
  const { packet, dst } = skb;
  if (packet.kind !== 'ipv6' || !dst) return err('EINVAL');
  const net = dst.dev.netns;
  if (skb.forwarded || packet.fragment) {
    net.fragNeeded(skb, mtu);
    kfreeSkbReason(skb, 'PKT_TOO_BIG', 'ip6_fragment', `longer than ${mtu}`);
    return err('EMSGSIZE');
  }
  const id = net.kernel.random.stream('ip-id').u32();
  for (const piece of fragment6(packet, mtu, id)) finishOutput2(pieceOf(net, skb, piece));
  return OK;
}

function pieceOf(net: Netns, skb: Skb, packet: IpPacket): Skb {
  const piece = allocSkb(net.kernel, { dev: skb.dev, packet, parentId: skb.id, mark: skb.mark });
  return { ...piece, inDev: skb.inDev, dst: skb.dst, forwarded: skb.forwarded, sk: skb.sk };
}

/** ip_finish_output2(), ip6_finish_output2(): the next hop's link-layer address. */
function finishOutput2(skb: Skb): void {
  const { dst, packet } = skb;
  if (!dst || (packet.kind !== 'ipv4' && packet.kind !== 'ipv6')) return;
  const { dev } = dst;
  if (!hasLinkLayer(dev)) {
    xmitTo(dev, skb, 0);
    return;
  }
  const nexthop: Ip = dst.gateway ?? packet.dst;
  const group = groupMac(dst, packet.dst);
  if (group !== undefined) {
    xmitTo(dev, skb, group);
    return;
  }
  const table = typeof nexthop === 'number' ? dev.netns.arp : dev.netns.nd;
  const mac = table.lookupOrCreate(nexthop, dev).resolve(skb);
  if (mac !== undefined) xmitTo(dev, skb, mac);
}

function groupMac(dst: Dst, ip: Ip): number | undefined {
  if (dst.broadcast) return dst.dev.broadcast || BROADCAST_MAC;
  if (!isMulticast(ip)) return undefined;
  return typeof ip === 'number' ? multicastMac4(ip) : multicastMac6(ip);
}

/** dev_queue_xmit() of a frame with its own link-layer header, as AF_PACKET sends. */
export function packetXmit(dev: NetDevice, skb: Skb): Result<undefined, Errno> {
  if (!dev.up) return err('ENETDOWN');
  skb.dev = dev;
  devQueueXmit(skb);
  return OK;
}

/** ip_route_connect(): a destination of 0.0.0.0 is this machine, so the lookup is made again for it. */
export function routeConnect(net: Netns, flow: Flow): Result<Dst, Errno> {
  const first = routeOutput(net, flow);
  const any = flow.dst === 0 || flow.dst === 0n;
  if (!first.ok || (!any && flow.src)) return first;
  const { src, dst, dev } = first.value;
  const oif = any ? dev.ifindex : flow.oif;
  return routeOutput(net, { ...flow, dst, src, oif });
}

export { addressType } from './address-type';
export { dstMtu } from './path-mtu';
