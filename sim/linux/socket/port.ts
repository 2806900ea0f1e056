import type { Ip } from '../../wire/frame';
import { isAny, type Sock } from './sock';

/** net.ipv4.ip_local_port_range where the namespace does not say otherwise. */
export const DEFAULT_PORT_RANGE: readonly [low: number, high: number] = [32_768, 60_999];

/**
 * inet_bind_hashbucket, udp_table: who holds which local port, of one protocol in one namespace.
 */
export class BindTable {
  readonly #byPort = new Map<number, Set<Sock>>();

  at(port: number): ReadonlySet<Sock> {
    return this.#byPort.get(port) ?? NOBODY;
  }

  all(): readonly Sock[] {
    return [...this.#byPort.values()].flatMap((socks) => [...socks]);
  }

  /** inet_bind_hash(). */
  add(sk: Sock, port: number): void {
    const socks = this.#byPort.get(port) ?? new Set();
    socks.add(sk);
    this.#byPort.set(port, socks);
    sk.localPort = port;
  }

  /** inet_put_port(). */
  remove(sk: Sock): void {
    const socks = this.#byPort.get(sk.localPort);
    socks?.delete(sk);
    if (socks?.size === 0) this.#byPort.delete(sk.localPort);
  }

  /**
   * inet_csk_bind_conflict(), net/ipv4/inet_connection_sock.c; udp_lib_lport_inuse(),
   * net/ipv4/udp.c.
   */
  conflict(sk: Sock, addr: Ip | undefined, port: number): boolean {
    for (const other of this.at(port)) {
      if (other === sk || !sameDevice(sk, other)) continue;
      if (sk.reuseAddr && other.reuseAddr && other.state !== 'LISTEN') continue;
      if (sk.reusePort && other.reusePort && sk.uid === other.uid) continue;
      if (overlap(sk, addr, other)) return true;
    }
    return false;
  }

  /**
   * A free port of the range, tried from `start` in steps of two, then the other parity: bind(0)
   * prefers odd
   * ports and connect() even ones (inet_csk_find_open_port, __inet_hash_connect).
   */
  findOpen(
    range: readonly [low: number, high: number],
    start: number,
    free: (port: number) => boolean,
  ): number | undefined {
    const [low, high] = range;
    const count = high - low + 1;
    for (const parity of [0, 1]) {
      for (let i = 0; i < count; i += 2) {
        const port = low + ((start + parity + i) % count);
        if (free(port)) return port;
      }
    }
    return undefined;
  }
}

const NOBODY: ReadonlySet<Sock> = new Set();

const sameDevice = (a: Sock, b: Sock): boolean =>
  a.boundIfindex === 0 || b.boundIfindex === 0 || a.boundIfindex === b.boundIfindex;

/** inet_rcv_saddr_equal() with wildcards, net/ipv4/inet_connection_sock.c. */
function overlap(sk: Sock, addr: Ip | undefined, other: Sock): boolean {
  const a = addr === undefined || isAny(addr) ? undefined : addr;
  const b = other.local === undefined || isAny(other.local) ? undefined : other.local;
  const mine = covers(sk, a);
  const theirs = covers(other, b);
  if (!mine.some((family) => theirs.includes(family))) return false;
  return a === undefined || b === undefined || a === b;
}

/** The families whose packets a socket bound like this would get. */
function covers(sk: Sock, addr: Ip | undefined): readonly (4 | 6)[] {
  if (addr !== undefined) return [typeof addr === 'number' ? 4 : 6];
  if (sk.family === 4) return [4];
  return sk.v6only ? [6] : [4, 6];
}
