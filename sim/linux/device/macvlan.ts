import { isGroupMac } from '../../wire/mac';
import type { Netns } from '../netns';
import { cloneSkb, kfreeSkbReason, type Skb } from '../sk-buff';
import {
  IFF_BROADCAST,
  IFF_MULTICAST,
  type MacvlanMode,
  NetDevice,
  type NetDeviceOps,
} from './net-device';
import { netifReceive } from './receive';
import { countTx, devQueueXmit, transfer, VETH_DELAY_US } from './xmit';

const siblings = (lower: NetDevice): readonly NetDevice[] =>
  [...lower.uppers].filter((dev) => dev.data.kind === 'macvlan');

/** drivers/net/macvlan.c. */
const MACVLAN_OPS: NetDeviceOps = {
  /** macvlan_queue_xmit(): in bridge mode siblings hear each other without the cable. */
  xmit(dev, skb) {
    if (dev.data.kind !== 'macvlan' || !skb.eth) return;
    const { lower, mode } = dev.data;
    countTx(dev, skb);
    const { dst } = skb.eth;
    if (mode === 'bridge') {
      if (isGroupMac(dst)) bridgeBroadcast(lower, dev, skb);
      else {
        const other = siblings(lower).find(
          (one) => one !== dev && one.mac === dst && isBridge(one),
        );
        if (other) {
          skb.dst = undefined;
          transfer(skb, other, VETH_DELAY_US);
          return;
        }
      }
    }
    skb.dev = lower;
    devQueueXmit(skb);
  },
  uninit(dev) {
    if (dev.data.kind !== 'macvlan') return;
    const { lower } = dev.data;
    lower.uppers.delete(dev);
    if (siblings(lower).length === 0) lower.rxHandler = undefined;
  },
};

const isBridge = (dev: NetDevice): boolean =>
  dev.data.kind === 'macvlan' && dev.data.mode === 'bridge';

function bridgeBroadcast(lower: NetDevice, from: NetDevice, skb: Skb): void {
  for (const other of siblings(lower)) {
    if (other === from || !isBridge(other) || !other.up) continue;
    const copy = cloneSkb(skb);
    copy.dst = undefined;
    transfer(copy, other, VETH_DELAY_US);
  }
}

/** macvlan_handle_frame(): groups to everybody, unicast to the one whose address it is. */
function macvlanHandleFrame(skb: Skb): boolean {
  const lower = skb.dev;
  const { eth } = skb;
  if (!eth) return false;
  if (isGroupMac(eth.dst)) {
    const from = siblings(lower).find((one) => one.mac === eth.src);
    for (const dev of siblings(lower)) {
      if (dev === from || !dev.up || (from && isBridge(from) && isBridge(dev))) continue;
      netifReceive(dev, cloneSkb(skb));
    }
    return false;
  }
  const target = siblings(lower).find((one) => one.mac === eth.dst);
  if (!target) return false;
  if (!target.up)
    kfreeSkbReason(skb, 'DEV_READY', 'macvlan_handle_frame', `${target.name} is down`);
  else netifReceive(target, skb);
  return true;
}

/** macvlan_common_newlink(). The caller checked that the lower device has no other handler. */
export function newMacvlan(
  net: Netns,
  name: string,
  lower: NetDevice,
  mode: MacvlanMode,
): NetDevice {
  const data = { kind: 'macvlan' as const, lower, mode };
  const dev = new NetDevice({ netns: net, name, data, ops: MACVLAN_OPS });
  dev.flags = IFF_BROADCAST | IFF_MULTICAST;
  dev.mtu = lower.mtu;
  dev.carrier = lower.up && lower.carrier;
  // netif_stacked_transfer_operstate().
  if (dev.carrier) dev.rawOperstate = 'UP';
  lower.uppers.add(dev);
  lower.rxHandler = macvlanHandleFrame;
  return dev;
}

export const isMacvlanPort = (dev: NetDevice): boolean => dev.rxHandler === macvlanHandleFrame;
