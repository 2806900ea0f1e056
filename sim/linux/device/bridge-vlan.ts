import type { Skb } from '../sk-buff';
import type { Bridge } from './bridge';
import type { BridgePort } from './bridge-port';

/** nbp_vlan_init(): a new port is in the default VLAN, untagged. */
export function addDefaultVlan(bridge: Bridge, port: BridgePort): void {
  if (bridge.vlanDefaultPvid === 0) return;
  port.vlans.set(bridge.vlanDefaultPvid, { untagged: true });
  port.pvid = bridge.vlanDefaultPvid;
}

interface VlanGroup {
  readonly vlans: ReadonlyMap<number, { readonly untagged: boolean }>;
  readonly pvid: number;
}

/** __allowed_ingress(): the frame's VLAN, or undefined if it may not enter. 0 where filtering is off. */
export function allowedIngress(bridge: Bridge, group: VlanGroup, skb: Skb): number | undefined {
  if (!bridge.vlanFiltering) return 0;
  const tag = skb.eth?.vlan?.id ?? 0;
  const vlan = tag === 0 ? group.pvid : tag;
  if (vlan === 0 || !group.vlans.has(vlan)) return undefined;
  return vlan;
}

/** br_allowed_egress(). */
export const allowedEgress = (bridge: Bridge, group: VlanGroup, vlan: number): boolean =>
  !bridge.vlanFiltering || group.vlans.has(vlan);

/** br_handle_vlan(): the tag as the port wants it. */
export function egressTag(bridge: Bridge, group: VlanGroup, skb: Skb, vlan: number): void {
  const { eth } = skb;
  if (!bridge.vlanFiltering || !eth) return;
  const untagged = group.vlans.get(vlan)?.untagged ?? false;
  const { dst, src } = eth;
  skb.eth = untagged ? { dst, src } : { dst, src, vlan: { id: vlan, pcp: eth.vlan?.pcp ?? 0 } };
}
