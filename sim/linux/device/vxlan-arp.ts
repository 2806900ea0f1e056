import type { ArpPacket } from '../../wire/frame';
import { nudConnected } from '../ip/neighbour';
import { allocSkb, type Skb, traceSkb } from '../sk-buff';
import type { NetDevice } from './net-device';
import { transfer } from './xmit';

const ARPOP_REQUEST = 1;
const ARPOP_REPLY = 2;
/** netif_rx() on the device itself. */
const BACKLOG_US = 1;

/** arp_reduce(), drivers/net/vxlan/vxlan_core.c: a tunnel with `proxy` answers for neighbours it was told of. */
export function arpReduce(dev: NetDevice, skb: Skb, arp: ArpPacket): boolean {
  if (arp.op !== ARPOP_REQUEST) return false;
  const neigh = dev.netns.arp.lookup(arp.tpa, dev);
  if (!neigh || !nudConnected(neigh.state) || neigh.lladdr === undefined) return false;
  const mac = neigh.lladdr;
  const packet: ArpPacket = {
    kind: 'arp',
    op: ARPOP_REPLY,
    sha: mac,
    spa: arp.tpa,
    tha: arp.sha,
    tpa: arp.spa,
  };
  const eth = { dst: arp.sha, src: mac };
  const reply = allocSkb(dev.netns.kernel, { dev, packet, eth, parentId: skb.id });
  traceSkb(reply, 'arp_reduce');
  transfer(reply, dev, BACKLOG_US);
  return true;
}
