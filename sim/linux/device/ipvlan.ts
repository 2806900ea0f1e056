import type { Ip, L3 } from '../../wire/frame';
import { isGroupMac } from '../../wire/mac';
import type { Netns } from '../netns';
import { cloneSkb, kfreeSkbReason, type Skb } from '../sk-buff';
import {
  IFF_BROADCAST,
  IFF_MULTICAST,
  type IpvlanMode,
  NetDevice,
  type NetDeviceOps,
} from './net-device';
import { netifReceive } from './receive';
import { countTx, devQueueXmit, transfer, VETH_DELAY_US } from './xmit';

const siblings = (lower: NetDevice): readonly NetDevice[] =>
  [...lower.uppers].filter((dev) => dev.data.kind === 'ipvlan');

const holds = (dev: NetDevice, ip: Ip): boolean =>
  typeof ip === 'number'
    ? dev.inDev.addresses.some((ifa) => ifa.local === ip)
    : dev.in6Dev.addresses.some((ifa) => ifa.address === ip);

/** ipvlan_get_L3_hdr(): the address a frame is for. */
function targetOf(packet: L3): Ip | undefined {
  if (packet.kind === 'arp') return packet.tpa;
  return packet.kind === 'ipv4' || packet.kind === 'ipv6' ? packet.dst : undefined;
}

/** drivers/net/ipvlan/ipvlan_core.c, mode l2: all devices share the lower one's address. */
const IPVLAN_OPS: NetDeviceOps = {
  xmit(dev, skb) {
    if (dev.data.kind !== 'ipvlan' || !skb.eth) return;
    const { lower } = dev.data;
    countTx(dev, skb);
    const target = targetOf(skb.packet);
    const own = skb.eth.dst === lower.mac;
    const other = siblings(lower).find(
      (one) => one !== dev && target !== undefined && holds(one, target),
    );
    if (own && other) {
      skb.dst = undefined;
      transfer(skb, other, VETH_DELAY_US);
      return;
    }
    if (own) {
      kfreeSkbReason(skb, 'LOCAL_MAC', 'ipvlan_xmit_mode_l2', 'for the lower device itself');
      return;
    }
    if (isGroupMac(skb.eth.dst)) {
      for (const one of siblings(lower)) {
        if (one !== dev && one.up)
          transfer({ ...cloneSkb(skb), dst: undefined }, one, VETH_DELAY_US);
      }
    }
    skb.dev = lower;
    devQueueXmit(skb);
  },
  uninit(dev) {
    if (dev.data.kind !== 'ipvlan') return;
    const { lower } = dev.data;
    lower.uppers.delete(dev);
    if (siblings(lower).length === 0) lower.rxHandler = undefined;
  },
};

/** ipvlan_handle_frame(). */
function ipvlanHandleFrame(skb: Skb): boolean {
  const lower = skb.dev;
  if (!skb.eth) return false;
  if (isGroupMac(skb.eth.dst)) {
    for (const dev of siblings(lower)) if (dev.up) netifReceive(dev, cloneSkb(skb));
    return false;
  }
  const target = targetOf(skb.packet);
  const dev = siblings(lower).find((one) => target !== undefined && holds(one, target));
  if (!dev) return false;
  netifReceive(dev, skb);
  return true;
}

/** ipvlan_link_new(). */
export function newIpvlan(net: Netns, name: string, lower: NetDevice, mode: IpvlanMode): NetDevice {
  const data = { kind: 'ipvlan' as const, lower, mode };
  const dev = new NetDevice({ netns: net, name, data, ops: IPVLAN_OPS });
  dev.flags = IFF_BROADCAST | IFF_MULTICAST;
  dev.mac = lower.mac;
  dev.mtu = lower.mtu;
  dev.carrier = lower.up && lower.carrier;
  // netif_stacked_transfer_operstate().
  if (dev.carrier) dev.rawOperstate = 'UP';
  lower.uppers.add(dev);
  lower.rxHandler = ipvlanHandleFrame;
  return dev;
}

export const isIpvlanPort = (dev: NetDevice): boolean => dev.rxHandler === ipvlanHandleFrame;
