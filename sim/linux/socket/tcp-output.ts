import { NO_BYTES } from '../../base/bytes';
import type { Result } from '../../base/result';
import { type TcpOptions, TH_ACK, TH_FIN, TH_PSH, TH_RST, TH_SYN } from '../../wire/frame';
import { TCP_HLEN, tcpOptionsLength } from '../../wire/tcp';
import type { Errno } from '../errno';
import type { Dst } from '../ip/dst';
import { dstMtu } from '../ip/output';
import { ipSend, routeFor } from './inet';
import { after, before, seqAdd, seqDiff } from './seq';
import { TCP_INIT_CWND, TCP_RCV_SPACE, type TcpSock } from './tcp-sock';
import { armProbeTimer, armRetransTimer, clearAckTimer } from './tcp-timer';

const IP_HLEN = { 4: 20, 6: 40 } as const;

/**
 * inet_sk_rebuild_header(), __sk_dst_check(): the cached route, looked up anew each time it may
 * have changed.
 */
export function tcpRoute(tp: TcpSock): Result<Dst, Errno> {
  const { sk } = tp;
  const route = routeFor(sk, { addr: sk.peer ?? 0, port: sk.peerPort, src: sk.local });
  if (route.ok) tp.dst = route.value;
  return route;
}

/** dst_metric_advmss(), ipv4_default_advmss(). */
export function advertisedMss(tp: TcpSock, dst: Dst): number {
  const header = IP_HLEN[tp.wireFamily] + TCP_HLEN;
  if (dst.metrics.advmss) return dst.metrics.advmss;
  return Math.min(Math.max(dstMtu(dst) - header, 256), 65_535 - header);
}

/** tcp_sync_mss(), tcp_current_mss(): payload per segment for this path MTU. */
export function syncMss(tp: TcpSock, dst: Dst): void {
  const header = IP_HLEN[tp.wireFamily] + TCP_HLEN;
  const options = tp.tstampOk ? 12 : 0;
  tp.mssCache = Math.max(48, Math.min(dstMtu(dst) - header, tp.mssClamp)) - options;
}

/** tcp_select_initial_window(): a whole number of segments. */
export function initialWindow(tp: TcpSock, mss: number): void {
  const space = TCP_RCV_SPACE;
  tp.rcvSpace = Math.min(65_535, space > mss ? space - (space % mss) : space);
  tp.rcvWnd = tp.rcvSpace;
}

/** __tcp_select_window() and tcp_select_window(): never shrinks what was promised. */
function selectWindow(tp: TcpSock): number {
  const promised = Math.max(0, seqDiff(seqAdd(tp.rcvWup, tp.rcvWnd), tp.rcvNxt));
  let free = tp.rcvSpace - tp.receiveQueue.size;
  if (free < Math.min(tp.rcvSpace >> 4, tp.rcvMss)) free = 0;
  const unit = 1 << tp.rcvWscale;
  const window = Math.max(promised, free);
  const rounded = Math.ceil(window / unit) * unit;
  tp.rcvWup = tp.rcvNxt;
  tp.rcvWnd = Math.min(rounded, 0xffff * unit);
  return tp.rcvWnd;
}

interface SegmentParts {
  readonly flags: number;
  readonly seq: number;
  readonly payload?: Uint8Array | undefined;
  readonly options?: TcpOptions | undefined;
}

function establishedOptions(tp: TcpSock): TcpOptions {
  const timestamp = tp.tstampOk ? { value: tp.tsNow, echo: tp.tsRecent } : undefined;
  if (!tp.sackOk || tp.ofo.length === 0) return { timestamp };
  return { timestamp, sack: sackBlocks(tp).slice(0, timestamp ? 3 : 4) };
}

/** tcp_sack_new_ofo_skb(): adjacent segments joined. */
function sackBlocks(tp: TcpSock): (readonly [number, number])[] {
  const blocks: [number, number][] = [];
  for (const segment of tp.ofo) {
    const end = seqAdd(segment.seq, segment.bytes.length + (segment.fin ? 1 : 0));
    const last = blocks.at(-1);
    if (last && last[1] === segment.seq) last[1] = end;
    else blocks.push([segment.seq, end]);
  }
  return blocks;
}

