import { embedInError, readEmbedded } from '../../wire/embedded';
import type { Icmpv6Message, Ipv6Packet } from '../../wire/frame';
import { IPPROTO_ICMPV6 } from '../../wire/frame';
import {
  ICMPV6_ADDR_UNREACH,
  ICMPV6_DEST_UNREACH,
  ICMPV6_ECHO_REPLY,
  ICMPV6_ECHO_REQUEST,
  ICMPV6_PARAMPROB,
  ICMPV6_PKT_TOOBIG,
  ICMPV6_TIME_EXCEED,
  isIcmpv6Error,
  NDISC_NEIGHBOUR_ADVERTISEMENT,
  NDISC_NEIGHBOUR_SOLICITATION,
  NDISC_ROUTER_ADVERTISEMENT,
} from '../../wire/icmpv6';
import { isLinkLocal6, isMulticast } from '../../wire/ip';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { dadFailure } from './addrconf';
import type { IcmpError, L4Protocol } from './l4-protocol';
import { ndiscRecvNa, ndiscRecvNs } from './ndisc';
import { ipOutput } from './output';
import { holder6, routeOutput6 } from './route6';
import { routerDiscovery } from './router-discovery';

export interface Icmp6Send {
  readonly type: number;
  readonly code: number;
  /** MTU of packet too big, pointer of a parameter problem. */
  readonly info: number;
}

/** RFC 4443 §2.4 (c): an error fits the minimum MTU. */
const MAX_EMBEDDED = 1280 - 40 - 8;

/** icmp6_send(), net/ipv6/icmp.c. */
export function icmp6Send(skb: Skb, error: Icmp6Send): void {
  const { packet } = skb;
  if (packet.kind !== 'ipv6' || !mayAnswer(skb, packet, error)) return;
  const net = skb.dev.netns;
  const dev = skb.inDev ?? skb.dev;
  const src = holder6(net, packet.dst) ? packet.dst : undefined;
  const oif = isLinkLocal6(packet.src) ? dev.ifindex : 0;
  const route = routeOutput6(net, { dst: packet.src, src, oif, protocol: IPPROTO_ICMPV6 });
  if (!route.ok) return;
  const limited = error.type !== ICMPV6_PKT_TOOBIG && route.value.dev !== net.lo;
  const rate = net.ipv6.icmp.ratelimit >> (route.value.route?.prefixLen === 128 ? 0 : 2);
  if (limited && rate > 0 && !net.ipv4.peers.allow(packet.src, rate)) {
    traceSkb(skb, 'icmp6_send', 'pass', { detail: 'rate limited', reason: 'ICMP_RATELIMIT' });
    return;
  }
  const data = embedInError(packet, MAX_EMBEDDED);
  const { type, code, info } = error;
  const source = route.value.src;
  if (typeof source !== 'bigint') return;
  ipOutput(net, {
    packet: {
      kind: 'ipv6',
      src: source,
      dst: packet.src,
      trafficClass: 0,
      flowLabel: 0,
      hopLimit: route.value.dev.in6Dev.conf.hop_limit,
      nextHeader: IPPROTO_ICMPV6,
      payload: { kind: 'icmpv6', type, code, rest: info, data },
    },
    dst: route.value,
    parentId: skb.id,
    about: skb,
  });
}

/** RFC 4443 §2.4 (e). */
function mayAnswer(skb: Skb, packet: Ipv6Packet, error: Icmp6Send): boolean {
  const tooBig = error.type === ICMPV6_PKT_TOOBIG;
  if (packet.src === 0n || isMulticast(packet.src)) return false;
  if ((isMulticast(packet.dst) || skb.pktType !== 'host') && !tooBig) return false;
  if (packet.fragment && packet.fragment.offset !== 0) return false;
  return !(packet.payload.kind === 'icmpv6' && isIcmpv6Error(packet.payload.type));
}

/** The protocol handler of ICMPv6 itself. */
export const ICMPV6_PROTOCOL: L4Protocol = { rcv: icmpv6Rcv, err: icmpv6Err };

/** icmpv6_rcv(). */
function icmpv6Rcv(skb: Skb): void {
  const { packet, dev } = skb;
  if (packet.kind !== 'ipv6' || packet.payload.kind !== 'icmpv6') return;
  const message = packet.payload;
  dev.netns.snmp.icmp('In', 6, message.type);
  switch (message.type) {
    case ICMPV6_ECHO_REQUEST:
      echoReply(skb, packet, message);
      return;
    case ICMPV6_ECHO_REPLY:
      traceSkb(skb, 'icmpv6_rcv', 'consume');
      dev.netns.pingRcv?.(skb);
      return;
    case ICMPV6_DEST_UNREACH:
    case ICMPV6_PKT_TOOBIG:
    case ICMPV6_TIME_EXCEED:
    case ICMPV6_PARAMPROB:
      icmpv6Notify(skb, packet, message);
      return;
    case NDISC_NEIGHBOUR_SOLICITATION:
    case NDISC_NEIGHBOUR_ADVERTISEMENT:
      if (packet.hopLimit !== 255) {
        kfreeSkbReason(skb, 'NOT_SPECIFIED', 'ndisc_rcv', 'hop limit is not 255');
      } else if (message.type === NDISC_NEIGHBOUR_SOLICITATION) {
        ndiscRecvNs(skb, packet, message, dadFailure);
      } else ndiscRecvNa(skb, message, dadFailure);
      return;
    case NDISC_ROUTER_ADVERTISEMENT:
      routerDiscovery(skb, packet, message);
      return;
    default:
      traceSkb(skb, 'icmpv6_rcv', 'consume');
  }
}

