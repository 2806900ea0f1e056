/**
 * Packets as values. Addresses are numbers inside: a `Mac` is 48 bits in a number, an IPv4 address
 * an unsigned 32-bit number, an IPv6 address a bigint; `typeof` tells the families apart. Nothing
 * here is ever mutated. Lengths, checksums and other derived fields do not exist here; `encode`
 * computes them.
 */
export type Mac = number;
export type Ipv4 = number;
export type Ipv6 = bigint;
export type Ip = Ipv4 | Ipv6;

/** Ethernet II, optionally 802.1Q tagged (IEEE 802.3, 802.1Q). */
export interface EthernetFrame {
  readonly dst: Mac;
  readonly src: Mac;
  readonly vlan?: { readonly id: number; readonly pcp: number } | undefined;
  readonly payload: L3;
}

/** What an Ethernet frame, or a device without link-layer header, carries. */
export type L3 = ArpPacket | Ipv4Packet | Ipv6Packet | UnknownL3;
export type IpPacket = Ipv4Packet | Ipv6Packet;

export interface UnknownL3 {
  readonly kind: 'unknown';
  readonly etherType: number;
  readonly bytes: Uint8Array;
}

/** RFC 826, for Ethernet and IPv4; field names are the RFC's. `op` 1 request, 2 reply. */
export interface ArpPacket {
  readonly kind: 'arp';
  readonly op: number;
  readonly sha: Mac;
  readonly spa: Ipv4;
  readonly tha: Mac;
  readonly tpa: Ipv4;
}

/** RFC 791. `fragOffset` in bytes (a multiple of 8). A fragment's payload is `bytes`. */
export interface Ipv4Packet {
  readonly kind: 'ipv4';
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly tos: number;
  readonly id: number;
  readonly df: boolean;
  readonly mf: boolean;
  readonly fragOffset: number;
  readonly ttl: number;
  /** IANA protocol number; for a typed payload it agrees with the payload's kind. */
  readonly protocol: number;
  readonly options: Uint8Array;
  readonly payload: L4;
}

/**
 * RFC 8200. `fragment` is the fragment header, if any; other extension headers travel as bytes in
 * `payload`.
 */
export interface Ipv6Packet {
  readonly kind: 'ipv6';
  readonly src: Ipv6;
  readonly dst: Ipv6;
  readonly trafficClass: number;
  readonly flowLabel: number;
  readonly hopLimit: number;
  readonly nextHeader: number;
  /** Hop-by-hop options header with a router alert (RFC 2711), as MLD reports carry it. */
  readonly routerAlert?: boolean | undefined;
  readonly fragment?:
    | { readonly id: number; readonly offset: number; readonly more: boolean }
    | undefined;
  readonly payload: L4;
}

export type L4 =
  | IcmpMessage
  | Icmpv6Message
  | UdpDatagram
  | TcpSegment
  | Ipv4Packet
  | Ipv6Packet
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/**
 * RFC 792. `rest` is the second 32-bit word (echo: id << 16 | seq; frag needed: mtu; redirect:
 * gateway).
 */
export interface IcmpMessage {
  readonly kind: 'icmp';
  readonly type: number;
  readonly code: number;
  readonly rest: number;
  /** Echo data; for errors the embedded packet as bytes (header and the start of its payload). */
  readonly data: Uint8Array;
}

/** RFC 4443, neighbour discovery RFC 4861. `rest` is the second word, `data` what follows. */
export interface Icmpv6Message {
  readonly kind: 'icmpv6';
  readonly type: number;
  readonly code: number;
  readonly rest: number;
  readonly data: Uint8Array;
}

/** RFC 768. A tunnel's payload stays a value (`vxlan`); everything else is bytes. */
export interface UdpDatagram {
  readonly kind: 'udp';
  readonly srcPort: number;
  readonly dstPort: number;
  readonly payload: Uint8Array | VxlanPacket;
}

/** RFC 7348. */
export interface VxlanPacket {
  readonly kind: 'vxlan';
  readonly vni: number;
  readonly inner: EthernetFrame;
}

export interface TcpOptions {
  readonly mss?: number | undefined;
  readonly windowScale?: number | undefined;
  readonly sackPermitted?: boolean | undefined;
  readonly timestamp?: { readonly value: number; readonly echo: number } | undefined;
  readonly sack?: readonly (readonly [left: number, right: number])[] | undefined;
}

/** RFC 9293. `seq` and `ack` are unsigned 32-bit. */
export interface TcpSegment {
  readonly kind: 'tcp';
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly window: number;
  readonly urgent: number;
  readonly options: TcpOptions;
  readonly payload: Uint8Array;
}

/** TCP flag bits, RFC 9293 §3.1. */
export const TH_FIN = 0x01;
export const TH_SYN = 0x02;
export const TH_RST = 0x04;
export const TH_PSH = 0x08;
export const TH_ACK = 0x10;
export const TH_URG = 0x20;
export const TH_ECE = 0x40;
export const TH_CWR = 0x80;

/** IANA assigned protocol numbers. */
export const IPPROTO_HOPOPTS = 0;
export const IPPROTO_ICMP = 1;
export const IPPROTO_IPIP = 4;
export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const IPPROTO_IPV6 = 41;
export const IPPROTO_FRAGMENT = 44;
export const IPPROTO_ICMPV6 = 58;

/** IEEE 802 numbers. */
export const ETH_P_IP = 0x0800;
export const ETH_P_ARP = 0x0806;
export const ETH_P_8021Q = 0x8100;
export const ETH_P_IPV6 = 0x86dd;
/** A number below is the length of an 802.3 frame. */
export const ETH_P_802_3_MIN = 0x0600;

export const ETH_HLEN = 14;
export const BROADCAST_MAC: Mac = 0xffff_ffff_ffff;