/** __tcp_transmit_skb(). */
export function tcpTransmit(tp: TcpSock, parts: SegmentParts): Result<undefined, Errno> {
  const { sk } = tp;
  const payload = parts.payload ?? NO_BYTES;
  const options = parts.options ?? establishedOptions(tp);
  const syn = (parts.flags & TH_SYN) !== 0;
  const window = syn
    ? Math.min(tp.rcvWnd, 0xffff)
    : Math.min(selectWindow(tp) / (1 << tp.rcvWscale), 0xffff);
  const route = tcpRoute(tp);
  if (!route.ok) return route;
  if ((parts.flags & TH_ACK) !== 0) {
    clearAckTimer(tp);
    if (tp.quickAcks > 0) tp.quickAcks--;
  }
  tp.segsOut++;
  sk.net.snmp.inc('Tcp', 'OutSegs');
  const length = IP_HLEN[tp.wireFamily] + TCP_HLEN + tcpOptionsLength(options) + payload.length;
  return ipSend(sk, route.value, {
    src: sk.local ?? route.value.src,
    dst: sk.peer ?? 0,
    length,
    id: nextIpId(tp),
    payload: {
      kind: 'tcp',
      srcPort: sk.localPort,
      dstPort: sk.peerPort,
      seq: parts.seq,
      ack: (parts.flags & TH_ACK) !== 0 ? tp.rcvNxt : 0,
      flags: parts.flags,
      window,
      urgent: 0,
      options,
      payload,
    },
  });
}

/** ip_select_ident_segs(): a connection counts its packets. */
function nextIpId(tp: TcpSock): number {
  tp.ipId = (tp.ipId + 1) & 0xffff;
  return tp.ipId || 1;
}

/** tcp_connect(), tcp_send_synack(): the options of the first segment of each side. */
export function sendSyn(tp: TcpSock, synAck: boolean): Result<undefined, Errno> {
  const offer = tp.sysctls;
  const useTs = synAck ? tp.tstampOk : offer.timestamps;
  const useSack = synAck ? tp.sackOk : offer.sack;
  const useScale = synAck ? tp.wscaleOk : offer.windowScaling;
  const options: TcpOptions = {
    mss: tp.advmss,
    sackPermitted: useSack || undefined,
    timestamp: useTs ? { value: tp.tsNow, echo: synAck ? tp.tsRecent : 0 } : undefined,
    windowScale: useScale ? tp.offeredWscale : undefined,
  };
  return tcpTransmit(tp, { flags: synAck ? TH_SYN | TH_ACK : TH_SYN, seq: tp.iss, options });
}

/** tcp_send_ack(). */
export function tcpSendAck(tp: TcpSock): void {
  tcpTransmit(tp, { flags: TH_ACK, seq: tp.sndNxt });
}

/** tcp_event_data_sent(): an answer within the ack timeout makes the session interactive. */
function eventDataSent(tp: TcpSock): void {
  if (tp.atoUs > 0 && tp.sk.nowUs - tp.lastRcvUs < tp.atoUs) tp.pingpong = true;
}

const SENDS_DATA = new Set(['ESTABLISHED', 'CLOSE_WAIT', 'FIN_WAIT1', 'CLOSING', 'LAST_ACK']);

/** tcp_write_xmit(): sends what windows allow. */
export function tcpWriteXmit(tp: TcpSock): void {
  if (!SENDS_DATA.has(tp.sk.state)) return;
  for (;;) {
    const sent = tp.inFlight;
    const unsent = tp.sendQueue.size - Math.min(sent, tp.sendQueue.size);
    if (unsent === 0) {
      if (tp.finQueued && !tp.finSent) sendFin(tp);
      return;
    }
    const cwndLeft = tp.cwnd * tp.mssCache - sent;
    const wndLeft = tp.sndWnd - sent;
    const size = Math.min(tp.mssCache, unsent, wndLeft);
    if (size <= 0) {
      if (sent === 0) armProbeTimer(tp);
      return;
    }
    if (cwndLeft < size && sent > 0) return;
    // Silly window avoidance: a segment cut by the window waits while others are unacknowledged.
    if (size < tp.mssCache && size < unsent && sent > 0) return;
    if (size < tp.mssCache && nagleHolds(tp)) return;
    sendData(tp, sent, size);
  }
}

/** tcp_nagle_check() with Minshall's rule: one short segment may be in flight. */
const nagleHolds = (tp: TcpSock): boolean =>
  !tp.noDelay && !tp.finQueued && tp.inFlight > 0 && after(tp.sndSml, tp.sndUna);

