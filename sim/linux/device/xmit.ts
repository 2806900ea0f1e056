import { l3Length } from '../../wire/length';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import type { NetDevice } from './net-device';
import { deliverTaps, netifReceive } from './receive';

/** What a frame needs from one end of a veth or of `lo` to the other. */
export const VETH_DELAY_US = 5;

/** dev_queue_xmit(): a device without carrier, or down, has the noop qdisc, which drops without an error. */
export function devQueueXmit(skb: Skb): void {
  const { dev } = skb;
  if (!dev.up || !dev.carrier || dev.dead) {
    dev.stats.txDropped++;
    const why = dev.up ? `${dev.name} has no carrier` : `${dev.name} is down`;
    kfreeSkbReason(skb, 'QDISC_DROP', 'dev_queue_xmit', why);
    return;
  }
  devHardStartXmit(skb);
}

/** dev_hard_start_xmit(): captures see the frame here. */
export function devHardStartXmit(skb: Skb): void {
  const { dev } = skb;
  traceSkb(skb, 'dev_hard_start_xmit');
  deliverTaps(skb, true);
  dev.ops.xmit(dev, skb);
}

/** The counters of a frame that left. */
export function countTx(dev: NetDevice, skb: Skb): void {
  dev.stats.txPackets++;
  dev.stats.txBytes += l3Length(skb.packet) + (skb.eth ? 14 : 0);
}

/** Every way between two devices is an event, so that nothing recurses and a loop is a storm in virtual time. */
export function transfer(skb: Skb, to: NetDevice, delayUs: number): void {
  const { kernel } = to.netns;
  if (kernel.packetsInFlight >= kernel.maxPacketsInFlight) {
    kernel.packetBudgetExceeded = true;
    kfreeSkbReason(skb, 'FULL_RING', 'transfer', 'too many packets in flight');
    return;
  }
  kernel.packetsInFlight++;
  kernel.scheduler.follow(delayUs, () => {
    kernel.packetsInFlight--;
    netifReceive(to, skb);
  });
}

/** skb_scrub_packet(): what a packet does not take along to another device or namespace. */
export function scrubSkb(skb: Skb, crossNamespace: boolean): void {
  skb.dst = undefined;
  skb.forwarded = false;
  skb.doRedirect = false;
  skb.physIn = undefined;
  skb.physOut = undefined;
  skb.ct = undefined;
  skb.ctinfo = undefined;
  skb.notrack = false;
  skb.ctTemplate = undefined;
  skb.fragMaxSize = 0;
  if (crossNamespace) {
    skb.mark = 0;
    skb.sk = undefined;
    skb.priority = 0;
  }
}
