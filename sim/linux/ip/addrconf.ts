import { OK } from '../../base/result';
import type { Ipv6, Mac } from '../../wire/frame';
import { isLinkLocal6, networkOf } from '../../wire/ip';
import { solicitedNode } from '../../wire/ndp';
import { IFF_LOOPBACK, IFF_NOARP, type NetDevice } from '../device/net-device';
import type { NetdevEvent } from '../device/notifier';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from '../rtnetlink/netlink-error';
import { FOREVER, type Inet6Ifaddr } from './address';
import { type FibRoute, RT_TABLE_LOCAL, RT_TABLE_MAIN, RTPROT_KERNEL } from './fib';
import { fib6Add, fib6Flush, route6To } from './fib6';
import { ALL_NODES, ALL_ROUTERS, joinGroup6, leaveGroup6, NODE_ALL_NODES } from './mcast6';
import { sendDadSolicit, sendRouterSolicit } from './ndisc';

/** IP6_RT_PRIO_ADDRCONF; local routes have 0. */
const PRIO_ADDRCONF = 256;
/** IPV6_MIN_MTU. */
const IPV6_MIN_MTU = 1280;
/** IFAPROT_KERNEL_LL, IFAPROT_KERNEL_LO. */
const PROTO_KERNEL_LL = 3;
const PROTO_KERNEL_LO = 1;
/** IFAPROT_KERNEL_RA: the address is from a router's prefix, whose route has a life of its own. */
export const PROTO_KERNEL_RA = 2;
/** RTR_SOLICITATION_INTERVAL doubles up to this: RFC 7559. */
const MAX_RS_INTERVAL_S = 3600;

const enabled = (dev: NetDevice): boolean => dev.in6Dev.conf.disable_ipv6 === 0;
const linkReady = (dev: NetDevice): boolean => dev.up && dev.carrier;

/** addrconf_notify(), net/ipv6/addrconf.c. */
export function addrconfNotify(dev: NetDevice, event: NetdevEvent): void {
  switch (event) {
    case 'REGISTER':
      // ipv6_add_dev(): even where disable_ipv6 is set.
      joinGroup6(dev, NODE_ALL_NODES);
      joinGroup6(dev, ALL_NODES);
      return;
    case 'UP':
    case 'CHANGE':
      if (!enabled(dev) || dev.mtu < IPV6_MIN_MTU) return;
      if (!linkReady(dev)) {
        syncLinkdown(dev, true);
        return;
      }
      if (event === 'CHANGE' && dev.in6Dev.running) {
        syncLinkdown(dev, false);
        return;
      }
      dev.in6Dev.running = true;
      addrconfDevConfig(dev);
      return;
    case 'DOWN':
      addrconfIfdown(dev, false);
      return;
    case 'UNREGISTER':
      addrconfIfdown(dev, true);
      return;
    case 'CHANGEADDR':
      dev.netns.nd.flushDevice(dev, false);
      return;
    case 'CHANGEMTU':
      if (dev.mtu < IPV6_MIN_MTU) addrconfIfdown(dev, true);
      else if (enabled(dev) && linkReady(dev) && !dev.in6Dev.running) addrconfNotify(dev, 'UP');
      return;
    default:
      return;
  }
}

/** rt6_sync_down_dev(), rt6_sync_up(). */
function syncLinkdown(dev: NetDevice, down: boolean): void {
  for (const nh of dev.netns.fib6.nexthopsOf(dev)) nh.linkdown = down;
  if (down) dev.netns.nd.flushDevice(dev, true);
}

/** addrconf_dev_config(), init_loopback(): the addresses a device has by itself. */
function addrconfDevConfig(dev: NetDevice): void {
  if (dev.flags & IFF_LOOPBACK) {
    addKernelAddress(dev, 1n, 128, PROTO_KERNEL_LO);
    return;
  }
  addMulticastRoute(dev);
  if (dev.in6Dev.conf.forwarding !== 0) addrconfForwardChange(dev);
  if (dev.linkType === 'ether' && dev.in6Dev.conf.addr_gen_mode === 0) {
    addKernelAddress(dev, linkLocalOf(dev.mac), 64, PROTO_KERNEL_LL);
  }
  for (const ifa of [...dev.in6Dev.addresses]) {
    if (ifa.protocol === PROTO_KERNEL_LL || ifa.protocol === PROTO_KERNEL_LO) continue;
    addPrefixRoute(ifa);
    if (ifa.tentative) dadStart(ifa);
  }
}

