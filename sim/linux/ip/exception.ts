import type { Ip } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import type { Nexthop } from './fib';

/** struct fib_nh_exception: what ICMP told about one destination behind a next hop. */
export interface RouteException {
  readonly gateway: Ip | undefined;
  readonly mtu: number | undefined;
  readonly mtuLocked: boolean;
  readonly expiresAtUs: number;
}

/** The exceptions of one namespace and family; they go with their next hop, or with `ip route flush cache`. */
export class RouteExceptions {
  #byNexthop = new Map<Nexthop, Map<Ip, RouteException>>();

  constructor(readonly net: Netns) {}

  find(nexthop: Nexthop, dst: Ip): RouteException | undefined {
    const found = this.#byNexthop.get(nexthop)?.get(dst);
    if (!found || found.expiresAtUs <= this.net.kernel.scheduler.nowUs) return undefined;
    return found;
  }

  /** update_or_create_fnhe(), net/ipv4/route.c. */
  update(nexthop: Nexthop, dst: Ip, change: RouteException): void {
    const of = this.#byNexthop.get(nexthop) ?? new Map<Ip, RouteException>();
    const old = this.find(nexthop, dst);
    of.set(dst, {
      gateway: change.gateway ?? old?.gateway,
      mtu: change.mtu ?? old?.mtu,
      mtuLocked: change.mtu === undefined ? (old?.mtuLocked ?? false) : change.mtuLocked,
      expiresAtUs: change.expiresAtUs,
    });
    this.#byNexthop.set(nexthop, of);
  }

  /** fib_dump_info_fnhe(): whether there is anything to show. */
  get isEmpty(): boolean {
    const { nowUs } = this.net.kernel.scheduler;
    return [...this.#byNexthop.values()].every((of) =>
      [...of.values()].every((one) => one.expiresAtUs <= nowUs),
    );
  }

  /** Next hops by a device that goes take along what was learnt behind them. */
  flushDevice(dev: NetDevice): void {
    for (const nexthop of this.#byNexthop.keys()) {
      if (nexthop.dev === dev) this.#byNexthop.delete(nexthop);
    }
  }

  /** nh_update_mtu(), net/ipv4/fib_semantics.c: a device's MTU bounds what was learnt, and raises what it had set. */
  updateMtu(dev: NetDevice, before: number): void {
    for (const [nexthop, of] of this.#byNexthop) {
      if (nexthop.dev !== dev) continue;
      for (const [dst, known] of of) {
        if (known.mtu === undefined) continue;
        const lowers = known.mtuLocked ? dev.mtu <= known.mtu : dev.mtu < known.mtu;
        const follows = !known.mtuLocked && before === known.mtu;
        if (lowers || follows) of.set(dst, { ...known, mtu: dev.mtu, mtuLocked: false });
      }
    }
  }

  /** rt_cache_flush(), fnhe_genid_bump(). */
  flush(): void {
    this.#byNexthop = new Map();
  }
}
