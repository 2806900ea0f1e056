import type { Ip } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import type { Dst, Flow } from '../ip/dst';
import type { FibRoute, RouteMetrics, RouteType } from '../ip/fib';
import type { Netns } from '../netns';
import type { Rtnl } from './netlink-error';

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
export declare function newRoute(net: Netns, req: RouteRequest, flags: RouteFlags): Rtnl;

/** inet_rtm_delroute(), inet6_rtm_delroute(). */
export declare function delRoute(net: Netns, req: RouteRequest): Rtnl;

/** inet_dump_fib(), inet6_dump_fib(): all tables, or one. */
export declare function dumpRoutes(net: Netns, family: Family, table?: number): readonly FibRoute[];

/** inet_rtm_getroute() for `ip route get`; with `iif` the packet comes in by that device. */
export declare function getRoute(net: Netns, flow: Flow, family: Family): Rtnl<Dst>;
