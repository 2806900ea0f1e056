import { OK, ok } from '../../base/result';
import type { Ip } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from '../rtnetlink/netlink-error';
import type { RouteRequest } from '../rtnetlink/route';
import { addressType, addressTypeTable } from './address-type';
import {
  FIB_ERRORS,
  type FibRoute,
  type Nexthop,
  type RouteType,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_NOWHERE,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
} from './fib';
import { fibLookup } from './fib-lookup';

/** fib_props[].scope: the widest scope a type may have. */
const TYPE_SCOPE: Record<RouteType, number> = {
  unicast: RT_SCOPE_UNIVERSE,
  local: RT_SCOPE_HOST,
  broadcast: RT_SCOPE_LINK,
  anycast: RT_SCOPE_LINK,
  multicast: RT_SCOPE_UNIVERSE,
  blackhole: RT_SCOPE_UNIVERSE,
  unreachable: RT_SCOPE_UNIVERSE,
  prohibit: RT_SCOPE_UNIVERSE,
  throw: RT_SCOPE_UNIVERSE,
};

interface NexthopConfig {
  readonly oif: number;
  readonly via: Ip | undefined;
  readonly weight: number;
  readonly onlink: boolean;
}

/** fib_create_info(), net/ipv4/fib_semantics.c, with the kernel's texts. */
export function fibCreateInfo(net: Netns, req: RouteRequest): Rtnl<FibRoute> {
  const type = req.type ?? 'unicast';
  const scope = req.scope ?? defaultScope(req);
  if (TYPE_SCOPE[type] > scope) return nlErr('EINVAL', 'Invalid scope');
  const hops = nexthopConfigs(req);
  let nexthops: readonly Nexthop[] = [];
  if (FIB_ERRORS[type]) {
    if (req.via !== undefined || req.oif || req.nexthops) {
      const text = 'Gateway, device and multipath can not be specified for this route type';
      return nlErr('EINVAL', text);
    }
  } else {
    if (scope > RT_SCOPE_HOST) return nlErr('EINVAL', 'Invalid scope');
    const checked =
      scope === RT_SCOPE_HOST ? hostNexthop(net, hops) : checkNexthops(net, hops, req, scope);
    if (!checked.ok) return checked;
    nexthops = checked.value;
  }
  const table = req.table ?? RT_TABLE_MAIN;
  if (req.prefSrc !== undefined && !validPrefSrc(net, req, table)) {
    return nlErr('EINVAL', 'Invalid prefsrc address');
  }
  return ok({
    family: 4,
    table,
    dst: req.dst,
    prefixLen: req.prefixLen,
    tos: req.tos ?? 0,
    priority: req.priority ?? 0,
    type,
    protocol: req.protocol ?? 3,
    scope,
    prefSrc: req.prefSrc,
    metrics: req.metrics ?? {},
    nexthops,
  });
}

/** What iproute2 puts into rtm_scope when nothing was typed. */
function defaultScope(req: RouteRequest): number {
  const type = req.type ?? 'unicast';
  if (type === 'local') return RT_SCOPE_HOST;
  if (type === 'broadcast' || type === 'multicast' || type === 'anycast') return RT_SCOPE_LINK;
  if (type === 'unicast' && req.via === undefined && !req.nexthops) return RT_SCOPE_LINK;
  return RT_SCOPE_UNIVERSE;
}

function nexthopConfigs(req: RouteRequest): readonly NexthopConfig[] {
  if (!req.nexthops) {
    return [{ oif: req.oif ?? 0, via: zeroIsNone(req.via), weight: 1, onlink: !!req.onlink }];
  }
  return req.nexthops.map((nh) => ({
    oif: nh.oif ?? 0,
    via: zeroIsNone(nh.via),
    weight: nh.weight ?? 1,
    onlink: nh.onlink ?? false,
  }));
}

const zeroIsNone = (via: Ip | undefined): Ip | undefined => (via === 0 ? undefined : via);

function hostNexthop(net: Netns, hops: readonly NexthopConfig[]): Rtnl<readonly Nexthop[]> {
  const [hop, more] = hops;
  if (!hop || more) {
    return nlErr('EINVAL', 'Route with host scope can not have multiple nexthops');
  }
  if (hop.via !== undefined) {
    return nlErr('EINVAL', 'Route with host scope can not have a gateway');
  }
  const dev = net.deviceByIndex(hop.oif);
  if (!dev) return nlErr('ENODEV');
  return ok([newNexthop(hop, dev, RT_SCOPE_NOWHERE)]);
}