/** addrconf_ifid_eui48(): RFC 4291, appendix A. */
export function linkLocalOf(mac: Mac): Ipv6 {
  const high = BigInt(Math.floor(mac / 0x100_0000)) ^ 0x02_0000n;
  const low = BigInt(mac % 0x100_0000);
  return (0xfe80n << 112n) | (high << 40n) | (0xff_fen << 24n) | low;
}

/** addrconf_add_mroute(). */
function addMulticastRoute(dev: NetDevice): void {
  const group = 0xff00n << 112n;
  fib6Add(dev.netns, {
    ...route6To(dev, group, 8),
    table: RT_TABLE_LOCAL,
    type: 'multicast',
    priority: PRIO_ADDRCONF,
  });
}

function addKernelAddress(dev: NetDevice, ip: Ipv6, prefixLen: number, protocol: number): void {
  if (dev.in6Dev.addresses.some((ifa) => ifa.address === ip)) return;
  inet6AddrAdd({
    dev,
    address: ip,
    peer: undefined,
    prefixLen,
    scope: scopeNumber(ip),
    tentative: true,
    dadFailed: false,
    noDad: false,
    noPrefixRoute: false,
    dynamic: false,
    mngTmpAddr: false,
    metric: 0,
    protocol,
    validSec: FOREVER,
    preferredSec: FOREVER,
    sinceUs: dev.netns.kernel.scheduler.nowUs,
  });
}

/** rt_scope(ipv6_addr_scope()). */
export function scopeNumber(ip: Ipv6): number {
  if (ip === 1n) return 254;
  return isLinkLocal6(ip) ? 253 : ip >> 118n === 0x3fbn ? 200 : 0;
}

/** inet6_addr_add() after its checks: ipv6_add_addr(), prefix route, duplicate address detection. */
export function inet6AddrAdd(ifa: Inet6Ifaddr): void {
  const { dev } = ifa;
  const { addresses } = dev.in6Dev;
  const scope = (one: Inet6Ifaddr): number => -one.scope;
  // ipv6_link_dev_addr(): wider scopes first, and within one scope the newest first.
  const at = addresses.findIndex((other) => scope(other) <= scope(ifa));
  addresses.splice(at < 0 ? addresses.length : at, 0, ifa);
  dev.netns.rtnlNotify({ kind: 'newaddr', address: ifa });
  if (dev.up) addPrefixRoute(ifa);
  dadStart(ifa);
  expireLater(ifa);
}

/** addrconf_verify_rtnl(): an address goes when its lifetime ends, unless it was made longer. */
function expireLater(ifa: Inet6Ifaddr): void {
  if (ifa.validSec === FOREVER) return;
  const { scheduler } = ifa.dev.netns.kernel;
  const endUs = ifa.sinceUs + ifa.validSec * 1_000_000;
  scheduler.after(Math.max(0, endUs - scheduler.nowUs), () => {
    if (!ifa.dev.in6Dev.addresses.includes(ifa)) return;
    const over = scheduler.nowUs >= ifa.sinceUs + ifa.validSec * 1_000_000;
    if (over && ifa.validSec !== FOREVER) inet6AddrDel(ifa);
    else expireLater(ifa);
  });
}

function addPrefixRoute(ifa: Inet6Ifaddr): void {
  const { dev } = ifa;
  // init_loopback() adds ::1 without one.
  const foreign = ifa.protocol === PROTO_KERNEL_LO || ifa.protocol === PROTO_KERNEL_RA;
  if (ifa.noPrefixRoute || foreign) return;
  const base = ifa.peer ?? ifa.address;
  const prefix = networkOf(base, ifa.prefixLen);
  if (typeof prefix !== 'bigint') return;
  const route = route6To(dev, prefix, ifa.prefixLen);
  if (hasRoute(dev.netns, route)) return;
  fib6Add(dev.netns, { ...route, priority: ifa.metric || PRIO_ADDRCONF });
}

