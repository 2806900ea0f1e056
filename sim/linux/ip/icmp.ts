import { NO_BYTES } from '../../base/bytes';
import { embedInError, readEmbedded } from '../../wire/embedded';
import type { IcmpMessage, Ipv4, Ipv4Packet } from '../../wire/frame';
import { IPPROTO_ICMP } from '../../wire/frame';
import {
  ICMP_DEST_UNREACH,
  ICMP_ECHO,
  ICMP_ECHOREPLY,
  ICMP_FRAG_NEEDED,
  ICMP_HOST_UNREACH,
  ICMP_PARAMETERPROB,
  ICMP_REDIRECT,
  ICMP_TIME_EXCEEDED,
  ICMP_TIMESTAMP,
  isIcmpError,
} from '../../wire/icmp';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { addressType } from './address-type';
import { RT_SCOPE_LINK } from './fib';
import type { IcmpError, L4Protocol } from './l4-protocol';
import { ipOutput } from './output';
import { doRedirect4, updatePmtu4 } from './path-mtu';
import { routeOutput4, specDst } from './route';
import { inetSelectAddr } from './select-address';

export interface IcmpSend {
  readonly type: number;
  readonly code: number;
  /** The second word: next-hop MTU, gateway. */
  readonly info: number;
}

/** An ICMP error is at most 576 bytes long: RFC 1812 §4.3.2.3 as icmp_send() applies it. */
const MAX_ERROR_LENGTH = 576;
/** IPTOS_PREC_INTERNETCONTROL. */
const TOS_INTERNETCONTROL = 0xc0;

/** icmp_send(), net/ipv4/icmp.c: an error about `skb`, to its sender. */
export function icmpSend(skb: Skb, error: IcmpSend): void {
  const { packet, dst } = skb;
  if (packet.kind !== 'ipv4' || !dst || !mayAnswer(skb, packet, error.type)) return;
  const net = skb.dev.netns;
  const dev = skb.inDev ?? skb.dev;
  let src: Ipv4 = dst.local && dst.type === 'local' ? packet.dst : 0;
  if (src === 0 && net.ipv4.sysctl.icmp_errors_use_inbound_ifaddr && skb.inDev) {
    src = inetSelectAddr(dev, packet.src, RT_SCOPE_LINK);
  }
  const tos =
    error.type === ICMP_REDIRECT ? packet.tos & 0x1e : (packet.tos & 0x1e) | TOS_INTERNETCONTROL;
  const route = routeOutput4(net, {
    dst: packet.src,
    src: src || undefined,
    tos,
    protocol: IPPROTO_ICMP,
  });
  if (!route.ok) return;
  const answer = route.value;
  if (!rateAllows(net, answer.dev === net.lo, packet.src, error)) {
    net.snmp.inc('Icmp', 'OutRateLimitHost');
    traceSkb(skb, 'icmp_send', 'pass', { detail: 'rate limited', reason: 'ICMP_RATELIMIT' });
    return;
  }
  if (typeof answer.src !== 'number') return;
  const data = embedInError(packet, MAX_ERROR_LENGTH - 28);
  const { type, code, info } = error;
  const message: IcmpMessage = { kind: 'icmp', type, code, rest: info, data };
  ipOutput(net, {
    packet: icmpPacket(net, { src: answer.src, dst: packet.src, tos, message }),
    dst: answer,
    parentId: skb.id,
    about: skb,
  });
}

interface IcmpHeader {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly tos: number;
  readonly message: IcmpMessage;
}

const icmpPacket = (net: Netns, header: IcmpHeader): Ipv4Packet => ({
  kind: 'ipv4',
  src: header.src,
  dst: header.dst,
  tos: header.tos,
  id: 0,
  df: false,
  mf: false,
  fragOffset: 0,
  ttl: net.ipv4.sysctl.ip_default_ttl,
  protocol: IPPROTO_ICMP,
  options: NO_BYTES,
  payload: header.message,
});

