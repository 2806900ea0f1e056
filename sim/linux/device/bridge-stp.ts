import type { Bridge } from './bridge';
import { fdbDeleteByPort } from './bridge-fdb';
import type { BridgePort } from './bridge-port';
import { netifCarrierOff, netifCarrierOn } from './link-watch';

/** br_port_state_selection(), net/bridge/br_stp.c: without the protocol every enabled port forwards. */
export function portStateSelection(bridge: Bridge): void {
  for (const port of bridge.ports) {
    if (port.state === 'blocking') makeForwarding(bridge, port);
  }
  const live = bridge.ports.some((port) => port.state === 'forwarding');
  if (live) netifCarrierOn(bridge.dev);
  else netifCarrierOff(bridge.dev);
}

/** br_make_forwarding(); the spanning tree protocol itself is not simulated, its timers are. */
function makeForwarding(bridge: Bridge, port: BridgePort): void {
  if (!bridge.stpEnabled || bridge.forwardDelay === 0) {
    port.state = 'forwarding';
    return;
  }
  port.state = 'listening';
  const { scheduler } = bridge.dev.netns.kernel;
  const delayUs = bridge.forwardDelay * 10_000;
  scheduler.after(delayUs, () => {
    if (port.state !== 'listening') return;
    port.state = 'learning';
    scheduler.after(delayUs, () => {
      if (port.state !== 'learning') return;
      port.state = 'forwarding';
      portStateSelection(bridge);
    });
  });
}

/** br_stp_enable_port(). */
export function enablePort(bridge: Bridge, port: BridgePort, select: boolean): void {
  if (port.state !== 'disabled') return;
  port.state = 'blocking';
  if (select) portStateSelection(bridge);
  port.dev.netns.rtnlNotify({ kind: 'newlink', dev: port.dev });
}

/** br_stp_disable_port(): what was learned behind the port goes. */
export function disablePort(bridge: Bridge, port: BridgePort, select: boolean): void {
  port.state = 'disabled';
  fdbDeleteByPort(bridge, port, false);
  if (select) portStateSelection(bridge);
  if (!port.dev.dead) port.dev.netns.rtnlNotify({ kind: 'newlink', dev: port.dev });
}
