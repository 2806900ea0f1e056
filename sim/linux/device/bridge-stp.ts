import { compareBridgeId } from '../../wire/bpdu';
import type { Bridge } from './bridge';
import { type BridgePort, portId } from './bridge-port';
import { sendConfigBpdu, sendTcnBpdu } from './bridge-stp-bpdu';
import { bridgeInfo, HZ_US, setPortState } from './bridge-stp-state';
import { netifCarrierOff, netifCarrierOn } from './link-watch';

/** BR_HOLD_TIME: two configuration BPDUs of a port are at least so far apart. */
const HOLD_TIME_US = 1_000_000;

export const isRootBridge = (br: Bridge): boolean =>
  compareBridgeId(br.id, br.designatedRoot) === 0;

export const isDesignatedPort = (br: Bridge, port: BridgePort): boolean =>
  ownsDesignatedBridge(br, port) && port.designatedPort === portId(port);

/** Is this bridge the way to the root for what is behind the port? */
export const ownsDesignatedBridge = (br: Bridge, port: BridgePort): boolean =>
  port.designatedBridge.mac === br.idMac && port.designatedBridge.priority === br.priority;

export const rootPortOf = (br: Bridge): BridgePort | undefined =>
  br.rootPort === 0 ? undefined : br.ports.find((port) => port.portNo === br.rootPort);

/** br_should_become_root_port(): root, cost, bridge, port of the other side, own port decide in this order. */
function shouldBecomeRootPort(br: Bridge, port: BridgePort, best: BridgePort | undefined): boolean {
  if (port.state === 'disabled' || isDesignatedPort(br, port)) return false;
  if (compareBridgeId(br.id, port.designatedRoot) <= 0) return false;
  if (!best) return true;
  const order =
    compareBridgeId(port.designatedRoot, best.designatedRoot) ||
    port.designatedCost + port.cost - (best.designatedCost + best.cost) ||
    compareBridgeId(port.designatedBridge, best.designatedBridge) ||
    port.designatedPort - best.designatedPort ||
    portId(port) - portId(best);
  return order < 0;
}

/** br_root_port_block(): `root_block on` keeps a port from leading to the root. */
function rootPortBlock(br: Bridge, port: BridgePort): void {
  bridgeInfo(br, `port ${port.portNo}(${port.dev.name}) tried to become root port (blocked)`);
  setPortState(br, port, 'listening');
  if (br.forwardDelay > 0) port.forwardDelayTimer.arm(br.forwardDelay * HZ_US);
}

/** br_root_selection(). */
function rootSelection(br: Bridge): void {
  let best: BridgePort | undefined;
  for (const port of br.ports) {
    if (!shouldBecomeRootPort(br, port, best)) continue;
    if (port.rootBlock) rootPortBlock(br, port);
    else best = port;
  }
  br.rootPort = best?.portNo ?? 0;
  br.designatedRoot = best?.designatedRoot ?? br.id;
  br.rootPathCost = best ? best.designatedCost + best.cost : 0;
}

/** br_should_become_designated_port(). */
function shouldBecomeDesignatedPort(br: Bridge, port: BridgePort): boolean {
  if (isDesignatedPort(br, port)) return true;
  if (compareBridgeId(port.designatedRoot, br.designatedRoot) !== 0) return true;
  const order =
    br.rootPathCost - port.designatedCost ||
    compareBridgeId(br.id, port.designatedBridge) ||
    portId(port) - port.designatedPort;
  return order < 0;
}

/** br_become_designated_port(). */
export function becomeDesignatedPort(br: Bridge, port: BridgePort): void {
  port.designatedRoot = br.designatedRoot;
  port.designatedCost = br.rootPathCost;
  port.designatedBridge = br.id;
  port.designatedPort = portId(port);
}

/** br_configuration_update(): who is root, and for which cables this bridge is the way there. */
export function configurationUpdate(br: Bridge): void {
  rootSelection(br);
  for (const port of br.ports) {
    if (port.state !== 'disabled' && shouldBecomeDesignatedPort(br, port)) {
      becomeDesignatedPort(br, port);
    }
  }
}

