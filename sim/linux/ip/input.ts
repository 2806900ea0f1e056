import {
  ICMP_DEST_UNREACH,
  ICMP_HOST_UNREACH,
  ICMP_NET_UNREACH,
  ICMP_PKT_FILTERED,
  ICMP_PROT_UNREACH,
} from '../../wire/icmp';
import type { Errno } from '../errno';
import { nfHook } from '../netfilter/nf-hook';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { ipForward } from './forward';
import { icmpSend } from './icmp';
import { logMartian } from './martian';
import { type InputRoute, orConf, routeInput4 } from './route';

/** ip_rcv(), net/ipv4/ip_input.c. */
export function ipRcv(skb: Skb): void {
  const { dev, packet } = skb;
  if (packet.kind !== 'ipv4') return;
  if (skb.pktType === 'otherhost') {
    kfreeSkbReason(skb, 'OTHERHOST', 'ip_rcv');
    return;
  }
  dev.netns.snmp.packet('In', skb);
  traceSkb(skb, 'ip_rcv');
  // ip_sabotage_in(): what came up from a bridge has been at PREROUTING already.
  if (skb.physIn) {
    ipRcvFinish(skb);
    return;
  }
  nfHook({
    net: dev.netns,
    family: 'ipv4',
    hook: 'PREROUTING',
    skb,
    in: dev,
    out: undefined,
    okfn: ipRcvFinish,
  });
}

/** ip_rcv_finish(): where to. A packet that came over `lo` knows already. */
export function ipRcvFinish(skb: Skb): void {
  const { packet, dev } = skb;
  if (packet.kind !== 'ipv4') return;
  if (skb.dst?.local) {
    ipLocalDeliver(skb);
    return;
  }
  const l4 = packet.payload;
  const ports = l4.kind === 'tcp' || l4.kind === 'udp' ? l4 : undefined;
  const route = routeInput4(dev.netns, {
    src: packet.src,
    dst: packet.dst,
    dev,
    tos: packet.tos,
    mark: skb.mark,
    protocol: packet.protocol,
    srcPort: ports?.srcPort,
    dstPort: ports?.dstPort,
    isIp: true,
  });
  deliverRoute(skb, route);
}

function deliverRoute(skb: Skb, route: InputRoute): void {
  if (route.kind === 'martian') {
    const reason = route.errno === 'EXDEV' ? 'IP_RPFILTER' : 'MARTIAN';
    if (reason === 'IP_RPFILTER') skb.dev.netns.snmp.inc('TcpExt', 'IPReversePathFilter');
    if (route.logged) logMartian(skb, route.logged);
    kfreeSkbReason(skb, reason, 'ip_route_input', route.detail);
    return;
  }
  skb.dst = route.dst;
  if (route.kind === 'unreachable') {
    ipError(skb, route.errno);
    return;
  }
  const group = skb.pktType === 'broadcast' || skb.pktType === 'multicast';
  const unicast = route.dst.type === 'unicast' || route.dst.type === 'local';
  if (group && unicast && orConf(skb.dev, 'drop_unicast_in_l2_multicast')) {
    kfreeSkbReason(skb, 'UNICAST_IN_L2_MULTICAST', 'ip_rcv_finish');
    return;
  }
  if (route.kind === 'local') ipLocalDeliver(skb);
  else ipForward(skb);
}

/** ip_rt_error_cost, ip_rt_error_burst of net/ipv4/route.c, in ms. */
const ERROR_COST_MS = 1000;
const ERROR_BURST_MS = 5000;

const ERROR_CODE: Partial<Record<Errno, number>> = {
  EHOSTUNREACH: ICMP_HOST_UNREACH,
  ENETUNREACH: ICMP_NET_UNREACH,
  EACCES: ICMP_PKT_FILTERED,
};

/** ip_error(): a host that does not forward stays silent; a router answers, at a limited rate. */
function ipError(skb: Skb, errno: Errno): void {
  const { dev, packet } = skb;
  if (packet.kind !== 'ipv4') return;
  const net = dev.netns;
  if (!dev.inDev.conf.forwarding) {
    net.snmp.inc('Ip', 'InAddrErrors');
    kfreeSkbReason(skb, 'FORWARDING_OFF', 'ip_error', `forwarding is off on ${dev.name}`);
    return;
  }
  const code = ERROR_CODE[errno];
  if (errno === 'ENETUNREACH') net.snmp.inc('IpExt', 'InNoRoutes');
  if (code !== undefined) {
    const peer = net.ipv4.peers.get(packet.src);
    const now = net.ipv4.peers.nowMs;
    peer.rateTokensMs = Math.min(peer.rateTokensMs + now - peer.rateLastMs, ERROR_BURST_MS);
    peer.rateLastMs = now;
    if (peer.rateTokensMs >= ERROR_COST_MS) {
      peer.rateTokensMs -= ERROR_COST_MS;
      icmpSend(skb, { type: ICMP_DEST_UNREACH, code, info: 0 });
    }
  }
  const reason = errno === 'EINVAL' ? 'BLACKHOLE' : 'IP_INNOROUTES';
  kfreeSkbReason(skb, reason, 'ip_error', errno);
}

/** ip_local_deliver(): whole packets only, past INPUT. */
export function ipLocalDeliver(skb: Skb): void {
  const { dev, packet } = skb;
  if (packet.kind !== 'ipv4') return;
  const net = dev.netns;
  let whole = skb;
  if (packet.mf || packet.fragOffset !== 0) {
    net.snmp.inc('Ip', 'ReasmReqds');
    const done = net.ipv4.frags.add(skb);
    if (!done) return;
    net.snmp.inc('Ip', 'ReasmOKs');
    whole = done;
  }
  nfHook({
    net,
    family: 'ipv4',
    hook: 'INPUT',
    skb: whole,
    in: dev,
    out: undefined,
    okfn: ipLocalDeliverFinish,
  });
}

/** ip_protocol_deliver_rcu(): raw sockets, then the protocol. */
function ipLocalDeliverFinish(skb: Skb): void {
  const { dev, packet } = skb;
  if (packet.kind !== 'ipv4') return;
  const net = dev.netns;
  traceSkb(skb, 'ip_local_deliver', 'deliver');
  const raw = net.raw4?.deliver(skb) ?? false;
  if (packet.payload.kind === 'udp' && net.udpTunnels.get(packet.payload.dstPort)?.(skb)) return;
  const protocol = net.protocols4.get(packet.protocol);
  if (protocol) {
    net.snmp.inc('Ip', 'InDelivers');
    protocol.rcv(skb);
    return;
  }
  if (raw) {
    net.snmp.inc('Ip', 'InDelivers');
    return;
  }
  net.snmp.inc('Ip', 'InUnknownProtos');
  icmpSend(skb, { type: ICMP_DEST_UNREACH, code: ICMP_PROT_UNREACH, info: 0 });
  kfreeSkbReason(skb, 'IP_NOPROTO', 'ip_protocol_deliver_rcu', `protocol ${packet.protocol}`);
}
