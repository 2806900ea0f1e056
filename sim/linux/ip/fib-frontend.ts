import type { Ipv4 } from '../../wire/frame';
import { broadcastOf, LIMITED_BROADCAST, networkOf } from '../../wire/ip';
import { IFF_LOOPBACK, type NetDevice } from '../device/net-device';
import type { NetdevEvent } from '../device/notifier';
import type { Netns } from '../netns';
import type { InIfaddr } from './address';
import { addressType } from './address-type';
import {
  type FibRoute,
  type Nexthop,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_NOWHERE,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
  RTPROT_KERNEL,
} from './fib';
import { fibTableDelete, fibTableInsert } from './fib-table';

type MagicType = 'local' | 'unicast' | 'broadcast';

/** fib_magic(), net/ipv4/fib_frontend.c: the routes that come with an address. */
function fibMagic(
  cmd: 'new' | 'del',
  type: MagicType,
  to: { readonly dst: Ipv4; readonly prefixLen: number },
  ifa: InIfaddr,
  priority = 0,
): void {
  const net = ifa.dev.netns;
  const req = {
    family: 4 as const,
    table: type === 'unicast' ? RT_TABLE_MAIN : RT_TABLE_LOCAL,
    dst: to.dst,
    prefixLen: to.prefixLen,
    type,
    protocol: RTPROT_KERNEL,
    scope: type === 'local' ? RT_SCOPE_HOST : RT_SCOPE_LINK,
    prefSrc: ifa.local,
    oif: ifa.dev.ifindex,
    priority,
  };
  if (cmd === 'del') {
    fibTableDelete(net, req);
    return;
  }
  // NLM_F_CREATE | NLM_F_APPEND: a second address of the same subnet adds nothing twice.
  fibTableInsert(net, req, { create: true, excl: false, replace: false, append: true });
}

const prefixOf = (ifa: InIfaddr): Ipv4 => Number(networkOf(ifa.address, ifa.prefixLen));

const isZeronet = (ip: Ipv4): boolean => ip >>> 24 === 0;

/** inet_ifa_byprefix(): the primary address of a secondary one's subnet. */
function primaryOf(ifa: InIfaddr): InIfaddr | undefined {
  if (!ifa.secondary) return ifa;
  return ifa.dev.inDev.addresses.find(
    (other) =>
      !other.secondary && other.prefixLen === ifa.prefixLen && prefixOf(other) === prefixOf(ifa),
  );
}

/** fib_add_ifaddr(). */
export function fibAddIfaddr(ifa: InIfaddr): void {
  const prim = primaryOf(ifa);
  if (!prim) return;
  const { dev } = ifa;
  const prefix = prefixOf(ifa);
  fibMagic('new', 'local', { dst: ifa.local, prefixLen: 32 }, prim);
  if (!dev.up) return;
  if (ifa.broadcast && ifa.broadcast !== LIMITED_BROADCAST) {
    fibMagic('new', 'broadcast', { dst: ifa.broadcast, prefixLen: 32 }, prim);
  }
  if (isZeronet(prefix) || ifa.secondary || (prefix === ifa.local && ifa.prefixLen === 32)) return;
  if (!ifa.noPrefixRoute) {
    const type = dev.flags & IFF_LOOPBACK ? 'local' : 'unicast';
    fibMagic('new', type, { dst: prefix, prefixLen: ifa.prefixLen }, prim, ifa.metric);
  }
  if (ifa.prefixLen < 31) {
    fibMagic('new', 'broadcast', { dst: broadcastOf(prefix, ifa.prefixLen), prefixLen: 32 }, prim);
  }
}

