import { assertNever } from '../base/assert';
import { ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { decodeArp, writeArp } from './arp';
import type { DecodeError } from './decode-error';
import { readEthernetHeader, writeEthernetHeader } from './ethernet';
import {
  ETH_P_ARP,
  ETH_P_IP,
  ETH_P_IPV6,
  type EthernetFrame,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_IPIP,
  IPPROTO_IPV6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  type Ip,
  type IpPacket,
  type Ipv4Packet,
  type Ipv6Packet,
  type L3,
  type L4,
  type UdpDatagram,
} from './frame';
import { decodeIcmp, writeIcmp } from './icmp';
import { decodeIcmpv6, writeIcmpv6 } from './icmpv6';
import { isFragment4, readIpv4Header, writeIpv4Header } from './ipv4';
import { isFragment6, readIpv6Header, writeIpv6Header } from './ipv6';
import { frameLength, ipLength, l3Length, l4Length } from './length';
import { decodeTcp, writeTcp } from './tcp';
import { finishUdp, readUdpHeader, writeUdpHeader } from './udp';
import { readVxlanHeader, writeVxlanHeader } from './vxlan';

export interface EncodeOptions {
  /**
   * TCP and UDP checksums hold only the pseudo-header's sum: CHECKSUM_PARTIAL, what a capture on a
   * veth shows because no device of the path ever had to compute them (include/linux/skbuff.h).
   */
  readonly partialChecksum?: boolean | undefined;
}

export interface DecodeOptions {
  /** A wrong checksum is an error; otherwise it is not looked at. */
  readonly verify?: boolean | undefined;
  /** UDP destination ports whose payload is decoded as VXLAN. Default none: a payload is bytes. */
  readonly vxlanPorts?: readonly number[] | undefined;
}

type DecodeResult<T> = Result<T, DecodeError>;
type Path = { readonly src: Ip; readonly dst: Ip };

/** Tunnels in tunnels; deeper than this stays bytes. */
const MAX_NESTING = 8;

export function encodeFrame(frame: EthernetFrame, options: EncodeOptions = {}): Uint8Array {
  const w = new ByteWriter(frameLength(frame));
  writeFrame(w, frame, options);
  return w.finish();
}

export function encodeIp(packet: IpPacket, options: EncodeOptions = {}): Uint8Array {
  const w = new ByteWriter(ipLength(packet));
  writeIp(w, packet, options);
  return w.finish();
}

/** What a device without link-layer header sends. */
export function encodeL3(l3: L3, options: EncodeOptions = {}): Uint8Array {
  const w = new ByteWriter(l3Length(l3));
  writeL3(w, l3, options);
  return w.finish();
}

/** The transport's bytes alone, with the checksum for these addresses. */
export function encodeL4(l4: L4, path: Path, options: EncodeOptions = {}): Uint8Array {
  const w = new ByteWriter(l4Length(l4));
  writeL4(w, l4, path, options);
  return w.finish();
}

export const etherTypeOf = (l3: L3): number => {
  switch (l3.kind) {
    case 'arp':
      return ETH_P_ARP;
    case 'ipv4':
      return ETH_P_IP;
    case 'ipv6':
      return ETH_P_IPV6;
    case 'unknown':
      return l3.etherType;
    default:
      return assertNever(l3);
  }
};

function writeFrame(w: ByteWriter, frame: EthernetFrame, options: EncodeOptions): void {
  writeEthernetHeader(w, frame, etherTypeOf(frame.payload));
  writeL3(w, frame.payload, options);
}

function writeL3(w: ByteWriter, l3: L3, options: EncodeOptions): void {
  if (l3.kind === 'arp') writeArp(w, l3);
  else if (l3.kind === 'unknown') w.bytes(l3.bytes);
  else writeIp(w, l3, options);
}

function writeIp(w: ByteWriter, packet: IpPacket, options: EncodeOptions): void {
  if (packet.kind === 'ipv4') writeIpv4Header(w, packet, ipLength(packet));
  else writeIpv6Header(w, packet, ipLength(packet));
  writeL4(w, packet.payload, packet, options);
}

function writeL4(w: ByteWriter, l4: L4, path: Path, options: EncodeOptions): void {
  const partial = options.partialChecksum === true;
  if (l4.kind === 'tcp') writeTcp(w, l4, path, partial);
  else if (l4.kind === 'udp') writeUdp(w, l4, path, options);
  else if (l4.kind === 'icmp') writeIcmp(w, l4);
  else if (l4.kind === 'icmpv6') writeIcmpv6(w, l4, ipv6Path(path));
  else if (l4.kind === 'bytes') w.bytes(l4.bytes);
  else writeIp(w, l4, options);
}

/**
 * The pseudo-header of ICMPv6 exists for IPv6 only; anything else that carries it sums over `::`.
 */
const ipv6Path = (path: Path): { src: bigint; dst: bigint } => ({
  src: typeof path.src === 'bigint' ? path.src : 0n,
  dst: typeof path.dst === 'bigint' ? path.dst : 0n,
});

function writeUdp(w: ByteWriter, udp: UdpDatagram, path: Path, options: EncodeOptions): void {
  const start = w.length;
  writeUdpHeader(w, udp);
  if (udp.payload instanceof Uint8Array) {
    w.bytes(udp.payload);
    finishUdp(w, start, path, options.partialChecksum === true);
    return;
  }
  writeVxlanHeader(w, udp.payload.vni);
  writeFrame(w, udp.payload.inner, options);
  // A tunnel's outer checksum is final even where the inner one is left to the device:
  // udp_set_csum().
  finishUdp(w, start, path, false);
}

/** Never throws: any bytes give a frame or the reason why not. */
export const decodeFrame = (
  bytes: Uint8Array,
  options: DecodeOptions = {},
): DecodeResult<EthernetFrame> => decodeFrameAt(bytes, options, 0);

export const decodeIp = (bytes: Uint8Array, options: DecodeOptions = {}): DecodeResult<IpPacket> =>
  decodeIpAt(bytes, options, 0);

/** The payload of an EtherType; one that nobody decodes is `unknown`. */
export const decodeL3 = (
  etherType: number,
  bytes: Uint8Array,
  options: DecodeOptions = {},
): DecodeResult<L3> => decodeL3At(etherType, bytes, { options, depth: 0 });

/** The payload of an IP protocol number; one that nobody decodes is `bytes`. */
export const decodeL4 = (
  bytes: Uint8Array,
  header: Path & { readonly protocol: number },
  options: DecodeOptions = {},
): DecodeResult<L4> => decodeL4At(bytes, header, { options, depth: 0 });

interface At {
  readonly options: DecodeOptions;
  readonly depth: number;
}

function decodeFrameAt(
  bytes: Uint8Array,
  options: DecodeOptions,
  depth: number,
): DecodeResult<EthernetFrame> {
  const header = readEthernetHeader(bytes);
  if (!header.ok) return header;
  const { dst, src, vlan, etherType } = header.value;
  const payload = decodeL3At(etherType, header.value.payload, { options, depth });
  if (!payload.ok) return payload;
  return ok({ dst, src, ...(vlan ? { vlan } : {}), payload: payload.value });
}

function decodeL3At(etherType: number, bytes: Uint8Array, at: At): DecodeResult<L3> {
  if (etherType === ETH_P_ARP) return decodeArp(bytes);
  if (etherType === ETH_P_IP) return decodeIpv4(bytes, at);
  if (etherType === ETH_P_IPV6) return decodeIpv6(bytes, at);
  return ok({ kind: 'unknown', etherType, bytes: bytes.slice() });
}

function decodeIpAt(
  bytes: Uint8Array,
  options: DecodeOptions,
  depth: number,
): DecodeResult<IpPacket> {
  const version = (bytes[0] ?? 0) >> 4;
  return version === 6
    ? decodeIpv6(bytes, { options, depth })
    : decodeIpv4(bytes, { options, depth });
}

function decodeIpv4(bytes: Uint8Array, at: At): DecodeResult<Ipv4Packet> {
  const read = readIpv4Header(bytes, at.options.verify === true);
  if (!read.ok) return read;
  const { totalLength: _, payload: body, ...header } = read.value;
  if (isFragment4(header)) return ok({ ...header, payload: asBytes(body) });
  const payload = decodeL4At(body, header, at);
  return payload.ok ? ok({ ...header, payload: payload.value }) : payload;
}

function decodeIpv6(bytes: Uint8Array, at: At): DecodeResult<Ipv6Packet> {
  const read = readIpv6Header(bytes);
  if (!read.ok) return read;
  const { payload: body, ...header } = read.value;
  if (isFragment6(header)) return ok({ ...header, payload: asBytes(body) });
  const payload = decodeL4At(body, { ...header, protocol: header.nextHeader }, at);
  return payload.ok ? ok({ ...header, payload: payload.value }) : payload;
}

const asBytes = (bytes: Uint8Array): L4 => ({ kind: 'bytes', bytes: bytes.slice() });

function decodeL4At(
  bytes: Uint8Array,
  header: Path & { readonly protocol: number },
  at: At,
): DecodeResult<L4> {
  const { src, dst, protocol } = header;
  const verify = at.options.verify === true;
  const path = verify ? { src, dst } : undefined;
  const deeper = { ...at, depth: at.depth + 1 };
  if (protocol === IPPROTO_TCP) return decodeTcp(bytes, path);
  if (protocol === IPPROTO_UDP) return decodeUdp(bytes, path, deeper);
  if (protocol === IPPROTO_ICMP && typeof src === 'number') return decodeIcmp(bytes, verify);
  if (protocol === IPPROTO_ICMPV6 && typeof src === 'bigint' && typeof dst === 'bigint') {
    return decodeIcmpv6(bytes, verify ? { src, dst } : undefined);
  }
  if (deeper.depth > MAX_NESTING) return ok(asBytes(bytes));
  if (protocol === IPPROTO_IPIP) return decodeIpv4(bytes, deeper);
  if (protocol === IPPROTO_IPV6) return decodeIpv6(bytes, deeper);
  return ok(asBytes(bytes));
}

/** A payload that should be VXLAN but is not stays bytes: the receiver decides. */
function decodeUdp(bytes: Uint8Array, path: Path | undefined, at: At): DecodeResult<UdpDatagram> {
  const read = readUdpHeader(bytes, path);
  if (!read.ok) return read;
  const { srcPort, dstPort, payload } = read.value;
  const datagram: UdpDatagram = { kind: 'udp', srcPort, dstPort, payload };
  if (!at.options.vxlanPorts?.includes(dstPort) || at.depth > MAX_NESTING) return ok(datagram);
  const vxlan = readVxlanHeader(payload);
  if (!vxlan.ok) return ok(datagram);
  const inner = decodeFrameAt(vxlan.value.payload, at.options, at.depth);
  if (!inner.ok) return ok(datagram);
  return ok({ ...datagram, payload: { kind: 'vxlan', vni: vxlan.value.vni, inner: inner.value } });
}
