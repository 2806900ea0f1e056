import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { checksum } from './checksum';
import { badChecksum, type DecodeError, malformed, truncated } from './decode-error';
import type { Ipv4Packet } from './frame';

/** Bytes of a header without options. */
export const IPV4_HLEN = 20;

/** The header's fields and the bytes that total length says are its own. */
export interface Ipv4Header extends Omit<Ipv4Packet, 'payload'> {
  readonly totalLength: number;
  readonly payload: Uint8Array;
}

export const ipv4HeaderLength = (packet: Ipv4Packet): number =>
  packet.options.length === 0 ? IPV4_HLEN : IPV4_HLEN + ((packet.options.length + 3) & ~3);

export const isFragment4 = (packet: { mf: boolean; fragOffset: number }): boolean =>
  packet.mf || packet.fragOffset > 0;

/** RFC 791 §3.1. Options are padded to a whole word with End of Option List. */
export function writeIpv4Header(w: ByteWriter, packet: Ipv4Packet, totalLength: number): void {
  const start = w.length;
  const headerLength = ipv4HeaderLength(packet);
  w.u8(0x40 | (headerLength >> 2))
    .u8(packet.tos)
    .u16(totalLength)
    .u16(packet.id)
    .u16((packet.df ? 0x4000 : 0) | (packet.mf ? 0x2000 : 0) | (packet.fragOffset >> 3))
    .u8(packet.ttl)
    .u8(packet.protocol)
    .u16(0)
    .u32(packet.src)
    .u32(packet.dst)
    .bytes(packet.options);
  while (w.length < start + headerLength) w.u8(0);
  w.patch16(start + 10, checksum(w.view().subarray(start)));
}

/** ip_rcv_core(), net/ipv4/ip_input.c: its checks, and the checksum's if `verify`. */
export function readIpv4Header(
  bytes: Uint8Array,
  verify: boolean,
): Result<Ipv4Header, DecodeError> {
  const r = new ByteReader(bytes);
  const first = r.u8();
  const tos = r.u8();
  const totalLength = r.u16();
  const id = r.u16();
  const frag = r.u16();
  const ttl = r.u8();
  const protocol = r.u8();
  const found = r.u16();
  const src = r.u32();
  const dst = r.u32();
  if (r.short) return truncated('ipv4');
  const headerLength = (first & 15) * 4;
  if (first >> 4 !== 4) return malformed('ipv4', 'version');
  if (headerLength < IPV4_HLEN) return malformed('ipv4', 'header length');
  if (totalLength < headerLength) return malformed('ipv4', 'total length');
  if (totalLength > bytes.length) return truncated('ipv4');
  if (verify && checksum(bytes.subarray(0, headerLength)) !== 0) {
    const expected = headerChecksum(bytes.subarray(0, headerLength));
    return badChecksum('ipv4', found, expected);
  }
  return ok({
    kind: 'ipv4',
    src,
    dst,
    tos,
    id,
    df: (frag & 0x4000) !== 0,
    mf: (frag & 0x2000) !== 0,
    fragOffset: (frag & 0x1fff) * 8,
    ttl,
    protocol,
    options: bytes.slice(IPV4_HLEN, headerLength),
    totalLength,
    payload: bytes.subarray(headerLength, totalLength),
  });
}

/** What the checksum field of this header should hold. */
export function headerChecksum(header: Uint8Array): number {
  const copy = header.slice();
  copy[10] = 0;
  copy[11] = 0;
  return checksum(copy);
}