/** icmpv6_echo_reply(). */
function echoReply(skb: Skb, packet: Ipv6Packet, request: Icmpv6Message): void {
  const { dev } = skb;
  const net = dev.netns;
  const group = isMulticast(packet.dst);
  if (net.ipv6.icmp.echo_ignore_all || (group && net.ipv6.icmp.echo_ignore_multicast)) {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'icmpv6_echo_reply', 'echo_ignore');
    return;
  }
  traceSkb(skb, 'icmpv6_echo_reply', 'consume');
  const src = group ? undefined : packet.dst;
  const oif = isLinkLocal6(packet.src) || group ? dev.ifindex : 0;
  const route = routeOutput6(net, { dst: packet.src, src, oif });
  if (!route.ok || typeof route.value.src !== 'bigint') return;
  ipOutput(net, {
    packet: {
      ...packet,
      src: route.value.src,
      dst: packet.src,
      hopLimit: route.value.dev.in6Dev.conf.hop_limit,
      fragment: undefined,
      payload: { ...request, type: ICMPV6_ECHO_REPLY, code: 0 },
    },
    dst: route.value,
    parentId: skb.id,
  });
}

/** icmpv6_err_convert(). */
const UNREACH_ERRORS: readonly (readonly [Errno, boolean])[] = [
  ['ENETUNREACH', false],
  ['EACCES', true],
  ['EHOSTUNREACH', false],
  ['EHOSTUNREACH', false],
  ['ECONNREFUSED', true],
  ['EACCES', true],
  ['EACCES', true],
];

function errConvert(message: Icmpv6Message): readonly [Errno | undefined, boolean] {
  switch (message.type) {
    case ICMPV6_DEST_UNREACH:
      return UNREACH_ERRORS[message.code] ?? ['EPROTO', true];
    case ICMPV6_PKT_TOOBIG:
      return ['EMSGSIZE', false];
    case ICMPV6_TIME_EXCEED:
      return ['EHOSTUNREACH', false];
    default:
      return ['EPROTO', true];
  }
}

/** icmpv6_notify(); rt6_do_update_pmtu() for packet too big. */
function icmpv6Notify(skb: Skb, packet: Ipv6Packet, message: Icmpv6Message): void {
  const net = skb.dev.netns;
  const embedded = readEmbedded(message.data);
  if (!embedded.ok || typeof embedded.value.dst !== 'bigint') {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'icmpv6_notify');
    return;
  }
  traceSkb(skb, 'icmpv6_notify', 'consume');
  const tooBig = message.type === ICMPV6_PKT_TOOBIG;
  const info = tooBig || message.type === ICMPV6_PARAMPROB ? message.rest >>> 0 : 0;
  if (tooBig) updatePmtu6(net, embedded.value.dst, info);
  const [errno, fatal] = errConvert(message);
  const error: IcmpError = {
    family: 6,
    type: message.type,
    code: message.code,
    info,
    errno,
    fatal,
    offender: packet.src,
    ttl: packet.hopLimit,
    embedded: embedded.value,
    dev: skb.dev,
  };
  net.raw6?.err(net, error);
  net.protocols6.get(embedded.value.protocol)?.err(net, error);
}

/** ip6_rt_mtu_expires: ten minutes. */
const MTU_EXPIRES_US = 600_000_000;

function updatePmtu6(net: Netns, dst: bigint, mtu: number): void {
  const route = routeOutput6(net, { dst });
  if (!route.ok || !route.value.nexthop) return;
  net.ipv6.exceptions.update(route.value.nexthop, dst, {
    gateway: undefined,
    mtu: Math.max(mtu, 1280),
    mtuLocked: false,
    expiresAtUs: net.kernel.scheduler.nowUs + MTU_EXPIRES_US,
  });
}

function icmpv6Err(net: Netns, error: IcmpError): void {
  net.pingErr?.(net, error);
}

/** ip6_link_failure(). */
export function linkFailure6(skb: Skb): void {
  icmp6Send(skb, { type: ICMPV6_DEST_UNREACH, code: ICMPV6_ADDR_UNREACH, info: 0 });
}

export function fragNeeded6(skb: Skb, mtu: number): void {
  icmp6Send(skb, { type: ICMPV6_PKT_TOOBIG, code: 0, info: mtu });
}
