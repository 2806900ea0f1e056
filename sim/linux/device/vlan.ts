import type { Netns } from '../netns';
import { IFF_BROADCAST, IFF_MULTICAST, NetDevice, type NetDeviceOps } from './net-device';
import { countTx, devQueueXmit } from './xmit';

/** net/8021q/vlan_dev.c: adds the tag and hands the frame to the real device. */
const VLAN_OPS: NetDeviceOps = {
  xmit(dev, skb) {
    if (dev.data.kind !== 'vlan' || !skb.eth) return;
    countTx(dev, skb);
    const { dst, src } = skb.eth;
    skb.eth = { dst, src, vlan: { id: dev.data.id, pcp: 0 } };
    skb.dev = dev.data.lower;
    devQueueXmit(skb);
  },
  uninit(dev) {
    if (dev.data.kind === 'vlan') dev.data.lower.uppers.delete(dev);
  },
};

/** vlan_dev_init(): address, MTU and state are the real device's. */
export function newVlan(net: Netns, name: string, lower: NetDevice, id: number): NetDevice {
  const data = { kind: 'vlan' as const, lower, id };
  const dev = new NetDevice({ netns: net, name, data, ops: VLAN_OPS });
  dev.flags = IFF_BROADCAST | IFF_MULTICAST;
  dev.mac = lower.mac;
  dev.mtu = lower.mtu;
  dev.minMtu = 0;
  dev.carrier = lower.up && lower.carrier;
  // netif_stacked_transfer_operstate().
  if (dev.carrier) dev.rawOperstate = 'UP';
  lower.uppers.add(dev);
  return dev;
}
