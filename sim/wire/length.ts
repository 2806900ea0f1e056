import { assertNever } from '../base/assert';
import { ARP_LENGTH } from './arp';
import { ethernetHeaderLength } from './ethernet';
import type { EthernetFrame, IpPacket, L3, L4, UdpDatagram } from './frame';
import { ICMP_HLEN } from './icmp';
import { ipv4HeaderLength } from './ipv4';
import { ipv6HeaderLength } from './ipv6';
import { tcpHeaderLength } from './tcp';
import { UDP_HLEN } from './udp';
import { VXLAN_HLEN } from './vxlan';

/**
 * Lengths in bytes as `encode` would give them, found without encoding: for MTU checks and
 * counters.
 */

/** `skb->len` of an IP packet: header, extension headers and payload. */
export const ipLength = (packet: IpPacket): number =>
  ipHeaderLength(packet) + l4Length(packet.payload);

export const ipHeaderLength = (packet: IpPacket): number =>
  packet.kind === 'ipv4' ? ipv4HeaderLength(packet) : ipv6HeaderLength(packet);

/** The frame on the cable, without preamble, padding and frame check sequence. */
export const frameLength = (frame: EthernetFrame): number =>
  ethernetHeaderLength(frame) + l3Length(frame.payload);

export function l3Length(l3: L3): number {
  switch (l3.kind) {
    case 'arp':
      return ARP_LENGTH;
    case 'ipv4':
    case 'ipv6':
      return ipLength(l3);
    case 'unknown':
      return l3.bytes.length;
    default:
      return assertNever(l3);
  }
}

/** Header and payload of what IP carries. */
export function l4Length(l4: L4): number {
  switch (l4.kind) {
    case 'icmp':
    case 'icmpv6':
      return ICMP_HLEN + l4.data.length;
    case 'udp':
      return UDP_HLEN + udpPayloadLength(l4);
    case 'tcp':
      return tcpHeaderLength(l4) + l4.payload.length;
    case 'ipv4':
    case 'ipv6':
      return ipLength(l4);
    case 'bytes':
      return l4.bytes.length;
    default:
      return assertNever(l4);
  }
}

export const udpPayloadLength = (udp: UdpDatagram): number =>
  udp.payload instanceof Uint8Array
    ? udp.payload.length
    : VXLAN_HLEN + frameLength(udp.payload.inner);
