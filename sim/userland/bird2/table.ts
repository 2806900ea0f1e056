import type { Ip } from '../../wire/frame';
import { type Cidr, type Family, familyOf, networkOf } from '../../wire/ip';
import { bgpBetter } from './bgp/better';
import type { Channel } from './channel';
import { type Nexthop, netKey, type Route, sameNexthops, sortNexthops } from './route';

/** struct network: the routes of one prefix, the best first. */
export interface Net {
  readonly net: Cidr;
  routes: Route[];
}

/** struct rtable, nest/rt-table.c. */
export class RTable {
  readonly #nets = new Map<string, Net>();
  /** How many networks there are of each length. */
  readonly #lengths = new Map<number, number>();
  /** Networks with a route whose next hop another route decides. */
  readonly #recursive = new Map<string, Net>();
  #sorted: readonly Net[] | undefined;
  readonly channels = new Set<Channel>();
  #id = 0;

  constructor(
    readonly name: string,
    readonly family: Family,
    readonly now: () => number,
  ) {}

  find(net: Cidr): Net | undefined {
    return this.#nets.get(netKey(net));
  }

  /** In the order of the hash table: fib_get() keeps each chain sorted by hash. */
  nets(): readonly Net[] {
    this.#sorted ??= [...this.#nets.values()].sort((a, b) => netHash(a.net) - netHash(b.net));
    return this.#sorted;
  }

