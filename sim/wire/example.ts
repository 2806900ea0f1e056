import {
  type EthernetFrame,
  type IcmpMessage,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_IPIP,
  IPPROTO_IPV6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  type Ipv4Packet,
  type Ipv6Packet,
  type L3,
  type L4,
  type TcpSegment,
  type UdpDatagram,
} from './frame';
import { parseIpv4, parseIpv6 } from './ip';
import { parseMac } from './mac';

/** Packets with everything ordinary filled in, for tests and examples; a wrong address is our bug. */

export function v4(text: string): number {
  const ip = parseIpv4(text);
  if (ip === undefined) throw new Error(`no IPv4 address: ${text}`);
  return ip;
}

export function v6(text: string): bigint {
  const ip = parseIpv6(text);
  if (ip === undefined) throw new Error(`no IPv6 address: ${text}`);
  return ip;
}

export function mac(text: string): number {
  const parsed = parseMac(text);
  if (parsed === undefined) throw new Error(`no MAC address: ${text}`);
  return parsed;
}

const PROTOCOL = {
  icmp: IPPROTO_ICMP,
  icmpv6: IPPROTO_ICMPV6,
  udp: IPPROTO_UDP,
  tcp: IPPROTO_TCP,
  ipv4: IPPROTO_IPIP,
  ipv6: IPPROTO_IPV6,
  bytes: IPPROTO_ICMP,
} as const;

export const frame = (payload: L3, more: Partial<EthernetFrame> = {}): EthernetFrame => ({
  dst: mac('02:00:00:00:00:a1'),
  src: mac('02:00:00:00:00:01'),
  payload,
  ...more,
});

interface Path {
  readonly src: string;
  readonly dst: string;
}

/** `'10.0.0.1 > 10.0.0.2'` */
function path(text: string): Path {
  const [src = '', dst = ''] = text.split(' > ');
  return { src, dst };
}

export const ipv4 = (way: string, payload: L4, more: Partial<Ipv4Packet> = {}): Ipv4Packet => ({
  kind: 'ipv4',
  src: v4(path(way).src),
  dst: v4(path(way).dst),
  tos: 0,
  id: 0,
  df: false,
  mf: false,
  fragOffset: 0,
  ttl: 64,
  protocol: PROTOCOL[payload.kind],
  options: new Uint8Array(0),
  payload,
  ...more,
});

export const ipv6 = (way: string, payload: L4, more: Partial<Ipv6Packet> = {}): Ipv6Packet => ({
  kind: 'ipv6',
  src: v6(path(way).src),
  dst: v6(path(way).dst),
  trafficClass: 0,
  flowLabel: 0,
  hopLimit: 255,
  nextHeader: PROTOCOL[payload.kind],
  payload,
  ...more,
});

/** What `ping` sends; `type` 8 request, 0 reply. */
export const echo = (type: number, id: number, seq: number, size = 56): IcmpMessage => ({
  kind: 'icmp',
  type,
  code: 0,
  rest: id * 65_536 + seq,
  data: new Uint8Array(size),
});

export const udp = (srcPort: number, dstPort: number, payload: Uint8Array): UdpDatagram => ({
  kind: 'udp',
  srcPort,
  dstPort,
  payload,
});

export const tcp = (flags: number, more: Partial<TcpSegment> = {}): TcpSegment => ({
  kind: 'tcp',
  srcPort: 5555,
  dstPort: 80,
  seq: 657_647_857,
  ack: 0,
  flags,
  window: 64_240,
  urgent: 0,
  options: {},
  payload: new Uint8Array(0),
  ...more,
});
