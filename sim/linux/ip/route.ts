import { err, ok, type Result } from '../../base/result';
import type { Ipv4 } from '../../wire/frame';
import { isLoopback, isMulticast, LIMITED_BROADCAST } from '../../wire/ip';
import { IFF_LOOPBACK, type NetDevice } from '../device/net-device';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import type { Ipv4DevConf } from './address';
import { addressHolder, addressOnlink, ipDevFind } from './address-type';
import type { Dst, Flow } from './dst';
import {
  type FibResult,
  type RouteType,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_MAIN,
} from './fib';
import { fibLookup, selectMultipath } from './fib-lookup';
import { inetSelectAddr } from './select-address';

type Flow4 = Flow & { readonly dst: Ipv4 };

const isZeronet = (ip: Ipv4): boolean => ip >>> 24 === 0;
const isLocalMulticast = (ip: Ipv4): boolean => ip >>> 8 === 0xe00000;
const v4 = (ip: Flow['src']): Ipv4 => (typeof ip === 'number' ? ip : 0);

export const orConf = (dev: NetDevice, key: keyof Ipv4DevConf): boolean =>
  (dev.netns.ipv4.confAll[key] | dev.inDev.conf[key]) !== 0;
export const andConf = (dev: NetDevice, key: keyof Ipv4DevConf): boolean =>
  dev.netns.ipv4.confAll[key] !== 0 && dev.inDev.conf[key] !== 0;
export const maxConf = (dev: NetDevice, key: keyof Ipv4DevConf): number =>
  Math.max(dev.netns.ipv4.confAll[key], dev.inDev.conf[key]);

/** ip_route_output_key_hash_rcu(), net/ipv4/route.c. */
export function routeOutput4(net: Netns, flow: Flow4): Result<Dst, Errno> {
  const asked = v4(flow.src);
  const group = isMulticast(flow.dst) || flow.dst === LIMITED_BROADCAST;
  let oif = flow.oif ?? 0;
  let src = asked;
  if (src !== 0) {
    const bad = isMulticast(src) || src === LIMITED_BROADCAST || isZeronet(src);
    if (bad) return err('EINVAL');
    const holder = ipDevFind(net, src);
    if (oif === 0 && group) {
      if (!holder) return err('ENETUNREACH');
      return outputDst(holder, flow.dst, src, undefined);
    }
    if (!flow.anySrc && !holder) return err('ENETUNREACH');
  }
  let devOut: NetDevice | undefined;
  if (oif !== 0) {
    devOut = net.deviceByIndex(oif);
    if (!devOut) return err('ENODEV');
    if (!devOut.up) return err('ENETUNREACH');
    if (isLocalMulticast(flow.dst) || flow.dst === LIMITED_BROADCAST) {
      return outputDst(
        devOut,
        flow.dst,
        src || inetSelectAddr(devOut, 0, RT_SCOPE_LINK),
        undefined,
      );
    }
    if (src === 0 && isMulticast(flow.dst)) src = inetSelectAddr(devOut, 0, RT_SCOPE_UNIVERSE);
    else if (src === 0 && flow.dst === 0) src = inetSelectAddr(devOut, 0, RT_SCOPE_HOST);
  }
  if (flow.dst === 0) {
    const self = src || 0x7f00_0001;
    return outputDst(net.lo, self, src || self, undefined, 'local');
  }
  const from = flowFrom(flow, src || undefined);
  const found = fibLookup(net, from);
  if (!found.ok) {
    if (!devOut) return found;
    // The tables are wrong, or there is no address yet: taken to be on the link.
    return outputDst(devOut, flow.dst, src || inetSelectAddr(devOut, 0, RT_SCOPE_LINK), undefined);
  }
  const result = found.value;
  if (result.route.type === 'local') {
    oif = net.lo.ifindex;
    return outputDst(net.lo, flow.dst, src || v4(result.route.prefSrc) || flow.dst, result);
  }
  const nexthop = flow.oif ? result.nexthop : selectMultipath(net, result, from);
  const chosen = { route: result.route, nexthop, table: result.table };
  const dev = nexthop?.dev;
  if (!dev) return err('ENETUNREACH');
  return outputDst(dev, flow.dst, src || resultPrefsrc(chosen, dev), chosen);
}