const hasRoute = (net: Netns, route: FibRoute): boolean =>
  net.fib6
    .aliases(route.table, route.dst, route.prefixLen)
    .some((r) => r.protocol === RTPROT_KERNEL && r.nexthops[0]?.dev === route.nexthops[0]?.dev);

/** addrconf_dad_start(), addrconf_dad_begin(). */
function dadStart(ifa: Inet6Ifaddr): void {
  const { dev } = ifa;
  if (!dev.up || !enabled(dev)) return;
  joinGroup6(dev, solicitedNode(ifa.address));
  const acceptDad = Math.max(dev.in6Dev.conf.accept_dad, dev.netns.ipv6.confAll.accept_dad);
  const skip = (dev.flags & (IFF_NOARP | IFF_LOOPBACK)) !== 0 || acceptDad < 1 || ifa.noDad;
  if (skip || dev.in6Dev.conf.dad_transmits === 0) {
    dadCompleted(ifa);
    return;
  }
  if (!linkReady(dev)) return;
  const { random, scheduler } = dev.netns.kernel;
  const delayMaxUs = Math.max(dev.in6Dev.conf.router_solicitation_delay, 1) * 1_000_000;
  const first = random.stream('dad').below(delayMaxUs);
  scheduler.after(first, () => dadProbe(ifa, dev.in6Dev.conf.dad_transmits));
}

/** addrconf_dad_work(). */
function dadProbe(ifa: Inet6Ifaddr, left: number): void {
  const { dev } = ifa;
  if (!dev.in6Dev.addresses.includes(ifa) || !ifa.tentative || ifa.dadFailed) return;
  if (left <= 0) {
    dadCompleted(ifa);
    return;
  }
  sendDadSolicit(ifa);
  const waitUs = dev.in6Dev.ndParms.retrans_time_ms * 1000;
  dev.netns.kernel.scheduler.after(waitUs, () => dadProbe(ifa, left - 1));
}

/** addrconf_dad_completed(): the address is ours; its local route and router solicitation follow. */
function dadCompleted(ifa: Inet6Ifaddr): void {
  const { dev } = ifa;
  ifa.tentative = false;
  const local = { ...route6To(dev, ifa.address, 128), table: RT_TABLE_LOCAL };
  if (!hasRoute(dev.netns, local)) {
    fib6Add(dev.netns, { ...local, type: 'local', priority: 0 });
  }
  dev.netns.rtnlNotify({ kind: 'newaddr', address: ifa });
  const { conf } = dev.in6Dev;
  if (conf.forwarding !== 0) joinAnycast(ifa);
  const acceptsRa = conf.accept_ra === 2 || (conf.accept_ra === 1 && conf.forwarding === 0);
  const solicits = acceptsRa && conf.router_solicitations !== 0 && !(dev.flags & IFF_LOOPBACK);
  if (isLinkLocal6(ifa.address) && solicits) {
    solicitRouters(ifa, conf.router_solicitations, conf.router_solicitation_interval);
  }
}

/** addrconf_rs_timer(): again after 4 s, 8 s, … until a router answers. */
function solicitRouters(ifa: Inet6Ifaddr, left: number, intervalS: number): void {
  const { dev } = ifa;
  if (dev.in6Dev.raReceived) return;
  if (!dev.up || dev.dead || !dev.in6Dev.addresses.includes(ifa) || left === 0) return;
  sendRouterSolicit(dev, ifa.address);
  dev.netns.kernel.scheduler.after(intervalS * 1_000_000, () =>
    solicitRouters(ifa, left - 1, Math.min(intervalS * 2, MAX_RS_INTERVAL_S)),
  );
}

