import { familyOf } from '../../../wire/ip';
import type { NetDevice } from '../../device/net-device';
import type { CtTcp } from './tcp-state';
import { type CtDir, type NfTuple, ORIGINAL, tupleKey } from './tuple';

/** enum ip_conntrack_info: what a packet is to its connection. */
export type CtInfo = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'ESTABLISHED_REPLY' | 'RELATED_REPLY';

/** CTINFO2DIR(). */
export const dirOf = (info: CtInfo): CtDir =>
  info === 'ESTABLISHED_REPLY' || info === 'RELATED_REPLY' ? 1 : 0;

/** IPS_* of include/uapi/linux/netfilter/nf_conntrack_common.h. */
export const IPS_EXPECTED = 1 << 0;
export const IPS_SEEN_REPLY = 1 << 1;
export const IPS_ASSURED = 1 << 2;
export const IPS_CONFIRMED = 1 << 3;
export const IPS_SRC_NAT = 1 << 4;
export const IPS_DST_NAT = 1 << 5;
export const IPS_SRC_NAT_DONE = 1 << 7;
export const IPS_DST_NAT_DONE = 1 << 8;
export const IPS_DYING = 1 << 9;
export const IPS_FIXED_TIMEOUT = 1 << 10;
export const IPS_NAT_CLASH = 1 << 12;
export const IPS_NAT_MASK = IPS_SRC_NAT | IPS_DST_NAT;
export const IPS_NAT_DONE_MASK = IPS_SRC_NAT_DONE | IPS_DST_NAT_DONE;

/** struct nf_conntrack_zone: which directions of a flow belong to it. */
export interface CtZone {
  readonly id: number;
  readonly dir: 'both' | 'orig' | 'reply';
}

export const DEFAULT_ZONE: CtZone = { id: 0, dir: 'both' };

/** nf_ct_zone_id(). */
export function zoneId(zone: CtZone, dir: CtDir): number {
  if (zone.dir === 'both') return zone.id;
  return (zone.dir === 'orig') === (dir === ORIGINAL) ? zone.id : 0;
}

/** What target CT leaves on a packet before its connection is looked up. */
export interface CtTemplate {
  readonly zone: CtZone;
  readonly helper?: string | undefined;
  /** Events that are reported of the connection; undefined is all. */
  readonly events?: number | undefined;
}

export interface CtCounter {
  packets: number;
  bytes: number;
}

/** struct nf_conn: one tracked connection. */
export class NfConn {
  status = 0;
  mark = 0;
  /** µs: from confirmation on until it is confirmed, then the time at which it expires. */
  timeoutUs = 0;
  tcp: CtTcp | undefined;
  helper: string | undefined;
  /** nf_conn_acct, by direction; only with nf_conntrack_acct. */
  acct: readonly [CtCounter, CtCounter] | undefined;
  /** nf_conn_tstamp, µs; only with nf_conntrack_timestamp. */
  tstamp: { readonly startUs: number; stopUs: number | undefined } | undefined;
  /** nf_conntrack_ecache: what is to be reported, and what may be. */
  ecache: { pending: number; readonly mask: number } | undefined;
  /** nf_conn_nat.masq_index. */
  masqDev: NetDevice | undefined;
  /** UDP: when the stream may become ASSURED (nf_conn.proto.udp.stream_ts), µs. */
  udpStreamUs = 0;
  readonly original: NfTuple;
  #reply: NfTuple;
  #replyKey: string;
  readonly #originalKey: string;

  constructor(
    readonly id: number,
    readonly zone: CtZone,
    original: NfTuple,
    reply: NfTuple,
  ) {
    this.original = original;
    this.#reply = reply;
    this.#originalKey = tupleKey(original, zoneId(zone, 0));
    this.#replyKey = tupleKey(reply, zoneId(zone, 1));
  }

  get reply(): NfTuple {
    return this.#reply;
  }

  tuple(dir: CtDir): NfTuple {
    return dir === ORIGINAL ? this.original : this.#reply;
  }

  key(dir: CtDir): string {
    return dir === ORIGINAL ? this.#originalKey : this.#replyKey;
  }

  /** nf_conntrack_alter_reply(): only before it is confirmed. */
  alterReply(reply: NfTuple): void {
    this.#reply = reply;
    this.#replyKey = tupleKey(reply, zoneId(this.zone, 1));
  }

  has(bits: number): boolean {
    return (this.status & bits) !== 0;
  }

  get confirmed(): boolean {
    return this.has(IPS_CONFIRMED);
  }

  get family(): 4 | 6 {
    return familyOf(this.original.src);
  }
}