/** The flow with its source decided; every field by name, as for packets (ip/rewrite.ts). */
const flowFrom = (flow: Flow & { readonly dst: Ipv4 }, src: Ipv4 | undefined): Flow => ({
  dst: flow.dst,
  src,
  oif: flow.oif,
  iif: flow.iif,
  tos: flow.tos,
  mark: flow.mark,
  protocol: flow.protocol,
  srcPort: flow.srcPort,
  dstPort: flow.dstPort,
  uid: flow.uid,
  anySrc: flow.anySrc,
});

/** fib_result_prefsrc(). */
function resultPrefsrc(result: FibResult, dev: NetDevice): Ipv4 {
  const preferred = v4(result.route.prefSrc);
  return preferred || inetSelectAddr(dev, v4(result.nexthop?.via), result.route.scope);
}

/** __mkroute_output(). */
function outputDst(
  dev: NetDevice,
  dst: Ipv4,
  src: Ipv4,
  result: FibResult | undefined,
  forced?: RouteType,
): Result<Dst, Errno> {
  const loopbackDev = (dev.flags & IFF_LOOPBACK) !== 0;
  if (isLoopback(src) && !loopbackDev && !orConf(dev, 'route_localnet')) return err('EINVAL');
  let type: RouteType = forced ?? result?.route.type ?? 'unicast';
  if (dst === LIMITED_BROADCAST) type = 'broadcast';
  else if (isMulticast(dst)) type = 'multicast';
  else if (isZeronet(dst) && forced === undefined) return err('EINVAL');
  const broadcast = type === 'broadcast';
  const multicast = type === 'multicast';
  const member = multicast && dev.inDev.groups.has(dst);
  const route = broadcast || type === 'local' ? undefined : result?.route;
  const nexthop = route ? result?.nexthop : undefined;
  const exception = nexthop ? dev.netns.ipv4.exceptions.find(nexthop, dst) : undefined;
  const via = exception?.gateway ?? nexthop?.via;
  return ok({
    type,
    dev,
    gateway: type === 'unicast' ? via : undefined,
    src,
    dst,
    route,
    nexthop,
    metrics: route?.metrics ?? {},
    table: result?.table ?? RT_TABLE_MAIN,
    local: type === 'local' || loopbackDev || broadcast || member,
    broadcast,
    multicast,
    doRedirect: false,
    cached: exception
      ? {
          expiresAtUs: exception.mtu === undefined ? undefined : exception.expiresAtUs,
          ...(exception.mtu === undefined
            ? {}
            : { mtu: exception.mtu, mtuLocked: exception.mtuLocked }),
        }
      : undefined,
  });
}

/** What ip_route_input_noref() decides about a packet that came in. */
export type InputRoute =
  | { readonly kind: 'local' | 'forward'; readonly dst: Dst }
  /** No route for it: ip_error() may say so to the sender. */
  | { readonly kind: 'unreachable'; readonly errno: Errno; readonly dst: Dst }
  | {
      readonly kind: 'martian';
      readonly errno: 'EINVAL' | 'EXDEV';
      readonly detail: string;
      /** The address that log_martians speaks of. */
      readonly logged?: 'source' | 'destination' | undefined;
    };

export interface InputFlow {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly dev: NetDevice;
  readonly tos: number;
  readonly mark: number;
  readonly protocol?: number | undefined;
  readonly srcPort?: number | undefined;
  readonly dstPort?: number | undefined;
  /** False for an ARP request: proxy ARP asks for routes too. */
  readonly isIp: boolean;
}