/** RFC 1122 §3.2.2: no error about an error, a broadcast, or a later fragment. */
function mayAnswer(skb: Skb, packet: Ipv4Packet, type: number): boolean {
  if (skb.pktType !== 'host' || packet.fragOffset !== 0) return false;
  if (skb.dst?.broadcast || skb.dst?.multicast) return false;
  const inner = packet.payload;
  return !(isIcmpError(type) && inner.kind === 'icmp' && isIcmpError(inner.type));
}

/** icmpv4_xrlim_allow(): types in icmp_ratemask, by destination; path MTU discovery and `lo` are free. */
function rateAllows(net: Netns, loopback: boolean, dst: Ipv4, error: IcmpSend): boolean {
  const { icmp_ratemask, icmp_ratelimit } = net.ipv4.sysctl;
  // A limit of 0 allows everything but empties the peer's bucket, which ip_error() also draws from.
  if (loopback) return true;
  if (error.type === ICMP_DEST_UNREACH && error.code === ICMP_FRAG_NEEDED) return true;
  if (((1 << error.type) & icmp_ratemask) === 0) return true;
  return net.ipv4.peers.allow(dst, icmp_ratelimit);
}

/** The protocol handler of ICMP itself. */
export const ICMP_PROTOCOL: L4Protocol = { rcv: icmpRcv, err: icmpErr };

/** icmp_rcv(). */
function icmpRcv(skb: Skb): void {
  const { packet, dev, dst } = skb;
  if (packet.kind !== 'ipv4' || packet.payload.kind !== 'icmp') return;
  const net = dev.netns;
  const message = packet.payload;
  net.snmp.icmp('In', 4, message.type);
  if (dst?.broadcast || dst?.multicast) {
    const ignored = net.ipv4.sysctl.icmp_echo_ignore_broadcasts !== 0;
    const isQuestion = message.type === ICMP_ECHO || message.type === ICMP_TIMESTAMP;
    if (!isQuestion || ignored) {
      kfreeSkbReason(skb, 'NOT_SPECIFIED', 'icmp_rcv', 'icmp_echo_ignore_broadcasts');
      return;
    }
  }
  switch (message.type) {
    case ICMP_ECHO:
      icmpEcho(skb, packet, message);
      return;
    case ICMP_DEST_UNREACH:
    case ICMP_TIME_EXCEEDED:
    case ICMP_PARAMETERPROB:
      icmpUnreach(skb, packet, message);
      return;
    case ICMP_REDIRECT:
      icmpRedirect(skb, packet, message);
      return;
    case ICMP_ECHOREPLY:
      traceSkb(skb, 'icmp_rcv', 'consume');
      net.pingRcv?.(skb);
      return;
    default:
      traceSkb(skb, 'icmp_rcv', 'consume');
  }
}

/** icmp_echo(): the payload comes back. */
function icmpEcho(skb: Skb, packet: Ipv4Packet, request: IcmpMessage): void {
  const { dev, dst } = skb;
  const net = dev.netns;
  if (net.ipv4.sysctl.icmp_echo_ignore_all !== 0) {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'icmp_echo', 'icmp_echo_ignore_all');
    return;
  }
  traceSkb(skb, 'icmp_echo', 'consume');
  const group = dst?.broadcast || dst?.multicast;
  const src = group ? specDst(dev, packet.src, packet.dst) : packet.dst;
  const route = routeOutput4(net, { dst: packet.src, src, tos: packet.tos & 0x1e });
  if (!route.ok) return;
  const message: IcmpMessage = { ...request, type: ICMP_ECHOREPLY, code: 0 };
  const header = { src, dst: packet.src, tos: packet.tos, message };
  ipOutput(net, { packet: icmpPacket(net, header), dst: route.value, parentId: skb.id });
}

