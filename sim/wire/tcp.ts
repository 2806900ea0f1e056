import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { checksum, fold, pseudoSum } from './checksum';
import { badChecksum, type DecodeError, malformed, truncated } from './decode-error';
import { IPPROTO_TCP, type Ip, type TcpOptions, type TcpSegment } from './frame';

export const TCP_HLEN = 20;
/** Option kinds, RFC 9293 §3.1, RFC 7323, RFC 2018. */
export const TCPOPT_EOL = 0;
export const TCPOPT_NOP = 1;
export const TCPOPT_MSS = 2;
export const TCPOPT_WINDOW = 3;
export const TCPOPT_SACK_PERM = 4;
export const TCPOPT_SACK = 5;
export const TCPOPT_TIMESTAMP = 8;
/** What 40 bytes of options hold beside nothing else. */
const MAX_SACK_BLOCKS = 4;

interface Path {
  readonly src: Ip;
  readonly dst: Ip;
}

/** Bytes of the options as tcp_options_write() lays them out. */
export function tcpOptionsLength(o: TcpOptions): number {
  let length = 0;
  if (o.mss !== undefined) length += 4;
  if (o.timestamp) length += 12;
  else if (o.sackPermitted) length += 4;
  if (o.windowScale !== undefined) length += 4;
  if (o.sack && o.sack.length > 0) length += 4 + 8 * o.sack.length;
  return length;
}

export const tcpHeaderLength = (segment: TcpSegment): number =>
  TCP_HLEN + tcpOptionsLength(segment.options);

/** tcp_options_write(), net/ipv4/tcp_output.c: the order and padding of Linux. */
export function writeTcpOptions(w: ByteWriter, o: TcpOptions): void {
  if (o.mss !== undefined) w.u8(TCPOPT_MSS).u8(4).u16(o.mss);
  if (o.timestamp) {
    w.u16(o.sackPermitted ? (TCPOPT_SACK_PERM << 8) | 2 : 0x0101);
    w.u8(TCPOPT_TIMESTAMP).u8(10).u32(o.timestamp.value).u32(o.timestamp.echo);
  } else if (o.sackPermitted) w.u16(0x0101).u8(TCPOPT_SACK_PERM).u8(2);
  if (o.windowScale !== undefined) w.u8(TCPOPT_NOP).u8(TCPOPT_WINDOW).u8(3).u8(o.windowScale);
  if (o.sack && o.sack.length > 0) {
    w.u16(0x0101)
      .u8(TCPOPT_SACK)
      .u8(2 + 8 * o.sack.length);
    for (const [left, right] of o.sack) w.u32(left).u32(right);
  }
}

/** `partial` leaves the pseudo-header's sum in the checksum field (CHECKSUM_PARTIAL). */
export function writeTcp(w: ByteWriter, segment: TcpSegment, path: Path, partial: boolean): void {
  const start = w.length;
  w.u16(segment.srcPort).u16(segment.dstPort).u32(segment.seq).u32(segment.ack);
  w.u8((tcpHeaderLength(segment) >> 2) << 4)
    .u8(segment.flags)
    .u16(segment.window);
  w.u16(0).u16(segment.urgent);
  writeTcpOptions(w, segment.options);
  w.bytes(segment.payload);
  const sum = pseudoSum(path, IPPROTO_TCP, w.length - start);
  w.patch16(start + 16, partial ? fold(sum) : checksum(w.view().subarray(start), sum));
}

/**
 * Verifies the checksum if given the addresses of its pseudo-header. Unknown options are skipped.
 */
export function decodeTcp(bytes: Uint8Array, path?: Path): Result<TcpSegment, DecodeError> {
  const r = new ByteReader(bytes);
  const srcPort = r.u16();
  const dstPort = r.u16();
  const seq = r.u32();
  const ack = r.u32();
  const headerLength = (r.u8() >> 4) * 4;
  const flags = r.u8();
  const window = r.u16();
  const found = r.u16();
  const urgent = r.u16();
  if (r.short) return truncated('tcp');
  if (headerLength < TCP_HLEN) return malformed('tcp', 'data offset');
  if (headerLength > bytes.length) return truncated('tcp');
  if (path) {
    const sum = pseudoSum(path, IPPROTO_TCP, bytes.length);
    if (checksum(bytes, sum) !== 0) {
      return badChecksum('tcp', found, checksum(bytes, sum + (~found & 0xffff)));
    }
  }
  const options = readTcpOptions(r.take(headerLength - TCP_HLEN));
  const payload = r.rest().slice();
  return ok({
    kind: 'tcp',
    srcPort,
    dstPort,
    seq,
    ack,
    flags,
    window,
    urgent,
    options,
    payload,
  });
}

/**
 * tcp_parse_options(), net/ipv4/tcp_input.c: an option of a wrong length is ignored, a bad one ends
 * the list.
 */
export function readTcpOptions(bytes: Uint8Array): TcpOptions {
  const r = new ByteReader(bytes);
  let options: TcpOptions = {};
  while (r.left > 0) {
    const kind = r.u8();
    if (kind === TCPOPT_EOL) break;
    if (kind === TCPOPT_NOP) continue;
    const length = r.u8();
    if (r.short || length < 2 || length - 2 > r.left) break;
    options = { ...options, ...readTcpOption(kind, new ByteReader(r.take(length - 2))) };
  }
  return options;
}

function readTcpOption(kind: number, r: ByteReader): TcpOptions {
  const length = r.left;
  if (kind === TCPOPT_MSS && length === 2) return { mss: r.u16() };
  if (kind === TCPOPT_WINDOW && length === 1) return { windowScale: r.u8() };
  if (kind === TCPOPT_SACK_PERM && length === 0) return { sackPermitted: true };
  if (kind === TCPOPT_TIMESTAMP && length === 8) {
    return { timestamp: { value: r.u32(), echo: r.u32() } };
  }
  if (kind === TCPOPT_SACK && length % 8 === 0 && length > 0 && length <= 8 * MAX_SACK_BLOCKS) {
    const sack: [number, number][] = [];
    while (r.left > 0) sack.push([r.u32(), r.u32()]);
    return { sack };
  }
  return {};
}