const martian = (detail: string, logged?: 'source' | 'destination'): InputRoute => ({
  kind: 'martian',
  errno: 'EINVAL',
  detail,
  logged,
});

/** ip_route_input_rcu(), ip_route_input_slow(). */
export function routeInput4(net: Netns, flow: InputFlow): InputRoute {
  const { src, dst, dev } = flow;
  if (isMulticast(dst)) return multicastInput(flow);
  if (isMulticast(src) || src === LIMITED_BROADCAST) {
    return martian('source is a group', 'source');
  }
  if (dst === LIMITED_BROADCAST || (src === 0 && dst === 0)) return broadcastInput(net, flow);
  if (isZeronet(src)) return martian('source is 0.0.0.0/8', 'source');
  if (isZeronet(dst)) return martian('destination is 0.0.0.0/8', 'destination');
  const localnet = orConf(dev, 'route_localnet') || (dev.flags & IFF_LOOPBACK) !== 0;
  if ((isLoopback(dst) || isLoopback(src)) && !localnet) {
    return martian('loopback address', isLoopback(dst) ? 'destination' : 'source');
  }
  const found = fibLookup(net, {
    dst,
    src,
    iif: dev.ifindex,
    tos: flow.tos,
    mark: flow.mark,
    protocol: flow.protocol,
    srcPort: flow.srcPort,
    dstPort: flow.dstPort,
  });
  const forwarding = dev.inDev.conf.forwarding !== 0;
  if (!found.ok) return unreachable(flow, forwarding ? found.error : 'EHOSTUNREACH');
  const result = found.value;
  switch (result.route.type) {
    case 'broadcast':
      return broadcastInput(net, flow);
    case 'local': {
      const valid = validateSource(net, flow, 0);
      if (valid < 0) return badSource(valid);
      return { kind: 'local', dst: inputDst(net.lo, flow, result, 'local') };
    }
    case 'unicast':
      if (!forwarding) return unreachable(flow, 'EHOSTUNREACH');
      return forwardRoute(net, flow, result);
    default:
      return martian(`route type ${result.route.type}`, 'destination');
  }
}

function unreachable(flow: InputFlow, errno: Errno): InputRoute {
  const dst = inputDst(flow.dev.netns.lo, flow, undefined, 'unreachable');
  return { kind: 'unreachable', errno, dst };
}

function badSource(code: number): InputRoute {
  if (code === MARTIAN_RPF) {
    const detail = 'rp_filter: the way back is another';
    return { kind: 'martian', errno: 'EXDEV', detail, logged: 'source' };
  }
  return martian('source is an address of ours, or has no route', 'source');
}

function multicastInput(flow: InputFlow): InputRoute {
  const { dev, dst } = flow;
  if (!dev.inDev.groups.has(dst)) return martian('not a member of the group');
  return { kind: 'local', dst: inputDst(dev.netns.lo, flow, undefined, 'multicast') };
}

function broadcastInput(net: Netns, flow: InputFlow): InputRoute {
  if (!flow.isIp) return martian('broadcast');
  if (!isZeronet(flow.src)) {
    const valid = validateSource(net, flow, 0);
    if (valid < 0) return badSource(valid);
  }
  return { kind: 'local', dst: inputDst(net.lo, flow, undefined, 'broadcast') };
}

/** __mkroute_input(). */
function forwardRoute(net: Netns, flow: InputFlow, result: FibResult): InputRoute {
  const nexthop = selectMultipath(net, result, { dst: flow.dst, src: flow.src });
  const out = nexthop?.dev;
  if (!out) return unreachable(flow, 'EHOSTUNREACH');
  const valid = validateSource(net, flow, out.ifindex);
  if (valid < 0) return badSource(valid);
  const gateway = v4(nexthop.via);
  const same = out === flow.dev;
  const shared = orConf(out, 'shared_media') || addressOnlink(out, flow.src, gateway);
  const doRedirect = same && valid > 0 && orConf(out, 'send_redirects') && shared;
  if (!flow.isIp && same && !flow.dev.inDev.conf.proxy_arp_pvlan) return martian('same device');
  const chosen = { route: result.route, nexthop, table: result.table };
  const dst = inputDst(out, flow, chosen, 'unicast');
  return { kind: 'forward', dst: doRedirect ? { ...dst, doRedirect } : dst };
}

