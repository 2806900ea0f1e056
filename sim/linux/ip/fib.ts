import type { Ip } from '../../wire/frame';
import { type Family, networkOf } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Errno } from '../errno';

/** RTN_* of include/uapi/linux/rtnetlink.h. */
export type RouteType =
  | 'unicast'
  | 'local'
  | 'broadcast'
  | 'anycast'
  | 'multicast'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'
  | 'throw';

/** RT_TABLE_*. */
export const RT_TABLE_DEFAULT = 253;
export const RT_TABLE_MAIN = 254;
export const RT_TABLE_LOCAL = 255;

/** RT_SCOPE_*. */
export const RT_SCOPE_UNIVERSE = 0;
export const RT_SCOPE_SITE = 200;
export const RT_SCOPE_LINK = 253;
export const RT_SCOPE_HOST = 254;
export const RT_SCOPE_NOWHERE = 255;

/** RTPROT_*. */
export const RTPROT_UNSPEC = 0;
export const RTPROT_REDIRECT = 1;
export const RTPROT_KERNEL = 2;
export const RTPROT_BOOT = 3;
export const RTPROT_STATIC = 4;
export const RTPROT_RA = 9;

/** RTAX_*; a locked metric is in `lock`. */
export interface RouteMetrics {
  readonly mtu?: number | undefined;
  readonly window?: number | undefined;
  readonly rtt?: number | undefined;
  readonly advmss?: number | undefined;
  readonly hoplimit?: number | undefined;
  readonly initcwnd?: number | undefined;
  readonly initrwnd?: number | undefined;
  readonly quickack?: number | undefined;
  readonly congctl?: string | undefined;
  readonly lock?: readonly string[] | undefined;
}

/** struct fib_nh; `dead` and `linkdown` are RTNH_F_* that device events set. */
export interface Nexthop {
  readonly dev: NetDevice | undefined;
  readonly via: Ip | undefined;
  readonly weight: number;
  readonly onlink: boolean;
  /** nh_scope: the scope of the gateway's own route. */
  readonly scope: number;
  dead: boolean;
  linkdown: boolean;
}

/** struct fib_alias with its fib_info (IPv4), struct fib6_info with its siblings (IPv6). */
export interface FibRoute {
  readonly family: Family;
  readonly table: number;
  /** Host bits clear. */
  readonly dst: Ip;
  readonly prefixLen: number;
  readonly tos: number;
  readonly priority: number;
  readonly type: RouteType;
  readonly protocol: number;
  readonly scope: number;
  readonly prefSrc: Ip | undefined;
  readonly metrics: RouteMetrics;
  /** At least one for unicast, local, broadcast; none (IPv4) for blackhole and the like. */
  readonly nexthops: readonly Nexthop[];
  /** IPv6: RTF_EXPIRES; virtual time. */
  readonly expiresAtUs?: number | undefined;
  /** IPv6 router preference as `pref medium` prints it. */
  readonly pref?: 'low' | 'medium' | 'high' | undefined;
}

/** Result of a lookup in a table. */
export interface FibResult {
  readonly route: FibRoute;
  /** Undefined for blackhole and the like. */
  readonly nexthop: Nexthop | undefined;
  readonly table: number;
}

/** How fib_table_lookup() narrows a search. */
export interface FibMatch {
  readonly dst: Ip;
  readonly tos: number;
  /** Routes of a wider scope (a smaller number) do not count. */
  readonly scope: number;
  /** An ifindex; 0 = any. */
  readonly oif: number;
  /** FIB_LOOKUP_IGNORE_LINKSTATE. */
  readonly ignoreLinkstate?: boolean | undefined;
}

/** fib_props[].error, net/ipv4/fib_semantics.c: what a route of that type answers instead of a next hop. */
export const FIB_ERRORS: Partial<Record<RouteType, Errno>> = {
  blackhole: 'EINVAL',
  unreachable: 'EHOSTUNREACH',
  prohibit: 'EACCES',
  throw: 'EAGAIN',
};

/** One routing table: for each prefix length a hash of prefixes, searched from the longest. */
class FibTable {
  readonly #byLength = new Map<number, Map<Ip, FibRoute[]>>();
  #lengths: number[] = [];

  /** Longest first. */
  get lengths(): readonly number[] {
    return this.#lengths;
  }

  aliases(dst: Ip, prefixLen: number): FibRoute[] {
    return this.#byLength.get(prefixLen)?.get(dst) ?? [];
  }

  set(dst: Ip, prefixLen: number, aliases: FibRoute[]): void {
    let bucket = this.#byLength.get(prefixLen);
    if (!bucket) {
      bucket = new Map();
      this.#byLength.set(prefixLen, bucket);
      this.#lengths = [...this.#byLength.keys()].sort((a, b) => b - a);
    }
    if (aliases.length > 0) {
      bucket.set(dst, aliases);
      return;
    }
    bucket.delete(dst);
    if (bucket.size > 0) return;
    this.#byLength.delete(prefixLen);
    this.#lengths = this.#lengths.filter((length) => length !== prefixLen);
  }

  forEach(visit: (route: FibRoute) => void): void {
    for (const bucket of this.#byLength.values()) {
      for (const aliases of bucket.values()) for (const route of aliases) visit(route);
    }
  }