/** br_make_blocking(). */
function makeBlocking(br: Bridge, port: BridgePort): void {
  if (port.state === 'disabled' || port.state === 'blocking') return;
  if (port.state === 'forwarding' || port.state === 'learning') topologyChangeDetection(br);
  setPortState(br, port, 'blocking');
  port.forwardDelayTimer.disarm();
}

/** br_make_forwarding(): at once without the protocol, else by way of listening and learning. */
function makeForwarding(br: Bridge, port: BridgePort): void {
  if (port.state !== 'blocking') return;
  if (!br.stpEnabled || br.forwardDelay === 0) {
    setPortState(br, port, 'forwarding');
    topologyChangeDetection(br);
    port.forwardDelayTimer.disarm();
    return;
  }
  setPortState(br, port, 'listening');
  port.forwardDelayTimer.arm(br.forwardDelay * HZ_US);
}

/** br_port_state_selection(), net/bridge/br_stp.c. */
export function portStateSelection(br: Bridge): void {
  for (const port of br.ports) {
    if (port.state === 'disabled') continue;
    const isRootPort = port.portNo === br.rootPort;
    if (!isRootPort && isDesignatedPort(br, port)) {
      port.messageAgeTimer.disarm();
      makeForwarding(br, port);
      continue;
    }
    port.configPending = false;
    port.topologyChangeAck = false;
    if (isRootPort) makeForwarding(br, port);
    else makeBlocking(br, port);
  }
  if (br.ports.some((port) => port.state === 'forwarding')) netifCarrierOn(br.dev);
  else netifCarrierOff(br.dev);
}

/** br_become_root_bridge(): its own times hold from now on. */
export function becomeRootBridge(br: Bridge): void {
  br.maxAge = br.bridgeMaxAge;
  br.helloTime = br.bridgeHelloTime;
  br.forwardDelay = br.bridgeForwardDelay;
  topologyChangeDetection(br);
  br.tcnTimer.disarm();
  if (!br.dev.up) return;
  configBpduGeneration(br);
  br.helloTimer.arm(br.helloTime * HZ_US);
}

/** __br_set_topology_change(): while it lasts, what was learned ages in two forward delays. */
export function setTopologyChange(br: Bridge, on: boolean): void {
  if (br.topologyChange === on) return;
  br.ageingTime = on ? 2 * br.forwardDelay : br.bridgeAgeingTime;
  br.topologyChange = on;
}

/** br_topology_change_detection(): the root tells all, others tell the root. */
export function topologyChangeDetection(br: Bridge): void {
  if (!br.stpEnabled) return;
  const root = isRootBridge(br);
  bridgeInfo(br, `topology change detected, ${root ? 'propagating' : 'sending tcn bpdu'}`);
  if (root) {
    setTopologyChange(br, true);
    br.topologyChangeTimer.arm((br.bridgeForwardDelay + br.bridgeMaxAge) * HZ_US);
  } else if (!br.topologyChangeDetected) {
    transmitTcn(br);
    br.tcnTimer.arm(br.bridgeHelloTime * HZ_US);
  }
  br.topologyChangeDetected = true;
}

/** br_topology_change_acknowledged(). */
export function topologyChangeAcknowledged(br: Bridge): void {
  br.topologyChangeDetected = false;
  br.tcnTimer.disarm();
}

/** br_transmit_tcn(). */
export function transmitTcn(br: Bridge): void {
  const port = rootPortOf(br);
  if (port) sendTcnBpdu(br, port);
}

/** br_config_bpdu_generation(). */
export function configBpduGeneration(br: Bridge): void {
  for (const port of br.ports) {
    if (port.state !== 'disabled' && isDesignatedPort(br, port)) transmitConfig(br, port);
  }
}

/** br_transmit_config(): one a second and port; what is asked for meanwhile goes out then. */
export function transmitConfig(br: Bridge, port: BridgePort): void {
  if (port.holdTimer.pending) {
    port.configPending = true;
    return;
  }
  if (!sendConfigBpdu(br, port)) return;
  port.topologyChangeAck = false;
  port.configPending = false;
  if (br.stpEnabled) port.holdTimer.armRounded(HOLD_TIME_US);
}