function inputDst(
  dev: NetDevice,
  flow: InputFlow,
  result: FibResult | undefined,
  type: RouteType,
): Dst {
  const nexthop = type === 'unicast' ? result?.nexthop : undefined;
  const exception = nexthop ? dev.netns.ipv4.exceptions.find(nexthop, flow.dst) : undefined;
  return {
    type,
    dev,
    gateway: exception?.gateway ?? nexthop?.via,
    src: flow.src,
    dst: flow.dst,
    route: type === 'unicast' ? result?.route : undefined,
    nexthop,
    metrics: (type === 'unicast' && result?.route.metrics) || {},
    table: result?.table ?? RT_TABLE_MAIN,
    local: type !== 'unicast' && type !== 'unreachable',
    broadcast: type === 'broadcast',
    multicast: type === 'multicast',
    doRedirect: false,
  };
}

const MARTIAN_SOURCE = -1;
const MARTIAN_RPF = -2;

/** fib_validate_source(), net/ipv4/fib_frontend.c: < 0 martian, 1 the source is on the link, 0 fine. */
function validateSource(net: Netns, flow: InputFlow, oif: number): number {
  const { dev, src } = flow;
  const rpf = maxConf(dev, 'rp_filter');
  const redirects = dev.ifindex === oif && orConf(dev, 'send_redirects');
  if (rpf === 0 && !redirects) {
    if (orConf(dev, 'accept_local')) return 0;
    if (!net.rules4.custom) return addressHolder(net, src) ? MARTIAN_SOURCE : 0;
  }
  return fullCheck(net, flow, rpf);
}

/** __fib_validate_source(). */
function fullCheck(net: Netns, flow: InputFlow, rpf: number): number {
  const { dev, src } = flow;
  const back = {
    dst: src,
    src: flow.dst,
    tos: flow.tos,
    mark: orConf(dev, 'src_valid_mark') ? flow.mark : 0,
  };
  const lastResort = rpf ? MARTIAN_RPF : 0;
  const found = fibLookup(net, back);
  if (!found.ok) return lastResort;
  const { route } = found.value;
  const localOk = route.type === 'local' && orConf(dev, 'accept_local');
  if (route.type !== 'unicast' && !localOk) return MARTIAN_SOURCE;
  const hop = route.nexthops.find((nh) => nh.dev === dev);
  if (hop || (route.type === 'local' && dev === net.lo)) {
    return (hop?.scope ?? RT_SCOPE_HOST) >= RT_SCOPE_HOST ? 1 : 0;
  }
  if (dev.inDev.addresses.length === 0) return lastResort;
  if (rpf === 1) return MARTIAN_RPF;
  const byDev = fibLookup(net, { ...back, oif: dev.ifindex }, { ignoreLinkstate: true });
  if (!byDev.ok || byDev.value.route.type !== 'unicast') return 0;
  return (byDev.value.nexthop?.scope ?? 0) >= RT_SCOPE_HOST ? 1 : 0;
}

/** fib_compute_spec_dst(): the address to answer a broadcast from. */
export function specDst(dev: NetDevice, src: Ipv4, fallback: Ipv4): Ipv4 {
  if (isZeronet(src)) return inetSelectAddr(dev, src, RT_SCOPE_LINK) || fallback;
  const found = fibLookup(dev.netns, { dst: src });
  if (!found.ok) return inetSelectAddr(dev, src, RT_SCOPE_UNIVERSE);
  const out = found.value.nexthop?.dev ?? dev;
  return resultPrefsrc(found.value, out);
}