  /** The first alias of that prefix that matches; fib_table_lookup() of net/ipv4/fib_trie.c. */
  at(prefixLen: number, match: FibMatch): FibResult | undefined {
    const bucket = this.#byLength.get(prefixLen);
    const aliases = bucket?.get(networkOf(match.dst, prefixLen));
    if (!aliases) return undefined;
    for (const route of aliases) {
      if (route.tos !== 0 && route.tos !== match.tos) continue;
      if (route.scope < match.scope) continue;
      if (FIB_ERRORS[route.type]) return { route, nexthop: undefined, table: route.table };
      const nexthop = usableNexthop(route, match);
      if (nexthop) return { route, nexthop, table: route.table };
      if (route.nexthops.length === 0) return { route, nexthop: undefined, table: route.table };
    }
    return undefined;
  }
}

function usableNexthop(route: FibRoute, match: FibMatch): Nexthop | undefined {
  for (const nh of route.nexthops) if (nexthopUsable(nh, match)) return nh;
  return undefined;
}

/** fib_lookup_good_nhc(). */
function nexthopUsable(nh: Nexthop, match: FibMatch): boolean {
  if (nh.dead) return false;
  if (nh.linkdown && !match.ignoreLinkstate && ignoresLinkdown(nh)) return false;
  return match.oif === 0 || match.oif === nh.dev?.ifindex;
}

function ignoresLinkdown(nh: Nexthop): boolean {
  const dev = nh.dev;
  if (!dev) return false;
  if (typeof nh.via === 'bigint') return dev.in6Dev.conf.ignore_routes_with_linkdown !== 0;
  const all = dev.netns.ipv4.confAll.ignore_routes_with_linkdown;
  return (all | dev.inDev.conf.ignore_routes_with_linkdown) !== 0;
}

/** All tables of one family in one namespace. */
export class FibTables {
  readonly #tables = new Map<number, FibTable>();

  constructor(readonly family: Family) {}

  has(table: number): boolean {
    return this.#tables.has(table);
  }

  /** fib_new_table(). */
  create(table: number): void {
    if (!this.#tables.has(table)) this.#tables.set(table, new FibTable());
  }

  /** Ids of existing tables in the order of fib_table_hash[]. */
  tableIds(): readonly number[] {
    return [...this.#tables.keys()].sort((a, b) => (a & 255) - (b & 255) || a - b);
  }

  /** In the order of a dump: fib_table_dump() walks by address, inet6_dump_fib() children first. */
  routes(table: number): readonly FibRoute[] {
    const all: FibRoute[] = [];
    this.#tables.get(table)?.forEach((route) => {
      all.push(route);
    });
    return all.sort(this.family === 4 ? dumpOrder4 : dumpOrder6);
  }

  /** Aliases of one prefix, in order. */
  aliases(table: number, dst: Ip, prefixLen: number): readonly FibRoute[] {
    return this.#tables.get(table)?.aliases(dst, prefixLen) ?? [];
  }

  setAliases(
    table: number,
    prefix: { readonly dst: Ip; readonly prefixLen: number },
    aliases: FibRoute[],
  ): void {
    this.create(table);
    this.#tables.get(table)?.set(prefix.dst, prefix.prefixLen, aliases);
  }

  /** Longest prefix match over one table, or over two merged ones (`local` and `main` without rules). */
  lookup(tables: readonly number[], match: FibMatch): FibResult | undefined {
    const [first = -1, second = -1] = tables;
    const a = this.#tables.get(first);
    const b = this.#tables.get(second);
    if (a && b) return lookupMerged(a, b, match);
    const only = a ?? b;
    if (!only) return undefined;
    for (const length of only.lengths) {
      const result = only.at(length, match);
      if (result) return result;
    }
    return undefined;
  }

  /** Removes every route that `gone` selects and returns them: fib_table_flush(). */
  flush(gone: (route: FibRoute) => boolean): readonly FibRoute[] {
    const removed: FibRoute[] = [];
    for (const table of this.#tables.values()) {
      const dead: FibRoute[] = [];
      table.forEach((route) => {
        if (gone(route)) dead.push(route);
      });
      for (const route of dead) {
        const rest = table.aliases(route.dst, route.prefixLen).filter((r) => r !== route);
        table.set(route.dst, route.prefixLen, rest);
      }
      removed.push(...dead);
    }
    return removed;
  }

  forEach(visit: (route: FibRoute) => void): void {
    for (const table of this.#tables.values()) table.forEach(visit);
  }

  /** Every next hop that leads out by `dev`. */
  nexthopsOf(dev: NetDevice): readonly Nexthop[] {
    const found: Nexthop[] = [];
    this.forEach((route) => {
      for (const nh of route.nexthops) if (nh.dev === dev) found.push(nh);
    });
    return found;
  }
}

/** At each length that one of them has, `a` comes before `b`. */
function lookupMerged(a: FibTable, b: FibTable, match: FibMatch): FibResult | undefined {
  let i = 0;
  let j = 0;
  for (;;) {
    const ofA = a.lengths[i] ?? -1;
    const ofB = b.lengths[j] ?? -1;
    const length = Math.max(ofA, ofB);
    if (length < 0) return undefined;
    const result = ofA === length ? a.at(length, match) : undefined;
    if (result) return result;
    const other = ofB === length ? b.at(length, match) : undefined;
    if (other) return other;
    if (ofA === length) i++;
    if (ofB === length) j++;
  }
}

const compareIp = (a: Ip, b: Ip): number => (a < b ? -1 : a > b ? 1 : 0);

const dumpOrder4 = (a: FibRoute, b: FibRoute): number =>
  compareIp(a.dst, b.dst) || b.prefixLen - a.prefixLen;

function dumpOrder6(a: FibRoute, b: FibRoute): number {
  const common = Math.min(a.prefixLen, b.prefixLen);
  const byPrefix = compareIp(networkOf(a.dst, common), networkOf(b.dst, common));
  return byPrefix || b.prefixLen - a.prefixLen;
}
