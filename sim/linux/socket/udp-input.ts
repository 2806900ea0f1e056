import { encodeL4 } from '../../wire/codec';
import type { IpPacket, UdpDatagram } from '../../wire/frame';
import { IPPROTO_UDP } from '../../wire/frame';
import { ICMP_DEST_UNREACH, ICMP_PORT_UNREACH } from '../../wire/icmp';
import { ICMPV6_DEST_UNREACH, ICMPV6_PORT_UNREACH } from '../../wire/icmpv6';
import { UDP_HLEN } from '../../wire/udp';
import { icmpSend } from '../ip/icmp';
import { icmp6Send } from '../ip/icmpv6';
import type { IcmpError, L4Protocol } from '../ip/l4-protocol';
import type { Netns } from '../netns';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import type { Datagram } from './datagram';
import { inetOf } from './inet-tables';
import type { UdpSock } from './udp';
import { isForMany } from './udp';
import type { UdpTuple } from './udp-table';

/** udp_protocol of net/ipv4/af_inet.c and udpv6_protocol. */
export const udpProtocol: L4Protocol = { rcv: udpRcv, err: udpErr };

/** __udp4_lib_rcv(), __udp6_lib_rcv(). */
function udpRcv(skb: Skb): void {
  const packet = skb.packet;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return;
  const udp = packet.payload;
  if (udp.kind !== 'udp') {
    kfreeSkbReason(skb, 'PKT_TOO_SMALL', 'udp_rcv');
    return;
  }
  const net = skb.dev.netns;
  const tuple: UdpTuple = {
    src: packet.src,
    srcPort: udp.srcPort,
    dst: packet.dst,
    dstPort: udp.dstPort,
    ifindex: skb.dev.ifindex,
  };
  const table = inetOf(net).udp;
  const many = isForMany(packet.dst, skb.pktType);
  const found = many ? table.matching(tuple) : [table.lookup(tuple)];
  let delivered = 0;
  for (const sock of found) if (sock && deliver(sock, skb, { packet, udp })) delivered++;
  if (delivered > 0) return;
  if (found.some((sock) => sock !== undefined)) {
    net.snmp.inc('Udp', 'RcvbufErrors');
    net.snmp.inc('Udp', 'InErrors');
    kfreeSkbReason(skb, 'SOCKET_RCVBUFF', 'udp_rcv');
    return;
  }
  net.snmp.inc('Udp', 'NoPorts');
  if (!many) portUnreachable(skb, packet);
  kfreeSkbReason(skb, 'NO_SOCKET', 'udp_rcv', `no socket on UDP port ${udp.dstPort}`);
}

function portUnreachable(skb: Skb, packet: IpPacket): void {
  if (packet.kind === 'ipv4') {
    icmpSend(skb, { type: ICMP_DEST_UNREACH, code: ICMP_PORT_UNREACH, info: 0 });
  } else icmp6Send(skb, { type: ICMPV6_DEST_UNREACH, code: ICMPV6_PORT_UNREACH, info: 0 });
}

interface Parsed {
  readonly packet: IpPacket;
  readonly udp: UdpDatagram;
}

/** udp_queue_rcv_skb(). */
function deliver(sock: UdpSock, skb: Skb, { packet, udp }: Parsed): boolean {
  const sk = sock.sk;
  const datagram: Datagram = {
    data: payloadBytes(packet, udp),
    from: { addr: packet.src, port: udp.srcPort, scopeId: skb.dev.ifindex },
    to: packet.dst,
    ifindex: skb.dev.ifindex,
    ttl: packet.kind === 'ipv4' ? packet.ttl : packet.hopLimit,
    tos: packet.kind === 'ipv4' ? packet.tos : packet.trafficClass,
    atUs: sk.nowUs,
  };
  if (sock.encapRcv?.(datagram)) return true;
  if (!sock.queue.push(sk, datagram)) return false;
  sk.net.snmp.inc('Udp', 'InDatagrams');
  const to = sk.owner ? `to ${sk.owner.comm}` : undefined;
  traceSkb(skb, 'udp_queue_rcv_skb', 'deliver', { detail: to });
  return true;
}

/** A tunnel's packet that nobody decapsulates is bytes to a socket. */
function payloadBytes(packet: IpPacket, udp: UdpDatagram): Uint8Array {
  if (udp.payload instanceof Uint8Array) return udp.payload;
  return encodeL4(udp, packet).subarray(UDP_HLEN);
}

/** __udp4_lib_err(), __udp6_lib_err(). */
function udpErr(net: Netns, error: IcmpError): void {
  const { embedded } = error;
  if (!embedded.ports || embedded.protocol !== IPPROTO_UDP) return;
  const sock = inetOf(net).udp.lookup({
    src: embedded.dst,
    srcPort: embedded.ports.dst,
    dst: embedded.src,
    dstPort: embedded.ports.src,
    ifindex: error.dev.ifindex,
  });
  if (!sock || error.errno === undefined) return;
  const sk = sock.sk;
  if (!sk.recvErr) {
    // Soft errors and errors of unconnected sockets are not reported (RFC 1122 §4.1.3.3).
    const tooBig = error.errno === 'EMSGSIZE';
    const hard = tooBig ? sk.pmtuDiscover === 'do' : error.fatal;
    if (!hard || sk.state !== 'ESTABLISHED') return;
  } else {
    sk.queueError({
      errno: error.errno,
      origin: error.family === 4 ? 'icmp' : 'icmp6',
      type: error.type,
      code: error.code,
      info: error.info,
      offender: error.offender,
      ttl: error.ttl,
      dst: { addr: embedded.dst, port: embedded.ports.dst },
      data: embedded.payload.subarray(UDP_HLEN),
      atUs: sk.nowUs,
    });
  }
  sk.error = error.errno;
}
