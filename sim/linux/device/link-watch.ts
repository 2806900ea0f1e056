import type { NetDevice, OperState } from './net-device';
import { callNetdeviceNotifiers } from './notifier';

/** default_operstate(), net/core/link_watch.c. */
function defaultOperstate(dev: NetDevice): OperState {
  if (dev.carrier) return 'UP';
  const link = dev.link;
  if (!link) return 'DOWN';
  // The kernel looks the peer's ifindex up in the device's own namespace, even if the peer lives elsewhere.
  const peer = dev.netns.deviceByIndex(link.ifindex);
  if (!peer || peer === dev) return 'DOWN';
  return peer.carrier ? 'DOWN' : 'LOWERLAYERDOWN';
}

/** rfc2863_policy(). */
export function rfc2863Policy(dev: NetDevice): void {
  dev.rawOperstate = defaultOperstate(dev);
}

/** netif_carrier_on(), net/sched/sch_generic.c. */
export function netifCarrierOn(dev: NetDevice): void {
  if (dev.carrier) return;
  dev.carrier = true;
  if (dev.ifindex === 0) return;
  dev.carrierUpCount++;
  linkwatchFireEvent(dev);
}

/** netif_carrier_off(). Before registration nothing is announced. */
export function netifCarrierOff(dev: NetDevice): void {
  if (!dev.carrier) return;
  dev.carrier = false;
  if (dev.ifindex === 0) return;
  dev.carrierDownCount++;
  linkwatchFireEvent(dev);
}

/** linkwatch_fire_event(): operational state follows the carrier a moment later, from a work queue. */
function linkwatchFireEvent(dev: NetDevice): void {
  if (dev.linkwatchPending) return;
  dev.linkwatchPending = true;
  dev.netns.kernel.scheduler.after(0, () => linkwatchSyncDev(dev));
}

/** linkwatch_do_dev(). */
export function linkwatchSyncDev(dev: NetDevice): void {
  if (!dev.linkwatchPending) return;
  dev.linkwatchPending = false;
  if (dev.dead) return;
  rfc2863Policy(dev);
  if (dev.up) netdevStateChange(dev);
}

/** netdev_state_change(), net/core/dev.c. */
export function netdevStateChange(dev: NetDevice): void {
  callNetdeviceNotifiers(dev, 'CHANGE');
  dev.netns.rtnlNotify({ kind: 'newlink', dev });
}
