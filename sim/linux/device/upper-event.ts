import { unregisterNetdevice } from './dev';
import { netifCarrierOff, netifCarrierOn } from './link-watch';
import type { NetDevice } from './net-device';
import type { NetdevEvent } from './notifier';

/** vlan_device_event(), macvlan_device_event(), ipvlan_device_event(): what stands on a device follows it. */
export function upperDeviceEvent(dev: NetDevice, event: NetdevEvent): void {
  for (const upper of [...dev.uppers]) {
    // A tunnel's state does not depend on the device it may be bound to.
    if (upper.kind === 'vxlan' && event !== 'UNREGISTER') continue;
    switch (event) {
      case 'UP':
      case 'CHANGE':
        if (dev.up && dev.carrier) netifCarrierOn(upper);
        else netifCarrierOff(upper);
        break;
      case 'DOWN':
        netifCarrierOff(upper);
        break;
      case 'CHANGEMTU':
        if (upper.mtu > dev.mtu) upper.mtu = dev.mtu;
        break;
      case 'CHANGEADDR':
        if (upper.kind === 'ipvlan') upper.mac = dev.mac;
        break;
      case 'UNREGISTER':
        dev.uppers.delete(upper);
        unregisterNetdevice(upper);
        break;
      default:
        break;
    }
  }
}
