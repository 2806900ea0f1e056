import { err, OK, type Result } from '../../base/result';
import { l3Length } from '../../wire/length';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import { kfreeSkbReason } from '../sk-buff';
import { registerNetdevice, unregisterNetdevice } from './dev';
import { netifCarrierOff, netifCarrierOn } from './link-watch';
import { IFF_BROADCAST, IFF_MULTICAST, NetDevice, type NetDeviceOps } from './net-device';
import { countTx, scrubSkb, transfer, VETH_DELAY_US } from './xmit';

/** ETH_MAX_MTU. */
const VETH_MAX_MTU = 65535;

/** drivers/net/veth.c. */
const VETH_OPS: NetDeviceOps = {
  /** veth_xmit(), __dev_forward_skb(): the other end drops what is longer than its MTU and a VLAN tag. */
  xmit(dev, skb) {
    const peer = peerOf(dev);
    if (!peer) {
      dev.stats.txDropped++;
      kfreeSkbReason(skb, 'DEV_READY', 'veth_xmit', 'no peer');
      return;
    }
    const tag = skb.eth?.vlan ? 4 : 0;
    if (!peer.up || l3Length(skb.packet) + tag > peer.mtu + 4) {
      dev.stats.txDropped++;
      // ____dev_forward_skb().
      peer.stats.rxDropped++;
      skb.xmitDrop = true;
      const why = peer.up ? `longer than the MTU of ${peer.name}` : `${peer.name} is down`;
      kfreeSkbReason(skb, peer.up ? 'PKT_TOO_BIG' : 'DEV_READY', 'veth_xmit', why);
      return;
    }
    countTx(dev, skb);
    scrubSkb(skb, peer.netns !== dev.netns);
    transfer(skb, peer, VETH_DELAY_US);
  },
  /** veth_open(): the carrier is on when both ends are up. */
  open(dev): Result<undefined, Errno> {
    const peer = peerOf(dev);
    if (!peer) return err('ENODEV');
    if (peer.up) {
      netifCarrierOn(dev);
      netifCarrierOn(peer);
    }
    return OK;
  },
  stop(dev) {
    netifCarrierOff(dev);
    const peer = peerOf(dev);
    if (peer) netifCarrierOff(peer);
  },
  /** veth_dellink(): both ends die together. */
  uninit(dev) {
    const peer = peerOf(dev);
    if (dev.data.kind !== 'veth' || !peer) return;
    dev.data.peer = undefined;
    if (peer.data.kind === 'veth') peer.data.peer = undefined;
    unregisterNetdevice(peer);
  },
};

const peerOf = (dev: NetDevice): NetDevice | undefined =>
  dev.data.kind === 'veth' ? dev.data.peer : undefined;

/** veth_setup(). */
export function newVethDevice(net: Netns, name: string): NetDevice {
  const data: { readonly kind: 'veth'; peer: NetDevice | undefined } = {
    kind: 'veth',
    peer: undefined,
  };
  const dev = new NetDevice({ netns: net, name, data, ops: VETH_OPS });
  dev.flags = IFF_BROADCAST | IFF_MULTICAST;
  dev.maxMtu = VETH_MAX_MTU;
  return dev;
}

/** The second half of veth_newlink(): the peer is registered first. */
export function registerVethPair(
  dev: NetDevice,
  peer: NetDevice,
  ifindexes: { readonly dev?: number | undefined; readonly peer?: number | undefined },
): Result<undefined, Errno> {
  const first = registerNetdevice(peer, ifindexes.peer);
  if (!first.ok) return first;
  netifCarrierOff(peer);
  const second = registerNetdevice(dev, ifindexes.dev);
  if (!second.ok) {
    unregisterNetdevice(peer);
    return second;
  }
  if (dev.data.kind === 'veth') dev.data.peer = peer;
  if (peer.data.kind === 'veth') peer.data.peer = dev;
  netifCarrierOff(dev);
  return OK;
}
