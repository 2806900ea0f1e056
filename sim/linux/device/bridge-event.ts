import { adjustBridgeMtu, bridgeDelIf, recalculateBridgeId } from './bridge';
import { fdbAddLocal, fdbDeleteLocal } from './bridge-fdb';
import { bridgeOf } from './bridge-port';
import { disablePort, enablePort } from './bridge-stp-if';
import type { NetDevice } from './net-device';
import { callNetdeviceNotifiers, type NetdevEvent } from './notifier';

/** br_device_event(), net/bridge/br.c: what happens to a port's device. */
export function bridgeDeviceEvent(dev: NetDevice, event: NetdevEvent): void {
  const port = dev.brport;
  const bridge = port && bridgeOf(port.bridge);
  if (!port || !bridge) return;
  switch (event) {
    case 'CHANGEMTU':
      adjustBridgeMtu(bridge);
      return;
    case 'CHANGEADDR': {
      for (const entry of [...bridge.fdb.values()]) {
        if (entry.port !== port || !entry.local || entry.addedByUser) continue;
        fdbDeleteLocal(bridge, port, entry.mac, entry.vlan);
        fdbAddLocal(bridge, port, dev.mac, entry.vlan);
      }
      if (recalculateBridgeId(bridge)) callNetdeviceNotifiers(bridge.dev, 'CHANGEADDR');
      return;
    }
    case 'CHANGE':
    case 'UP':
      // br_port_carrier_check().
      if (dev.up && dev.carrier && dev.operUp && bridge.dev.up) enablePort(bridge, port);
      else if (event === 'CHANGE' && port.state !== 'disabled') disablePort(bridge, port);
      return;
    case 'DOWN':
      if (bridge.dev.up && port.state !== 'disabled') disablePort(bridge, port);
      return;
    case 'UNREGISTER':
      bridgeDelIf(port);
      return;
    default:
      return;
  }
}