/** dev_forward_change(): a router is in the group of all routers and answers to its prefixes' anycast addresses. */
export function addrconfForwardChange(dev: NetDevice): void {
  const { in6Dev } = dev;
  if (!in6Dev.running) return;
  const router = in6Dev.conf.forwarding !== 0;
  const member = in6Dev.groups.has(ALL_ROUTERS);
  if (router && !member) joinGroup6(dev, ALL_ROUTERS);
  if (!router && member) leaveGroup6(dev, ALL_ROUTERS);
  if (!router) fib6Flush(dev.netns, (r) => r.type === 'anycast' && r.nexthops[0]?.dev === dev);
  else for (const ifa of in6Dev.addresses) joinAnycast(ifa);
}

/** addrconf_join_anycast(): the subnet-router anycast address, RFC 4291 §2.6.1. */
function joinAnycast(ifa: Inet6Ifaddr): void {
  const { dev } = ifa;
  const subnet = networkOf(ifa.address, ifa.prefixLen);
  if (ifa.prefixLen >= 127 || ifa.tentative || typeof subnet !== 'bigint' || subnet === 0n) return;
  const route = { ...route6To(dev, subnet, 128), table: RT_TABLE_LOCAL };
  if (!hasRoute(dev.netns, route)) {
    fib6Add(dev.netns, { ...route, type: 'anycast', priority: 0 });
  }
}

/** addrconf_dad_failure(): the address stays, marked, and is never used. */
export function dadFailure(ifa: Inet6Ifaddr): void {
  ifa.dadFailed = true;
  leaveGroup6(ifa.dev, solicitedNode(ifa.address));
  ifa.dev.netns.rtnlNotify({ kind: 'newaddr', address: ifa });
}

/** ipv6_del_addr(). */
export function inet6AddrDel(ifa: Inet6Ifaddr): Rtnl {
  const { dev } = ifa;
  const net = dev.netns;
  const list = dev.in6Dev.addresses;
  const at = list.indexOf(ifa);
  if (at < 0) return nlErr('EADDRNOTAVAIL');
  list.splice(at, 1);
  if (dev.in6Dev.groups.has(solicitedNode(ifa.address))) {
    leaveGroup6(dev, solicitedNode(ifa.address));
  }
  const prefix = networkOf(ifa.peer ?? ifa.address, ifa.prefixLen);
  const shared = list.some(
    (o) => o.prefixLen === ifa.prefixLen && networkOf(o.address, o.prefixLen) === prefix,
  );
  fib6Flush(net, (r) => {
    if (r.nexthops[0]?.dev !== dev || r.protocol !== RTPROT_KERNEL) return false;
    if (r.type === 'anycast') return !shared && r.dst === prefix;
    if (r.table === RT_TABLE_LOCAL) return r.dst === ifa.address && r.prefixLen === 128;
    if (r.table !== RT_TABLE_MAIN || shared || ifa.noPrefixRoute) return false;
    if (ifa.protocol === PROTO_KERNEL_RA) return false;
    return r.dst === prefix && r.prefixLen === ifa.prefixLen;
  });
  fib6Flush(net, (r) => r.prefSrc === ifa.address);
  net.rtnlNotify({ kind: 'deladdr', address: ifa });
  return OK;
}

/** addrconf_ifdown(): IPv6 ends on a device. */
export function addrconfIfdown(dev: NetDevice, unregister: boolean): void {
  const net = dev.netns;
  const keep = !unregister && dev.in6Dev.conf.keep_addr_on_down > 0 && enabled(dev);
  fib6Flush(net, (route) => route.nexthops.some((nh) => nh.dev === dev));
  net.nd.ifdown(dev);
  for (const ifa of [...dev.in6Dev.addresses]) {
    if (keep && !isLinkLocal6(ifa.address)) ifa.tentative = true;
    else inet6AddrDel(ifa);
  }
  for (const group of [...dev.in6Dev.groups.keys()]) {
    if ((group === ALL_NODES || group === NODE_ALL_NODES) && !unregister) continue;
    while (dev.in6Dev.groups.has(group)) leaveGroup6(dev, group);
  }
  dev.in6Dev.running = false;
  dev.in6Dev.raReceived = false;
}
