import { err, ok, type Result } from '../../base/result';
import type { Ipv6 } from '../../wire/frame';
import { isLinkLocal6, isMulticast } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import type { Inet6Ifaddr } from './address';
import type { Dst, Flow } from './dst';
import { type FibResult, type RouteType, RT_TABLE_LOCAL, RT_TABLE_MAIN } from './fib';
import { fibLookup, selectMultipath } from './fib-lookup';

type Flow6 = Flow & { readonly dst: Ipv6 };

/** ip6_route_output_flags(), ip6_dst_lookup_tail(), net/ipv6/route.c and ip6_output.c. */
export function routeOutput6(net: Netns, flow: Flow6): Result<Dst, Errno> {
  const asked = typeof flow.src === 'bigint' && flow.src !== 0n ? flow.src : undefined;
  const dst = flow.dst === 0n ? 1n : flow.dst;
  if (asked !== undefined && !flow.anySrc && !holder6(net, asked)) return err('EINVAL');
  const oif = flow.oif ?? (asked !== undefined && isLinkLocal6(asked) ? ifindexOf(net, asked) : 0);
  const found = fibLookup(net, { ...flow, dst, oif, src: asked });
  if (!found.ok) return found;
  const nexthop = oif
    ? found.value.nexthop
    : selectMultipath(net, found.value, { ...flow, src: asked });
  const result = { ...found.value, nexthop };
  const local = result.route.type === 'local' || result.route.type === 'anycast';
  const dev = local ? net.lo : nexthop?.dev;
  if (!dev) return err('ENETUNREACH');
  const holder = local ? nexthop?.dev : dev;
  const preferred = typeof result.route.prefSrc === 'bigint' ? result.route.prefSrc : undefined;
  const src = asked ?? preferred ?? devGetSaddr(net, holder ?? dev, dst);
  if (src === undefined) return err('EADDRNOTAVAIL');
  return ok(dst6(dev, { src, dst }, result));
}

const ifindexOf = (net: Netns, ip: Ipv6): number => holder6(net, ip)?.ifindex ?? 0;

/** ipv6_chk_addr(): the device that holds an address which is fit for use. */
export function holder6(net: Netns, ip: Ipv6, dev?: NetDevice): NetDevice | undefined {
  const fit = (ifa: Inet6Ifaddr): boolean => ifa.address === ip && !ifa.tentative && !ifa.dadFailed;
  if (dev) return dev.in6Dev.addresses.some(fit) ? dev : undefined;
  for (const route of net.fib6.aliases(RT_TABLE_LOCAL, ip, 128)) {
    const holder = route.nexthops[0]?.dev;
    if (holder?.in6Dev.addresses.some(fit)) return holder;
  }
  return undefined;
}

/** A route to a packet's destination as a dst_entry; input routes pass the packet's own source. */
export function dst6(
  dev: NetDevice,
  path: { readonly src: Ipv6; readonly dst: Ipv6 },
  result: FibResult | undefined,
  forced?: RouteType,
): Dst {
  const multicast = isMulticast(path.dst);
  const type = forced ?? (multicast ? 'multicast' : (result?.route.type ?? 'unicast'));
  const nexthop = type === 'local' ? undefined : result?.nexthop;
  const exception = nexthop ? dev.netns.ipv6.exceptions.find(nexthop, path.dst) : undefined;
  const via = exception?.gateway ?? nexthop?.via;
  return {
    type,
    dev,
    gateway: type === 'unicast' ? via : undefined,
    src: path.src,
    dst: path.dst,
    route: result?.route,
    nexthop,
    metrics: result?.route.metrics ?? {},
    table: result?.table ?? RT_TABLE_MAIN,
    local: type === 'local' || type === 'anycast' || (multicast && isMember(dev, path.dst)),
    broadcast: false,
    multicast,
    doRedirect: false,
    cached:
      exception?.mtu === undefined
        ? undefined
        : { expiresAtUs: exception.expiresAtUs, mtu: exception.mtu },
  };
}

const isMember = (dev: NetDevice, group: Ipv6): boolean => dev.in6Dev.groups.has(group);

/** ipv6_addr_scope() in the numbers of RFC 6724: link-local 2, the rest global 14. */
const scopeOf = (ip: Ipv6): number => {
  if (isMulticast(ip)) return Number((ip >> 112n) & 15n);
  if (isLinkLocal6(ip)) return 2;
  return ip === 1n ? 1 : 14;
};

