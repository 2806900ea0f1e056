import type { Mac } from '../../wire/frame';
import { l3Length } from '../../wire/length';
import type { Netns } from '../netns';
import { kfreeSkbReason } from '../sk-buff';
import { randomMac, registerNetdevice } from './dev';
import { netifCarrierOff, netifCarrierOn } from './link-watch';
import { IFF_BROADCAST, IFF_MULTICAST, NetDevice, type NetDeviceOps } from './net-device';
import { countTx, scrubSkb, transfer } from './xmit';

/** One way of a patch cable and the switch between two machines of one room. */
export const CABLE_DELAY_US = 100;

/**
 * A network card: frames leave by the cable, if one is plugged in. The card at the other end takes frames of its own
 * MTU and a VLAN tag (max_frame of ixgbe and most others); a longer one is an rx_length_error and nobody hears of it.
 */
const NIC_OPS: NetDeviceOps = {
  xmit(dev, skb) {
    if (dev.data.kind !== 'cable') return;
    const { peer, delayUs } = dev.data;
    if (!peer) {
      dev.stats.txDropped++;
      kfreeSkbReason(skb, 'LINK_DOWN', 'ndo_start_xmit', 'no cable');
      return;
    }
    countTx(dev, skb);
    scrubSkb(skb, true);
    skb.partialChecksum = false;
    if (l3Length(skb.packet) > peer.mtu) {
      peer.stats.rxErrors++;
      skb.dev = peer;
      kfreeSkbReason(skb, 'PKT_TOO_BIG', 'nic_rx', `longer than the MTU of ${peer.name}`);
      return;
    }
    transfer(skb, peer, delayUs);
  },
  /** A card sees the link as long as the cable is in and the other card is powered. */
  open(dev) {
    updateCarrier(dev);
    return { ok: true, value: undefined };
  },
  uninit(dev) {
    unplugCable(dev);
  },
};

export interface NicOptions {
  readonly name: string;
  readonly mac?: Mac | undefined;
  readonly mtu?: number | undefined;
}

/** A physical interface as a driver registers it at boot. */
export function newNic(net: Netns, options: NicOptions): NetDevice {
  const data = { kind: 'cable' as const, peer: undefined, delayUs: CABLE_DELAY_US, plugged: false };
  const dev = new NetDevice({ netns: net, name: options.name, data, ops: NIC_OPS });
  dev.flags = IFF_BROADCAST | IFF_MULTICAST;
  dev.noQueue = false;
  dev.mac = options.mac ?? randomMac(net);
  dev.permMac = dev.mac;
  dev.mtu = options.mtu ?? 1500;
  dev.maxMtu = 9000;
  dev.carrier = false;
  registerNetdevice(dev);
  return dev;
}

/** Connects two cards; a card holds one cable. */
export function plugCable(a: NetDevice, b: NetDevice, delayUs = CABLE_DELAY_US): void {
  if (a.data.kind !== 'cable' || b.data.kind !== 'cable') return;
  unplugCable(a);
  unplugCable(b);
  Object.assign(a.data, { peer: b, delayUs, plugged: true });
  Object.assign(b.data, { peer: a, delayUs, plugged: true });
  updateCarrier(a);
  updateCarrier(b);
}

export function unplugCable(dev: NetDevice): void {
  if (dev.data.kind !== 'cable') return;
  const { peer } = dev.data;
  Object.assign(dev.data, { peer: undefined, plugged: false });
  netifCarrierOff(dev);
  if (peer?.data.kind !== 'cable') return;
  Object.assign(peer.data, { peer: undefined, plugged: false });
  netifCarrierOff(peer);
}

function updateCarrier(dev: NetDevice): void {
  if (dev.data.kind === 'cable' && dev.data.plugged) netifCarrierOn(dev);
}
