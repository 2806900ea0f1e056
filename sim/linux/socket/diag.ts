import { IPPROTO_UDP, type Ip } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import type { Netns } from '../netns';
import { inetOf } from './inet-tables';
import type { PacketSock } from './packet';
import { anyOf, isAny, mappedFor, Sock, type SockState } from './sock';
import type { TcpSock } from './tcp-sock';

/** struct inet_diag_msg: one socket as ss, netstat and /proc/net show it. */
export interface DiagSock {
  readonly protocol: 'tcp' | 'udp' | 'raw';
  readonly sk: Sock;
  readonly state: SockState;
  readonly family: Family;
  readonly src: Ip;
  readonly srcPort: number;
  readonly dst: Ip;
  readonly dstPort: number;
  readonly recvQ: number;
  readonly sendQ: number;
  /** The connection, for timers and `-i`. */
  readonly tcp?: TcpSock | undefined;
}

/** tcp_diag_dump(): listeners, then connections. */
export function tcpSockets(net: Netns): readonly DiagSock[] {
  const { tcp } = inetOf(net);
  return [...tcp.listeners(), ...tcp.connections()].map(tcpEntry);
}

function tcpEntry(tp: TcpSock): DiagSock {
  const { sk } = tp;
  const listening = sk.state === 'LISTEN';
  const fin = tp.finSent && tp.inFlight > tp.sendQueue.size ? 1 : 0;
  return {
    ...common(sk),
    protocol: 'tcp',
    recvQ: listening ? tp.acceptQueue.length : sk.state === 'TIME_WAIT' ? 0 : tp.receiveQueue.size,
    sendQ: listening ? tp.backlog : sk.state === 'TIME_WAIT' ? 0 : tp.sendQueue.size + fin,
    tcp: tp,
  };
}

/** udp_diag_dump(): the sockets of programs, and those that the kernel keeps for its tunnels. */
export function udpSockets(net: Netns): readonly DiagSock[] {
  const sockets = [...inetOf(net).udp.socks].map((udp) => ({
    ...common(udp.sk),
    protocol: 'udp' as const,
    recvQ: udp.queue.bytes,
    sendQ: 0,
  }));
  const tunnels = [...net.udpTunnels.keys()].map((port) => ({
    ...common(tunnelSock(net, port)),
    protocol: 'udp' as const,
    recvQ: 0,
    sendQ: 0,
  }));
  return [...sockets, ...tunnels];
}

/** udp_sock_create4() of a tunnel: no program owns it. */
function tunnelSock(net: Netns, port: number): Sock {
  const { tunnels } = inetOf(net);
  const known = tunnels.get(port);
  if (known) return known;
  const made = new Sock(net, { family: 4, type: 'dgram', protocol: IPPROTO_UDP });
  made.localPort = port;
  tunnels.set(port, made);
  return made;
}

/** raw_diag_dump(): the protocol number stands where a port would. */
export function rawSockets(net: Netns): readonly DiagSock[] {
  return [...inetOf(net).raw.socks].map((raw) => ({
    ...common(raw.sk),
    protocol: 'raw' as const,
    srcPort: raw.sk.protocol,
    recvQ: 0,
    sendQ: 0,
  }));
}

/** packet_diag_dump(). */
export const packetSockets = (net: Netns): readonly PacketSock[] => [...inetOf(net).packet];

const common = (sk: Sock): Omit<DiagSock, 'protocol' | 'recvQ' | 'sendQ'> => ({
  sk,
  state: sk.state,
  family: sk.family,
  src: shown(sk.family, sk.local),
  srcPort: sk.localPort,
  dst: shown(sk.family, sk.peer),
  dstPort: sk.peerPort,
});

function shown(family: Family, ip: Ip | undefined): Ip {
  if (ip === undefined || isAny(ip)) return anyOf(family);
  return mappedFor(family, ip);
}
