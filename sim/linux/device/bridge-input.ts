import { BROADCAST_MAC } from '../../wire/frame';
import { formatMac, isGroupMac } from '../../wire/mac';
import { cloneSkb, kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import type { Bridge } from './bridge';
import { fdbFind, fdbUpdate } from './bridge-fdb';
import { bridgeFlood, bridgeForward } from './bridge-forward';
import { bridgeNetfilterPre } from './bridge-netfilter';
import { type BridgePort, bridgeOf } from './bridge-port';
import { allowedIngress } from './bridge-vlan';
import { netifReceive } from './receive';

/** 01:80:c2:00:00:0X: is_link_local_ether_addr(). */
const isReserved = (mac: number): boolean => Math.floor(mac / 16) === 0x0180_c200_000;

/** br_handle_frame(), net/bridge/br_input.c: every frame of a port comes here. */
export function bridgeHandleFrame(skb: Skb): boolean {
  const port = skb.dev.brport;
  const bridge = port && bridgeOf(port.bridge);
  if (!port || !bridge || !skb.eth) return false;
  const { dst, src } = skb.eth;
  if (src === 0 || isGroupMac(src)) {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'br_handle_frame', `source ${formatMac(src)}`);
    return true;
  }
  if (isReserved(dst) && !groupForwarded(bridge, port, dst)) {
    if (dst % 16 === 1) return drop(skb);
    handleLocal(bridge, port, skb);
    return false;
  }
  if (port.state !== 'forwarding' && port.state !== 'learning') {
    kfreeSkbReason(skb, 'BRIDGE_INGRESS_STP_STATE', 'br_handle_frame', port.state);
    return true;
  }
  skb.pktType = dst === bridge.dev.mac ? 'host' : skb.pktType;
  traceSkb(skb, 'br_handle_frame');
  bridgeNetfilterPre(bridge, port, skb, (passed) => bridgeHandleFrameFinish(bridge, port, passed));
  return true;
}

function drop(skb: Skb): boolean {
  kfreeSkbReason(skb, 'MAC_IEEE_MAC_CONTROL', 'br_handle_frame');
  return true;
}

/** group_fwd_mask of the bridge and of the port; BPDUs pass a bridge without the protocol, to find loops. */
const groupForwarded = (bridge: Bridge, port: BridgePort, dst: number): boolean =>
  (dst % 16 === 0 && !bridge.stpEnabled) ||
  ((bridge.groupFwdMask | port.groupFwdMask) & (1 << (dst % 16))) !== 0;

/** __br_handle_local_finish(): the sender is learned even of what is for the bridge itself. */
function handleLocal(bridge: Bridge, port: BridgePort, skb: Skb): void {
  const learns = port.state === 'learning' || port.state === 'forwarding';
  const vlan = allowedIngress(bridge, port, skb);
  if (!port.learning || !learns || vlan === undefined || !skb.eth) return;
  fdbUpdate(bridge, port, skb.eth.src, vlan);
}

/** br_handle_frame_finish(): learn, then up, on, or everywhere. */
function bridgeHandleFrameFinish(bridge: Bridge, port: BridgePort, skb: Skb): void {
  const { eth } = skb;
  if (!eth) return;
  const vlan = allowedIngress(bridge, port, skb);
  if (vlan === undefined) {
    kfreeSkbReason(skb, 'BRIDGE_VLAN_FILTERED', 'br_handle_frame_finish');
    return;
  }
  skb.bridgeVlan = vlan;
  if (port.locked && !lockedSourceKnown(bridge, port, eth.src, vlan)) {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'br_handle_frame_finish', 'port is locked');
    return;
  }
  if (port.learning) fdbUpdate(bridge, port, eth.src, vlan);
  if (port.state === 'learning') {
    kfreeSkbReason(skb, 'BRIDGE_INGRESS_STP_STATE', 'br_handle_frame_finish', 'learning');
    return;
  }
  if (isGroupMac(eth.dst)) {
    const local = cloneSkb(skb);
    const type = eth.dst === BROADCAST_MAC ? 'broadcast' : 'multicast';
    bridgeFlood(bridge, skb, { from: port, type, keep: true });
    passFrameUp(bridge, local);
    return;
  }
  const entry = fdbFind(bridge, eth.dst, vlan);
  if (entry?.local) {
    passFrameUp(bridge, skb);
    return;
  }
  const up = bridge.dev.promiscuity > 0 ? cloneSkb(skb) : undefined;
  if (entry) {
    entry.usedUs = bridge.dev.netns.kernel.scheduler.nowUs;
    bridgeForward(bridge, skb, entry.port, port);
  } else {
    bridgeFlood(bridge, skb, { from: port, type: 'unicast', keep: up !== undefined });
  }
  if (up) passFrameUp(bridge, up);
}

function lockedSourceKnown(bridge: Bridge, port: BridgePort, src: number, vlan: number): boolean {
  const entry = fdbFind(bridge, src, vlan);
  return entry?.port === port && !entry.local;
}

/** br_pass_frame_up(): the frame comes in by the bridge device itself. */
function passFrameUp(bridge: Bridge, skb: Skb): void {
  if (bridge.vlanFiltering && skb.eth) {
    const { dst, src } = skb.eth;
    const untagged = bridge.vlans.get(skb.bridgeVlan)?.untagged ?? false;
    if (!bridge.vlans.has(skb.bridgeVlan)) {
      kfreeSkbReason(skb, 'BRIDGE_VLAN_FILTERED', 'br_pass_frame_up');
      return;
    }
    skb.eth = untagged ? { dst, src } : { dst, src, vlan: { id: skb.bridgeVlan, pcp: 0 } };
  }
  traceSkb(skb, 'br_pass_frame_up');
  netifReceive(bridge.dev, skb);
}
