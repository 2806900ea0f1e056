import { devClose, devOpen, devSetMtu, unregisterNetdevice } from './dev';
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
        if (dev.carrier) netifCarrierOn(upper);
        else netifCarrierOff(upper);
        // vlan_device_event(): a VLAN goes up and down with the device that carries it.
        if (upper.kind === 'vlan') devOpen(upper);
        break;
      case 'CHANGE':
        if (dev.up && dev.carrier) netifCarrierOn(upper);
        else netifCarrierOff(upper);
        break;
      case 'DOWN':
        netifCarrierOff(upper);
        if (upper.kind === 'vlan') devClose(upper);
        break;
      case 'CHANGEMTU':
        if (upper.mtu > dev.mtu) devSetMtu(upper, dev.mtu);
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
