import type { Ipv4Packet, L4, TcpSegment, UdpDatagram } from '../../wire/frame';

/**
 * Changed copies of packets, every field by name: all packets keep one shape, on which the speed of every access to
 * them depends. A spread gives copies shapes of their own.
 */
export interface Ipv4Change {
  readonly src?: number;
  readonly dst?: number;
  readonly id?: number;
  readonly ttl?: number;
  readonly payload?: L4;
}

export function ipv4With(packet: Ipv4Packet, change: Ipv4Change): Ipv4Packet {
  return {
    kind: 'ipv4',
    src: change.src ?? packet.src,
    dst: change.dst ?? packet.dst,
    tos: packet.tos,
    id: change.id ?? packet.id,
    df: packet.df,
    mf: packet.mf,
    fragOffset: packet.fragOffset,
    ttl: change.ttl ?? packet.ttl,
    protocol: packet.protocol,
    options: packet.options,
    payload: change.payload ?? packet.payload,
  };
}

export interface Ports {
  readonly srcPort: number;
  readonly dstPort: number;
}

export function withPorts(l4: TcpSegment | UdpDatagram, ports: Ports): TcpSegment | UdpDatagram {
  const { srcPort, dstPort } = ports;
  if (l4.kind === 'udp') return { kind: 'udp', srcPort, dstPort, payload: l4.payload };
  return {
    kind: 'tcp',
    srcPort,
    dstPort,
    seq: l4.seq,
    ack: l4.ack,
    flags: l4.flags,
    window: l4.window,
    urgent: l4.urgent,
    options: l4.options,
    payload: l4.payload,
  };
}