/** ipv6_dev_get_saddr(): RFC 6724 §5, rules 1, 2, 3, 5, 6 and 8. */
export function devGetSaddr(net: Netns, dev: NetDevice, dst: Ipv6): Ipv6 | undefined {
  const scope = scopeOf(dst);
  let best: { readonly ip: Ipv6; readonly score: readonly number[] } | undefined;
  const linkOnly = isLinkLocal6(dst) || isMulticast(dst);
  for (const one of linkOnly ? [dev] : net.devices()) {
    for (const ifa of one.in6Dev.addresses) {
      if (ifa.tentative || ifa.dadFailed) continue;
      const score = scoreOf(ifa, dst, scope, one === dev);
      if (!best || compareScores(score, best.score) > 0) best = { ip: ifa.address, score };
    }
  }
  return best?.ip;
}

function scoreOf(ifa: Inet6Ifaddr, dst: Ipv6, scope: number, sameDev: boolean): readonly number[] {
  const own = scopeOf(ifa.address);
  return [
    ifa.address === dst ? 1 : 0,
    own >= scope ? 64 - own : own - 64,
    ifa.preferredSec > 0 ? 1 : 0,
    sameDev ? 1 : 0,
    labelOf(ifa.address) === labelOf(dst) ? 1 : 0,
    Math.min(commonPrefix(ifa.address, dst), ifa.prefixLen),
  ];
}

/** The default label table of net/ipv6/addrlabel.c, as far as addresses here go. */
function labelOf(ip: Ipv6): number {
  if (ip === 1n) return 0;
  if (ip >> 121n === 0x7en) return 5;
  if (ip >> 32n === 0xffffn) return 4;
  if (ip >> 112n === 0x2002n) return 2;
  return 1;
}

function commonPrefix(a: Ipv6, b: Ipv6): number {
  const differing = a ^ b;
  return differing === 0n ? 128 : 128 - differing.toString(2).length;
}

function compareScores(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const other = b[i] ?? 0;
    if (value !== other) return value - other;
  }
  return 0;
}

export type Input6 =
  | { readonly kind: 'local'; readonly dst: Dst }
  | { readonly kind: 'forward'; readonly dst: Dst }
  | { readonly kind: 'unreachable'; readonly errno: Errno; readonly dst: Dst }
  | { readonly kind: 'drop'; readonly detail: string };

export interface InputFlow6 {
  readonly src: Ipv6;
  readonly dst: Ipv6;
  readonly dev: NetDevice;
  readonly mark: number;
}

/** ip6_route_input(). */
export function routeInput6(net: Netns, flow: InputFlow6): Input6 {
  const { dev, src, dst } = flow;
  if (isMulticast(dst)) {
    if (!isMember(dev, dst)) return { kind: 'drop', detail: 'not a member of the group' };
    return { kind: 'local', dst: dst6(dev, flow, undefined) };
  }
  const strict = isLinkLocal6(dst) ? dev.ifindex : 0;
  const found = fibLookup(net, { dst, src, iif: dev.ifindex, oif: strict, mark: flow.mark });
  const forwarding = dev.in6Dev.conf.forwarding !== 0;
  if (!found.ok) {
    if (!forwarding) return { kind: 'drop', detail: 'no route, and not a router' };
    const none = dst6(net.lo, flow, undefined, 'unreachable');
    return { kind: 'unreachable', errno: found.error, dst: none };
  }
  const { type } = found.value.route;
  if (type === 'local' || type === 'anycast') {
    const holder = found.value.nexthop?.dev;
    const ready = type === 'anycast' || holder6(net, dst, isLinkLocal6(dst) ? dev : holder);
    if (!ready) return { kind: 'drop', detail: 'the address is tentative' };
    return { kind: 'local', dst: dst6(net.lo, flow, found.value, 'local') };
  }
  if (!forwarding) return { kind: 'drop', detail: 'forwarding is off' };
  const nexthop = selectMultipath(net, found.value, { dst, src });
  const out = nexthop?.dev;
  if (!out) return { kind: 'drop', detail: 'no next hop' };
  return { kind: 'forward', dst: dst6(out, flow, { ...found.value, nexthop }) };
}
