import {
  ICMPV6_ADM_PROHIBITED,
  ICMPV6_DEST_UNREACH,
  ICMPV6_NOROUTE,
  ICMPV6_PARAMPROB,
  ICMPV6_TIME_EXCEED,
} from '../../wire/icmpv6';
import { isLinkLocal6 } from '../../wire/ip';
import { ipLength } from '../../wire/length';
import type { Errno } from '../errno';
import { nfHook } from '../netfilter/nf-hook';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { icmp6Send } from './icmpv6';
import { dstOutput } from './output';
import { dstMtu } from './path-mtu';
import { routeInput6 } from './route6';

/** ipv6_rcv(), net/ipv6/ip6_input.c. */
export function ipv6Rcv(skb: Skb): void {
  const { dev, packet } = skb;
  if (packet.kind !== 'ipv6') return;
  if (skb.pktType === 'otherhost') {
    kfreeSkbReason(skb, 'OTHERHOST', 'ipv6_rcv');
    return;
  }
  dev.netns.snmp.packet('In', skb);
  if (dev.in6Dev.conf.disable_ipv6 !== 0) {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'ipv6_rcv', 'disable_ipv6');
    return;
  }
  traceSkb(skb, 'ipv6_rcv');
  // ip_sabotage_in(): what came up from a bridge has been at PREROUTING already.
  if (skb.physIn) {
    ip6RcvFinish(skb);
    return;
  }
  nfHook({
    net: dev.netns,
    family: 'ipv6',
    hook: 'PREROUTING',
    skb,
    in: dev,
    out: undefined,
    okfn: ip6RcvFinish,
  });
}

/** ip6_rcv_finish(). */
export function ip6RcvFinish(skb: Skb): void {
  const { packet, dev } = skb;
  if (packet.kind !== 'ipv6') return;
  if (skb.dst?.local) {
    ip6Input(skb);
    return;
  }
  const { src, dst } = packet;
  const route = routeInput6(dev.netns, { src, dst, dev, mark: skb.mark });
  if (route.kind === 'drop') {
    kfreeSkbReason(skb, 'IP_INADDRERRORS', 'ip6_route_input', route.detail);
    return;
  }
  skb.dst = route.dst;
  if (route.kind === 'unreachable') {
    refuse(skb, route.errno);
  } else if (route.kind === 'local') ip6Input(skb);
  else ip6Forward(skb);
}

/** ip6_pkt_discard(), ip6_pkt_prohibit(); dst_discard() of a blackhole. */
function refuse(skb: Skb, errno: Errno): void {
  if (errno === 'EINVAL') {
    kfreeSkbReason(skb, 'BLACKHOLE', 'dst_discard', errno);
    return;
  }
  const code = errno === 'EACCES' ? ICMPV6_ADM_PROHIBITED : ICMPV6_NOROUTE;
  icmp6Send(skb, { type: ICMPV6_DEST_UNREACH, code, info: 0 });
  const where = errno === 'EACCES' ? 'ip6_pkt_prohibit' : 'ip6_pkt_discard';
  kfreeSkbReason(skb, 'IP_INNOROUTES', where, errno);
}

/** ip6_input(). */
function ip6Input(skb: Skb): void {
  const { dev, packet } = skb;
  if (packet.kind !== 'ipv6') return;
  const net = dev.netns;
  const whole = packet.fragment ? net.ipv6.frags.add(skb) : skb;
  if (!whole) return;
  nfHook({
    net,
    family: 'ipv6',
    hook: 'INPUT',
    skb: whole,
    in: dev,
    out: undefined,
    okfn: ip6InputFinish,
  });
}

/** ip6_protocol_deliver_rcu(). */
function ip6InputFinish(skb: Skb): void {
  const { dev, packet } = skb;
  if (packet.kind !== 'ipv6') return;
  const net = dev.netns;
  traceSkb(skb, 'ip6_input', 'deliver');
  const raw = net.raw6?.deliver(skb) ?? false;
  if (packet.payload.kind === 'udp' && net.udpTunnels.get(packet.payload.dstPort)?.(skb)) return;
  const protocol = net.protocols6.get(packet.nextHeader);
  if (protocol) {
    net.snmp.inc('Ip6', 'InDelivers');
    protocol.rcv(skb);
    return;
  }
  if (raw) return;
  // ICMPV6_UNK_NEXTHDR, the next header field is byte 6.
  icmp6Send(skb, { type: ICMPV6_PARAMPROB, code: 1, info: 6 });
  kfreeSkbReason(skb, 'IP_NOPROTO', 'ip6_protocol_deliver_rcu', `protocol ${packet.nextHeader}`);
}

/** ip6_forward(), net/ipv6/ip6_output.c. */
function ip6Forward(skb: Skb): void {
  const { packet, dst } = skb;
  if (packet.kind !== 'ipv6' || !dst) return;
  const net = skb.dev.netns;
  if (skb.pktType !== 'host') {
    kfreeSkbReason(skb, 'OTHERHOST', 'ip6_forward');
    return;
  }
  if (packet.hopLimit <= 1) {
    icmp6Send(skb, { type: ICMPV6_TIME_EXCEED, code: 0, info: 0 });
    kfreeSkbReason(skb, 'TTL_EXPIRED', 'ip6_forward');
    return;
  }
  if (isLinkLocal6(packet.src) || packet.src === 0n) {
    // ICMPV6_NOT_NEIGHBOUR.
    icmp6Send(skb, { type: ICMPV6_DEST_UNREACH, code: 2, info: 0 });
    kfreeSkbReason(skb, 'IP_INADDRERRORS', 'ip6_forward', 'link-local source');
    return;
  }
  const mtu = dstMtu(dst);
  // ip6_pkt_too_big(): of a packet that was put together, its longest fragment counts.
  if ((skb.fragMaxSize || ipLength(packet)) > mtu) {
    net.fragNeeded(skb, mtu);
    kfreeSkbReason(skb, 'PKT_TOO_BIG', 'ip6_forward', `longer than ${mtu}`);
    return;
  }
  net.snmp.inc('Ip6', 'OutForwDatagrams');
  skb.packet = { ...packet, hopLimit: packet.hopLimit - 1 };
  skb.forwarded = true;
  nfHook({
    net,
    family: 'ipv6',
    hook: 'FORWARD',
    skb,
    in: skb.inDev,
    out: dst.dev,
    okfn: dstOutput,
  });
}
