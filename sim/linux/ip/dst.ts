import type { Ip } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { FibRoute, Nexthop, RouteMetrics, RouteType } from './fib';

/** struct rtable / rt6_info: what a route lookup found for one flow. */
export interface Dst {
  readonly type: RouteType;
  /** The device to send by; for a local destination of an output lookup, `lo`. */
  readonly dev: NetDevice;
  /** rt_gateway; undefined = on link. */
  readonly gateway: Ip | undefined;
  /** The source address chosen (fl4->saddr); for input routes the spec_dst. */
  readonly src: Ip;
  readonly dst: Ip;
  readonly route: FibRoute | undefined;
  readonly nexthop: Nexthop | undefined;
  readonly metrics: RouteMetrics;
  readonly table: number;
  /** RTCF_LOCAL, RTCF_BROADCAST, RTCF_MULTICAST: `<local,brd,mc>` of `ip route get`. */
  readonly local: boolean;
  readonly broadcast: boolean;
  readonly multicast: boolean;
  /** RTCF_DOREDIRECT. */
  readonly doRedirect: boolean;
  /** From a route exception (ICMP redirect or frag needed), with its remaining life. */
  readonly cached?:
    | {
        readonly expiresAtUs: number | undefined;
        readonly mtu?: number;
        /** The MTU is min_pmtu, for the one that was told is smaller. */
        readonly mtuLocked?: boolean;
      }
    | undefined;
}

/** struct flowi4/flowi6. */
export interface Flow {
  readonly dst: Ip;
  readonly src?: Ip | undefined;
  /** flowi_oif: an ifindex, 0 or undefined = any. */
  readonly oif?: number | undefined;
  readonly iif?: number | undefined;
  readonly tos?: number | undefined;
  readonly mark?: number | undefined;
  readonly protocol?: number | undefined;
  readonly srcPort?: number | undefined;
  readonly dstPort?: number | undefined;
  readonly uid?: number | undefined;
  /** FLOWI_FLAG_ANYSRC: IP_TRANSPARENT, IP_FREEBIND and the kernel's own packets. */
  readonly anySrc?: boolean | undefined;
}
