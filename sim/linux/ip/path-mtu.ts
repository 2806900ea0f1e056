import type { Ipv4 } from '../../wire/frame';
import { isMulticast, LIMITED_BROADCAST } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { addressOnlink, addressType } from './address-type';
import type { Dst } from './dst';
import { fibLookup } from './fib-lookup';
import { andConf, orConf, routeOutput4 } from './route';

/** ip_rt_gc_timeout of net/ipv4/route.c. */
const GC_TIMEOUT_US = 300_000_000;
/** IP_MAX_MTU. */
const IP_MAX_MTU = 65_535;

const locked = (dst: Dst): boolean => dst.metrics.lock?.includes('mtu') ?? false;

/** The path MTU of a route: ipv4_mtu(), ip6_mtu() (exceptions, the route's metric, the device). */
export function dstMtu(dst: Dst): number {
  return Math.min(dst.cached?.mtu ?? routeMtu(dst), IP_MAX_MTU);
}

/** ip_dst_mtu_maybe_forward() of a forwarded packet: what ICMP told counts only with ip_forward_use_pmtu. */
export function forwardMtu(dst: Dst): number {
  const net = dst.dev.netns;
  if (net.ipv4.sysctl.ip_forward_use_pmtu !== 0 || locked(dst)) return dstMtu(dst);
  return Math.min(routeMtu(dst), IP_MAX_MTU);
}

function routeMtu(dst: Dst): number {
  if (dst.metrics.mtu) return dst.metrics.mtu;
  return dst.dev.mtu;
}

/** __ip_rt_update_pmtu(): a router behind `dst` cannot take more than `mtu`. */
export function updatePmtu4(net: Netns, dst: Ipv4, mtu: number): void {
  const found = routeOutput4(net, { dst });
  if (!found.ok || !found.value.nexthop || locked(found.value)) return;
  const old = dstMtu(found.value);
  if (old < mtu) return;
  const { min_pmtu, mtu_expires } = net.ipv4.route;
  const tooSmall = mtu < min_pmtu;
  net.ipv4.exceptions.update(found.value.nexthop, dst, {
    gateway: undefined,
    mtu: tooSmall ? Math.min(old, min_pmtu) : mtu,
    mtuLocked: tooSmall,
    expiresAtUs: net.kernel.scheduler.nowUs + mtu_expires * 1_000_000,
  });
}

export interface RedirectMessage {
  readonly dev: NetDevice;
  /** Who says so: must be the gateway in use. */
  readonly from: Ipv4;
  readonly gateway: Ipv4;
  readonly dst: Ipv4;
  readonly src: Ipv4;
}

const rxRedirects = (dev: NetDevice): boolean =>
  dev.inDev.conf.forwarding ? andConf(dev, 'accept_redirects') : orConf(dev, 'accept_redirects');

/** __ip_do_redirect(): a better first hop for one destination, once its address is known. */
export function doRedirect4(net: Netns, redirect: RedirectMessage): void {
  const { dev, gateway, from, dst } = redirect;
  const found = fibLookup(net, { dst, src: redirect.src });
  if (!found.ok) return;
  const { nexthop } = found.value;
  const bad = isMulticast(gateway) || gateway === LIMITED_BROADCAST || gateway >>> 24 === 0;
  if (!nexthop || nexthop.dev !== dev || nexthop.via !== from) return;
  if (gateway === from || !rxRedirects(dev) || bad) return;
  if (!orConf(dev, 'shared_media')) {
    if (!addressOnlink(dev, gateway, from)) return;
  } else if (addressType(net, gateway) !== 'unicast') return;
  const neigh = net.arp.lookupOrCreate(gateway, dev);
  if (neigh.lladdr === undefined) {
    neigh.eventSend(undefined);
    return;
  }
  net.ipv4.exceptions.update(nexthop, dst, {
    gateway,
    mtu: undefined,
    mtuLocked: false,
    expiresAtUs: net.kernel.scheduler.nowUs + GC_TIMEOUT_US,
  });
}

/** rt_cache_flush() for one destination's family. */
export function flushRouteCache(net: Netns, family: 4 | 6): void {
  if (family === 4) net.ipv4.exceptions.flush();
  else net.ipv6.exceptions.flush();
}
