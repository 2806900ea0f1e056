import type { NetDevice } from '../../../linux/device/net-device';
import type { Dst, Flow } from '../../../linux/ip/dst';
import type { FibRoute, Nexthop, RouteMetrics, RouteType } from '../../../linux/ip/fib';
import type { Ip } from '../../../wire/frame';
import { addressBits, type Family, familyOf } from '../../../wire/ip';

export interface ShownNexthop {
  readonly via: Ip | undefined;
  readonly dev: NetDevice | undefined;
  readonly weight: number;
  readonly flags: readonly string[];
}

/** RTM_NEWROUTE: struct rtmsg and its attributes, of a dump or of the answer to a lookup. */
export interface ShownRoute {
  readonly family: Family;
  readonly type: RouteType;
  /** Undefined: no RTA_DST, the default route. */
  readonly dst: Ip | undefined;
  readonly prefixLen: number;
  /** RTA_SRC with its length. */
  readonly from: { readonly address: Ip; readonly prefixLen: number } | undefined;
  readonly tos: number;
  readonly gateway: Ip | undefined;
  readonly dev: NetDevice | undefined;
  readonly table: number;
  /** RTM_F_CLONED: from the cache, so neither protocol nor scope is shown. */
  readonly cloned: boolean;
  readonly protocol: number;
  readonly scope: number;
  readonly prefSrc: Ip | undefined;
  readonly priority: number | undefined;
  readonly flags: readonly string[];
  readonly mark: number;
  readonly uid: number | undefined;
  /** RTCF_* of the upper half of the flags. */
  readonly cacheFlags: readonly string[];
  readonly expiresSec: number | undefined;
  readonly metrics: RouteMetrics;
  readonly iif: NetDevice | undefined;
  readonly pref: string | undefined;
  /** RTA_MULTIPATH. */
  readonly nexthops: readonly ShownNexthop[];
}

/** RTNH_F_* in the order of print_rt_flags(). */
const nexthopFlags = (nh: Nexthop): readonly string[] => [
  ...(nh.dead ? ['dead'] : []),
  ...(nh.onlink ? ['onlink'] : []),
  ...(nh.linkdown ? ['linkdown'] : []),
];

/** fib_dump_info(), net/ipv4/fib_semantics.c, and rt6_fill_node(), net/ipv6/route.c. */
export function fillRoute(route: FibRoute, nowUs: number): ShownRoute {
  const single = route.nexthops.length === 1 ? route.nexthops[0] : undefined;
  const expires = route.expiresAtUs;
  return {
    family: route.family,
    type: route.type,
    dst: route.prefixLen === 0 ? undefined : route.dst,
    prefixLen: route.prefixLen,
    from: undefined,
    tos: route.tos,
    gateway: single?.via,
    dev: single?.dev,
    table: route.table,
    cloned: false,
    protocol: route.protocol,
    scope: route.scope,
    prefSrc: route.prefSrc,
    priority: route.family === 6 || route.priority !== 0 ? route.priority : undefined,
    flags: single ? nexthopFlags(single) : [],
    mark: 0,
    uid: undefined,
    cacheFlags: [],
    expiresSec:
      expires === undefined ? undefined : Math.max(0, Math.floor((expires - nowUs) / 1_000_000)),
    metrics: route.metrics,
    iif: undefined,
    pref: route.family === 6 ? (route.pref ?? 'medium') : undefined,
    nexthops:
      route.nexthops.length > 1
        ? route.nexthops.map((nh) => ({
            via: nh.via,
            dev: nh.dev,
            weight: nh.weight,
            flags: nexthopFlags(nh),
          }))
        : [],
  };
}

export interface GetContext {
  readonly flow: Flow;
  readonly iif: NetDevice | undefined;
  readonly nowUs: number;
}

/** rt_fill_info(), net/ipv4/route.c, and rt6_fill_node() of a looked-up route. */
export function fillLookup(dst: Dst, { flow, iif, nowUs }: GetContext): ShownRoute {
  const family = familyOf(flow.dst);
  const bits = addressBits(family);
  const six = family === 6;
  const route = dst.route;
  const expires = dst.cached?.expiresAtUs;
  const from = flow.src ?? (six ? 0n : undefined);
  const { cached } = dst;
  const lock = cached?.mtuLocked ? { lock: [...(dst.metrics.lock ?? []), 'mtu' as const] } : {};
  const metrics =
    cached?.mtu === undefined ? dst.metrics : { ...dst.metrics, mtu: cached.mtu, ...lock };
  return {
    family,
    type: dst.type,
    dst: flow.dst,
    prefixLen: bits,
    from: from === undefined ? undefined : { address: from, prefixLen: bits },
    tos: flow.tos ?? 0,
    gateway: dst.gateway,
    dev: dst.dev,
    table: dst.table,
    cloned: !six,
    protocol: route?.protocol ?? 0,
    scope: six ? (route?.scope ?? 0) : 0,
    prefSrc: (iif && !six) || dst.src === flow.src ? undefined : dst.src,
    priority: six ? (route?.priority ?? 0) : undefined,
    flags: [],
    mark: flow.mark ?? 0,
    uid: six || iif ? undefined : 0,
    cacheFlags: cacheFlags(dst),
    expiresSec:
      expires === undefined ? undefined : Math.max(0, Math.floor((expires - nowUs) / 1_000_000)),
    metrics,
    iif,
    pref: six ? (route?.pref ?? 'medium') : undefined,
    nexthops: [],
  };
}

/**
 * RTCF_LOCAL, RTCF_BROADCAST, RTCF_MULTICAST, RTCF_DOREDIRECT in the order of
 * print_cache_flags().
 */
const cacheFlags = (dst: Dst): readonly string[] => [
  ...(isLocal(dst) ? ['local'] : []),
  ...(dst.type === 'multicast' ? ['mc'] : []),
  ...(dst.type === 'broadcast' ? ['brd'] : []),
  ...(dst.doRedirect ? ['redirect'] : []),
];

/** __mkroute_output() marks what leaves by the loopback device, too. */
const isLocal = (dst: Dst): boolean =>
  dst.type === 'local' || dst.type === 'broadcast' || dst.dev.data.kind === 'loopback';
