import { err, ok, type Result } from '../../base/result';
import type { Ip } from '../../wire/frame';
import { addressBits, broadcastOf, type Cidr, contains, familyOf, networkOf } from '../../wire/ip';

export type IpamError = 'overlap' | 'exhausted' | 'in-use' | 'out-of-range';

const add = (ip: Ip, n: number): Ip => (typeof ip === 'number' ? ip + n : ip + BigInt(n));
const less = (a: Ip, b: Ip): boolean => a < b;

/** The last address of a prefix. */
function lastOf(cidr: Cidr): Ip {
  if (typeof cidr.address === 'number') return broadcastOf(cidr.address, cidr.prefixLen);
  return cidr.address | ((1n << BigInt(128 - cidr.prefixLen)) - 1n);
}

/** How many addresses a search looks at; a pool of a machine room is never this full. */
const MAX_SEARCH = 70_000;

/** One subnet with its used addresses: an address space's pool and its bit sequence (libnetwork/ipam). */
export class AddressPool {
  readonly #used = new Set<Ip>();
  /** Serial allocation starts behind the last one: bitseq.SetAnyInRange(serial). */
  #last: Ip | undefined;

  constructor(
    readonly subnet: Cidr,
    /** --ip-range: where addresses are taken from. */
    readonly range: Cidr | undefined,
    /** Overlay networks hand out the next address, bridges the lowest free one. */
    readonly serial: boolean,
  ) {
    this.#used.add(subnet.address);
    if (typeof subnet.address === 'number') this.#used.add(lastOf(subnet));
  }

  contains(ip: Ip): boolean {
    return familyOf(ip) === familyOf(this.subnet.address) && contains(this.subnet, ip);
  }

  /** RequestAddress() with a preferred address. */
  take(ip: Ip): Result<Ip, IpamError> {
    if (!this.contains(ip)) return err('out-of-range');
    if (this.#used.has(ip)) return err('in-use');
    this.#used.add(ip);
    return ok(ip);
  }

  /** RequestAddress() without. */
  takeAny(): Result<Ip, IpamError> {
    const space = this.range ?? this.subnet;
    const first = space.address;
    const last = lastOf(space);
    const start = this.serial && this.#last !== undefined ? add(this.#last, 1) : first;
    const found = this.#free(start, last) ?? this.#free(first, last);
    if (found === undefined) return err('exhausted');
    this.#used.add(found);
    this.#last = found;
    return ok(found);
  }

  release(ip: Ip): void {
    this.#used.delete(ip);
  }

  #free(from: Ip, last: Ip): Ip | undefined {
    let ip = from;
    for (let i = 0; i < MAX_SEARCH && !less(last, ip); i++) {
      if (!this.#used.has(ip)) return ip;
      ip = add(ip, 1);
    }
    return undefined;
  }
}

/** ipamutils.localScopeDefaultNetworks: 172.17/16 … 172.31/16, 192.168.0/20 … 192.168.240/20. */
function localPools(): readonly Cidr[] {
  const pools: Cidr[] = [];
  for (let i = 17; i <= 31; i++) pools.push({ address: (172 * 256 + i) * 65_536, prefixLen: 16 });
  for (let i = 0; i < 256; i += 16) {
    pools.push({ address: 0xc0a8_0000 + i * 256, prefixLen: 20 });
  }
  return pools;
}

/** ipamutils.globalScopeDefaultNetworks: the /24 of 10.0.0.0/8, of which a world needs few. */
function globalPools(): readonly Cidr[] {
  return Array.from({ length: 4096 }, (_, i) => ({
    address: 0x0a00_0000 + i * 256,
    prefixLen: 24,
  }));
}

const overlaps = (a: Cidr, b: Cidr): boolean =>
  familyOf(a.address) === familyOf(b.address) && (contains(a, b.address) || contains(b, a.address));

/** An address space: which subnets are taken, and which default comes next. */
export class AddressSpace {
  readonly #pools: Cidr[] = [];
  readonly #defaults: readonly Cidr[];
  #next = 0;

  constructor(readonly scope: 'local' | 'global') {
    this.#defaults = scope === 'local' ? localPools() : globalPools();
  }

  /** RequestPool() of a given subnet. */
  request(subnet: Cidr, range: Cidr | undefined): Result<AddressPool, IpamError> {
    const prefix = normalised(subnet);
    if (this.#pools.some((pool) => overlaps(pool, prefix))) return err('overlap');
    this.#pools.push(prefix);
    return ok(new AddressPool(prefix, range && normalised(range), this.scope === 'global'));
  }

  /** getPredefinedPool(): the next default that nothing overlaps; routes of the machine count too. */
  requestAny(isTaken: (cidr: Cidr) => boolean): Result<AddressPool, IpamError> {
    const { length } = this.#defaults;
    for (let i = 0; i < length; i++) {
      const at = (this.#next + i) % length;
      const cidr = this.#defaults[at];
      if (!cidr || this.#pools.some((pool) => overlaps(pool, cidr)) || isTaken(cidr)) continue;
      this.#next = (at + 1) % length;
      return this.request(cidr, undefined);
    }
    return err('exhausted');
  }

  release(pool: AddressPool): void {
    const at = this.#pools.indexOf(pool.subnet);
    if (at >= 0) this.#pools.splice(at, 1);
  }
}

const normalised = (cidr: Cidr): Cidr => ({
  address: networkOf(cidr.address, cidr.prefixLen),
  prefixLen: cidr.prefixLen,
});

export { overlaps as prefixesOverlap };

/** Prefix lengths that an IPAM pool may have: a /31 has no address for a host. */
export const isUsablePrefix = (cidr: Cidr): boolean =>
  cidr.prefixLen <= addressBits(familyOf(cidr.address));
