import type { Icmpv6Message, Ipv6, Ipv6Packet } from '../../wire/frame';
import { isLinkLocal6, isMulticast, networkOf } from '../../wire/ip';
import { type NdOption, parseRouterAdvertisement, type RouterAdvertisement } from '../../wire/ndp';
import type { NetDevice } from '../device/net-device';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { inet6AddrAdd, linkLocalOf, PROTO_KERNEL_RA, scopeNumber } from './addrconf';
import { FOREVER, type Inet6Ifaddr } from './address';
import { type FibRoute, RT_TABLE_MAIN, RTPROT_KERNEL, RTPROT_RA } from './fib';
import { fib6Add, fib6Flush, route6To } from './fib6';

/** IP6_RT_PRIO_USER, IP6_RT_PRIO_ADDRCONF. */
const PRIO_USER = 1024;
const PRIO_ADDRCONF = 256;
/** What an attacker may shorten a lifetime to, s: RFC 4862 §5.5.3 e. */
const MIN_VALID_LIFETIME = 7200;
const IPV6_MIN_MTU = 1280;

/** ipv6_accept_ra(). */
export function acceptsRa(dev: NetDevice): boolean {
  const { accept_ra, forwarding } = dev.in6Dev.conf;
  return accept_ra === 2 || (accept_ra === 1 && forwarding === 0);
}

/** ndisc_router_discovery(), net/ipv6/ndisc.c; RFC 4861 §6.3.4. Omitted: route information options. */
export function routerDiscovery(skb: Skb, packet: Ipv6Packet, message: Icmpv6Message): void {
  const { dev } = skb;
  const ra = parseRouterAdvertisement(message);
  if (!ra.ok || packet.hopLimit !== 255 || !isLinkLocal6(packet.src)) {
    kfreeSkbReason(skb, 'IPV6_NDISC_BAD_OPTIONS', 'ndisc_router_discovery');
    return;
  }
  traceSkb(skb, 'ndisc_router_discovery', 'consume');
  learnRouter(dev, packet.src, ra.value);
  if (!acceptsRa(dev)) return;
  dev.in6Dev.raReceived = true;
  const { conf, ndParms } = dev.in6Dev;
  if (conf.accept_ra_defrtr !== 0) defaultRouter(dev, packet.src, ra.value);
  if (ra.value.hopLimit !== 0) conf.hop_limit = ra.value.hopLimit;
  if (ra.value.retransMs !== 0) ndParms.retrans_time_ms = ra.value.retransMs;
  if (ra.value.reachableMs !== 0) ndParms.base_reachable_time_ms = ra.value.reachableMs;
  for (const option of ra.value.options) {
    if (option.kind === 'prefixInfo' && conf.accept_ra_pinfo !== 0) prefixInfo(dev, option);
    if (option.kind === 'mtu' && option.mtu >= IPV6_MIN_MTU && option.mtu <= dev.mtu) {
      conf.mtu = option.mtu;
    }
  }
}

function learnRouter(dev: NetDevice, router: Ipv6, ra: RouterAdvertisement): void {
  const link = ra.options.find((option) => option.kind === 'sourceLinkAddress');
  if (link?.kind !== 'sourceLinkAddress') return;
  const neigh = dev.netns.nd.lookupOrCreate(router, dev);
  neigh.update(link.mac, 'STALE', { override: true, weakOverride: true, isRouter: true });
}

const lifetimeEnd = (dev: NetDevice, seconds: number): number | undefined =>
  seconds === FOREVER ? undefined : dev.netns.kernel.scheduler.nowUs + seconds * 1_000_000;

/** rt6_add_dflt_router(), rt6_get_dflt_router(): a lifetime of 0 ends it. */
function defaultRouter(dev: NetDevice, router: Ipv6, ra: RouterAdvertisement): void {
  const same = (r: FibRoute): boolean =>
    r.protocol === RTPROT_RA &&
    r.prefixLen === 0 &&
    r.nexthops[0]?.dev === dev &&
    r.nexthops[0]?.via === router;
  const lifetime = ra.routerLifetimeSec;
  const plain = route6To(dev, 0n, 0);
  const [nexthop] = plain.nexthops;
  if (lifetime === 0 || !nexthop) {
    fib6Flush(dev.netns, same);
    return;
  }
  replace(dev, same, {
    ...plain,
    nexthops: [{ ...nexthop, via: router }],
    protocol: RTPROT_RA,
    priority: PRIO_USER,
    metrics: ra.hopLimit === 0 ? {} : { hoplimit: ra.hopLimit },
    expiresAtUs: lifetimeEnd(dev, lifetime),
  });
}

