import { OK, ok } from '../../base/result';
import { isLinkLocal6, networkOf } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from '../rtnetlink/netlink-error';
import type { NexthopRequest, RouteFlags, RouteRequest } from '../rtnetlink/route';
import { FIB_ERRORS, type FibRoute, type Nexthop, RT_SCOPE_UNIVERSE, RT_TABLE_MAIN } from './fib';
import { fibLookup } from './fib-lookup';
import { fib6Add } from './fib6';
import { holder6 } from './route6';

/** IP6_RT_PRIO_USER. */
const PRIO_USER = 1024;

/** ip6_route_info_create(), net/ipv6/route.c. */
function routeOf(net: Netns, req: RouteRequest): Rtnl<FibRoute> {
  if (req.prefixLen > 128) return nlErr('EINVAL', 'Invalid prefix length');
  const type = req.type ?? 'unicast';
  const hops = req.nexthops ?? [{ via: req.via, oif: req.oif, onlink: req.onlink }];
  const nexthops: Nexthop[] = [];
  if (FIB_ERRORS[type]) nexthops.push(newNexthop(net.lo, {}));
  else {
    for (const hop of hops) {
      const nh = nexthopOf(net, hop);
      if (!nh.ok) return nh;
      nexthops.push(nh.value);
    }
  }
  if (typeof req.prefSrc === 'bigint' && !holder6(net, req.prefSrc)) {
    return nlErr('EINVAL', 'Invalid source address');
  }
  return ok({
    family: 6,
    table: req.table ?? RT_TABLE_MAIN,
    dst: networkOf(req.dst, req.prefixLen),
    prefixLen: req.prefixLen,
    tos: 0,
    priority: req.priority || PRIO_USER,
    type,
    protocol: req.protocol ?? 3,
    scope: RT_SCOPE_UNIVERSE,
    prefSrc: req.prefSrc,
    metrics: req.metrics ?? {},
    nexthops,
    pref: req.pref ?? 'medium',
    ...(req.expiresSec === undefined
      ? {}
      : { expiresAtUs: net.kernel.scheduler.nowUs + req.expiresSec * 1_000_000 }),
  });
}

const newNexthop = (dev: NetDevice, hop: NexthopRequest): Nexthop => ({
  dev,
  via: hop.via === 0n ? undefined : hop.via,
  weight: hop.weight ?? 1,
  onlink: hop.onlink ?? false,
  scope: 0,
  dead: false,
  linkdown: !dev.carrier,
});

/** fib6_nh_init(), ip6_validate_gw(). */
function nexthopOf(net: Netns, hop: NexthopRequest): Rtnl<Nexthop> {
  let dev = hop.oif ? net.deviceByIndex(hop.oif) : undefined;
  if (hop.oif && !dev) return nlErr('ENODEV');
  if (typeof hop.via === 'bigint' && hop.via !== 0n) {
    const { via } = hop;
    if (holder6(net, via)) return nlErr('EINVAL', 'Gateway can not be a local address');
    if (isLinkLocal6(via)) {
      if (!dev) return nlErr('EINVAL', 'Egress device not specified');
    } else if (!hop.onlink) {
      const found = fibLookup(net, { dst: via, oif: hop.oif ?? 0 });
      const usable = found.ok && found.value.nexthop?.via === undefined;
      if (!found.ok || !usable) return nlErr('EHOSTUNREACH');
      dev = dev ?? found.value.nexthop?.dev;
    }
  }
  if (!dev) return nlErr('ENODEV');
  if (dev.in6Dev.conf.disable_ipv6 !== 0) {
    return nlErr('EACCES', 'IPv6 is disabled on nexthop device');
  }
  if (!dev.up) return nlErr('ENETDOWN', 'Nexthop device is not up');
  return ok(newNexthop(dev, hop));
}

/** fib6_add_rt2node(). */
export function ip6RouteAdd(net: Netns, req: RouteRequest, flags: RouteFlags): Rtnl {
  const made = routeOf(net, req);
  if (!made.ok) return made;
  const route = made.value;
  const aliases = net.fib6.aliases(route.table, route.dst, route.prefixLen);
  const twin = aliases.find((other) => other.priority === route.priority);
  if (twin && flags.excl) return nlErr('EEXIST');
  if (!twin && !flags.create) return nlErr('ENOENT');
  if (twin && flags.replace) {
    const kept = aliases.map((other) => (other === twin ? route : other));
    net.fib6.setAliases(route.table, route, kept);
    net.rtnlNotify({ kind: 'newroute', route, replace: true });
    return OK;
  }
  if (twin && joinable(twin, route)) {
    // rt6_insert_exception's cousin: gateways of one metric are siblings of one multipath route.
    const merged = { ...twin, nexthops: [...twin.nexthops, ...route.nexthops] };
    const kept = aliases.map((other) => (other === twin ? merged : other));
    net.fib6.setAliases(route.table, route, kept);
    net.rtnlNotify({ kind: 'newroute', route: merged, replace: false });
    return OK;
  }
  fib6Add(net, route);
  return OK;
}

/** rt6_qualify_for_ecmp(). */
const joinable = (a: FibRoute, b: FibRoute): boolean =>
  [...a.nexthops, ...b.nexthops].every((nh) => nh.via !== undefined);

/** ip6_route_del(): the first that nothing in the request contradicts. */
export function ip6RouteDel(net: Netns, req: RouteRequest): Rtnl {
  const table = req.table ?? RT_TABLE_MAIN;
  if (!net.fib6.has(table)) return nlErr('ESRCH', 'FIB table does not exist');
  const dst = networkOf(req.dst, req.prefixLen);
  const aliases = net.fib6.aliases(table, dst, req.prefixLen);
  const victim = aliases.find((route) => deletes(req, route));
  if (!victim) return nlErr(findsNullEntry(req) ? 'ENOENT' : 'ESRCH');
  const rest = aliases.filter((route) => route !== victim);
  net.fib6.setAliases(table, victim, rest);
  net.rtnlNotify({ kind: 'delroute', route: victim, replace: false });
  return OK;
}

/** fib6_locate() of ::/0 is the root of the table, where fib6_null_entry hangs: that one cannot be deleted. */
const findsNullEntry = (req: RouteRequest): boolean =>
  req.prefixLen === 0 && req.via === undefined && !req.oif && !req.priority && !req.protocol;

function deletes(req: RouteRequest, route: FibRoute): boolean {
  if (req.priority && route.priority !== req.priority) return false;
  if (req.protocol && route.protocol !== req.protocol) return false;
  if (req.type !== undefined && req.type !== route.type) return false;
  if (req.oif && !route.nexthops.some((nh) => nh.dev?.ifindex === req.oif)) return false;
  return req.via === undefined || route.nexthops.some((nh) => nh.via === req.via);
}
