import { BROADCAST_MAC } from '../../wire/frame';
import { l3Length } from '../../wire/length';
import { formatMac, isGroupMac } from '../../wire/mac';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import type { Bridge } from './bridge';
import { fdbFind } from './bridge-fdb';
import { bridgeNetfilterForward, bridgeNetfilterPost } from './bridge-netfilter';
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
  const targets = bridge.ports.filter(
    (to) => floods(to, type) && shouldDeliver(bridge, to, from, vlan),
  );
  const dst = skb.eth ? formatMac(skb.eth.dst) : '';
  traceSkb(skb, 'br_flood', 'pass', { detail: dst });
  if (targets.length === 0) {
    if (!flood.keep) kfreeSkbReason(skb, 'BRIDGE_NO_EGRESS_PORT', 'br_flood', dst);
    return;
  }
  for (const [i, to] of targets.entries()) {
    forwardTo(bridge, i === targets.length - 1 ? skb : { ...skb }, to, from);
  }
}

function floods(port: BridgePort, type: Flood['type']): boolean {
  if (type === 'unicast') return port.flood;
  return type === 'multicast' ? port.mcastFlood : port.bcastFlood;
}

/** __br_forward(), br_forward_finish(), br_dev_queue_push_xmit(). */
function forwardTo(bridge: Bridge, skb: Skb, to: BridgePort, from: BridgePort | undefined): void {
  egressTag(bridge, to, skb, skb.bridgeVlan);
  const send = (passed: Skb): void => {
    // is_skb_forwardable(): room for a VLAN tag, used or not.
    if (l3Length(passed.packet) + (passed.eth?.vlan ? 4 : 0) > to.dev.mtu + 4) {
      kfreeSkbReason(passed, 'PKT_TOO_BIG', 'br_dev_queue_push_xmit', `MTU of ${to.dev.name}`);
      return;
    }
    passed.dev = to.dev;
    devQueueXmit(passed);
  };
  if (!from) {
    skb.dev = to.dev;
    bridgeNetfilterPost(bridge, skb, to, send);
    return;
  }
  bridgeNetfilterForward(bridge, skb, { from, to }, (passed) =>
    bridgeNetfilterPost(bridge, passed, to, send),
  );
}