/** fib_del_ifaddr(): what other addresses of the device still need stays. The address is off the list already. */
export function fibDelIfaddr(ifa: InIfaddr): void {
  const { dev } = ifa;
  const net = dev.netns;
  const prefix = prefixOf(ifa);
  const others = dev.inDev.addresses.filter((other) => other !== ifa);
  const prim = primaryOf(ifa) ?? ifa;
  if (!ifa.secondary) deletePrefixRoute(ifa, prefix, others);
  for (const brd of broadcastsOf(ifa, prefix)) {
    if (others.some((other) => broadcastsOf(other, prefixOf(other)).includes(brd))) continue;
    fibMagic('del', 'broadcast', { dst: brd, prefixLen: 32 }, prim);
  }
  if (others.some((other) => other.local === ifa.local)) return;
  fibMagic('del', 'local', { dst: ifa.local, prefixLen: 32 }, prim);
  if (addressType(net, ifa.local) !== 'local') fibSyncDownAddr(net, ifa.local);
}

function deletePrefixRoute(ifa: InIfaddr, prefix: Ipv4, others: readonly InIfaddr[]): void {
  const shared = others.some(
    (o) => !o.secondary && o.prefixLen === ifa.prefixLen && prefixOf(o) === prefix,
  );
  if (isZeronet(prefix) || (prefix === ifa.local && ifa.prefixLen === 32) || shared) return;
  const type = ifa.dev.flags & IFF_LOOPBACK ? 'local' : 'unicast';
  if (!ifa.noPrefixRoute) fibMagic('del', type, { dst: prefix, prefixLen: ifa.prefixLen }, ifa);
}

function broadcastsOf(ifa: InIfaddr, prefix: Ipv4): readonly Ipv4[] {
  const found: Ipv4[] = [];
  if (ifa.broadcast) found.push(ifa.broadcast);
  if (ifa.prefixLen < 31) found.push(broadcastOf(prefix, ifa.prefixLen));
  return found;
}

/** fib_sync_down_addr(): routes that prefer a source we no longer have go. */
function fibSyncDownAddr(net: Netns, local: Ipv4): void {
  fibFlush(net, (route) => route.prefSrc === local);
}

/** fib_flush(): rtnetlink tells nobody. */
function fibFlush(net: Netns, gone: (route: FibRoute) => boolean): void {
  net.fib4.flush(gone);
}

/** fib_sync_down_dev(), net/ipv4/fib_semantics.c: host routes survive a down, nothing survives unregistration. */
function fibSyncDownDev(net: Netns, dev: NetDevice, event: NetdevEvent): void {
  const force = event === 'UNREGISTER';
  for (const nh of net.fib4.nexthopsOf(dev)) {
    if (!force && nh.scope === RT_SCOPE_NOWHERE) continue;
    nh.linkdown = true;
    if (event !== 'CHANGE') nh.dead = true;
  }
}

const allDead = (route: FibRoute): boolean =>
  route.nexthops.length > 0 && route.nexthops.every((nh) => nh.dead);

/** fib_sync_up(): the other next hops of multipath routes come back, and the link is there again. */
function fibSyncUp(net: Netns, dev: NetDevice, what: 'dead' | 'linkdown'): void {
  for (const nh of net.fib4.nexthopsOf(dev)) reviveNexthop(nh, dev, what);
}

function reviveNexthop(nh: Nexthop, dev: NetDevice, what: 'dead' | 'linkdown'): void {
  if (what === 'dead' && dev.up) {
    nh.dead = false;
    if (dev.carrier) nh.linkdown = false;
  } else if (what === 'linkdown' && dev.carrier) nh.linkdown = false;
}

/** fib_netdev_event(). */
export function fibNetdevEvent(dev: NetDevice, event: NetdevEvent): void {
  const net = dev.netns;
  switch (event) {
    case 'UNREGISTER':
    case 'DOWN':
      fibSyncDownDev(net, dev, event);
      fibFlush(net, allDead);
      net.ipv4.exceptions.flushDevice(dev);
      net.arp.ifdown(dev);
      return;
    case 'UP':
      for (const ifa of dev.inDev.addresses) fibAddIfaddr(ifa);
      fibSyncUp(net, dev, 'dead');
      return;
    case 'CHANGE':
      if (dev.carrier) fibSyncUp(net, dev, 'linkdown');
      else fibSyncDownDev(net, dev, event);
      return;
    case 'CHANGEMTU':
      net.ipv4.exceptions.updateMtu(dev, dev.formerMtu);
      return;
    default:
      return;
  }
}
