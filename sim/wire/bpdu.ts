import { ByteReader, ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';
import type { Mac } from './frame';

/** IEEE 802.1D §9.2.5: the lower, the better; priority first. */
export interface BridgeId {
  readonly priority: number;
  readonly mac: Mac;
}

/** A configuration BPDU, IEEE 802.1D §9.3.1. Times in 1/256 s, as they are sent. */
export interface ConfigBpdu {
  readonly kind: 'config';
  readonly topologyChange: boolean;
  readonly topologyChangeAck: boolean;
  readonly root: BridgeId;
  readonly rootPathCost: number;
  readonly bridge: BridgeId;
  readonly portId: number;
  readonly messageAge: number;
  readonly maxAge: number;
  readonly helloTime: number;
  readonly forwardDelay: number;
}

/** IEEE 802.1D §9.3.2: `tcn` is a topology change notification, which says nothing else. */
export type Bpdu = ConfigBpdu | { readonly kind: 'tcn' };

/** Unit of a BPDU's times. */
export const STP_HZ = 256;
/** LLC: both service access points of the spanning tree, unnumbered information (IEEE 802.2). */
const LLC_SAP_BSPAN = 0x42;
const LLC_UI = 0x03;
const TYPE_CONFIG = 0x00;
const TYPE_TCN = 0x80;
const FLAG_TOPOLOGY_CHANGE = 0x01;
const FLAG_TOPOLOGY_CHANGE_ACK = 0x80;

export const compareBridgeId = (a: BridgeId, b: BridgeId): number =>
  a.priority - b.priority || a.mac - b.mac;

/** The payload of an 802.3 frame: LLC header and BPDU. */
export function encodeBpdu(bpdu: Bpdu): Uint8Array {
  const w = new ByteWriter(38);
  w.u8(LLC_SAP_BSPAN).u8(LLC_SAP_BSPAN).u8(LLC_UI);
  // Protocol identifier and version 0.
  w.u16(0).u8(0);
  if (bpdu.kind === 'tcn') return w.u8(TYPE_TCN).finish();
  const change = bpdu.topologyChange ? FLAG_TOPOLOGY_CHANGE : 0;
  const ack = bpdu.topologyChangeAck ? FLAG_TOPOLOGY_CHANGE_ACK : 0;
  w.u8(TYPE_CONFIG).u8(change | ack);
  w.u16(bpdu.root.priority).u48(bpdu.root.mac).u32(bpdu.rootPathCost);
  w.u16(bpdu.bridge.priority).u48(bpdu.bridge.mac).u16(bpdu.portId);
  return w
    .u16(bpdu.messageAge)
    .u16(bpdu.maxAge)
    .u16(bpdu.helloTime)
    .u16(bpdu.forwardDelay)
    .finish();
}

/** br_stp_rcv(), net/bridge/br_stp_bpdu.c: only version 0 is spoken, and only these two types. */
export function decodeBpdu(bytes: Uint8Array): Result<Bpdu, DecodeError> {
  const r = new ByteReader(bytes);
  const llc = r.u8() === LLC_SAP_BSPAN && r.u8() === LLC_SAP_BSPAN && r.u8() === LLC_UI;
  if (!llc) return malformed('stp', 'LLC header');
  if (r.u16() !== 0 || r.u8() !== 0) return malformed('stp', 'protocol version');
  const type = r.u8();
  if (r.short) return truncated('stp');
  if (type === TYPE_TCN) return ok({ kind: 'tcn' });
  if (type !== TYPE_CONFIG) return malformed('stp', 'BPDU type');
  const flags = r.u8();
  const bpdu: ConfigBpdu = {
    kind: 'config',
    topologyChange: (flags & FLAG_TOPOLOGY_CHANGE) !== 0,
    topologyChangeAck: (flags & FLAG_TOPOLOGY_CHANGE_ACK) !== 0,
    root: { priority: r.u16(), mac: r.u48() },
    rootPathCost: r.u32(),
    bridge: { priority: r.u16(), mac: r.u48() },
    portId: r.u16(),
    messageAge: r.u16(),
    maxAge: r.u16(),
    helloTime: r.u16(),
    forwardDelay: r.u16(),
  };
  return r.short ? truncated('stp') : ok(bpdu);
}
