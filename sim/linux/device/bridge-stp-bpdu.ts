import { type Bpdu, encodeBpdu, STP_HZ } from '../../wire/bpdu';
import { allocSkb, traceSkb } from '../sk-buff';
import { JIFFY_US } from '../socket/timer-wheel';
import type { Bridge } from './bridge';
import { type BridgePort, portId } from './bridge-port';
import { HZ_US } from './bridge-stp-state';
import { devQueueXmit } from './xmit';

/** MESSAGE_AGE_INCR: what each bridge adds to the age of the root's message. */
const MESSAGE_AGE_INCR_US = JIFFY_US;

/** br_set_ticks(): 1/256 s. */
const toTicks = (us: number): number => Math.floor((us * STP_HZ) / 1_000_000);

/** The second half of br_transmit_config(): nothing is sent that is older than the root allows. */
export function sendConfigBpdu(br: Bridge, port: BridgePort): boolean {
  const root = br.rootPort === 0 ? undefined : br.ports.find((p) => p.portNo === br.rootPort);
  const nowUs = br.dev.netns.kernel.scheduler.nowUs;
  const messageAgeUs = root ? nowUs - root.designatedAgeUs + MESSAGE_AGE_INCR_US : 0;
  if (messageAgeUs >= br.maxAge * HZ_US) return false;
  sendBpdu(br, port, {
    kind: 'config',
    topologyChange: br.topologyChange,
    topologyChangeAck: port.topologyChangeAck,
    root: br.designatedRoot,
    rootPathCost: br.rootPathCost,
    bridge: br.id,
    portId: portId(port),
    messageAge: toTicks(messageAgeUs),
    maxAge: toTicks(br.maxAge * HZ_US),
    helloTime: toTicks(br.helloTime * HZ_US),
    forwardDelay: toTicks(br.forwardDelay * HZ_US),
  });
  return true;
}

export const sendTcnBpdu = (br: Bridge, port: BridgePort): void =>
  sendBpdu(br, port, { kind: 'tcn' });

/** br_send_bpdu(), net/bridge/br_stp_bpdu.c: an 802.3 frame to the bridge group address. */
function sendBpdu(br: Bridge, port: BridgePort, bpdu: Bpdu): void {
  if (!br.stpEnabled) return;
  const { dev } = port;
  const bytes = encodeBpdu(bpdu);
  const packet = { kind: 'unknown' as const, etherType: bytes.length, bytes };
  const eth = { dst: br.groupAddress, src: dev.mac };
  const skb = allocSkb(dev.netns.kernel, { dev, packet, eth });
  traceSkb(skb, 'br_send_bpdu');
  devQueueXmit(skb);
}
