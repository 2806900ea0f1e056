import type { NetDevice } from './net-device';

/** NETDEV_* of include/linux/netdevice.h. */
export type NetdevEvent =
  | 'REGISTER'
  | 'UNREGISTER'
  | 'UP'
  | 'GOING_DOWN'
  | 'DOWN'
  | 'CHANGE'
  | 'CHANGEMTU'
  | 'CHANGEADDR'
  | 'CHANGENAME';

/** One notifier_block of the netdev chain. `oldName` with CHANGENAME only. */
export type NetdeviceNotifier = (dev: NetDevice, event: NetdevEvent, oldName?: string) => void;

/** call_netdevice_notifiers(): in the order in which the subsystems registered. */
export function callNetdeviceNotifiers(dev: NetDevice, event: NetdevEvent, oldName?: string): void {
  for (const notify of dev.netns.notifiers) notify(dev, event, oldName);
}
