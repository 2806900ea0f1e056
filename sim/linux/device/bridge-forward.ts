import { BROADCAST_MAC } from '../../wire/frame';
import { l3Length } from '../../wire/length';
import { formatMac, isGroupMac } from '../../wire/mac';
import { cloneSkb, kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import type { Bridge } from './bridge';
import { fdbFind } from './bridge-fdb';
import {
  bridgeNetfilterForward,
  bridgeNetfilterIdle,
  bridgeNetfilterPost,
} from './bridge-netfilter';
import type { BridgePort } from './bridge-port';
import { allowedEgress, allowedIngress, egressTag } from './bridge-vlan';
import type { NetDevice } from './net-device';
import { countTx, devQueueXmit } from './xmit';

/** br_dev_xmit(), net/bridge/br_device.c: the host itself sends by the bridge. */
export function bridgeXmit(dev: NetDevice, skb: Skb): void {
  const bridge = dev.data.kind === 'bridge' ? dev.data.bridge : undefined;
  const { eth } = skb;
  if (!bridge || !eth) return;
  if (skb.bridgedDnat) {
    const finish = skb.bridgedDnat;
    skb.bridgedDnat = undefined;
    finish(eth.dst);
    return;
  }
  countTx(dev, skb);
  const vlan = allowedIngress(bridge, bridge, skb);
  if (vlan === undefined) {
    kfreeSkbReason(skb, 'BRIDGE_VLAN_FILTERED', 'br_dev_xmit');
    return;
  }
  skb.bridgeVlan = vlan;
  if (isGroupMac(eth.dst)) {
    const type = eth.dst === BROADCAST_MAC ? 'broadcast' : 'multicast';
    bridgeFlood(bridge, skb, { from: undefined, type, keep: false });
    return;
  }
  const entry = fdbFind(bridge, eth.dst, vlan);
  if (entry && !entry.local && entry.port) {
    bridgeForward(bridge, skb, entry.port, undefined);
    return;
  }
  bridgeFlood(bridge, skb, { from: undefined, type: 'unicast', keep: false });
}

/** should_deliver(), net/bridge/br_forward.c. */
function shouldDeliver(
  bridge: Bridge,
  to: BridgePort,
  from: BridgePort | undefined,
  vlan: number,
): boolean {
  return (
    (to !== from || to.hairpin) &&
    to.state === 'forwarding' &&
    allowedEgress(bridge, to, vlan) &&
    !(from?.isolated && to.isolated)
  );
}

/** br_forward(). */
export function bridgeForward(
  bridge: Bridge,
  skb: Skb,
  to: BridgePort | undefined,
  from: BridgePort | undefined,
): void {
  if (to && shouldDeliver(bridge, to, from, skb.bridgeVlan)) {
    traceSkb(skb, 'br_forward', 'pass', { detail: `-> ${to.dev.name}` });
    forwardTo(bridge, skb, to, from);
    return;
  }
  const isolated = from?.isolated && to?.isolated;
  const why = to === from ? 'same port, hairpin is off' : to?.state;
  const reason = isolated ? 'BRIDGE_ISOLATED' : 'BRIDGE_NO_EGRESS_PORT';
  kfreeSkbReason(skb, reason, 'br_forward', why);
}

export interface Flood {
  readonly from: BridgePort | undefined;
  readonly type: 'unicast' | 'multicast' | 'broadcast';
  /** Someone else has the frame too: nobody to flood to is no loss. */
  readonly keep: boolean;
}

/** br_flood(): a copy to every port that may have it. */
export function bridgeFlood(bridge: Bridge, skb: Skb, flood: Flood): void {
  const { from, type } = flood;
  const vlan = skb.bridgeVlan;
  const { tracer } = bridge.dev.netns.kernel;
  if (tracer.on) traceSkb(skb, 'br_flood', 'pass', { detail: dstOf(skb) });
  let last: BridgePort | undefined;
  for (const to of bridge.ports) {
    if (!floods(to, type) || !shouldDeliver(bridge, to, from, vlan)) continue;
    if (last) forwardTo(bridge, cloneSkb(skb), last, from);
    last = to;
  }
  if (last) forwardTo(bridge, skb, last, from);
  else if (!flood.keep) kfreeSkbReason(skb, 'BRIDGE_NO_EGRESS_PORT', 'br_flood', dstOf(skb));
}

const dstOf = (skb: Skb): string => (skb.eth ? formatMac(skb.eth.dst) : '');

function floods(port: BridgePort, type: Flood['type']): boolean {
  if (type === 'unicast') return port.flood;
  return type === 'multicast' ? port.mcastFlood : port.bcastFlood;
}

/** __br_forward(), br_forward_finish(). */
function forwardTo(bridge: Bridge, skb: Skb, to: BridgePort, from: BridgePort | undefined): void {
  egressTag(bridge, to, skb, skb.bridgeVlan);
  if (bridgeNetfilterIdle(bridge, skb, { from, to })) {
    pushXmit(skb, to);
    return;
  }
  const send = (passed: Skb): void => pushXmit(passed, to);
  if (!from) {
    skb.dev = to.dev;
    bridgeNetfilterPost(bridge, skb, to, send);
    return;
  }
  bridgeNetfilterForward(bridge, skb, { from, to }, (passed) =>
    bridgeNetfilterPost(bridge, passed, to, send),
  );
}

/** br_dev_queue_push_xmit(); is_skb_forwardable(): room for a VLAN tag, used or not. */
function pushXmit(skb: Skb, to: BridgePort): void {
  if (l3Length(skb.packet) + (skb.eth?.vlan ? 4 : 0) > to.dev.mtu + 4) {
    kfreeSkbReason(skb, 'PKT_TOO_BIG', 'br_dev_queue_push_xmit', `MTU of ${to.dev.name}`);
    return;
  }
  skb.dev = to.dev;
  devQueueXmit(skb);
}
