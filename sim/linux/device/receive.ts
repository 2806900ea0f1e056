import { etherTypeOf } from '../../wire/codec';
import { BROADCAST_MAC, ETH_P_802_3_MIN } from '../../wire/frame';
import { l3Length } from '../../wire/length';
import { isGroupMac } from '../../wire/mac';
import { ETH_P_802_2, ETH_P_ALL } from '../ip/l4-protocol';
import { cloneSkb, kfreeSkbReason, type PacketType, type Skb, traceSkb } from '../sk-buff';
import type { NetDevice } from './net-device';

/** eth_type_trans(), net/ethernet/eth.c: whom the frame is for. */
export function ethTypeTrans(skb: Skb): PacketType {
  const { eth, dev } = skb;
  if (!eth) return 'host';
  if (eth.dst === dev.mac) return 'host';
  if (eth.dst === BROADCAST_MAC) return 'broadcast';
  return isGroupMac(eth.dst) ? 'multicast' : 'otherhost';
}

/** netif_rx(), __netif_receive_skb_core(), net/core/dev.c: a frame came in by `dev`. */
export function netifReceive(dev: NetDevice, skb: Skb): void {
  skb.dev = dev;
  if (!dev.up || dev.dead) {
    kfreeSkbReason(skb, 'DEV_READY', 'enqueue_to_backlog', `${dev.name} is down`);
    return;
  }
  skb.inDev = dev;
  if (dev.kind !== 'loopback') skb.dst = undefined;
  skb.pktType = ethTypeTrans(skb);
  dev.stats.rxPackets++;
  dev.stats.rxBytes += l3Length(skb.packet) + (skb.eth ? 14 : 0);
  if (skb.pktType === 'multicast') dev.stats.rxMulticast++;
  netifReceiveCore(skb);
}

/** The part that runs again for each device a frame is handed up to. */
export function netifReceiveCore(skb: Skb): void {
  const dev = skb.dev;
  const net = dev.netns;
  traceSkb(skb, '__netif_receive_skb');
  deliverTaps(skb, false);
  if (skb.eth?.vlan && vlanDoReceive(skb)) return;
  if (dev.rxHandler?.(skb)) return;
  if (skb.eth?.vlan && skb.eth.vlan.id !== 0) skb.pktType = 'otherhost';
  const etherType = etherTypeOf(skb.packet);
  if (net.taps.size > 0) deliverTyped(skb, etherType);
  const handler = net.packetTypes.get(etherType < ETH_P_802_3_MIN ? ETH_P_802_2 : etherType);
  if (!handler) {
    kfreeSkbReason(skb, 'UNHANDLED_PROTO', '__netif_receive_skb_core');
    return;
  }
  handler(skb);
}

/** ptype_base: packet sockets that asked for one protocol. */
function deliverTyped(skb: Skb, etherType: number): void {
  const { dev } = skb;
  for (const tap of dev.netns.taps) {
    if (tap.etherType !== etherType) continue;
    if (tap.ifindex === 0 || tap.ifindex === dev.ifindex) tap.receive(cloneSkb(skb), dev);
  }
}

/** ptype_all and dev_queue_xmit_nit(): each tap gets its own clone. */
export function deliverTaps(skb: Skb, outgoing: boolean): void {
  const { dev } = skb;
  const net = dev.netns;
  if (net.taps.size === 0) return;
  for (const tap of net.taps) {
    if (tap.etherType !== ETH_P_ALL) continue;
    if (tap.ifindex !== 0 && tap.ifindex !== dev.ifindex) continue;
    const clone = cloneSkb(skb);
    if (outgoing) clone.pktType = 'outgoing';
    tap.receive(clone, dev);
  }
}

/** vlan_do_receive(), net/8021q/vlan_core.c: a tagged frame goes up to the vlan device of its id. */
function vlanDoReceive(skb: Skb): boolean {
  const { eth, dev } = skb;
  if (!eth?.vlan) return false;
  for (const upper of dev.uppers) {
    if (upper.data.kind !== 'vlan' || upper.data.id !== eth.vlan.id) continue;
    if (!upper.up) {
      kfreeSkbReason(skb, 'DEV_READY', 'vlan_do_receive', `${upper.name} is down`);
      return true;
    }
    skb.eth = { dst: eth.dst, src: eth.src };
    netifReceive(upper, skb);
    return true;
  }
  return false;
}
