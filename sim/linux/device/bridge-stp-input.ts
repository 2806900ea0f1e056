import { type BridgeId, compareBridgeId, decodeBpdu, STP_HZ } from '../../wire/bpdu';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { JIFFY_US } from '../socket/timer-wheel';
import type { Bridge } from './bridge';
import { type BridgePort, bridgeOf } from './bridge-port';
import {
  configBpduGeneration,
  configurationUpdate,
  isDesignatedPort,
  isRootBridge,
  portStateSelection,
  setTopologyChange,
  topologyChangeAcknowledged,
  topologyChangeDetection,
  transmitConfig,
  transmitTcn,
} from './bridge-stp';
import { disablePort } from './bridge-stp-if';
import { bridgeInfo, HZ_US } from './bridge-stp-state';

/** struct br_config_bpdu: times in µs. */
interface ReceivedConfig {
  readonly topologyChange: boolean;
  readonly topologyChangeAck: boolean;
  readonly root: BridgeId;
  readonly rootPathCost: number;
  readonly bridge: BridgeId;
  readonly portId: number;
  readonly messageAgeUs: number;
  readonly maxAgeUs: number;
  readonly helloTimeUs: number;
  readonly forwardDelayUs: number;
}

/** br_get_ticks(): whole jiffies. */
const fromTicks = (ticks: number): number =>
  Math.ceil((ticks * 1_000_000) / STP_HZ / JIFFY_US) * JIFFY_US;

/** llc_rcv(), br_stp_rcv(): what is not for a port of a bridge that speaks the protocol is dropped. */
export function stpRcv(skb: Skb): void {
  const { dev, eth, packet } = skb;
  const port = dev.brport;
  const br = port && bridgeOf(port.bridge);
  const bpdu = packet.kind === 'unknown' ? decodeBpdu(packet.bytes) : undefined;
  if (!bpdu?.ok) {
    kfreeSkbReason(skb, 'UNHANDLED_PROTO', 'llc_rcv');
    return;
  }
  const listens = br?.stpEnabled && br.dev.up && port && port.state !== 'disabled';
  if (!listens || eth?.dst !== br.groupAddress) {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'br_stp_rcv');
    return;
  }
  traceSkb(skb, 'br_stp_rcv');
  if (port.guard) {
    bridgeInfo(br, `BPDU received on blocked port ${port.portNo}(${dev.name})`);
    disablePort(br, port);
    return;
  }
  if (bpdu.value.kind === 'tcn') {
    receivedTcnBpdu(br, port);
    return;
  }
  const { messageAge, maxAge, helloTime, forwardDelay, ...config } = bpdu.value;
  if (messageAge > maxAge) {
    kfreeSkbReason(skb, 'NOT_SPECIFIED', 'br_stp_rcv', 'message_age > max_age');
    return;
  }
  receivedConfigBpdu(br, port, {
    ...config,
    messageAgeUs: fromTicks(messageAge),
    maxAgeUs: fromTicks(maxAge),
    helloTimeUs: fromTicks(helloTime),
    forwardDelayUs: fromTicks(forwardDelay),
  });
}

/** br_supersedes_port_info(): is it better than what the port knew, or news from the same sender? */
function supersedesPortInfo(br: Bridge, port: BridgePort, bpdu: ReceivedConfig): boolean {
  const order =
    compareBridgeId(bpdu.root, port.designatedRoot) ||
    bpdu.rootPathCost - port.designatedCost ||
    compareBridgeId(bpdu.bridge, port.designatedBridge);
  if (order !== 0) return order < 0;
  return compareBridgeId(bpdu.bridge, br.id) !== 0 || bpdu.portId <= port.designatedPort;
}

/** br_record_config_information(). */
function recordConfigInformation(port: BridgePort, nowUs: number, bpdu: ReceivedConfig): void {
  port.designatedRoot = bpdu.root;
  port.designatedCost = bpdu.rootPathCost;
  port.designatedBridge = bpdu.bridge;
  port.designatedPort = bpdu.portId;
  port.designatedAgeUs = nowUs - bpdu.messageAgeUs;
  port.messageAgeTimer.arm(bpdu.maxAgeUs - bpdu.messageAgeUs);
}

/** br_record_config_timeout_values(): the root's times hold everywhere. */
function recordConfigTimeoutValues(br: Bridge, bpdu: ReceivedConfig): void {
  br.maxAge = Math.round(bpdu.maxAgeUs / HZ_US);
  br.helloTime = Math.round(bpdu.helloTimeUs / HZ_US);
  br.forwardDelay = Math.round(bpdu.forwardDelayUs / HZ_US);
  setTopologyChange(br, bpdu.topologyChange);
}

/** br_received_config_bpdu(), net/bridge/br_stp.c. */
function receivedConfigBpdu(br: Bridge, port: BridgePort, bpdu: ReceivedConfig): void {
  if (!supersedesPortInfo(br, port, bpdu)) {
    if (isDesignatedPort(br, port)) transmitConfig(br, port);
    return;
  }
  const wasRoot = isRootBridge(br);
  recordConfigInformation(port, br.dev.netns.kernel.scheduler.nowUs, bpdu);
  configurationUpdate(br);
  portStateSelection(br);
  if (wasRoot && !isRootBridge(br)) {
    br.helloTimer.disarm();
    if (br.topologyChangeDetected) {
      br.topologyChangeTimer.disarm();
      transmitTcn(br);
      br.tcnTimer.arm(br.bridgeHelloTime * HZ_US);
    }
  }
  if (port.portNo !== br.rootPort) return;
  recordConfigTimeoutValues(br, bpdu);
  configBpduGeneration(br);
  if (bpdu.topologyChangeAck) topologyChangeAcknowledged(br);
}

/** br_received_tcn_bpdu(). */
function receivedTcnBpdu(br: Bridge, port: BridgePort): void {
  if (!isDesignatedPort(br, port)) return;
  bridgeInfo(br, `port ${port.portNo}(${port.dev.name}) received tcn bpdu`);
  topologyChangeDetection(br);
  port.topologyChangeAck = true;
  transmitConfig(br, port);
}
