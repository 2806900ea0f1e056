import type { Ip } from '../../wire/frame';
import type { BindTable } from './port';
import { isAny, speaksTo } from './sock';
import type { TcpSock } from './tcp-sock';

/** Addresses and ports of a received segment, from the receiver's side. */
export interface TcpTuple {
  readonly local: Ip;
  readonly localPort: number;
  readonly peer: Ip;
  readonly peerPort: number;
  readonly ifindex: number;
}

/** Of IPv4, sixteen bits a character, for it is made for every segment. */
function keyOf({ local, localPort, peer, peerPort }: Omit<TcpTuple, 'ifindex'>): string {
  if (typeof local !== 'number' || typeof peer !== 'number') {
    return `${local}/${localPort}/${peer}/${peerPort}`;
  }
  return String.fromCharCode(local >>> 16, local, localPort, peer >>> 16, peer, peerPort);
}

/** struct inet_hashinfo of tcp. */
export class TcpTable {
  readonly #established = new Map<string, TcpSock>();
  readonly #listening = new Map<number, TcpSock[]>();

  constructor(readonly bind: BindTable) {}

  /** inet_ehash_insert(): false if the four-tuple is taken. */
  hashConnection(tp: TcpSock): boolean {
    const key = keyOf(tp.tuple);
    const other = this.#established.get(key);
    if (other && other !== tp) return false;
    this.#established.set(key, tp);
    return true;
  }

  unhashConnection(tp: TcpSock): void {
    const key = keyOf(tp.tuple);
    if (this.#established.get(key) === tp) this.#established.delete(key);
  }

  hashListener(tp: TcpSock): void {
    const list = this.#listening.get(tp.sk.localPort) ?? [];
    list.unshift(tp);
    this.#listening.set(tp.sk.localPort, list);
  }

  unhashListener(tp: TcpSock): void {
    const list = this.#listening.get(tp.sk.localPort);
    const at = list?.indexOf(tp) ?? -1;
    if (list && at >= 0) list.splice(at, 1);
    if (list?.length === 0) this.#listening.delete(tp.sk.localPort);
  }

  /** __inet_lookup_established(). */
  lookupEstablished(tuple: Omit<TcpTuple, 'ifindex'>): TcpSock | undefined {
    return this.#established.get(keyOf(tuple));
  }

  /** __inet_lookup_listener(): the listener with the highest score. */
  lookupListener(tuple: TcpTuple): TcpSock | undefined {
    let best: TcpSock | undefined;
    let bestScore = -1;
    for (const tp of this.#listening.get(tuple.localPort) ?? NONE) {
      const score = computeScore(tp, tuple);
      if (score > bestScore) {
        best = tp;
        bestScore = score;
      }
    }
    return best;
  }

  /** Connections, then listeners: what ss and /proc/net/tcp list. */
  connections(): readonly TcpSock[] {
    return [...this.#established.values()];
  }

  listeners(): readonly TcpSock[] {
    return [...this.#listening.values()].flat();
  }
}

const NONE: readonly TcpSock[] = [];

/** compute_score(), net/ipv4/inet_hashtables.c. */
function computeScore(tp: TcpSock, tuple: TcpTuple): number {
  const sk = tp.sk;
  if (!speaksTo(sk, tuple.local)) return -1;
  if (sk.local !== undefined && !isAny(sk.local) && sk.local !== tuple.local) return -1;
  if (sk.boundIfindex !== 0 && sk.boundIfindex !== tuple.ifindex) return -1;
  const bound = sk.boundIfindex !== 0 ? 4 : 1;
  return bound + (sk.local !== undefined ? 2 : 0) + (sk.family === 4 ? 1 : 0);
}
