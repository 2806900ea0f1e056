import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { checksum, fold, pseudoSum } from './checksum';
import { badChecksum, type DecodeError, malformed, truncated } from './decode-error';
import { IPPROTO_UDP, type Ip } from './frame';

export const UDP_HLEN = 8;

export interface UdpHeader {
  readonly srcPort: number;
  readonly dstPort: number;
  readonly payload: Uint8Array;
}

interface Path {
  readonly src: Ip;
  readonly dst: Ip;
}

/** Header with length and checksum still 0; `finishUdp` fills them when the payload is written. */
export function writeUdpHeader(w: ByteWriter, udp: { srcPort: number; dstPort: number }): void {
  w.u16(udp.srcPort).u16(udp.dstPort).u32(0);
}

/**
 * RFC 768: a checksum of 0 is sent as all ones. `partial` leaves the pseudo-header's sum
 * (CHECKSUM_PARTIAL).
 */
export function finishUdp(w: ByteWriter, start: number, path: Path, partial: boolean): void {
  const length = w.length - start;
  w.patch16(start + 4, length);
  const sum = pseudoSum(path, IPPROTO_UDP, length);
  w.patch16(start + 6, partial ? fold(sum) : checksum(w.view().subarray(start), sum) || 0xffff);
}

/**
 * Verifies the checksum if given the addresses of its pseudo-header; 0 means none was computed
 * (IPv4 only).
 */
export function readUdpHeader(bytes: Uint8Array, path?: Path): Result<UdpHeader, DecodeError> {
  const r = new ByteReader(bytes);
  const srcPort = r.u16();
  const dstPort = r.u16();
  const length = r.u16();
  const found = r.u16();
  if (r.short) return truncated('udp');
  if (length < UDP_HLEN) return malformed('udp', 'length');
  if (length > bytes.length) return truncated('udp');
  if (path && !(found === 0 && typeof path.src === 'number')) {
    const sum = pseudoSum(path, IPPROTO_UDP, length);
    const own = bytes.subarray(0, length);
    if (checksum(own, sum) !== 0) {
      return badChecksum('udp', found, checksum(own, sum + (~found & 0xffff)) || 0xffff);
    }
  }
  return ok({ srcPort, dstPort, payload: r.take(length - UDP_HLEN).slice() });
}