const newNexthop = (hop: NexthopConfig, dev: NetDevice, scope: number): Nexthop => ({
  dev,
  via: hop.via,
  weight: hop.weight,
  onlink: hop.onlink,
  scope,
  dead: false,
  linkdown: scope !== RT_SCOPE_NOWHERE && !dev.carrier,
});

function checkNexthops(
  net: Netns,
  hops: readonly NexthopConfig[],
  req: RouteRequest,
  scope: number,
): Rtnl<readonly Nexthop[]> {
  const checked: Nexthop[] = [];
  for (const hop of hops) {
    const nh =
      hop.via === undefined
        ? checkNexthopNoGateway(net, hop)
        : checkNexthopGateway(net, { ...hop, via: hop.via }, req, scope);
    if (!nh.ok) return nh;
    checked.push(nh.value);
  }
  return ok(checked);
}

/** fib_check_nh_nongw(). */
function checkNexthopNoGateway(net: Netns, hop: NexthopConfig): Rtnl<Nexthop> {
  if (hop.onlink) {
    const text = 'Invalid flags for nexthop - PERVASIVE and ONLINK can not be set';
    return nlErr('EINVAL', text);
  }
  const dev = net.deviceByIndex(hop.oif);
  if (!dev) return nlErr('ENODEV');
  if (!dev.up) return nlErr('ENETDOWN', 'Device for nexthop is not up');
  return ok(newNexthop(hop, dev, RT_SCOPE_HOST));
}

const BAD_GATEWAY = 'Nexthop has invalid gateway';

/** fib_check_nh_v4_gw(): the gateway itself must be reachable by a route of narrower scope. */
function checkNexthopGateway(
  net: Netns,
  hop: NexthopConfig & { readonly via: Ip },
  req: RouteRequest,
  scope: number,
): Rtnl<Nexthop> {
  if (hop.onlink) return checkOnlinkGateway(net, hop, scope);
  const flow = { dst: hop.via, oif: hop.oif };
  const narrower = Math.max(scope + 1, RT_SCOPE_LINK);
  const options = { scope: narrower, ignoreLinkstate: true };
  const table = req.table ?? RT_TABLE_MAIN;
  const own =
    table === RT_TABLE_MAIN ? undefined : net.fib4.lookup([table], { ...flow, ...options, tos: 0 });
  const found = own && !FIB_ERRORS[own.route.type] ? ok(own) : fibLookup(net, flow, options);
  if (!found.ok) return nlErr(found.error, BAD_GATEWAY);
  const { route, nexthop } = found.value;
  if (route.type !== 'unicast' && route.type !== 'local') return nlErr('EINVAL', BAD_GATEWAY);
  const dev = nexthop?.dev;
  if (!dev) return nlErr('EINVAL', 'No egress device for nexthop gateway');
  if (!dev.up) return nlErr('ENETDOWN');
  return ok(newNexthop(hop, dev, route.scope));
}

function checkOnlinkGateway(
  net: Netns,
  hop: NexthopConfig & { readonly via: Ip },
  scope: number,
): Rtnl<Nexthop> {
  if (scope >= RT_SCOPE_LINK) return nlErr('EINVAL', 'Nexthop has invalid scope');
  const dev = net.deviceByIndex(hop.oif);
  if (!dev) return nlErr('ENODEV', 'Nexthop device required for onlink');
  if (!dev.up) return nlErr('ENETDOWN', 'Nexthop device is not up');
  if (addressType(net, hop.via, dev) !== 'unicast') return nlErr('EINVAL', BAD_GATEWAY);
  return ok(newNexthop(hop, dev, RT_SCOPE_LINK));
}

/** fib_valid_prefsrc(). */
function validPrefSrc(net: Netns, req: RouteRequest, table: number): boolean {
  if (req.type === 'local' && req.dst === req.prefSrc) return true;
  const ip = req.prefSrc ?? 0;
  const asked = table === RT_TABLE_MAIN ? RT_TABLE_LOCAL : table;
  return (
    addressTypeTable(net, ip, asked) === 'local' ||
    addressTypeTable(net, ip, RT_TABLE_LOCAL) === 'local'
  );
}

/** fib_valid_key_len(), net/ipv4/fib_trie.c. */
export function validKeyLength(net: { readonly dst: Ip; readonly prefixLen: number }): Rtnl {
  if (net.prefixLen > 32) return nlErr('EINVAL', 'Invalid prefix length');
  const host = net.prefixLen === 0 ? 0xffff_ffff : 0xffff_ffff >>> net.prefixLen;
  if (net.prefixLen < 32 && typeof net.dst === 'number' && (net.dst & host) !== 0) {
    return nlErr('EINVAL', 'Invalid prefix for given prefix length');
  }
  return OK;
}
