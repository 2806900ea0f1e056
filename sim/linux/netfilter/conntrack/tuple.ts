import type { EmbeddedPacket } from '../../../wire/embedded';
import {
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  type Ip,
  type IpPacket,
  type L4,
} from '../../../wire/frame';

/** IP_CT_DIR_ORIGINAL, IP_CT_DIR_REPLY. */
export const ORIGINAL = 0;
export const REPLY = 1;
export type CtDir = typeof ORIGINAL | typeof REPLY;

/**
 * struct nf_conntrack_tuple: one direction of a flow. `srcPort` is `src.u.all`: a port, or the id of an
 * ICMP query; `dstPort` is a port, or type and code of the query as `type << 8 | code`.
 */
export interface NfTuple {
  readonly src: Ip;
  readonly dst: Ip;
  readonly proto: number;
  readonly srcPort: number;
  readonly dstPort: number;
}

export const icmpTuple = (type: number, code: number): number => (type << 8) | code;
export const icmpTypeOf = (tuple: NfTuple): number => tuple.dstPort >> 8;
export const icmpCodeOf = (tuple: NfTuple): number => tuple.dstPort & 0xff;

export const isIcmpProto = (proto: number): boolean =>
  proto === IPPROTO_ICMP || proto === IPPROTO_ICMPV6;
export const hasPorts = (proto: number): boolean => proto === IPPROTO_TCP || proto === IPPROTO_UDP;

/** invmap[] of nf_conntrack_proto_icmp.c and nf_conntrack_proto_icmpv6.c: queries and their answers. */
const INVERSE: ReadonlyMap<number, ReadonlyMap<number, number>> = new Map([
  [IPPROTO_ICMP, pairs([8, 0], [13, 14], [15, 16], [17, 18])],
  [IPPROTO_ICMPV6, pairs([128, 129], [139, 140])],
]);

function pairs(...list: readonly (readonly [number, number])[]): ReadonlyMap<number, number> {
  return new Map(list.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
}

/** nf_ct_invert_tuple(): the other direction; undefined for an ICMP message without an answer. */
export function invertTuple(tuple: NfTuple): NfTuple | undefined {
  const { src, dst, proto, srcPort, dstPort } = tuple;
  if (!isIcmpProto(proto)) {
    return { src: dst, dst: src, proto, srcPort: dstPort, dstPort: srcPort };
  }
  const inverse = INVERSE.get(proto)?.get(icmpTypeOf(tuple));
  if (inverse === undefined) return undefined;
  const answer = icmpTuple(inverse, icmpCodeOf(tuple));
  return { src: dst, dst: src, proto, srcPort, dstPort: answer };
}

/** nf_ct_get_tuple(): undefined where the packet is too short to tell. */
export function tupleOf(packet: IpPacket): NfTuple | undefined {
  const proto = packet.kind === 'ipv4' ? packet.protocol : packet.nextHeader;
  const ports = l4Ports(packet.payload, proto);
  if (!ports) return undefined;
  return { src: packet.src, dst: packet.dst, proto, ...ports };
}

type Ports = Pick<NfTuple, 'srcPort' | 'dstPort'>;

const NO_PORTS: Ports = { srcPort: 0, dstPort: 0 };

function l4Ports(l4: L4, proto: number): Ports | undefined {
  switch (l4.kind) {
    case 'tcp':
    case 'udp':
      return { srcPort: l4.srcPort, dstPort: l4.dstPort };
    case 'icmp':
    case 'icmpv6':
      return { srcPort: l4.rest >>> 16, dstPort: icmpTuple(l4.type, l4.code) };
    default:
      return hasPorts(proto) || isIcmpProto(proto) ? undefined : NO_PORTS;
  }
}

/** The tuple of the packet inside an ICMP error. */
export function embeddedTuple(inner: EmbeddedPacket): NfTuple | undefined {
  const { src, dst, protocol: proto, ports, icmp } = inner;
  if (ports) return { src, dst, proto, srcPort: ports.src, dstPort: ports.dst };
  if (icmp) {
    return { src, dst, proto, srcPort: icmp.id, dstPort: icmpTuple(icmp.type, icmp.code) };
  }
  if (hasPorts(proto) || isIcmpProto(proto)) return undefined;
  return { src, dst, proto, ...NO_PORTS };
}

/** The hash key of a tuple in one zone: of IPv4, sixteen bits a character, for it is made for every packet. */
export function tupleKey(t: NfTuple, zone: number): string {
  const { src, srcPort, dst, dstPort, proto } = t;
  if (typeof src !== 'number' || typeof dst !== 'number') {
    return `${src} ${srcPort} ${dst} ${dstPort} ${proto} ${zone}`;
  }
  return String.fromCharCode(src >>> 16, src, srcPort, dst >>> 16, dst, dstPort, proto, zone);
}

/** nf_ct_tuple_equal(). */
export const tupleEqual = (a: NfTuple, b: NfTuple): boolean =>
  a.src === b.src &&
  a.dst === b.dst &&
  a.srcPort === b.srcPort &&
  a.dstPort === b.dstPort &&
  a.proto === b.proto;
