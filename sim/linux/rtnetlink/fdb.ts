import type { Ip, Mac } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import type { Rtnl } from './netlink-error';

/** NTF_* and NUD_* of RTM_NEWNEIGH with AF_BRIDGE. */
export interface FdbRequest {
  readonly dev: NetDevice;
  readonly mac: Mac;
  readonly vlan?: number | undefined;
  /** NTF_SELF, NTF_MASTER. */
  readonly self: boolean;
  readonly master: boolean;
  /** NUD_PERMANENT (`local`, the default), NUD_NOARP (`static`), NUD_REACHABLE (`dynamic`). */
  readonly state: 'permanent' | 'static' | 'dynamic';
  readonly sticky?: boolean | undefined;
  readonly externLearn?: boolean | undefined;
  readonly use?: boolean | undefined;
  /** VXLAN remotes. */
  readonly dst?: Ip | undefined;
  readonly port?: number | undefined;
  readonly vni?: number | undefined;
  readonly srcVni?: number | undefined;
  /** `via DEV`: an ifindex. */
  readonly via?: number | undefined;
}

export interface FdbFlags {
  readonly create: boolean;
  readonly excl: boolean;
  readonly append: boolean;
  readonly replace: boolean;
}

/** One line of `bridge fdb show`. */
export interface FdbEntry {
  readonly dev: NetDevice;
  readonly mac: Mac;
  readonly vlan: number | undefined;
  readonly self: boolean;
  /** The bridge, for an entry of its table on a port. */
  readonly master: NetDevice | undefined;
  readonly state: 'permanent' | 'static' | 'reachable' | 'stale';
  readonly sticky: boolean;
  readonly externLearn: boolean;
  readonly dst: Ip | undefined;
  readonly port: number | undefined;
  readonly vni: number | undefined;
  readonly via: NetDevice | undefined;
  readonly usedUs: number;
  readonly updatedUs: number;
}

/** rtnl_fdb_add(), net/core/rtnetlink.c. */
export declare function newFdb(net: Netns, req: FdbRequest, flags: FdbFlags): Rtnl;
/** rtnl_fdb_del(). */
export declare function delFdb(net: Netns, req: FdbRequest): Rtnl;
/** rtnl_fdb_dump(), in its order; filters as `br` and `dev` of `bridge fdb show`. */
export declare function dumpFdb(
  net: Netns,
  filter?: { readonly bridge?: NetDevice | undefined; readonly dev?: NetDevice | undefined },
): readonly FdbEntry[];
/** RTM_DELNEIGH with NLM_F_BULK: learned entries of a bridge or of one port. */
export declare function flushFdb(net: Netns, dev: NetDevice): Rtnl;