/** A route with a lifetime: what was there is replaced without a word, the new one goes in time. */
function replace(dev: NetDevice, same: (route: FibRoute) => boolean, route: FibRoute): void {
  const net = dev.netns;
  const known = net.fib6.aliases(route.table, route.dst, route.prefixLen).some(same);
  if (known) net.fib6.flush(same);
  fib6Add(net, route);
  const { expiresAtUs } = route;
  if (expiresAtUs === undefined) return;
  net.kernel.scheduler.after(expiresAtUs - net.kernel.scheduler.nowUs, () =>
    fib6Flush(net, (r) => same(r) && r.expiresAtUs === expiresAtUs),
  );
}

type PrefixInfo = Extract<NdOption, { kind: 'prefixInfo' }>;

/** addrconf_prefix_rcv(), net/ipv6/addrconf.c; RFC 4862 §5.5.3. */
function prefixInfo(dev: NetDevice, info: PrefixInfo): void {
  const prefix = networkOf(info.prefix, info.prefixLen);
  if (typeof prefix !== 'bigint' || isMulticast(prefix) || isLinkLocal6(prefix)) return;
  if (info.preferredLifetimeSec > info.validLifetimeSec) return;
  if (info.onLink) prefixRoute(dev, prefix, info);
  const formed = info.autonomous && dev.in6Dev.conf.autoconf !== 0 && info.prefixLen === 64;
  if (!formed) return;
  const address = prefix | (linkLocalOf(dev.mac) & 0xffff_ffff_ffff_ffffn);
  const known = dev.in6Dev.addresses.find((ifa) => ifa.address === address);
  if (known) refresh(known, info);
  else if (info.validLifetimeSec > 0) addAddress(dev, address, info);
}

function prefixRoute(dev: NetDevice, prefix: Ipv6, info: PrefixInfo): void {
  const same = (r: FibRoute): boolean =>
    r.table === RT_TABLE_MAIN &&
    r.protocol === RTPROT_KERNEL &&
    r.dst === prefix &&
    r.prefixLen === info.prefixLen &&
    r.nexthops[0]?.dev === dev;
  if (info.validLifetimeSec === 0) {
    fib6Flush(dev.netns, same);
    return;
  }
  replace(dev, same, {
    ...route6To(dev, prefix, info.prefixLen),
    priority: PRIO_ADDRCONF,
    expiresAtUs: lifetimeEnd(dev, info.validLifetimeSec),
  });
}

function addAddress(dev: NetDevice, address: Ipv6, info: PrefixInfo): void {
  inet6AddrAdd({
    dev,
    address,
    peer: undefined,
    prefixLen: info.prefixLen,
    scope: scopeNumber(address),
    tentative: true,
    dadFailed: false,
    noDad: false,
    noPrefixRoute: false,
    dynamic: true,
    mngTmpAddr: true,
    metric: 0,
    protocol: PROTO_KERNEL_RA,
    validSec: info.validLifetimeSec,
    preferredSec: info.preferredLifetimeSec,
    sinceUs: dev.netns.kernel.scheduler.nowUs,
  });
}

/** A lifetime is shortened to two hours at most, lest somebody takes addresses away. */
function refresh(ifa: Inet6Ifaddr, info: PrefixInfo): void {
  const { nowUs } = ifa.dev.netns.kernel.scheduler;
  const left =
    ifa.validSec === FOREVER ? FOREVER : ifa.validSec - Math.floor((nowUs - ifa.sinceUs) / 1e6);
  const valid = info.validLifetimeSec;
  const accepted = valid > MIN_VALID_LIFETIME || valid > left;
  ifa.validSec = accepted ? valid : Math.min(left, MIN_VALID_LIFETIME);
  ifa.preferredSec = Math.min(info.preferredLifetimeSec, ifa.validSec);
  ifa.sinceUs = nowUs;
}
