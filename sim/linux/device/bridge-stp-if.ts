import type { Bridge } from './bridge';
import { fdbDeleteByPort } from './bridge-fdb';
import { type BridgePort, portId } from './bridge-port';
import {
  becomeDesignatedPort,
  becomeRootBridge,
  configBpduGeneration,
  configurationUpdate,
  isDesignatedPort,
  isRootBridge,
  ownsDesignatedBridge,
  portStateSelection,
  setTopologyChange,
} from './bridge-stp';
import { HZ_US, setPortState } from './bridge-stp-state';

/** BR_MIN_FORWARD_DELAY, BR_MAX_FORWARD_DELAY, in USER_HZ. */
export const MIN_FORWARD_DELAY = 200;
export const MAX_FORWARD_DELAY = 3000;
/** The first look for old entries, HZ / 10 after the bridge was opened. */
const FIRST_GC_US = 100_000;

/** br_stp_enable_bridge(). */
export function enableBridge(br: Bridge): void {
  if (br.stpEnabled) br.helloTimer.arm(br.helloTime * HZ_US);
  br.gcFirstUs = br.dev.netns.kernel.scheduler.nowUs + FIRST_GC_US;
  configBpduGeneration(br);
  for (const port of br.ports) if (port.dev.up && port.dev.operUp) enablePort(br, port);
}

/** br_stp_disable_bridge(). */
export function disableBridge(br: Bridge): void {
  for (const port of br.ports) if (port.state !== 'disabled') disablePort(br, port);
  setTopologyChange(br, false);
  br.topologyChangeDetected = false;
  br.gcFirstUs = undefined;
  for (const timer of [br.helloTimer, br.topologyChangeTimer, br.tcnTimer]) timer.disarm();
}

/** br_stp_enable_port(). */
export function enablePort(br: Bridge, port: BridgePort): void {
  if (port.state !== 'disabled') return;
  becomeDesignatedPort(br, port);
  setPortState(br, port, 'blocking');
  port.topologyChangeAck = false;
  port.configPending = false;
  portStateSelection(br);
  port.dev.netns.rtnlNotify({ kind: 'newlink', dev: port.dev });
}

/** br_stp_disable_port(): what was learned behind the port goes. */
export function disablePort(br: Bridge, port: BridgePort): void {
  reconsider(br, () => {
    becomeDesignatedPort(br, port);
    setPortState(br, port, 'disabled');
    port.topologyChangeAck = false;
    port.configPending = false;
    for (const timer of [port.messageAgeTimer, port.forwardDelayTimer, port.holdTimer]) {
      timer.disarm();
    }
    fdbDeleteByPort(br, port, false);
  });
  if (!port.dev.dead) port.dev.netns.rtnlNotify({ kind: 'newlink', dev: port.dev });
}

/** What may move the root; the bridge takes the root's part where it came here. */
export function reconsider(br: Bridge, change: () => void): void {
  const wasRoot = isRootBridge(br);
  change();
  configurationUpdate(br);
  portStateSelection(br);
  if (isRootBridge(br) && !wasRoot) becomeRootBridge(br);
}

/** br_stp_set_enabled(): br_stp_start() and br_stp_stop() of the kernel's own protocol. */
export function setStpEnabled(br: Bridge, on: boolean): void {
  if (br.stpEnabled === on) return;
  if (!on) {
    br.stpEnabled = false;
    return;
  }
  const delay = Math.min(Math.max(br.bridgeForwardDelay, MIN_FORWARD_DELAY), MAX_FORWARD_DELAY);
  if (delay !== br.bridgeForwardDelay) setForwardDelay(br, delay);
  br.stpEnabled = true;
  if (br.dev.up) br.helloTimer.arm(br.helloTime * HZ_US);
  portStateSelection(br);
}

/** __br_set_forward_delay(). */
export function setForwardDelay(br: Bridge, userHz: number): void {
  br.bridgeForwardDelay = userHz;
  if (isRootBridge(br)) br.forwardDelay = userHz;
}

/** br_stp_set_bridge_priority(). */
export function setBridgePriority(br: Bridge, priority: number): void {
  reconsider(br, () => {
    for (const port of br.ports) {
      if (port.state === 'disabled' || !isDesignatedPort(br, port)) continue;
      port.designatedBridge = { ...port.designatedBridge, priority };
    }
    br.priority = priority;
  });
}

/** br_stp_set_port_priority(). */
export function setPortPriority(br: Bridge, port: BridgePort, priority: number): void {
  const wasDesignated = isDesignatedPort(br, port);
  port.priority = priority;
  if (wasDesignated) port.designatedPort = portId(port);
  if (!ownsDesignatedBridge(br, port) || portId(port) >= port.designatedPort) return;
  becomeDesignatedPort(br, port);
  portStateSelection(br);
}

/** br_stp_set_path_cost(). */
export function setPathCost(br: Bridge, port: BridgePort, cost: number): void {
  port.adminCost = true;
  port.cost = cost;
  configurationUpdate(br);
  portStateSelection(br);
}
