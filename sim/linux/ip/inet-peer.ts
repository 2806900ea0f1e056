import type { Ip } from '../../wire/frame';
import type { Netns } from '../netns';

/** struct inet_peer: what is remembered of an address for rate limits. */
export interface InetPeer {
  rateTokensMs: number;
  rateLastMs: number;
  redirects: number;
}

/** Peers forgotten beyond this many: inet_peer_threshold's order of magnitude. */
const MAX_PEERS = 4096;
/** XRLIM_BURST_FACTOR of inet_peer_xrlim_allow(). */
const XRLIM_BURST_FACTOR = 6;

export class InetPeers {
  readonly #peers = new Map<Ip, InetPeer>();

  constructor(readonly net: Netns) {}

  get nowMs(): number {
    return Math.floor(this.net.kernel.scheduler.nowUs / 1000);
  }

  /** inet_getpeer(): new ones start as if silent for a minute. */
  get(ip: Ip): InetPeer {
    const known = this.#peers.get(ip);
    if (known) return known;
    const [oldest] = this.#peers.keys();
    if (this.#peers.size >= MAX_PEERS && oldest !== undefined) this.#peers.delete(oldest);
    const made = { rateTokensMs: 0, rateLastMs: this.nowMs - 60_000, redirects: 0 };
    this.#peers.set(ip, made);
    return made;
  }

  /** inet_peer_xrlim_allow(), net/ipv4/icmp.c: a token bucket; `timeoutMs` is icmp_ratelimit. */
  allow(ip: Ip, timeoutMs: number): boolean {
    const peer = this.get(ip);
    const now = this.nowMs;
    const grown = peer.rateTokensMs + now - peer.rateLastMs;
    peer.rateLastMs = now;
    const tokens = Math.min(grown, XRLIM_BURST_FACTOR * timeoutMs);
    const allowed = tokens >= timeoutMs;
    peer.rateTokensMs = allowed ? tokens - timeoutMs : tokens;
    return allowed;
  }
}
