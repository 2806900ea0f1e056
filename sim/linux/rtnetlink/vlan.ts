import { OK } from '../../base/result';
import { bridgeOf } from '../device/bridge-port';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from './netlink-error';

/** BRIDGE_VLAN_INFO. */
export interface BridgeVlan {
  readonly id: number;
  readonly pvid: boolean;
  readonly untagged: boolean;
}

interface VlanGroup {
  readonly vlans: Map<number, { readonly untagged: boolean }>;
  pvid: number;
}

const groupOf = (dev: NetDevice): VlanGroup | undefined => bridgeOf(dev) ?? dev.brport;

/** br_afspec(), RTM_SETLINK: `self` adds to the bridge device itself. */
export function addBridgeVlan(_net: Netns, dev: NetDevice, vlan: BridgeVlan, self: boolean): Rtnl {
  const group = groupOf(dev);
  if (!group || (dev.kind === 'bridge' && !self)) return nlErr('EOPNOTSUPP');
  if (vlan.id < 1 || vlan.id >= 4095) return nlErr('EINVAL');
  group.vlans.set(vlan.id, { untagged: vlan.untagged });
  if (vlan.pvid) group.pvid = vlan.id;
  else if (group.pvid === vlan.id) group.pvid = 0;
  return OK;
}

export function delBridgeVlan(_net: Netns, dev: NetDevice, id: number, self: boolean): Rtnl {
  const group = groupOf(dev);
  if (!group || (dev.kind === 'bridge' && !self)) return nlErr('EOPNOTSUPP');
  if (!group.vlans.delete(id)) return nlErr('ENOENT');
  if (group.pvid === id) group.pvid = 0;
  return OK;
}

/** Of a port, or of a bridge itself; undefined if the device has no VLAN group. */
export function bridgeVlansOf(dev: NetDevice): readonly BridgeVlan[] | undefined {
  const group = groupOf(dev);
  if (!group) return undefined;
  return [...group.vlans]
    .sort(([a], [b]) => a - b)
    .map(([id, { untagged }]) => ({ id, pvid: group.pvid === id, untagged }));
}
