import type { Mac } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import { devQueueXmit } from '../device/xmit';
import type { Skb } from '../sk-buff';
import type { Neighbour } from './neighbour';

/** neigh_connected_output(): link-layer header, then the device. */
export function neighXmit(neigh: Neighbour, skb: Skb): void {
  xmitTo(neigh.dev, skb, neigh.lladdr ?? 0);
}

/** dev_hard_header() and dev_queue_xmit(). */
export function xmitTo(dev: NetDevice, skb: Skb, dst: Mac): void {
  skb.dev = dev;
  skb.eth = hasHeader(dev) ? { dst, src: dev.mac } : undefined;
  devQueueXmit(skb);
}

const hasHeader = (dev: NetDevice): boolean =>
  dev.linkType === 'ether' || dev.linkType === 'loopback';
