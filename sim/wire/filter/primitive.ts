import { ETH_P_ARP, ETH_P_IP, ETH_P_IPV6, IPPROTO_FRAGMENT, type Ipv6, type Mac } from '../frame';
import type { PacketView } from './packet-view';

/**
 * The tests that gencode.c of libpcap makes out of primitives. `shift` is what VLAN tags before
 * take.
 */
export type Matcher = (view: PacketView) => boolean;

export type Direction = 'src' | 'dst' | 'or' | 'and';

const ETH_P_RARP = 0x8035;
const IP_OFFSET_MASK = 0x1fff;

export const all =
  (...parts: readonly Matcher[]): Matcher =>
  (v) =>
    parts.every((part) => part(v));
export const any =
  (...parts: readonly Matcher[]): Matcher =>
  (v) =>
    parts.some((part) => part(v));
export const no =
  (part: Matcher): Matcher =>
  (v) =>
    !part(v);

/** gen_linktype(). */
export const etherType =
  (type: number, shift: number): Matcher =>
  (v) =>
    v.isType(type, shift);

/** gen_proto() for IPv4: the protocol field, of fragments too. */
export const ip4Protocol = (protocol: number, shift: number): Matcher =>
  all(etherType(ETH_P_IP, shift), (v) => v.load(v.payload(shift) + 9, 1) === protocol);

/** gen_proto() for IPv6: the first next header, or the one behind a fragment header. */
export const ip6Protocol = (protocol: number, shift: number): Matcher =>
  all(etherType(ETH_P_IPV6, shift), (v) => {
    const first = v.load(v.payload(shift) + 6, 1);
    if (first === protocol) return true;
    return first === IPPROTO_FRAGMENT && v.load(v.payload(shift) + 40, 1) === protocol;
  });

export const ipProtocol = (protocol: number, shift: number): Matcher =>
  any(ip4Protocol(protocol, shift), ip6Protocol(protocol, shift));

/** gen_ipfrag(): the first or only fragment. */
const firstFragment =
  (shift: number): Matcher =>
  (v) =>
    (v.load(v.payload(shift) + 6, 2) & IP_OFFSET_MASK) === 0;

/** Where IPv4's payload starts: gen_loadx_iphdrlen(). */
export const ip4PayloadAt = (v: PacketView, shift: number): number =>
  v.payload(shift) + (v.load(v.payload(shift), 1) & 15) * 4;

export const isFirstFragment4 = (shift: number): Matcher =>
  all(etherType(ETH_P_IP, shift), firstFragment(shift));

const directed = (direction: Direction, src: Matcher, dst: Matcher): Matcher => {
  if (direction === 'src') return src;
  if (direction === 'dst') return dst;
  return direction === 'and' ? all(src, dst) : any(src, dst);
};

export interface Address4 {
  readonly address: number;
  readonly mask: number;
}

export interface Where {
  readonly direction: Direction;
  readonly shift: number;
}

const host4 =
  (at: number, { address, mask }: Address4, shift: number): Matcher =>
  (v) =>
    (v.load(v.payload(shift) + at, 4) & mask) >>> 0 === address;

/** gen_hostop(). */
export const ip4Host = (host: Address4, { direction, shift }: Where): Matcher =>
  all(
    etherType(ETH_P_IP, shift),
    directed(direction, host4(12, host, shift), host4(16, host, shift)),
  );

export const arpHost = (host: Address4, { direction, shift }: Where): Matcher =>
  all(
    etherType(ETH_P_ARP, shift),
    directed(direction, host4(14, host, shift), host4(24, host, shift)),
  );

export const rarpHost = (host: Address4, { direction, shift }: Where): Matcher =>
  all(
    etherType(ETH_P_RARP, shift),
    directed(direction, host4(14, host, shift), host4(24, host, shift)),
  );

/** gen_hostop6(). */
export function ip6Host(address: Ipv6, prefixLen: number, { direction, shift }: Where): Matcher {
  const drop = BigInt(128 - prefixLen);
  const at =
    (offset: number): Matcher =>
    (v) => {
      let value = 0n;
      for (let i = 0; i < 16; i += 4) {
        value = (value << 32n) | BigInt(v.load(v.payload(shift) + offset + i, 4));
      }
      return value >> drop === address >> drop;
    };
  return all(etherType(ETH_P_IPV6, shift), directed(direction, at(8), at(24)));
}

/** gen_ehostop(). */
export function etherHost(mac: Mac, direction: Direction): Matcher {
  const at =
    (offset: number): Matcher =>
    (v) =>
      v.load(offset, 2) * 0x1_0000_0000 + v.load(offset + 2, 4) === mac;
  return directed(direction, at(6), at(0));
}

export interface Ports {
  readonly low: number;
  readonly high: number;
  readonly protocols: readonly number[];
}

/** gen_portrange() and gen_portrange6(). */
export function port({ low, high, protocols }: Ports, { direction, shift }: Where): Matcher {
  const between = (value: number): boolean => value >= low && value <= high;
  const v4 =
    (offset: number): Matcher =>
    (v) =>
      between(v.load(ip4PayloadAt(v, shift) + offset, 2));
  const v6 =
    (offset: number): Matcher =>
    (v) =>
      between(v.load(v.payload(shift) + 40 + offset, 2));
  const four = all(
    etherType(ETH_P_IP, shift),
    (v) => protocols.includes(v.load(v.payload(shift) + 9, 1)),
    firstFragment(shift),
    directed(direction, v4(0), v4(2)),
  );
  const six = all(
    etherType(ETH_P_IPV6, shift),
    (v) => protocols.includes(v.load(v.payload(shift) + 6, 1)),
    directed(direction, v6(0), v6(2)),
  );
  return any(four, six);
}

/** gen_broadcast() and gen_multicast() on Ethernet and IP. */
export const etherBroadcast: Matcher = etherHost(0xffff_ffff_ffff, 'dst');
export const etherMulticast: Matcher = (v) => (v.load(0, 1) & 1) === 1;
export const ip4Multicast = (shift: number): Matcher =>
  all(etherType(ETH_P_IP, shift), (v) => v.load(v.payload(shift) + 16, 1) >= 224);
export const ip6Multicast = (shift: number): Matcher =>
  all(etherType(ETH_P_IPV6, shift), (v) => v.load(v.payload(shift) + 24, 1) === 255);
export const ip4Broadcast = (netmask: number, shift: number): Matcher =>
  all(etherType(ETH_P_IP, shift), (v) => {
    const host = (v.load(v.payload(shift) + 16, 4) & ~netmask) >>> 0;
    return host === 0 || host === ~netmask >>> 0;
  });

/** gen_vlan_no_bpf_extensions(): a tag in the packet. */
const VLAN_TYPES = [0x8100, 0x88a8, 0x9100];
export const inlineVlan =
  (id: number | undefined, shift: number): Matcher =>
  (v) =>
    VLAN_TYPES.includes(v.load(12 + shift, 2)) &&
    (id === undefined || (v.load(14 + shift, 2) & 0xfff) === id);

/** gen_vlan_bpf_extensions(): the tag that the kernel keeps beside the packet. */
export const keptVlan =
  (id: number | undefined): Matcher =>
  (v) =>
    v.tag !== undefined && (id === undefined || (v.tag & 0xfff) === id);
