import { err, OK, ok, type Result } from '../../../base/result';
import { IPPROTO_TCP, type Ip } from '../../../wire/frame';
import type { Errno } from '../../errno';
import type { Netns } from '../../netns';
import {
  type CtZone,
  DEFAULT_ZONE,
  IPS_ASSURED,
  IPS_CONFIRMED,
  IPS_EXPECTED,
  IPS_FIXED_TIMEOUT,
  IPS_SEEN_REPLY,
  type NfConn,
} from './conn';
import { initConntrack } from './core';
import { type CtListener, type CtReport, eventCache } from './event';
import { IPCT_ASSURED, IPCT_MARK, IPCT_NEW, IPCT_PROTOINFO, IPCT_REPLY } from './ipct';
import { type CtMessage, ctMessage } from './message';
import { natInitialized, natNullBinding, natSetupInfo } from './nat';
import { conntrackOf, type NfConntrack } from './table';
import {
  FLAG_BE_LIBERAL,
  FLAG_CLOSE_INIT,
  FLAG_SACK_PERM,
  newCtTcp,
  type TcpCtState,
} from './tcp-state';
import { type CtDir, invertTuple, type NfTuple } from './tuple';

/** What the kernel itself leaves out of a dump: CTA_FILTER, CTA_MARK_MASK, CTA_STATUS_MASK. */
export interface CtDumpFilter {
  readonly family?: 4 | 6 | undefined;
  readonly mark?: { readonly value: number; readonly mask: number } | undefined;
  readonly status?: { readonly value: number; readonly mask: number } | undefined;
  /** IPCTNL_MSG_CT_GET_CTRZERO: the counters are 0 afterwards. */
  readonly zero?: boolean | undefined;
}

/** ctnetlink_dump_table(). */
export function ctDump(net: Netns, filter: CtDumpFilter = {}): readonly CtMessage[] {
  const { ct: table } = net;
  if (!table) return [];
  const found: CtMessage[] = [];
  for (const ct of table.dump()) {
    if (!passes(ct, filter)) continue;
    found.push(ctMessage(ct, { nowUs: table.nowUs }));
    if (filter.zero) zeroCounters(ct);
  }
  return found;
}

function zeroCounters(ct: NfConn): void {
  for (const counter of ct.acct ?? []) {
    counter.packets = 0;
    counter.bytes = 0;
  }
}

/** ctnetlink_filter_match(). */
function passes(ct: NfConn, filter: CtDumpFilter): boolean {
  const { family, mark, status } = filter;
  if (family !== undefined && family !== ct.family) return false;
  if (mark && (ct.mark & mask(mark)) >>> 0 !== mark.value) return false;
  return !status || (ct.status & status.mask) === status.value;
}

const mask = (m: { readonly mask: number }): number => m.mask;

/** Which entry a request names: CTA_TUPLE_ORIG or CTA_TUPLE_REPLY, CTA_ZONE. */
export interface CtKey {
  readonly tuple: NfTuple;
  readonly dir: CtDir;
  readonly zone?: CtZone | undefined;
}

function lookup(net: Netns, key: CtKey): NfConn | undefined {
  return conntrackOf(net).find(key.zone ?? DEFAULT_ZONE, key.tuple)?.ct;
}

/** ctnetlink_get_conntrack(). */
export function ctGet(net: Netns, key: CtKey): Result<CtMessage, Errno> {
  const ct = lookup(net, key);
  if (!ct) return err('ENOENT');
  return ok({ ...ctMessage(ct, { nowUs: conntrackOf(net).nowUs }), use: 2 });
}

/** ctnetlink_del_conntrack(). */
export function ctDelete(net: Netns, key: CtKey, report: CtReport): Result<undefined, Errno> {
  const ct = lookup(net, key);
  if (!ct) return err('ENOENT');
  conntrackOf(net).delete(ct, report);
  return OK;
}

/** ctnetlink_flush_conntrack(). */
export function ctFlush(net: Netns, family: 4 | 6 | undefined, report: CtReport): void {
  net.ct?.cleanup((ct) => family === undefined || ct.family === family, report);
}

/** What may be set of an entry. */
export interface CtChange {
  readonly timeout?: number | undefined;
  readonly status?: number | undefined;
  readonly mark?: number | undefined;
  readonly tcpState?: TcpCtState | undefined;
}

export interface CtCreate extends CtChange {
  readonly original: NfTuple;
  readonly reply: NfTuple;
  readonly zone?: CtZone | undefined;
  readonly snat?: CtNatRequest | undefined;
  readonly dnat?: CtNatRequest | undefined;
}

/** CTA_NAT_SRC, CTA_NAT_DST. */
export interface CtNatRequest {
  readonly ip?: Ip | undefined;
  readonly port?: number | undefined;
}

