import type { FibRoute } from '../../linux/ip/fib';
import { RTPROT_KERNEL, RTPROT_REDIRECT } from '../../linux/ip/fib';
import {
  newRoute as addKernelRoute,
  delRoute,
  dumpRoutes,
  type RouteRequest,
} from '../../linux/rtnetlink/route';
import type { Family } from '../../wire/ip';
import type { Channel } from './channel';
import type { ProtoOf } from './config';
import type { Proto, ProtoHooks } from './proto';
import { attributeKey, type Nexthop, netKey, newRoute, type Route, sortNexthops } from './route';

/** RTPROT_BIRD. */
const RTPROT_BIRD = 12;
const RT_SCOPE_LINK = 253;

/** The kernel syncer: sysdep/unix/krt.c and sysdep/linux/netlink.c. */
export class KernelProtocol implements ProtoHooks {
  #ready = false;
  #initialized = false;
  #cancelScan: (() => void) | undefined;
  readonly #learned = new Map<string, string>();

  constructor(
    readonly proto: Proto,
    readonly config: ProtoOf<'kernel'>,
  ) {}

  get #channel(): Channel | undefined {
    return this.proto.channels[0];
  }

  get #family(): Family {
    return this.#channel?.config.family ?? 4;
  }

  start(): 'up' {
    this.#ready = false;
    this.#initialized = false;
    return 'up';
  }

  /** krt_shutdown(): what was installed goes, unless it shall persist. */
  shutdown(): 'down' {
    this.#cancelScan?.();
    if (this.#initialized && !this.config.persist) {
      for (const route of this.#channel?.exported.values() ?? []) this.#remove(route);
    }
    this.#learned.clear();
    this.#initialized = false;
    return 'down';
  }

  feedEnd(): void {
    this.#ready = true;
    this.#scheduleScan(0);
  }

  preexport(_channel: Channel, route: Route): 'reject' | undefined {
    return route.dest === 'unicast' && route.nexthops.length === 0 ? 'reject' : undefined;
  }

  routeNotify(
    _channel: Channel,
    _net: unknown,
    { route, old }: { route: Route | undefined; old: Route | undefined },
  ): void {
    if (!this.#initialized) return;
    if (route) this.#install(route);
    else if (old) this.#remove(old);
  }

  ifaceNotify(): void {
    if (this.config.learn && this.proto.state === 'up') this.#scheduleScan(0);
  }

  reload(): boolean {
    if (this.config.learn) this.#scheduleScan(0);
    return true;
  }

  /** A route of the kernel changed: krt_got_route_async(). */
  kernelChanged(): void {
    if (this.config.learn && this.#initialized) this.#scheduleScan(0);
  }

  #scheduleScan(afterSec: number): void {
    this.#cancelScan?.();
    this.#cancelScan = this.proto.daemon.after(afterSec, () => this.#scan());
  }

  /** krt_scan(): the kernel's routes, then what is missing there. */
  #scan(): void {
    const channel = this.#channel;
    if (this.config.scanTime > 0) this.#scheduleScan(this.config.scanTime);
    if (!channel || !this.#ready) return;
    const { netns } = this.proto.daemon.proc;
    const routes = dumpRoutes(netns, this.#family, this.config.kernelTable);
    const installed = new Map<string, FibRoute>();
    for (const route of routes) {
      if (route.protocol === RTPROT_BIRD && route.priority === this.config.metric) {
        installed.set(netKey({ address: route.dst, prefixLen: route.prefixLen }), route);
      }
    }
    for (const [key, route] of installed) {
      if (!channel.exported.has(key)) delRoute(netns, keyOf(route));
    }
    for (const [key, route] of channel.exported) {
      const known = installed.get(key);
      if (!known || !sameDestination(known, route)) this.#install(route);
    }
    this.#initialized = true;
    if (this.config.learn) this.#learn(channel, routes);
  }

  /** krt_learn_scan(): routes of others, the kernel's own excepted. */
  #learn(channel: Channel, routes: readonly FibRoute[]): void {
    const seen = new Set<string>();
    for (const route of routes) {
      if (route.protocol === RTPROT_KERNEL || route.protocol === RTPROT_REDIRECT) continue;
      if (route.protocol === RTPROT_BIRD) continue;
      const net = { address: route.dst, prefixLen: route.prefixLen };
      const learned = this.#learnedRoute(channel, route);
      if (!learned || seen.has(netKey(net))) continue;
      seen.add(netKey(net));
      const what = JSON.stringify([
        learned.dest,
        attributeKey(learned.attributes),
        learned.nexthops.map((nh) => [`${nh.gw}`, nh.iface.index]),
      ]);
      if (this.#learned.get(netKey(net)) === what) continue;
      this.#learned.set(netKey(net), what);
      channel.import(net, learned);
    }
    for (const net of channel.table.nets()) {
      const key = netKey(net.net);
      if (!this.#learned.has(key) || seen.has(key)) continue;
      this.#learned.delete(key);
      channel.import(net.net, undefined);
    }
  }

  #learnedRoute(channel: Channel, route: FibRoute): Route | undefined {
    const nexthops = route.nexthops.flatMap((nh): readonly Nexthop[] => {
      const iface = nh.dev && this.proto.daemon.ifaces.get(nh.dev.ifindex);
      return iface?.up ? [{ gw: nh.via, iface, weight: nh.weight - 1, onlink: nh.onlink }] : [];
    });
    const { type } = route;
    const dest =
      type === 'unicast' || type === 'blackhole' || type === 'unreachable' || type === 'prohibit'
        ? type
        : undefined;
    if (!dest || (dest === 'unicast' && nexthops.length === 0)) return undefined;
    return newRoute(channel, {
      net: { address: route.dst, prefixLen: route.prefixLen },
      source: 'RTS_INHERIT',
      dest,
      nexthops: sortNexthops(nexthops),
      attributes: {
        krtSource: route.protocol,
        krtMetric: route.priority,
        krtPrefsrc: route.prefSrc,
      },
    });
  }

  /** nl_send_route(). */
  #install(route: Route): void {
    const { netns } = this.proto.daemon.proc;
    const [first] = route.nexthops;
    const single = route.nexthops.length === 1 ? first : undefined;
    const request: RouteRequest = {
      ...this.#key(route),
      type: route.dest,
      protocol: RTPROT_BIRD,
      scope: single && single.gw === undefined ? RT_SCOPE_LINK : 0,
      prefSrc: route.attributes.krtPrefsrc,
      oif: single?.iface.index,
      via: single?.gw,
      onlink: single?.onlink,
      nexthops:
        route.nexthops.length > 1
          ? route.nexthops.map((nh) => ({
              via: nh.gw,
              oif: nh.iface.index,
              weight: nh.weight + 1,
              onlink: nh.onlink,
            }))
          : undefined,
    };
    if (this.#family === 6) delRoute(netns, this.#key(route));
    const done = addKernelRoute(netns, request, {
      create: true,
      excl: false,
      replace: true,
      append: false,
    });
    if (!done.ok) this.proto.daemon.log('warning', `Netlink: ${done.error.errno}`);
  }

  #remove(route: Route): void {
    delRoute(this.proto.daemon.proc.netns, { ...this.#key(route), protocol: RTPROT_BIRD });
  }

  #key(route: Route): RouteRequest {
    return {
      family: this.#family,
      table: this.config.kernelTable,
      dst: route.net.address,
      prefixLen: route.net.prefixLen,
      priority: route.attributes.krtMetric ?? this.config.metric,
    };
  }
}

const keyOf = (route: FibRoute): RouteRequest => ({
  family: route.family,
  table: route.table,
  dst: route.dst,
  prefixLen: route.prefixLen,
  priority: route.priority,
  protocol: route.protocol,
});

/** krt_same_dest(). */
const sameDestination = (known: FibRoute, route: Route): boolean =>
  known.type === route.dest &&
  (route.dest !== 'unicast' ||
    (known.nexthops.length === route.nexthops.length &&
      route.nexthops.every((nh) =>
        known.nexthops.some((k) => k.via === nh.gw && k.dev?.ifindex === nh.iface.index),
      )));