/** icmp_unreach(): to the socket whose packet it was. */
function icmpUnreach(skb: Skb, packet: Ipv4Packet, message: IcmpMessage): void {
  const net = skb.dev.netns;
  const embedded = readEmbedded(message.data);
  if (!embedded.ok || typeof embedded.value.dst !== 'number') {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'icmp_unreach');
    return;
  }
  const fragNeeded = message.type === ICMP_DEST_UNREACH && message.code === ICMP_FRAG_NEEDED;
  const info = fragNeeded ? message.rest & 0xffff : 0;
  if (!fragNeeded && addressType(net, embedded.value.dst) === 'broadcast') {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'icmp_unreach', 'about a broadcast');
    return;
  }
  traceSkb(skb, 'icmp_unreach', 'consume');
  if (fragNeeded && net.ipv4.sysctl.ip_no_pmtu_disc === 0) {
    updatePmtu4(net, embedded.value.dst, info);
  }
  const [errno, fatal] = icmpErrConvert(message);
  socketDeliver(net, {
    family: 4,
    type: message.type,
    code: message.code,
    info,
    errno,
    fatal,
    offender: packet.src,
    ttl: packet.ttl,
    embedded: embedded.value,
    dev: skb.dev,
  });
}

/** icmp_redirect(), then __ip_do_redirect() through the protocol's handler. */
function icmpRedirect(skb: Skb, packet: Ipv4Packet, message: IcmpMessage): void {
  const net = skb.dev.netns;
  const embedded = readEmbedded(message.data);
  if (!embedded.ok) return;
  const { src, dst } = embedded.value;
  if (typeof src !== 'number' || typeof dst !== 'number') return;
  traceSkb(skb, 'icmp_redirect', 'consume');
  doRedirect4(net, { dev: skb.dev, from: packet.src, gateway: message.rest >>> 0, src, dst });
  socketDeliver(net, {
    family: 4,
    type: message.type,
    code: message.code,
    info: 0,
    errno: undefined,
    fatal: false,
    offender: packet.src,
    ttl: packet.ttl,
    gateway: message.rest >>> 0,
    embedded: embedded.value,
    dev: skb.dev,
  });
}

/** icmp_socket_deliver(). */
function socketDeliver(net: Netns, error: IcmpError): void {
  net.raw4?.err(net, error);
  net.protocols4.get(error.embedded.protocol)?.err(net, error);
}

/** icmp_err(): an error about an echo request of a ping socket. */
function icmpErr(net: Netns, error: IcmpError): void {
  net.pingErr?.(net, error);
}

/** icmp_err_convert[] by code of ICMP_DEST_UNREACH: errno, and whether it is fatal. */
const UNREACH_ERRORS: readonly (readonly [Errno, boolean])[] = [
  ['ENETUNREACH', false],
  ['EHOSTUNREACH', false],
  ['ENOPROTOOPT', true],
  ['ECONNREFUSED', true],
  ['EMSGSIZE', false],
  ['EOPNOTSUPP', false],
  ['ENETUNREACH', true],
  ['EHOSTDOWN', true],
  ['ENONET', true],
  ['ENETUNREACH', true],
  ['EHOSTUNREACH', true],
  ['ENETUNREACH', false],
  ['EHOSTUNREACH', false],
  ['EHOSTUNREACH', true],
  ['EHOSTUNREACH', true],
  ['EHOSTUNREACH', true],
];

function icmpErrConvert(message: IcmpMessage): readonly [Errno | undefined, boolean] {
  if (message.type === ICMP_TIME_EXCEEDED) return ['EHOSTUNREACH', false];
  if (message.type === ICMP_PARAMETERPROB) return ['EPROTO', true];
  return UNREACH_ERRORS[message.code] ?? [undefined, false];
}

/** ipv4_link_failure(): the neighbour did not answer. */
export function linkFailure4(skb: Skb): void {
  icmpSend(skb, { type: ICMP_DEST_UNREACH, code: ICMP_HOST_UNREACH, info: 0 });
}

export function fragNeeded4(skb: Skb, mtu: number): void {
  icmpSend(skb, { type: ICMP_DEST_UNREACH, code: ICMP_FRAG_NEEDED, info: mtu });
}
