import { err, OK } from '../../base/result';
import { isGroupMac } from '../../wire/mac';
import type { Netns } from '../netns';
import { cloneSkb, kfreeSkbReason, type Skb } from '../sk-buff';
import {
  devSetAllmulti,
  devSetMacAddress,
  devSetPromiscuity,
  devUcAdd,
  devUcDel,
  passRxFlags,
} from './dev';
import {
  IFF_ALLMULTI,
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
  /** macvlan_open(): the lower device has to hear frames for this address, too. */
  open(dev) {
    if (dev.data.kind !== 'macvlan') return OK;
    const { lower, mode } = dev.data;
    if (mode === 'passthru') {
      devSetPromiscuity(lower, 1);
      return OK;
    }
    if (addressBusy(dev, lower)) return err('EADDRINUSE');
    devUcAdd(lower, dev.mac);
    passRxFlags(dev, lower, 1);
    return OK;
  },
  /** macvlan_stop(). */
  stop(dev) {
    if (dev.data.kind !== 'macvlan') return;
    const { lower, mode } = dev.data;
    if (mode === 'passthru') {
      devSetPromiscuity(lower, -1);
      return;
    }
    devUcDel(lower, dev.mac);
    passRxFlags(dev, lower, -1);
  },
  /** macvlan_change_rx_flags(). */
  changeRxFlags(dev, flag) {
    if (dev.data.kind !== 'macvlan' || !dev.up) return;
    const { lower, mode } = dev.data;
    const change = dev.flags & flag ? 1 : -1;
    if (flag === IFF_ALLMULTI) devSetAllmulti(lower, change);
    else if (mode !== 'passthru') devSetPromiscuity(lower, change);
  },
  /** macvlan_change_mtu(). */
  changeMtu(dev, mtu) {
    return dev.data.kind === 'macvlan' && mtu > dev.data.lower.mtu ? err('EINVAL') : OK;
  },
  /** macvlan_sync_address(). */
  setMac(dev, mac) {
    if (dev.data.kind === 'macvlan' && dev.data.mode === 'passthru') {
      devSetMacAddress(dev.data.lower, mac);
    } else if (dev.data.kind === 'macvlan' && dev.up) {
      devUcAdd(dev.data.lower, mac);
      devUcDel(dev.data.lower, dev.mac);
    }
    dev.mac = mac;
  },
  uninit(dev) {
    if (dev.data.kind !== 'macvlan') return;
    const { lower } = dev.data;
    lower.uppers.delete(dev);
    if (siblings(lower).length === 0) lower.rxHandler = undefined;
  },
};

/** macvlan_passthru(): the one device on it has the lower device for itself. */
export const isPassthruPort = (lower: NetDevice): boolean =>
  siblings(lower).some((one) => one.data.kind === 'macvlan' && one.data.mode === 'passthru');

/** macvlan_addr_busy(). */
const addressBusy = (dev: NetDevice, lower: NetDevice): boolean =>
  lower.mac === dev.mac ||
  siblings(lower).some((one) => one !== dev && one.up && one.mac === dev.mac);

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
