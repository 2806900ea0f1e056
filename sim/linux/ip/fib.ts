import type { Ip } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';

/** RTN_* of include/uapi/linux/rtnetlink.h. */
export type RouteType =
  | 'unicast'
  | 'local'
  | 'broadcast'
  | 'anycast'
  | 'multicast'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'
  | 'throw';

/** RT_TABLE_*. */
export const RT_TABLE_DEFAULT = 253;
export const RT_TABLE_MAIN = 254;
export const RT_TABLE_LOCAL = 255;

/** RT_SCOPE_*. */
export const RT_SCOPE_UNIVERSE = 0;
export const RT_SCOPE_SITE = 200;
export const RT_SCOPE_LINK = 253;
export const RT_SCOPE_HOST = 254;
export const RT_SCOPE_NOWHERE = 255;

/** RTPROT_*. */
export const RTPROT_UNSPEC = 0;
export const RTPROT_REDIRECT = 1;
export const RTPROT_KERNEL = 2;
export const RTPROT_BOOT = 3;
export const RTPROT_STATIC = 4;
export const RTPROT_RA = 9;

/** RTAX_*; a locked metric is in `lock`. */
export interface RouteMetrics {
  readonly mtu?: number | undefined;
  readonly window?: number | undefined;
  readonly rtt?: number | undefined;
  readonly advmss?: number | undefined;
  readonly hoplimit?: number | undefined;
  readonly initcwnd?: number | undefined;
  readonly initrwnd?: number | undefined;
  readonly quickack?: number | undefined;
  readonly congctl?: string | undefined;
  readonly lock?: readonly string[] | undefined;
}

/** struct fib_nh; `dead` and `linkdown` are RTNH_F_* that device events set. */
export interface Nexthop {
  readonly dev: NetDevice | undefined;
  readonly via: Ip | undefined;
  readonly weight: number;
  readonly onlink: boolean;
  /** nh_scope: the scope of the gateway's own route. */
  readonly scope: number;
  dead: boolean;
  linkdown: boolean;
}

/** struct fib_alias with its fib_info (IPv4), struct fib6_info with its siblings (IPv6). */
export interface FibRoute {
  readonly family: Family;
  readonly table: number;
  /** Host bits clear. */
  readonly dst: Ip;
  readonly prefixLen: number;
  readonly tos: number;
  readonly priority: number;
  readonly type: RouteType;
  readonly protocol: number;
  readonly scope: number;
  readonly prefSrc: Ip | undefined;
  readonly metrics: RouteMetrics;
  /** At least one for unicast, local, broadcast; none (IPv4) for blackhole and the like. */
  readonly nexthops: readonly Nexthop[];
  /** IPv6: RTF_EXPIRES; virtual time. */
  readonly expiresAtUs?: number | undefined;
  /** IPv6 router preference as `pref medium` prints it. */
  readonly pref?: 'low' | 'medium' | 'high' | undefined;
}

/** All tables of one family in one namespace. */
export interface FibTables {
  readonly family: Family;
  /** Ids of existing tables in fib_get_table order. */
  tableIds(): readonly number[];
  /** In the order of a dump: fib_table_dump / inet6_dump_fib. */
  routes(table: number): readonly FibRoute[];
}
