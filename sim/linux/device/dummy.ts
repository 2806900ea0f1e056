import type { Netns } from '../netns';
import { kfreeSkbReason } from '../sk-buff';
import { IFF_BROADCAST, IFF_NOARP, NetDevice, type NetDeviceOps } from './net-device';
import { countTx } from './xmit';

/** drivers/net/dummy.c: counts what is sent and throws it away. */
const DUMMY_OPS: NetDeviceOps = {
  xmit(dev, skb) {
    countTx(dev, skb);
    kfreeSkbReason(skb, 'BLACKHOLE', 'dummy_xmit');
  },
};

/** dummy_setup(). */
export function newDummy(net: Netns, name: string): NetDevice {
  const dev = new NetDevice({ netns: net, name, data: { kind: 'dummy' }, ops: DUMMY_OPS });
  dev.flags = IFF_BROADCAST | IFF_NOARP;
  dev.minMtu = 0;
  dev.maxMtu = 0;
  return dev;
}
