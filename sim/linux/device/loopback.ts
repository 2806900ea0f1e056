import type { Netns } from '../netns';
import { traceSkb } from '../sk-buff';
import { registerNetdevice } from './dev';
import { IFF_LOOPBACK, NetDevice, type NetDeviceOps } from './net-device';
import { countTx, transfer, VETH_DELAY_US } from './xmit';

/** drivers/net/loopback.c: what is sent is received. */
const LOOPBACK_OPS: NetDeviceOps = {
  xmit(dev, skb) {
    countTx(dev, skb);
    skb.eth = { dst: 0, src: 0 };
    traceSkb(skb, 'loopback_xmit');
    skb.sk = undefined;
    transfer(skb, dev, VETH_DELAY_US);
  },
};

/** loopback_net_init(): the first device of every namespace. */
export function newLoopback(net: Netns): NetDevice {
  const dev = new NetDevice({
    netns: net,
    name: 'lo',
    data: { kind: 'loopback' },
    ops: LOOPBACK_OPS,
    linkType: 'loopback',
  });
  dev.flags = IFF_LOOPBACK;
  dev.broadcast = 0;
  dev.mtu = 65536;
  dev.minMtu = 0;
  dev.maxMtu = 0;
  dev.netnsLocal = true;
  registerNetdevice(dev);
  return dev;
}

/** The loopback prefix 127.0.0.0/8 that inetdev_event() gives to `lo`. */
export const LOOPBACK_V4 = 0x7f00_0001;
