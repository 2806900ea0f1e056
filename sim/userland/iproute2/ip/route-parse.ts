import type { RouteMetrics, RouteType } from '../../../linux/ip/fib';
import type { Ip } from '../../../wire/frame';
import type { ToolContext } from '../context';
import type { AddressFamily, InetPrefix } from '../inet-prefix';

/** What iproute_modify() collects. */
export interface RouteParse {
  readonly ctx: ToolContext;
  family: AddressFamily;
  dst: InetPrefix | undefined;
  type: RouteType | undefined;
  gateway: Ip | undefined;
  dev: string | undefined;
  prefSrc: Ip | undefined;
  tos: number | undefined;
  priority: number | undefined;
  scope: number | undefined;
  table: number | undefined;
  protocol: number | undefined;
  expires: number | undefined;
  pref: 'low' | 'medium' | 'high' | undefined;
  onlink: boolean;
  readonly metrics: { -readonly [K in keyof RouteMetrics]: RouteMetrics[K] };
  readonly lock: string[];
}
