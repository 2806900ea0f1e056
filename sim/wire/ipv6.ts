import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';
import { IPPROTO_FRAGMENT, IPPROTO_HOPOPTS, type Ipv6Packet } from './frame';

export const IPV6_HLEN = 40;
/** Hop-by-hop options with a router alert and PadN; the fragment header. */
const ROUTER_ALERT_LENGTH = 8;
const FRAGMENT_LENGTH = 8;

/** The header's fields and the bytes behind the extension headers that the value models. */
export interface Ipv6Header extends Omit<Ipv6Packet, 'payload'> {
  readonly payload: Uint8Array;
}

export const ipv6HeaderLength = (packet: Ipv6Packet): number =>
  IPV6_HLEN +
  (packet.routerAlert ? ROUTER_ALERT_LENGTH : 0) +
  (packet.fragment ? FRAGMENT_LENGTH : 0);

/** An atomic fragment (offset 0, no more) is whole: RFC 6946. */
export const isFragment6 = (packet: Pick<Ipv6Packet, 'fragment'>): boolean =>
  packet.fragment !== undefined && (packet.fragment.more || packet.fragment.offset > 0);

/**
 * RFC 8200 §3, §4.3, §4.5. The hop-by-hop header is the one of MLD: igmp6_send(), net/ipv6/mcast.c.
 */
export function writeIpv6Header(w: ByteWriter, packet: Ipv6Packet, totalLength: number): void {
  const { fragment, nextHeader } = packet;
  const afterHopByHop = fragment ? IPPROTO_FRAGMENT : nextHeader;
  w.u32(((6 << 28) | (packet.trafficClass << 20) | packet.flowLabel) >>> 0)
    .u16(totalLength - IPV6_HLEN)
    .u8(packet.routerAlert ? IPPROTO_HOPOPTS : afterHopByHop)
    .u8(packet.hopLimit)
    .u128(packet.src)
    .u128(packet.dst);
  if (packet.routerAlert) w.u8(afterHopByHop).u8(0).u32(0x05020000).u16(0x0100);
  if (fragment) {
    w.u8(nextHeader)
      .u8(0)
      .u16(fragment.offset | (fragment.more ? 1 : 0))
      .u32(fragment.id);
  }
}

/**
 * ip6_rcv_core(), net/ipv6/ip6_input.c. Extension headers that the value has no field for stay in
 * `payload`.
 */
export function readIpv6Header(bytes: Uint8Array): Result<Ipv6Header, DecodeError> {
  const r = new ByteReader(bytes);
  const first = r.u32();
  const payloadLength = r.u16();
  let nextHeader = r.u8();
  const hopLimit = r.u8();
  const src = r.u128();
  const dst = r.u128();
  if (r.short) return truncated('ipv6');
  if (first >>> 28 !== 6) return malformed('ipv6', 'version');
  if (payloadLength > r.left) return truncated('ipv6');
  let payload = r.take(payloadLength);
  const routerAlert = nextHeader === IPPROTO_HOPOPTS && isRouterAlert(payload);
  if (routerAlert) {
    nextHeader = payload[0] ?? 0;
    payload = payload.subarray(ROUTER_ALERT_LENGTH);
  }
  let fragment: Ipv6Packet['fragment'];
  if (nextHeader === IPPROTO_FRAGMENT) {
    const f = new ByteReader(payload);
    nextHeader = f.u16() >>> 8;
    const word = f.u16();
    fragment = { id: f.u32(), offset: word & 0xfff8, more: (word & 1) === 1 };
    if (f.short) return truncated('ipv6');
    payload = f.rest();
  }
  return ok({
    kind: 'ipv6',
    src,
    dst,
    trafficClass: (first >>> 20) & 0xff,
    flowLabel: first & 0xfffff,
    hopLimit,
    nextHeader,
    ...(routerAlert ? { routerAlert } : {}),
    ...(fragment ? { fragment } : {}),
    payload,
  });
}

/** Exactly the router alert (RFC 2711, value 0: MLD) with two bytes of padding behind it. */
function isRouterAlert(bytes: Uint8Array): boolean {
  if (bytes.length < ROUTER_ALERT_LENGTH) return false;
  return [0, 5, 2, 0, 0, 1, 0].every((byte, i) => bytes[i + 1] === byte);
}
