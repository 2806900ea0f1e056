import type { EmbeddedPacket } from '../../wire/embedded';
import type { Ip } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import type { Skb } from '../sk-buff';

/** An ICMP or ICMPv6 error that concerns a packet we sent, as icmp_unreach() hands it up. */
export interface IcmpError {
  readonly family: 4 | 6;
  readonly type: number;
  readonly code: number;
  /** Next-hop MTU of frag needed / packet too big; pointer of a parameter problem; 0 else. */
  readonly info: number;
  /** icmp_err_convert[] / icmpv6_err_convert(): undefined where the error is not one for the socket. */
  readonly errno: Errno | undefined;
  /** `fatal` of icmp_err_convert[]: a hard error. */
  readonly fatal: boolean;
  /** Who said so: source address of the ICMP message. */
  readonly offender: Ip;
  /** TTL or hop limit with which the message came (IP_RECVTTL). */
  readonly ttl: number;
  /** Gateway of a redirect. */
  readonly gateway?: Ip | undefined;
  readonly embedded: EmbeddedPacket;
  readonly dev: NetDevice;
}

/** struct net_protocol / inet6_protocol: what sockets register for an IP protocol number. */
export interface L4Protocol {
  /** A packet for us, defragmented, past INPUT. The namespace is `skb.dev.netns`. */
  rcv(skb: Skb): void;
  err(net: Netns, error: IcmpError): void;
}

/** raw_local_deliver() and raw_icmp_error(): raw sockets see a packet besides its protocol. */
export interface RawSockets {
  /** True if some raw socket took a copy: then no ICMP protocol unreachable. */
  deliver(skb: Skb): boolean;
  err(net: Netns, error: IcmpError): void;
}

export const ETH_P_ALL = 3;
/** What an 802.3 frame is looked up as: its LLC header says the rest. */
export const ETH_P_802_2 = 4;

/** struct packet_type: an AF_PACKET socket's hook on a device or on all. */
export interface PacketTap {
  /** 0 = all devices. */
  readonly ifindex: number;
  /** ETH_P_ALL sees frames in both directions before all else; an EtherType sees received ones only. */
  readonly etherType: number;
  /** A clone that is the tap's own. `outgoing` frames have pktType 'outgoing'. */
  receive(skb: Skb, dev: NetDevice): void;
}
