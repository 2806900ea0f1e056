import { ok, type Result } from '../base/result';
import { updateChecksum } from './checksum';
import { encodeIp } from './codec';
import { type DecodeError, malformed, truncated } from './decode-error';
import {
  IPPROTO_FRAGMENT,
  IPPROTO_HOPOPTS,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  type Ip,
  type IpPacket,
} from './frame';
import { IPV4_HLEN } from './ipv4';
import { IPV6_HLEN } from './ipv6';

/**
 * The packet inside an ICMP error: its header and the first bytes of its payload (RFC 792, RFC 4443
 * §2.4).
 */
export interface EmbeddedPacket {
  readonly src: Ip;
  readonly dst: Ip;
  readonly protocol: number;
  /** TCP or UDP ports, if the bytes reach that far. */
  readonly ports?: { readonly src: number; readonly dst: number } | undefined;
  readonly icmp?: { readonly type: number; readonly code: number; readonly id: number } | undefined;
  /** Where the transport header starts in the bytes. */
  readonly offset: number;
  /** The total length that the packet had, not what is left of it. */
  readonly length: number;
  /** From the transport header on. */
  readonly payload: Uint8Array;
  /** IPv4 only. */
  readonly fragOffset: number;
}

/** The first `max` bytes of the packet, as an ICMP error quotes it. */
export function embedInError(packet: IpPacket, max: number): Uint8Array {
  const bytes = encodeIp(packet);
  return bytes.length > max ? bytes.slice(0, max) : bytes;
}

/**
 * icmp_unreach(), net/ipv4/icmp.c; icmpv6_notify(), net/ipv6/icmp.c: reads a cut packet as far as
 * it goes.
 */
export function readEmbedded(bytes: Uint8Array): Result<EmbeddedPacket, DecodeError> {
  const version = (bytes[0] ?? 0) >> 4;
  if (version === 4) return readEmbedded4(bytes);
  if (version === 6) return readEmbedded6(bytes);
  return bytes.length === 0 ? truncated('icmp') : malformed('icmp', 'embedded version');
}

function readEmbedded4(bytes: Uint8Array): Result<EmbeddedPacket, DecodeError> {
  const offset = ((bytes[0] ?? 0) & 15) * 4;
  if (offset < IPV4_HLEN) return malformed('ipv4', 'header length');
  if (bytes.length < offset) return truncated('ipv4');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const protocol = view.getUint8(9);
  const fragOffset = (view.getUint16(6) & 0x1fff) * 8;
  const payload = bytes.subarray(offset);
  return ok({
    src: view.getUint32(12),
    dst: view.getUint32(16),
    protocol,
    offset,
    length: view.getUint16(2),
    payload,
    fragOffset,
    ...(fragOffset === 0 ? transport(protocol, payload) : {}),
  });
}

function readEmbedded6(bytes: Uint8Array): Result<EmbeddedPacket, DecodeError> {
  if (bytes.length < IPV6_HLEN) return truncated('ipv6');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let protocol = view.getUint8(6);
  let offset = IPV6_HLEN;
  let fragOffset = 0;
  // ipv6_skip_exthdr() for the two extension headers that are modelled.
  while (protocol === IPPROTO_HOPOPTS || protocol === IPPROTO_FRAGMENT) {
    const length = protocol === IPPROTO_FRAGMENT ? 8 : ((bytes[offset + 1] ?? 0) + 1) * 8;
    if (offset + length > bytes.length) return truncated('ipv6');
    if (protocol === IPPROTO_FRAGMENT) fragOffset = view.getUint16(offset + 2) & 0xfff8;
    protocol = view.getUint8(offset);
    offset += length;
  }
  const payload = bytes.subarray(offset);
  return ok({
    src: (view.getBigUint64(8) << 64n) | view.getBigUint64(16),
    dst: (view.getBigUint64(24) << 64n) | view.getBigUint64(32),
    protocol,
    offset,
    length: IPV6_HLEN + view.getUint16(4),
    payload,
    fragOffset,
    ...(fragOffset === 0 ? transport(protocol, payload) : {}),
  });
}

