import type { Mac } from '../../wire/frame';
import type { BridgePort } from './bridge-port';
import type { NetDevice } from './net-device';

/** IFLA_BR_*: times in the kernel's units of 1/100 s (USER_HZ). */
export interface BridgeOptions {
  readonly forwardDelay?: number | undefined;
  readonly helloTime?: number | undefined;
  readonly maxAge?: number | undefined;
  readonly ageingTime?: number | undefined;
  readonly stpState?: number | undefined;
  readonly priority?: number | undefined;
  readonly vlanFiltering?: boolean | undefined;
  readonly vlanProtocol?: number | undefined;
  readonly vlanDefaultPvid?: number | undefined;
  readonly vlanStatsEnabled?: boolean | undefined;
  readonly groupFwdMask?: number | undefined;
  readonly groupAddress?: Mac | undefined;
  readonly mcastSnooping?: boolean | undefined;
  readonly mcastRouter?: number | undefined;
  readonly mcastQuerier?: boolean | undefined;
  readonly nfCallIptables?: boolean | undefined;
  readonly nfCallIp6tables?: boolean | undefined;
  readonly nfCallArptables?: boolean | undefined;
  readonly fdbFlush?: boolean | undefined;
}

/** struct net_bridge_fdb_entry. */
export interface BridgeFdbEntry {
  readonly mac: Mac;
  readonly vlan: number;
  /** Undefined: the bridge itself. */
  port: BridgePort | undefined;
  /** BR_FDB_LOCAL: a frame for it goes up. */
  local: boolean;
  static: boolean;
  sticky: boolean;
  addedByUser: boolean;
  externLearn: boolean;
  updatedUs: number;
  usedUs: number;
}

/** struct net_bridge. */
export interface Bridge {
  readonly dev: NetDevice;
  readonly ports: BridgePort[];
  readonly fdb: Map<string, BridgeFdbEntry>;
  /** USER_HZ. */
  forwardDelay: number;
  helloTime: number;
  maxAge: number;
  ageingTime: number;
  stpEnabled: boolean;
  priority: number;
  vlanFiltering: boolean;
  vlanProtocol: number;
  vlanDefaultPvid: number;
  groupFwdMask: number;
  groupAddress: Mac;
  mcastSnooping: boolean;
  mcastRouter: number;
  mcastQuerier: boolean;
  nfCallIptables: boolean;
  nfCallIp6tables: boolean;
  nfCallArptables: boolean;
  /** BR_ADDR of br_set_mac: the user chose the address, ports do not change it. */
  userMac: boolean;
  /** The user chose the MTU (BROPT_MTU_SET_BY_USER). */
  userMtu: boolean;
  /** VLANs of the bridge device itself (`self`). */
  readonly vlans: Map<number, { readonly untagged: boolean }>;
  pvid: number;
}

/** "8000.020000000001": br_show_bridge_id(). */
export declare function bridgeId(bridge: Bridge): string;