  /** net_route(): the longest prefix with a usable route. */
  lookup(ip: Ip): Net | undefined {
    if (familyOf(ip) !== this.family) return undefined;
    for (const prefixLen of [...this.#lengths.keys()].sort((a, b) => b - a)) {
      const net = this.find({ address: networkOf(ip, prefixLen), prefixLen });
      if (net?.routes.some((route) => !route.filtered)) return net;
    }
    return undefined;
  }

  /** rte_recalculate(): one change of one sender, and its announcement. */
  update(sender: Channel, at: Cidr, given: Route | undefined): void {
    const key = netKey(at);
    const net = this.#nets.get(key) ?? { net: at, routes: [] };
    const oldBest = bestOf(net);
    const position = net.routes.findIndex((route) => route.sender === sender);
    const old = net.routes[position];
    const route = given && {
      ...given,
      id: old?.id ?? ++this.#id,
      lastModUs: this.now(),
    };
    if (position >= 0) net.routes.splice(position, 1);
    if (route) net.routes.splice(position >= 0 ? position : net.routes.length, 0, route);
    electBest(net, route, old);
    this.#keep(key, net);
    this.#announce(net, { route, old, oldBest });
  }

  #keep(key: string, net: Net): void {
    if (net.routes.some((route) => route.recursive)) this.#recursive.set(key, net);
    else this.#recursive.delete(key);
    const isKept = net.routes.length > 0;
    if (isKept === this.#nets.has(key)) return;
    const { prefixLen } = net.net;
    const count = (this.#lengths.get(prefixLen) ?? 0) + (isKept ? 1 : -1);
    if (count > 0) this.#lengths.set(prefixLen, count);
    else this.#lengths.delete(prefixLen);
    if (isKept) this.#nets.set(key, net);
    else this.#nets.delete(key);
    this.#sorted = undefined;
  }

  /** rt_next_hop_update(): routes whose next hop is decided by another route. */
  updateRecursive(): boolean {
    let changed = false;
    for (const net of [...this.#recursive.values()]) {
      const before = bestOf(net);
      let touched = false;
      net.routes = net.routes.map((route) => {
        const next = resolveRecursive(route);
        if (sameDest(route, next)) return route;
        touched = true;
        return { ...next, lastModUs: this.now() };
      });
      if (!touched) continue;
      changed = true;
      const [first] = net.routes;
      electBest(net, undefined, first);
      this.#announce(net, { route: bestOf(net), old: before, oldBest: before });
    }
    return changed;
  }

  #announce(
    net: Net,
    change: { route: Route | undefined; old: Route | undefined; oldBest: Route | undefined },
  ): void {
    const best = bestOf(net);
    const { oldBest } = change;
    if (best !== oldBest) {
      if (best) best.sender.stats.preferred++;
      if (oldBest) oldBest.sender.stats.preferred--;
    }
    for (const channel of this.channels) {
      if (channel.exporting) channel.announce(net, { ...change, best });
    }
  }
}

/** The best route, where it is valid: rte_is_ok(). */
export const bestOf = (net: Net): Route | undefined => {
  const [first] = net.routes;
  return first && !first.filtered ? first : undefined;
};

function electBest(net: Net, added: Route | undefined, removed: Route | undefined): void {
  if (net.routes.length < 2) return;
  if (added && net.routes.every((other) => other === added || better(added, other))) {
    net.routes = [added, ...net.routes.filter((route) => route !== added)];
    return;
  }
  if (!added && !removed) return;
  let best = net.routes[0];
  for (const route of net.routes) if (best && route !== best && better(route, best)) best = route;
  if (best) net.routes = [best, ...net.routes.filter((route) => route !== best)];
}

/** rte_better(). */
function better(a: Route, b: Route): boolean {
  if (b.filtered) return true;
  if (a.filtered) return false;
  if (a.preference !== b.preference) return a.preference > b.preference;
  const kinds = [a, b].map((route) => KIND_ORDER.indexOf(route.sender.proto.config.kind));
  if (kinds[0] !== kinds[1]) return (kinds[0] ?? 0) > (kinds[1] ?? 0);
  return bgpBetter(a, b);
}

/** Protocols as they lie in memory: the tie between two of different kinds. */
const KIND_ORDER = ['bgp', 'device', 'direct', 'kernel', 'static'];

const sameDest = (a: Route, b: Route): boolean =>
  a === b ||
  (a.dest === b.dest && a.igpMetric === b.igpMetric && sameNexthops(a.nexthops, b.nexthops));

/** rt_update_hostentry() and rta_apply_hostentry(). */
export function resolveRecursive(route: Route): Route {
  const { recursive } = route;
  if (!recursive) return route;
  const { address, table } = recursive;
  const unreachable: Route = {
    ...route,
    dest: 'unreachable',
    nexthops: [],
    igpMetric: 0,
  };
  const found = table.lookup(address);
  const via = found && bestOf(found);
  if (!via || via.recursive) return unreachable;
  if (via.dest !== 'unicast') return { ...unreachable, dest: via.dest, igpMetric: metricOf(via) };
  const own = via.nexthops.some(
    (nh) => nh.gw === undefined && nh.iface.addresses.some((a) => a.ip === address),
  );
  if (own) return unreachable;
  const nexthops = via.nexthops.map((nh): Nexthop => ({ ...nh, gw: nh.gw ?? address }));
  return { ...route, dest: 'unicast', nexthops: sortNexthops(nexthops), igpMetric: metricOf(via) };
}

/** rt_get_igp_metric(). */
const metricOf = (route: Route): number => {
  if (route.attributes.igpMetric !== undefined) return route.attributes.igpMetric;
  if (route.source === 'RTS_DEVICE') return 0;
  return route.source === 'RTS_BGP' ? route.igpMetric : UNKNOWN;
};
const UNKNOWN = 0x8000_0000;

/** net_hash_ip4(), net_hash_ip6() of lib/net.h. */
export function netHash({ address, prefixLen }: Cidr): number {
  const shift = (prefixLen << 26) >>> 0;
  if (typeof address === 'number') return (Math.imul(address, 2_902_958_171) ^ shift) >>> 0;
  const word = (at: bigint): number => Number((address >> at) & 0xffff_ffffn);
  const x = word(96n) ^ word(64n) ^ word(32n) ^ word(0n);
  return (x ^ (x << 16) ^ (x << 24) ^ shift) >>> 0;
}
