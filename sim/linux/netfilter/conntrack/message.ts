import { type CtCounter, type CtZone, IPS_EXPECTED, type NfConn } from './conn';
import { IPCT_DESTROY, IPCT_MARK, IPCT_NEW, IPCT_PROTOINFO, IPCT_RELATED } from './ipct';
import type { TcpCtState } from './tcp-state';
import type { NfTuple } from './tuple';

/** What a message of ctnetlink tells of a connection: a copy, for it may change before it is read. */
export interface CtMessage {
  readonly type: 'new' | 'update' | 'destroy';
  readonly family: 4 | 6;
  readonly id: number;
  readonly original: NfTuple;
  readonly reply: NfTuple;
  readonly zone: CtZone;
  readonly status: number;
  /** Seconds; not of a connection that is gone because they were over. */
  readonly timeout: number | undefined;
  readonly tcpState: TcpCtState | undefined;
  /** undefined where the message does not carry it. */
  readonly mark: number | undefined;
  readonly helper: string | undefined;
  readonly acct: readonly [CtCounter, CtCounter] | undefined;
  readonly tstamp: { readonly startUs: number; readonly stopUs: number | undefined } | undefined;
  /** References; a dump holds one itself. */
  readonly use: number | undefined;
  /** Who asked, when it was a process. */
  readonly portid: number | undefined;
  readonly atUs: number;
}

export interface MessageOptions {
  readonly nowUs: number;
  /** Events that it reports; undefined for a dump or the answer to a request. */
  readonly events?: number | undefined;
  readonly portid?: number | undefined;
}

/** ctnetlink_fill_info(), ctnetlink_conntrack_event(). */
export function ctMessage(ct: NfConn, options: MessageOptions): CtMessage {
  const { nowUs, events } = options;
  const gone = events !== undefined && (events & IPCT_DESTROY) !== 0;
  const fresh = events !== undefined && (events & (IPCT_NEW | IPCT_RELATED)) !== 0;
  const showProto = events === undefined || gone || (events & IPCT_PROTOINFO) !== 0;
  const left = secondsLeft(ct, nowUs);
  const showMark = events === undefined || ct.mark !== 0 || (events & IPCT_MARK) !== 0;
  return {
    type: gone ? 'destroy' : events === undefined || fresh ? 'new' : 'update',
    family: ct.family,
    id: ct.id,
    original: ct.original,
    reply: ct.reply,
    zone: ct.zone,
    status: ct.status & ~IPS_EXPECTED,
    timeout: gone && left === 0 ? undefined : left,
    tcpState: showProto ? ct.tcp?.state : undefined,
    mark: showMark ? ct.mark : undefined,
    helper: ct.helper,
    acct: (events === undefined || gone) && ct.acct ? copyAcct(ct.acct) : undefined,
    tstamp: (events === undefined || gone) && ct.tstamp ? { ...ct.tstamp } : undefined,
    use: events === undefined ? 1 : undefined,
    portid: options.portid,
    atUs: nowUs,
  };
}

/** nf_ct_expires() in whole seconds. */
export const secondsLeft = (ct: NfConn, nowUs: number): number =>
  Math.max(0, Math.floor((ct.confirmed ? ct.timeoutUs - nowUs : ct.timeoutUs) / 1_000_000));

const copyAcct = (acct: readonly [CtCounter, CtCounter]): readonly [CtCounter, CtCounter] => [
  { ...acct[0] },
  { ...acct[1] },
];
