import type { Scheduler } from '../../base/scheduler';
import { formatMac } from '../../wire/mac';
import type { Bridge } from './bridge';
import type { BridgePort, PortTimers } from './bridge-port';
import {
  becomeDesignatedPort,
  configBpduGeneration,
  isRootBridge,
  ownsDesignatedBridge,
  setTopologyChange,
  topologyChangeDetection,
  transmitConfig,
  transmitTcn,
} from './bridge-stp';
import { reconsider } from './bridge-stp-if';
import { bridgeInfo, HZ_US, setPortState } from './bridge-stp-state';
import { BridgeTimer } from './bridge-timer';
import { netifCarrierOn } from './link-watch';

export type BridgeTimers = Pick<Bridge, 'helloTimer' | 'tcnTimer' | 'topologyChangeTimer'>;

/** br_stp_timer_init(), net/bridge/br_stp_timer.c. */
export const newBridgeTimers = (scheduler: Scheduler, bridge: () => Bridge): BridgeTimers => ({
  helloTimer: new BridgeTimer(scheduler, () => helloExpired(bridge())),
  tcnTimer: new BridgeTimer(scheduler, () => tcnExpired(bridge())),
  topologyChangeTimer: new BridgeTimer(scheduler, () => topologyChangeExpired(bridge())),
});

/** br_stp_port_timer_init(). */
export function newPortTimers(br: Bridge, port: () => BridgePort): PortTimers {
  const { scheduler } = br.dev.netns.kernel;
  return {
    messageAgeTimer: new BridgeTimer(scheduler, () => messageAgeExpired(br, port())),
    forwardDelayTimer: new BridgeTimer(scheduler, () => forwardDelayExpired(br, port())),
    holdTimer: new BridgeTimer(scheduler, () => {
      if (port().configPending) transmitConfig(br, port());
    }),
  };
}

/** br_hello_timer_expired(). */
function helloExpired(br: Bridge): void {
  if (!br.dev.up) return;
  configBpduGeneration(br);
  if (br.stpEnabled) br.helloTimer.armRounded(br.helloTime * HZ_US);
}

/** br_tcn_timer_expired(): until the root acknowledges. */
function tcnExpired(br: Bridge): void {
  if (isRootBridge(br) || !br.dev.up) return;
  transmitTcn(br);
  br.tcnTimer.arm(br.bridgeHelloTime * HZ_US);
}

/** br_topology_change_timer_expired(). */
function topologyChangeExpired(br: Bridge): void {
  br.topologyChangeDetected = false;
  setTopologyChange(br, false);
}

/** br_message_age_timer_expired(): who spoke on the cable is gone. */
function messageAgeExpired(br: Bridge, port: BridgePort): void {
  if (port.state === 'disabled') return;
  const { priority, mac } = port.designatedBridge;
  const neighbour = `${priority.toString(16).padStart(4, '0')}.${formatMac(mac)}`;
  bridgeInfo(br, `port ${port.portNo}(${port.dev.name}) neighbor ${neighbour} lost`);
  reconsider(br, () => becomeDesignatedPort(br, port));
}

/** br_forward_delay_timer_expired(): listening, learning, forwarding. */
function forwardDelayExpired(br: Bridge, port: BridgePort): void {
  if (port.state === 'listening') {
    setPortState(br, port, 'learning');
    port.forwardDelayTimer.arm(br.forwardDelay * HZ_US);
  } else if (port.state === 'learning') {
    setPortState(br, port, 'forwarding');
    if (isDesignatedForSomePort(br)) topologyChangeDetection(br);
    netifCarrierOn(br.dev);
  }
}

/** br_is_designated_for_some_port(). */
const isDesignatedForSomePort = (br: Bridge): boolean =>
  br.ports.some((port) => port.state !== 'disabled' && ownsDesignatedBridge(br, port));
