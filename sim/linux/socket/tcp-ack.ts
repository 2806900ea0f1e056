import type { TcpSegment } from '../../wire/frame';
import { after, before, seqDiff } from './seq';
import { congestionAvoid, enterRecovery, tcpRetransmit } from './tcp-output';
import { TCP_SNDBUF, type TcpSock } from './tcp-sock';
import { clearProbeTimer, rearmRetransTimer, rttEstimate } from './tcp-timer';

/** TCP_FASTRETRANS_THRESH. */
const DUP_ACK_THRESHOLD = 3;

/** tcp_ack(), RFC 9293 §3.10.7.4 fifth. False: the acknowledgement is of something never sent. */
export function tcpAck(tp: TcpSock, segment: TcpSegment): boolean {
  const { ack } = segment;
  if (after(ack, tp.sndNxt)) return false;
  if (before(ack, tp.sndUna)) return true;
  const previousWindow = tp.sndWnd;
  updateWindow(tp, segment);
  if (tp.sndWnd > 0) clearProbeTimer(tp);
  if (ack === tp.sndUna) {
    const pure = segment.payload.length === 0 && tp.sndWnd === previousWindow;
    if (tp.inFlight > 0 && pure) duplicateAck(tp);
    return true;
  }
  const acked = seqDiff(ack, tp.sndUna);
  tp.sndUna = ack;
  tp.dupAcks = 0;
  measure(tp, ack);
  tp.retransmits = 0;
  tp.backoff = 0;
  tp.softError = undefined;
  const bytes = Math.min(acked, tp.sendQueue.size);
  tp.bytesAcked += bytes;
  tp.sendQueue.drop(bytes);
  congestionAvoid(tp, acked);
  // A partial acknowledgement during recovery: the next hole follows at once (RFC 6582).
  if (tp.highSeq !== undefined && tp.inFlight > 0) tcpRetransmit(tp);
  rearmRetransTimer(tp);
  if (tp.sendQueue.size < TCP_SNDBUF) tp.sk.writable.wake();
  return true;
}

/** tcp_ack_update_window(): RFC 9293 §3.10.7.4. */
function updateWindow(tp: TcpSock, segment: TcpSegment): void {
  const newer = after(segment.seq, tp.sndWl1) || after(segment.ack, tp.sndUna);
  const window = segment.window * 2 ** tp.sndWscale;
  if (!newer && !(segment.seq === tp.sndWl1 && window > tp.sndWnd)) return;
  tp.sndWl1 = segment.seq;
  tp.sndWnd = window;
}

/** Karn's rule: only what was sent once is timed. */
function measure(tp: TcpSock, ack: number): void {
  if (!tp.rttSeq || before(ack, tp.rttSeq.end)) return;
  rttEstimate(tp, tp.sk.nowUs - tp.rttSeq.atUs);
  tp.rttSeq = undefined;
}

/** tcp_fastretrans_alert(): RFC 5681 §3.2. */
function duplicateAck(tp: TcpSock): void {
  tp.dupAcks++;
  if (tp.dupAcks !== DUP_ACK_THRESHOLD || tp.highSeq !== undefined) return;
  enterRecovery(tp, Math.max(2, Math.ceil(tp.inFlight / tp.mssCache) >> 1));
  tcpRetransmit(tp);
}
