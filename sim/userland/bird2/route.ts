import type { AsSegment, BgpOtherAttribute } from '../../wire/bgp-attribute';
import type { Ip, Ipv4 } from '../../wire/frame';
import { type Cidr, formatCidr } from '../../wire/ip';
import type { Channel } from './channel';
import type { Iface } from './iface';
import type { RTable } from './table';

/** struct nexthop; `weight` counts from 0. */
export interface Nexthop {
  readonly gw: Ip | undefined;
  readonly iface: Iface;
  readonly weight: number;
  readonly onlink: boolean;
}

/** RTD_*. */
export type Dest = 'unicast' | 'blackhole' | 'unreachable' | 'prohibit';
/** RTS_*. */
export type RouteSource = 'RTS_STATIC' | 'RTS_INHERIT' | 'RTS_DEVICE' | 'RTS_BGP';

/** The extended attributes of a route: eattrs of nest/route.h. */
export interface RouteAttributes {
  readonly origin?: number | undefined;
  readonly path?: readonly AsSegment[] | undefined;
  readonly nextHop?: Ip | undefined;
  readonly med?: number | undefined;
  readonly localPref?: number | undefined;
  readonly atomic?: boolean | undefined;
  readonly communities?: readonly number[] | undefined;
  readonly originatorId?: Ipv4 | undefined;
  readonly clusterList?: readonly Ipv4[] | undefined;
  readonly largeCommunities?: readonly (readonly [number, number, number])[] | undefined;
  readonly other?: readonly BgpOtherAttribute[] | undefined;
  readonly krtSource?: number | undefined;
  readonly krtMetric?: number | undefined;
  readonly krtPrefsrc?: Ip | undefined;
  readonly igpMetric?: number | undefined;
}

/** struct rte with its rta. */
export interface Route {
  readonly net: Cidr;
  readonly source: RouteSource;
  readonly preference: number;
  readonly scope: string;
  readonly from: Ip | undefined;
  readonly dest: Dest;
  readonly nexthops: readonly Nexthop[];
  readonly attributes: RouteAttributes;
  /** Names of attributes that this export's filter set. */
  readonly fresh: ReadonlySet<string>;
  /** rta.igp_metric; 0 where the next hop is not recursive. */
  readonly igpMetric: number;
  /** hostentry: the address whose route in `table` decides about the next hop. */
  readonly recursive?: { readonly address: Ip; readonly table: RTable } | undefined;
  /** Who announced it; set when it enters a table. */
  readonly sender: Channel;
  readonly filtered: boolean;
  readonly id: number;
  readonly lastModUs: number;
}

/** IGP_METRIC_UNKNOWN, nest/route.h. */
export const IGP_METRIC_UNKNOWN = 0x8000_0000;

const NO_NAMES: ReadonlySet<string> = new Set();

/** rte_get_temp(). */
export const newRoute = (
  sender: Channel,
  parts: Pick<Route, 'net' | 'source' | 'dest' | 'nexthops'> & Partial<Route>,
): Route => ({
  preference: sender.config.preference,
  scope: 'SCOPE_UNIVERSE',
  from: undefined,
  attributes: {},
  fresh: NO_NAMES,
  igpMetric: 0,
  filtered: false,
  id: 0,
  lastModUs: 0,
  sender,
  ...parts,
});

export const netKey = (net: Cidr): string => formatCidr(net);

/** rta_dest_names. */
export const DEST_NAMES: Readonly<Record<Dest, string>> = {
  unicast: 'unicast',
  blackhole: 'blackhole',
  unreachable: 'unreachable',
  prohibit: 'prohibited',
};

/** A value by which two routes are the same: rte_same(). */
export const sameRoute = (a: Route, b: Route): boolean =>
  a.dest === b.dest &&
  a.preference === b.preference &&
  a.filtered === b.filtered &&
  a.igpMetric === b.igpMetric &&
  a.from === b.from &&
  sameNexthops(a.nexthops, b.nexthops) &&
  attributeKey(a.attributes) === attributeKey(b.attributes);

export const sameNexthops = (a: readonly Nexthop[], b: readonly Nexthop[]): boolean =>
  a.length === b.length &&
  a.every((x, i) => {
    const y = b[i];
    return (
      y !== undefined &&
      x.gw === y.gw &&
      x.iface === y.iface &&
      x.weight === y.weight &&
      x.onlink === y.onlink
    );
  });

export const attributeKey = (attributes: RouteAttributes): string =>
  JSON.stringify(attributes, (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Uint8Array ? [...value] : value;
  }) + Object.keys(attributes).join();

/** nexthop_compare_node(): the heaviest first, then by gateway and interface. */
export const sortNexthops = (nexthops: readonly Nexthop[]): readonly Nexthop[] =>
  [...nexthops].sort(
    (a, b) =>
      b.weight - a.weight ||
      Number(BigInt(a.gw ?? 0) - BigInt(b.gw ?? 0)) ||
      a.iface.index - b.iface.index,
  );