/** ctnetlink_create_conntrack(). */
export function ctCreate(net: Netns, asked: CtCreate, report: CtReport): Result<undefined, Errno> {
  const table = conntrackOf(net);
  const zone = asked.zone ?? DEFAULT_ZONE;
  if (table.find(zone, asked.original)) return err('EEXIST');
  if (asked.timeout === undefined) return err('EINVAL');
  const ct = initConntrack(table, asked, { zone });
  const bound = setupNat(table, ct, asked);
  if (!bound.ok) return bound;
  if (table.clash(ct, 0) || table.clash(ct, 1)) return err('EEXIST');
  ct.timeoutUs = table.nowUs + asked.timeout * 1_000_000;
  ct.status |= SETTABLE & (asked.status ?? 0);
  ct.mark = asked.mark ?? 0;
  if (asked.original.proto === IPPROTO_TCP) newTcp(ct, asked.tcpState ?? 'NONE');
  table.insert(ct);
  table.stats.insert++;
  eventCache(ct, IPCT_NEW | IPCT_REPLY | IPCT_ASSURED | IPCT_PROTOINFO | IPCT_MARK);
  table.deliverEvents(ct, report);
  return OK;
}

/** Windows of an entry that was made by hand are not judged. */
function newTcp(ct: NfConn, state: TcpCtState): void {
  const tcp = newCtTcp();
  tcp.state = state;
  const closing = state === 'TIME_WAIT' || state === 'CLOSE' || state === 'SYN_SENT2';
  for (const seen of tcp.seen) {
    seen.flags = FLAG_BE_LIBERAL | FLAG_SACK_PERM | (closing ? FLAG_CLOSE_INIT : 0);
  }
  ct.tcp = tcp;
}

/** ctnetlink_setup_nat(): both ways, or none. */
function setupNat(table: NfConntrack, ct: NfConn, asked: CtCreate): Result<undefined, Errno> {
  if (!asked.snat && !asked.dnat) return OK;
  for (const manip of ['DST', 'SRC'] as const) {
    const want = manip === 'DST' ? asked.dnat : asked.snat;
    if (natInitialized(ct, manip)) continue;
    const addresses = want?.ip === undefined ? undefined : { min: want.ip, max: want.ip };
    const ports = want?.port === undefined ? undefined : { min: want.port, max: want.port };
    const done = want
      ? natSetupInfo(table, ct, { range: { addresses, ports }, manip })
      : natNullBinding(table, ct, manip);
    if (done === 'drop') return err('ENOMEM');
  }
  return OK;
}

/** Bits that user space may not change: IPS_UNCHANGEABLE_MASK is the rest. */
const SETTABLE = IPS_EXPECTED | IPS_SEEN_REPLY | IPS_ASSURED | IPS_FIXED_TIMEOUT;

/** ctnetlink_change_conntrack(). */
export function ctChange(
  net: Netns,
  key: CtKey,
  change: { readonly set: CtChange; readonly report: CtReport },
): Result<undefined, Errno> {
  const table = conntrackOf(net);
  const ct = lookup(net, key);
  if (!ct) return err('ENOENT');
  const { timeout, status, mark, tcpState } = change.set;
  if (timeout !== undefined) ct.timeoutUs = table.nowUs + timeout * 1_000_000;
  if (status !== undefined) {
    const errno = changeStatus(ct, status);
    if (errno) return err(errno);
  }
  if (tcpState !== undefined && ct.tcp) ct.tcp.state = tcpState;
  if (mark !== undefined) ct.mark = mark;
  eventCache(ct, IPCT_REPLY | IPCT_ASSURED | IPCT_PROTOINFO | IPCT_MARK);
  table.deliverEvents(ct, change.report);
  return OK;
}

/** ctnetlink_change_status(): what was seen stays seen. */
function changeStatus(ct: NfConn, status: number): Errno | undefined {
  const changed = ct.status ^ status;
  if (changed & (IPS_EXPECTED | IPS_CONFIRMED)) return 'EBUSY';
  if (changed & IPS_SEEN_REPLY && !(status & IPS_SEEN_REPLY)) return 'EBUSY';
  if (changed & IPS_ASSURED && !(status & IPS_ASSURED)) return 'EBUSY';
  ct.status |= status & SETTABLE;
  return undefined;
}

/** Joins NFNLGRP_CONNTRACK_*; returns the way out. */
export const ctListen = (net: Netns, listener: CtListener): (() => void) =>
  conntrackOf(net).listen(listener);

/** The tuple of the other direction, as NFCT_SOPT_SETUP_REPLY fills it in. */
export const answerTuple = (tuple: NfTuple): NfTuple => invertTuple(tuple) ?? tuple;
