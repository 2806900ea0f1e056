import type { Ip, Ipv4 } from '../../wire/frame';
import type { Cidr, Family } from '../../wire/ip';
import type { Filter } from './filter/ast';
import type { FilterValue } from './filter/value';
import type { TimeFormats } from './time-format';

/** FILTER_ACCEPT, FILTER_REJECT, or a filter. */
export type ChannelFilter = 'accept' | 'reject' | Filter;

/** struct channel_limit. */
export interface ChannelLimit {
  readonly limit: number;
  readonly action: 'warn' | 'block' | 'restart' | 'disable';
}

/** struct channel_config with what BGP's has. */
export interface ChannelConfig {
  readonly family: Family;
  table: string;
  preference: number;
  import: ChannelFilter | undefined;
  export: ChannelFilter | undefined;
  keepFiltered: boolean;
  receiveLimit: ChannelLimit | undefined;
  importLimit: ChannelLimit | undefined;
  exportLimit: ChannelLimit | undefined;
  nextHopSelf: boolean | 'ibgp' | 'ebgp';
  nextHopKeep: boolean | 'ibgp' | 'ebgp' | undefined;
  nextHopAddress: Ip | undefined;
  gateway: 'direct' | 'recursive' | undefined;
}

export interface StaticNexthop {
  readonly via: Ip | undefined;
  readonly iface: string | undefined;
  onlink: boolean;
  weight: number;
}

export interface StaticRoute {
  readonly net: Cidr;
  readonly dest: 'unicast' | 'blackhole' | 'unreachable' | 'prohibit' | 'recursive';
  readonly nexthops: readonly StaticNexthop[];
  readonly via?: Ip | undefined;
  readonly commands?: Filter | undefined;
}

/** struct bgp_config; times in seconds. */
export interface BgpConfig {
  localIp: Ip | undefined;
  localAs: number;
  remoteIp: Ip | undefined;
  remoteAs: number;
  peerType: 'internal' | 'external' | undefined;
  localPort: number;
  remotePort: number;
  iface: string | undefined;
  /** TTL; 0 is direct, undefined the default of the kind of peer. */
  multihop: number | undefined;
  holdTime: number;
  initialHoldTime: number;
  keepaliveTime: number;
  connectDelay: number;
  connectRetry: number;
  errorForget: number;
  errorWaitMin: number;
  errorWaitMax: number;
  passive: boolean;
  rrClient: boolean;
  rrClusterId: Ipv4 | undefined;
  rsClient: boolean;
  defaultLocalPref: number;
  defaultMed: number;
  medMetric: boolean;
  pathMetric: boolean;
  igpMetric: boolean;
  preferOlder: boolean;
  allowLocalAs: number;
  allowLocalPref: boolean;
  interpretCommunities: boolean;
  disableAfterError: boolean;
  strictBind: boolean;
  checkLink: boolean | undefined;
  gracefulRestart: 'off' | 'aware' | 'able';
  enableRefresh: boolean;
}

interface ProtoCommon {
  name: string;
  readonly template: boolean;
  disabled: boolean;
  description: string | undefined;
  debug: ReadonlySet<string> | undefined;
  routerId: Ipv4 | undefined;
  readonly channels: ChannelConfig[];
}

/** struct proto_config of each protocol. */
export type ProtoConfig = ProtoCommon &
  (
    | { readonly kind: 'device'; scanTime: number }
    | { readonly kind: 'direct'; interfaces: string[]; checkLink: boolean }
    | {
        readonly kind: 'kernel';
        scanTime: number;
        learn: boolean;
        persist: boolean;
        metric: number;
        /** Most next hops of a merged route; 0: no merging. */
        mergePaths: number;
        kernelTable: number;
      }
    | { readonly kind: 'static'; readonly routes: StaticRoute[]; checkLink: boolean }
    | { readonly kind: 'bgp'; readonly bgp: BgpConfig }
  );

export type ProtoKind = ProtoConfig['kind'];
export type ProtoOf<K extends ProtoKind> = Extract<ProtoConfig, { kind: K }>;

export interface LogTarget {
  /** Names of the classes it takes. */
  readonly classes: ReadonlySet<string>;
  readonly to: 'stderr' | 'syslog' | { readonly file: string };
}

export interface TableConfig {
  readonly name: string;
  readonly family: Family;
}

/** What a symbol stands for: struct symbol, conf/conf.h. */
export type ConfigSymbol =
  | { readonly kind: 'proto'; readonly proto: ProtoConfig }
  | { readonly kind: 'table'; readonly table: TableConfig }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'function'; readonly function: Filter }
  | { readonly kind: 'constant'; readonly value: FilterValue };

/** struct config. */
export interface Config {
  readonly file: string;
  routerId: Ipv4 | undefined;
  hostname: string | undefined;
  readonly logs: LogTarget[];
  readonly timeFormats: TimeFormats;
  /** debug protocols: what protocols tell that say nothing of it themselves. */
  debug: ReadonlySet<string>;
  readonly protos: ProtoConfig[];
  readonly tables: TableConfig[];
  readonly symbols: Map<string, ConfigSymbol>;
}

/** nest/protocol.h: DEF_PREF_*. */
export const DEFAULT_PREFERENCE: Readonly<Record<ProtoKind, number>> = {
  device: 0,
  direct: 240,
  static: 200,
  bgp: 100,
  kernel: 10,
};

export const newChannelConfig = (
  kind: ProtoKind,
  family: Family,
  table: string,
): ChannelConfig => ({
  family,
  table,
  preference: DEFAULT_PREFERENCE[kind],
  import: kind === 'bgp' ? undefined : 'accept',
  export: kind === 'bgp' ? undefined : 'reject',
  keepFiltered: false,
  receiveLimit: undefined,
  importLimit: undefined,
  exportLimit: undefined,
  nextHopSelf: false,
  nextHopKeep: undefined,
  nextHopAddress: undefined,
  gateway: undefined,
});

/** bgp_proto_start of proto/bgp/config.Y. */
export const newBgpConfig = (): BgpConfig => ({
  localIp: undefined,
  localAs: 0,
  remoteIp: undefined,
  remoteAs: 0,
  peerType: undefined,
  localPort: 179,
  remotePort: 179,
  iface: undefined,
  multihop: undefined,
  holdTime: 240,
  initialHoldTime: 240,
  keepaliveTime: 0,
  connectDelay: 5,
  connectRetry: 120,
  errorForget: 300,
  errorWaitMin: 60,
  errorWaitMax: 300,
  passive: false,
  rrClient: false,
  rrClusterId: undefined,
  rsClient: false,
  defaultLocalPref: 100,
  defaultMed: 0,
  medMetric: false,
  pathMetric: true,
  igpMetric: true,
  preferOlder: false,
  allowLocalAs: 0,
  allowLocalPref: false,
  interpretCommunities: true,
  disableAfterError: false,
  strictBind: false,
  checkLink: undefined,
  gracefulRestart: 'aware',
  enableRefresh: true,
});