function sendData(tp: TcpSock, offset: number, size: number): void {
  const payload = tp.sendQueue.peek(offset, size);
  const last = offset + size === tp.sendQueue.size;
  const fin = last && tp.finQueued && !tp.finSent && size < tp.mssCache;
  const flags = TH_ACK | (last ? TH_PSH : 0) | (fin ? TH_FIN : 0);
  const seq = tp.sndNxt;
  tp.sndNxt = seqAdd(seq, size + (fin ? 1 : 0));
  if (fin) tp.finSent = true;
  if (size < tp.mssCache) tp.sndSml = tp.sndNxt;
  tp.rttSeq ??= { end: tp.sndNxt, atUs: tp.sk.nowUs };
  eventDataSent(tp);
  tcpTransmit(tp, { flags, seq, payload });
  armRetransTimer(tp);
}

/** tcp_send_fin(). */
function sendFin(tp: TcpSock): void {
  const seq = tp.sndNxt;
  tp.finSent = true;
  tp.sndNxt = seqAdd(seq, 1);
  tcpTransmit(tp, { flags: TH_FIN | TH_ACK, seq });
  armRetransTimer(tp);
}

/** tcp_send_active_reset(). */
export function tcpSendReset(tp: TcpSock): void {
  tp.sk.net.snmp.inc('Tcp', 'OutRsts');
  tcpTransmit(tp, { flags: TH_RST | TH_ACK, seq: tp.sndNxt });
}

/** tcp_retransmit_skb(): the first segment that is not acknowledged. */
export function tcpRetransmit(tp: TcpSock): void {
  tp.totalRetrans++;
  tp.rttSeq = undefined;
  tp.sk.net.snmp.inc('Tcp', 'RetransSegs');
  const opening = tp.sk.state === 'SYN_SENT' || tp.sk.state === 'SYN_RECV';
  if (opening) tp.sk.net.snmp.inc('TcpExt', 'TCPSynRetrans');
  if (tp.sk.state === 'SYN_SENT') return void sendSyn(tp, false);
  if (tp.sk.state === 'SYN_RECV') return void sendSyn(tp, true);
  const size = Math.min(tp.mssCache, tp.sendQueue.size, Math.max(tp.sndWnd, 1));
  const payload = tp.sendQueue.peek(0, size);
  const last = size === tp.sendQueue.size;
  const fin = last && tp.finSent;
  const flags = TH_ACK | (size > 0 && last ? TH_PSH : 0) | (fin ? TH_FIN : 0);
  tcpTransmit(tp, { flags, seq: tp.sndUna, payload });
}

/** tcp_send_probe0(): one byte below the window makes the peer answer with its window. */
export function tcpSendProbe(tp: TcpSock): void {
  tcpTransmit(tp, { flags: TH_ACK, seq: seqAdd(tp.sndUna, -1) });
}

/** tcp_cleanup_rbuf(): tells the peer that the window opened. */
export function tcpCleanupRbuf(tp: TcpSock): void {
  if (tp.sk.state === 'CLOSE' || tp.sk.state === 'LISTEN' || tp.rcvShutdown) return;
  const left = Math.max(0, seqDiff(seqAdd(tp.rcvWup, tp.rcvWnd), tp.rcvNxt));
  const free = tp.rcvSpace - tp.receiveQueue.size;
  if (2 * left <= tp.rcvSpace && free >= 2 * left && free >= tp.rcvMss) tcpSendAck(tp);
}

/** tcp_enter_loss(), tcp_fastretrans_alert(): half the window, from the first lost segment. */
export function enterRecovery(tp: TcpSock, cwnd: number): void {
  const segments = Math.ceil(tp.inFlight / tp.mssCache);
  tp.ssthresh = Math.max(2, segments >> 1);
  tp.cwnd = Math.max(1, cwnd);
  tp.highSeq = tp.sndNxt;
}

/** tcp_cong_avoid(): slow start, then one segment a round trip. */
export function congestionAvoid(tp: TcpSock, acked: number): void {
  const segments = Math.max(1, Math.round(acked / tp.mssCache));
  if (tp.highSeq !== undefined) {
    if (before(tp.sndUna, tp.highSeq)) return;
    tp.highSeq = undefined;
    tp.cwnd = Math.max(tp.ssthresh, 2);
  }
  if (tp.cwnd < tp.ssthresh) {
    tp.cwnd += segments;
    return;
  }
  tp.cwndCnt += segments;
  if (tp.cwndCnt >= tp.cwnd) {
    tp.cwndCnt = 0;
    tp.cwnd++;
  }
}

export const isIdle = (tp: TcpSock): boolean => !after(tp.sndNxt, tp.sndUna);
export const initialCwnd = (dst: Dst): number => dst.metrics.initcwnd ?? TCP_INIT_CWND;
