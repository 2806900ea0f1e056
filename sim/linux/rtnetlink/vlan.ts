import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import type { Rtnl } from './netlink-error';

/** BRIDGE_VLAN_INFO. */
export interface BridgeVlan {
  readonly id: number;
  readonly pvid: boolean;
  readonly untagged: boolean;
}

/** br_afspec() RTM_SETLINK: `self` adds to the bridge device itself. */
export declare function addBridgeVlan(
  net: Netns,
  dev: NetDevice,
  vlan: BridgeVlan,
  self: boolean,
): Rtnl;
export declare function delBridgeVlan(net: Netns, dev: NetDevice, id: number, self: boolean): Rtnl;
/** Of a port, or of a bridge itself; undefined if the device has no VLAN group. */
export declare function bridgeVlansOf(dev: NetDevice): readonly BridgeVlan[] | undefined;
