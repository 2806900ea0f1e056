import { err, OK } from '../../base/result';
import type { Netns } from '../netns';
import { devSetAllmulti, devSetPromiscuity, devUcAdd, devUcDel, passRxFlags } from './dev';
import {
  IFF_ALLMULTI,
  IFF_BROADCAST,
  IFF_MULTICAST,
  NetDevice,
  type NetDeviceOps,
} from './net-device';
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
  /** vlan_dev_open(). */
  open(dev) {
    if (dev.data.kind !== 'vlan') return OK;
    const { lower } = dev.data;
    if (!lower.up) return err('ENETDOWN');
    if (dev.mac !== lower.mac) devUcAdd(lower, dev.mac);
    passRxFlags(dev, lower, 1);
    return OK;
  },
  /** vlan_dev_stop(). */
  stop(dev) {
    if (dev.data.kind !== 'vlan') return;
    const { lower } = dev.data;
    if (lower.ucAddresses.has(dev.mac)) devUcDel(lower, dev.mac);
    passRxFlags(dev, lower, -1);
  },
  /** vlan_dev_change_rx_flags(). */
  changeRxFlags(dev, flag) {
    if (dev.data.kind !== 'vlan' || !dev.up) return;
    const change = dev.flags & flag ? 1 : -1;
    if (flag === IFF_ALLMULTI) devSetAllmulti(dev.data.lower, change);
    else devSetPromiscuity(dev.data.lower, change);
  },
  /** vlan_dev_change_mtu(). */
  changeMtu(dev, mtu) {
    return dev.data.kind === 'vlan' && mtu > dev.data.lower.mtu ? err('ERANGE') : OK;
  },
  /** vlan_dev_set_mac_address(). */
  setMac(dev, mac) {
    if (dev.data.kind === 'vlan' && dev.up) {
      const { lower } = dev.data;
      if (mac !== lower.mac) devUcAdd(lower, mac);
      if (dev.mac !== lower.mac) devUcDel(lower, dev.mac);
    }
    dev.mac = mac;
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