function transport(protocol: number, bytes: Uint8Array): Pick<EmbeddedPacket, 'ports' | 'icmp'> {
  const u16 = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if ((protocol === IPPROTO_TCP || protocol === IPPROTO_UDP) && bytes.length >= 4) {
    return { ports: { src: u16(0), dst: u16(2) } };
  }
  if ((protocol === IPPROTO_ICMP || protocol === IPPROTO_ICMPV6) && bytes.length >= 8) {
    return { icmp: { type: bytes[0] ?? 0, code: bytes[1] ?? 0, id: u16(4) } };
  }
  return {};
}

/** What address translation changes in a quoted packet. */
export interface EmbeddedChange {
  readonly src?: Ip | undefined;
  readonly dst?: Ip | undefined;
  readonly srcPort?: number | undefined;
  readonly dstPort?: number | undefined;
  readonly icmpId?: number | undefined;
}

/**
 * nf_nat_icmp_reply_translation(), net/netfilter/nf_nat_proto.c: the quoted packet as its sender
 * knows it. Header and transport checksums, as far as they are quoted, are updated by difference
 * (RFC 1624).
 */
export function rewriteEmbedded(bytes: Uint8Array, change: EmbeddedChange): Uint8Array {
  const read = readEmbedded(bytes);
  if (!read.ok) return bytes;
  const patch = new EmbeddedPatch(bytes.slice(), read.value);
  const v4 = typeof read.value.src === 'number';
  if (change.src !== undefined) patch.address(v4 ? 12 : 8, change.src);
  if (change.dst !== undefined) patch.address(v4 ? 16 : 24, change.dst);
  if (read.value.ports && change.srcPort !== undefined) patch.word(0, change.srcPort);
  if (read.value.ports && change.dstPort !== undefined) patch.word(2, change.dstPort);
  if (read.value.icmp && change.icmpId !== undefined) patch.word(4, change.icmpId);
  return patch.bytes;
}

/** Where each transport keeps its checksum. */
const CHECKSUM_OFFSET: ReadonlyMap<number, number> = new Map([
  [IPPROTO_TCP, 16],
  [IPPROTO_UDP, 6],
  [IPPROTO_ICMP, 2],
  [IPPROTO_ICMPV6, 2],
]);

/** Bytes under change, with the checksums that cover each change. */
class EmbeddedPatch {
  readonly #packet: EmbeddedPacket;

  constructor(
    readonly bytes: Uint8Array,
    packet: EmbeddedPacket,
  ) {
    this.#packet = packet;
  }

  /** Part of the header and of the pseudo-header. */
  address(at: number, to: Ip): void {
    const words = typeof to === 'number' ? 2 : 8;
    for (let i = 0; i < words; i++) {
      const word =
        typeof to === 'number'
          ? (to >>> (16 * (1 - i))) & 0xffff
          : Number((to >> BigInt(16 * (7 - i))) & 0xffffn);
      const from = this.#set(at + 2 * i, word);
      if (typeof to === 'number') this.#sum(10, from, word);
      if (this.#packet.protocol !== IPPROTO_ICMP) this.#transportSum(from, word);
    }
  }

  /** A word of the transport header. */
  word(at: number, to: number): void {
    const from = this.#set(this.#packet.offset + at, to);
    this.#transportSum(from, to);
  }

  #transportSum(from: number, to: number): void {
    const field = CHECKSUM_OFFSET.get(this.#packet.protocol);
    if (field === undefined || this.#packet.fragOffset > 0) return;
    this.#sum(this.#packet.offset + field, from, to);
  }

  #sum(at: number, from: number, to: number): void {
    if (at + 2 > this.bytes.length) return;
    const old = this.#get(at);
    const isUdp = this.#packet.protocol === IPPROTO_UDP && at !== 10;
    if (isUdp && old === 0) return;
    this.#set(at, updateChecksum(old, from, to) || (isUdp ? 0xffff : 0));
  }

  #get(at: number): number {
    return ((this.bytes[at] ?? 0) << 8) | (this.bytes[at + 1] ?? 0);
  }

  #set(at: number, to: number): number {
    const from = this.#get(at);
    this.bytes[at] = to >>> 8;
    this.bytes[at + 1] = to;
    return from;
  }
}
