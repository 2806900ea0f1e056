import type { Ip, Mac } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Neighbour, NudState, ProxyNeighbour } from '../ip/neighbour';
import type { Netns } from '../netns';
import type { Rtnl } from './netlink-error';

/** RTM_NEWNEIGH. */
export interface NeighRequest {
  readonly dev: NetDevice;
  readonly ip: Ip;
  readonly lladdr?: Mac | undefined;
  /** Default PERMANENT, as iproute2 asks. */
  readonly state: NudState;
  readonly router?: boolean | undefined;
  readonly externLearn?: boolean | undefined;
  readonly use?: boolean | undefined;
  readonly protocol?: number | undefined;
}

export interface NeighFlags {
  readonly create: boolean;
  readonly excl: boolean;
  readonly replace: boolean;
}

/** neigh_add(), net/core/neighbour.c. */
export declare function newNeigh(net: Netns, req: NeighRequest, flags: NeighFlags): Rtnl;
/** neigh_delete(). */
export declare function delNeigh(net: Netns, dev: NetDevice, ip: Ip): Rtnl;
/** neigh_get(). */
export declare function getNeigh(net: Netns, dev: NetDevice, ip: Ip): Rtnl<Neighbour>;
export declare function dumpNeigh(net: Netns, family: Family): readonly Neighbour[];
/** NTF_PROXY entries. */
export declare function newProxyNeigh(net: Netns, dev: NetDevice | undefined, ip: Ip): Rtnl;
export declare function delProxyNeigh(net: Netns, dev: NetDevice | undefined, ip: Ip): Rtnl;
export declare function dumpProxyNeigh(net: Netns, family: Family): readonly ProxyNeighbour[];
