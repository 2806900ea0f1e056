/** Which host ports are taken, by address and protocol: libnetwork/portallocator. */
export class PortAllocator {
  readonly #taken = new Map<string, Set<number>>();
  readonly #last = new Map<string, number>();

  constructor(readonly range: readonly [first: number, last: number]) {}

  /** RequestPortInRange(): the port, or undefined when it (or every one) is taken. */
  request(ip: string, proto: string, first: number, last: number): number | undefined {
    if (first > 0) {
      for (let port = first; port <= last; port++) {
        if (this.#take(ip, proto, port)) return port;
      }
      return undefined;
    }
    return this.#requestAny(ip, proto);
  }

  #requestAny(ip: string, proto: string): number | undefined {
    const [low, high] = this.range;
    const key = `${ip}/${proto}`;
    let port = this.#last.get(key) ?? high;
    for (let i = low; i <= high; i++) {
      port = port >= high ? low : port + 1;
      if (!this.#take(ip, proto, port)) continue;
      this.#last.set(key, port);
      return port;
    }
    return undefined;
  }

  release(ip: string, proto: string, port: number): void {
    this.#setOf(ip, proto).delete(port);
  }

  #setOf(ip: string, proto: string): Set<number> {
    const key = `${ip}/${proto}`;
    const known = this.#taken.get(key) ?? new Set();
    this.#taken.set(key, known);
    return known;
  }

  #take(ip: string, proto: string, port: number): boolean {
    const any = ip.includes(':') ? '::' : '0.0.0.0';
    if (this.#setOf(any, proto).has(port)) return false;
    const own = this.#setOf(ip, proto);
    if (own.has(port)) return false;
    if (ip === any) {
      for (const [key, ports] of this.#taken) {
        const [other = '', kind] = key.split('/');
        if (kind === proto && other.includes(':') === any.includes(':') && ports.has(port))
          return false;
      }
    }
    own.add(port);
    return true;
  }
}
