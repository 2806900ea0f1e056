import type { Ip, Mac } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Skb } from '../sk-buff';

/** NUD_* of include/uapi/linux/neighbour.h, as `ip neigh` prints them. */
export type NudState =
  | 'NONE'
  | 'INCOMPLETE'
  | 'REACHABLE'
  | 'STALE'
  | 'DELAY'
  | 'PROBE'
  | 'FAILED'
  | 'NOARP'
  | 'PERMANENT';

/** struct neigh_parms; times in ms, as the sysctls of /proc/sys/net/ipv4/neigh/NAME/. */
export interface NeighParms {
  mcast_solicit: number;
  ucast_solicit: number;
  app_solicit: number;
  mcast_resolicit: number;
  retrans_time_ms: number;
  base_reachable_time_ms: number;
  delay_first_probe_time_ms: number;
  gc_stale_time_ms: number;
  unres_qlen_bytes: number;
  proxy_qlen: number;
  anycast_delay_ms: number;
  proxy_delay_ms: number;
  locktime_ms: number;
  /** Drawn from [0.5, 1.5) x base_reachable_time. */
  reachable_time_us: number;
}

/** struct neighbour. */
export interface Neighbour {
  readonly family: Family;
  readonly ip: Ip;
  readonly dev: NetDevice;
  readonly state: NudState;
  /** Undefined while unknown. */
  readonly lladdr: Mac | undefined;
  /** NTF_ROUTER. */
  readonly isRouter: boolean;
  /** NTF_EXT_LEARNED, NTF_USE. */
  readonly externLearn: boolean;
  readonly protocol: number;
  /** Virtual times for `ip -s neigh`. */
  readonly usedUs: number;
  readonly confirmedUs: number;
  readonly updatedUs: number;
  readonly probes: number;
  readonly refcount: number;
  readonly queue: readonly Skb[];
}

/** NTF_PROXY: an address we answer for (`ip neigh add proxy`). */
export interface ProxyNeighbour {
  readonly ip: Ip;
  readonly dev: NetDevice | undefined;
}
