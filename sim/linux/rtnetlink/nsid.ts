import type { Netns } from '../netns';
import type { Rtnl } from './netlink-error';

/** rtnl_net_newid(): `ip netns set NAME NSID`; nsid -1 lets the kernel choose. */
export declare function newNsid(net: Netns, target: Netns, nsid: number): Rtnl<number>;
