import { ok } from '../../base/result';
import type { Ip } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Dst, Flow } from '../ip/dst';
import type { FibRoute, RouteMetrics, RouteType } from '../ip/fib';
import { fibTables } from '../ip/fib-lookup';
import { fibTableDelete, fibTableInsert } from '../ip/fib-table';
import { ip6RouteAdd, ip6RouteDel } from '../ip/fib6-request';
import { routeOutput } from '../ip/output';
import { routeInput4 } from '../ip/route';
import { routeInput6 } from '../ip/route6';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from './netlink-error';

export interface NexthopRequest {
  readonly via?: Ip | undefined;
  /** An ifindex. */
  readonly oif?: number | undefined;
  /** As typed at `weight`; default 1. */
  readonly weight?: number | undefined;
  readonly onlink?: boolean | undefined;
}

/** struct rtmsg and its attributes. Undefined fields of a deletion match anything, as fib_table_delete(). */
export interface RouteRequest {
  readonly family: Family;
  /** RT_TABLE_MAIN if absent. */
  readonly table?: number | undefined;
  readonly dst: Ip;
  readonly prefixLen: number;
  readonly tos?: number | undefined;
  readonly priority?: number | undefined;
  readonly type?: RouteType | undefined;
  readonly protocol?: number | undefined;
  readonly scope?: number | undefined;
  readonly prefSrc?: Ip | undefined;
  readonly metrics?: RouteMetrics | undefined;
  readonly oif?: number | undefined;
  readonly via?: Ip | undefined;
  readonly onlink?: boolean | undefined;
  readonly nexthops?: readonly NexthopRequest[] | undefined;
  readonly expiresSec?: number | undefined;
  readonly pref?: 'low' | 'medium' | 'high' | undefined;
}

/** NLM_F_*: add = create+excl, change = replace, replace = create+replace, prepend = create, append = create+append. */
export interface RouteFlags {
  readonly create: boolean;
  readonly excl: boolean;
  readonly replace: boolean;
  readonly append: boolean;
}

/** inet_rtm_newroute(), inet6_rtm_newroute(). */
export function newRoute(net: Netns, req: RouteRequest, flags: RouteFlags): Rtnl {
  return req.family === 4 ? fibTableInsert(net, req, flags) : ip6RouteAdd(net, req, flags);
}

/** inet_rtm_delroute(), inet6_rtm_delroute(). */
export function delRoute(net: Netns, req: RouteRequest): Rtnl {
  return req.family === 4 ? fibTableDelete(net, req) : ip6RouteDel(net, req);
}

/** inet_dump_fib(), inet6_dump_fib(): all tables, or one. */
export function dumpRoutes(net: Netns, family: Family, table?: number): readonly FibRoute[] {
  const tables = fibTables(net, family);
  if (table !== undefined && table !== 0) return tables.routes(table);
  return tables.tableIds().flatMap((id) => [...tables.routes(id)]);
}

/** inet_rtm_getroute() for `ip route get`; with `iif` the packet comes in by that device. */
export function getRoute(net: Netns, flow: Flow, family: Family): Rtnl<Dst> {
  if (!flow.iif) {
    const found = routeOutput(net, flow);
    return found.ok ? found : nlErr(found.error);
  }
  const dev = net.deviceByIndex(flow.iif);
  if (!dev) return nlErr('ENODEV');
  return family === 4 ? inputRoute4(net, flow, dev) : inputRoute6(net, flow, dev);
}

function inputRoute4(net: Netns, flow: Flow, dev: NetDevice): Rtnl<Dst> {
  if (typeof flow.dst !== 'number') return nlErr('EINVAL');
  const route = routeInput4(net, {
    src: typeof flow.src === 'number' ? flow.src : 0,
    dst: flow.dst,
    dev,
    tos: flow.tos ?? 0,
    mark: flow.mark ?? 0,
    protocol: flow.protocol,
    srcPort: flow.srcPort,
    dstPort: flow.dstPort,
    isIp: true,
  });
  if (route.kind === 'martian' || route.kind === 'unreachable') return nlErr(route.errno);
  return ok(route.dst);
}

function inputRoute6(net: Netns, flow: Flow, dev: NetDevice): Rtnl<Dst> {
  if (typeof flow.dst !== 'bigint') return nlErr('EINVAL');
  const src = typeof flow.src === 'bigint' ? flow.src : 0n;
  const route = routeInput6(net, { src, dst: flow.dst, dev, mark: flow.mark ?? 0 });
  if (route.kind === 'drop') return nlErr('ENETUNREACH');
  if (route.kind === 'unreachable') return nlErr(route.errno);
  return ok(route.dst);
}
