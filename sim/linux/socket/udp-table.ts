import type { Ip } from '../../wire/frame';
import type { BindTable } from './port';
import { isAny, speaksTo } from './sock';
import type { UdpSock } from './udp';

/** Addresses and ports of a received datagram, and where it came in. */
export interface UdpTuple {
  readonly src: Ip;
  readonly srcPort: number;
  readonly dst: Ip;
  readonly dstPort: number;
  readonly ifindex: number;
}

/** struct udp_table. */
export class UdpTable {
  readonly #byPort = new Map<number, UdpSock[]>();
  /** All sockets, as /proc/net/udp lists them. */
  readonly socks = new Set<UdpSock>();

  constructor(readonly bind: BindTable) {}

  /** udp_lib_get_port(): the newest socket is looked at first. */
  hash(sock: UdpSock): void {
    const list = this.#byPort.get(sock.sk.localPort) ?? [];
    list.unshift(sock);
    this.#byPort.set(sock.sk.localPort, list);
    this.socks.add(sock);
  }

  /** udp_lib_unhash(). */
  unhash(sock: UdpSock): void {
    const list = this.#byPort.get(sock.sk.localPort);
    const at = list?.indexOf(sock) ?? -1;
    if (list && at >= 0) list.splice(at, 1);
    if (list?.length === 0) this.#byPort.delete(sock.sk.localPort);
    this.socks.delete(sock);
  }

  /** __udp4_lib_lookup(), __udp6_lib_lookup(): the socket with the highest score. */
  lookup(tuple: UdpTuple): UdpSock | undefined {
    let best: UdpSock | undefined;
    let bestScore = -1;
    for (const sock of this.#byPort.get(tuple.dstPort) ?? NONE) {
      const score = computeScore(sock, tuple);
      if (score > bestScore) {
        best = sock;
        bestScore = score;
      }
    }
    return best;
  }

  /** __udp4_lib_mcast_deliver(): every socket that matches. */
  matching(tuple: UdpTuple): readonly UdpSock[] {
    return (this.#byPort.get(tuple.dstPort) ?? NONE).filter((s) => computeScore(s, tuple) >= 0);
  }
}

const NONE: readonly UdpSock[] = [];

/** compute_score(), net/ipv4/udp.c and net/ipv6/udp.c; -1 = does not match. */
function computeScore(sock: UdpSock, tuple: UdpTuple): number {
  const sk = sock.sk;
  if (!speaksTo(sk, tuple.dst)) return -1;
  let score = typeof tuple.dst === 'number' && sk.family === 4 ? 2 : 1;
  if (sk.local !== undefined && !isAny(sk.local)) {
    if (sk.local !== tuple.dst) return -1;
    score += 4;
  }
  if (sk.peer !== undefined) {
    if (sk.peer !== tuple.src || sk.peerPort !== tuple.srcPort) return -1;
    score += 8;
  }
  if (sk.boundIfindex !== 0) {
    if (sk.boundIfindex !== tuple.ifindex) return -1;
    score += 4;
  }
  return score;
}
