import { type TcpSegment, TH_ACK, TH_FIN, TH_RST, TH_SYN } from '../../wire/frame';
import { kfreeSkbReason } from '../sk-buff';
import { after, before, seqAdd, seqDiff } from './seq';
import { tcpAck } from './tcp-ack';
import { ackSndCheck, tcpDataQueue } from './tcp-data';
import { initialCwnd, sendSyn, syncMss, tcpRoute, tcpSendAck, tcpWriteXmit } from './tcp-output';
import { type Received, segLen } from './tcp-segment';
import type { TcpSock } from './tcp-sock';
import { tcpDone, tcpReportError } from './tcp-state';
import { armStateTimer, rttEstimate } from './tcp-timer';

/** tcp_parse_options() on a SYN: what the peer offers and both know. */
export function negotiate(tp: TcpSock, segment: TcpSegment): void {
  const { options } = segment;
  const ours = tp.sysctls;
  tp.tstampOk = ours.timestamps && options.timestamp !== undefined;
  tp.sackOk = ours.sack && options.sackPermitted === true;
  tp.wscaleOk = ours.windowScaling && options.windowScale !== undefined;
  tp.sndWscale = tp.wscaleOk ? Math.min(options.windowScale ?? 0, 14) : 0;
  tp.rcvWscale = tp.wscaleOk ? tp.offeredWscale : 0;
  tp.mssClamp = Math.max(48, options.mss ?? (tp.wireFamily === 4 ? 536 : 1220));
  tp.tsRecent = options.timestamp?.value ?? 0;
}

/** tcp_rcv_synsent_state_process(), RFC 9293 §3.10.7.3. True: the caller answers with a reset. */
export function tcpRcvSynSent(tp: TcpSock, { skb, segment }: Received): boolean {
  const { flags } = segment;
  const acked = (flags & TH_ACK) !== 0;
  if (acked && segment.ack !== tp.sndNxt) return (flags & TH_RST) === 0;
  if ((flags & TH_RST) !== 0) {
    if (acked) tcpReportError(tp, 'ECONNREFUSED');
    else kfreeSkbReason(skb, 'TCP_FLAGS', 'tcp_rcv_state_process');
    return false;
  }
  if ((flags & TH_SYN) === 0) {
    kfreeSkbReason(skb, 'TCP_FLAGS', 'tcp_rcv_state_process');
    return false;
  }
  negotiate(tp, segment);
  tp.irs = segment.seq;
  tp.rcvNxt = seqAdd(segment.seq, 1);
  tp.rcvWup = tp.rcvNxt;
  tp.sndWl1 = segment.seq;
  tp.sndWnd = segment.window;
  if (!acked) {
    // Simultaneous open, RFC 9293 §3.5 figure 8.
    tp.sk.state = 'SYN_RECV';
    sendSyn(tp, true);
    return false;
  }
  tp.sndUna = segment.ack;
  finishConnect(tp);
  tcpSendAck(tp);
  return false;
}

/** tcp_finish_connect(), tcp_init_transfer(). */
function finishConnect(tp: TcpSock): void {
  const route = tcpRoute(tp);
  if (route.ok) {
    syncMss(tp, route.value);
    tp.cwnd = initialCwnd(route.value);
  }
  tp.retransTimer?.cancel();
  tp.retransTimer = undefined;
  if (tp.retransmits === 0 && tp.rttSeq) rttEstimate(tp, tp.sk.nowUs - tp.rttSeq.atUs);
  tp.rttSeq = undefined;
  tp.retransmits = 0;
  tp.backoff = 0;
  tp.sndSml = tp.sndUna;
  tp.lastRcvUs = tp.sk.nowUs;
  tp.sk.state = 'ESTABLISHED';
  if (tp.listener) tp.sk.net.snmp.inc('Tcp', 'PassiveOpens');
  tp.sk.wakeAll();
}

/**
 * The third segment of a passive open; false if the listener has no room for the connection yet.
 */
export function finishAccept(tp: TcpSock, segment: TcpSegment): void {
  tp.sndUna = segment.ack;
  tp.sndWl1 = segment.seq;
  tp.sndWnd = segment.window << tp.sndWscale;
  finishConnect(tp);
}

/** tcp_validate_incoming(), RFC 9293 §3.10.7.4 first to fourth. False: dropped or done. */
function validateIncoming(tp: TcpSock, { skb, segment }: Received): boolean {
  const end = seqAdd(segment.seq, segLen(segment));
  const ts = segment.options.timestamp;
  const rst = (segment.flags & TH_RST) !== 0;
  if (tp.tstampOk && ts && !rst && seqDiff(ts.value, tp.tsRecent) < 0) {
    tcpSendAck(tp);
    kfreeSkbReason(skb, 'TCP_OLD_SEQUENCE', 'tcp_rcv_state_process', 'PAWS');
    return false;
  }
  const right = seqAdd(tp.rcvWup, tp.rcvWnd);
  if (before(end, tp.rcvWup) || after(segment.seq, right)) {
    if (!rst) tcpSendAck(tp);
    kfreeSkbReason(
      skb,
      'TCP_INVALID_SEQUENCE',
      'tcp_rcv_state_process',
      'outside of the receive window',
    );
    return false;
  }
  if (rst) {
    // RFC 5961 §3.2: only the exact sequence number resets, anything else is challenged.
    if (segment.seq === tp.rcvNxt) tcpReset(tp);
    else tcpSendAck(tp);
    return false;
  }
  if (tp.tstampOk && ts && !after(segment.seq, tp.rcvWup)) tp.tsRecent = ts.value;
  if ((segment.flags & TH_SYN) !== 0 && tp.sk.state !== 'SYN_RECV') {
    tcpSendAck(tp);
    kfreeSkbReason(skb, 'TCP_FLAGS', 'tcp_rcv_state_process', 'SYN in a connection: challenge ACK');
    return false;
  }
  return true;
}

/** tcp_reset(). */
function tcpReset(tp: TcpSock): void {
  const { state } = tp.sk;
  if (state === 'CLOSE') return;
  const opening = state === 'SYN_SENT' || state === 'SYN_RECV';
  if (opening) tp.sk.net.snmp.inc('Tcp', 'AttemptFails');
  else if (state === 'ESTABLISHED' || state === 'CLOSE_WAIT')
    tp.sk.net.snmp.inc('Tcp', 'EstabResets');
  const refused = state === 'SYN_SENT' || (state === 'SYN_RECV' && !tp.listener);
  tcpReportError(tp, refused ? 'ECONNREFUSED' : state === 'CLOSE_WAIT' ? 'EPIPE' : 'ECONNRESET');
}

/** tcp_rcv_established(), tcp_rcv_state_process() for every state after the handshake. */
export function tcpRcvSynchronized(tp: TcpSock, received: Received): void {
  const { skb, segment } = received;
  tp.segsIn++;
  if (!validateIncoming(tp, received)) return;
  if ((segment.flags & TH_ACK) === 0) {
    kfreeSkbReason(skb, 'TCP_FLAGS', 'tcp_rcv_state_process', 'no ACK');
    return;
  }
  const open = tp.sk.state === 'SYN_RECV';
  if (open) {
    if (segment.ack !== tp.sndNxt) {
      kfreeSkbReason(skb, 'TCP_INVALID_SEQUENCE', 'tcp_rcv_state_process');
      return;
    }
    finishAccept(tp, segment);
  }
  if (!tcpAck(tp, segment)) {
    kfreeSkbReason(skb, 'TCP_OLD_SEQUENCE', 'tcp_rcv_state_process', 'ack');
    return;
  }
  if (!closingAck(tp, received)) return;
  if (segment.payload.length > 0 || (segment.flags & TH_FIN) !== 0) {
    if (!tcpDataQueue(tp, received)) return;
    ackSndCheck(tp);
  }
  tcpWriteXmit(tp);
}

/** What our FIN's acknowledgement does. False: nothing is left to do with the segment. */
function closingAck(tp: TcpSock, { segment }: Received): boolean {
  const { sk } = tp;
  const finAcked = tp.finSent && tp.sndUna === tp.sndNxt;
  if (!finAcked) return true;
  if (sk.state === 'FIN_WAIT1') {
    sk.state = 'FIN_WAIT2';
    tp.sk.writable.wake();
    if (tp.orphan) armStateTimer(tp, 'FIN_WAIT2');
    return true;
  }
  if (sk.state === 'CLOSING') {
    enterTimeWait(tp);
    return false;
  }
  if (sk.state === 'LAST_ACK') {
    tcpDone(tp);
    return false;
  }
  if (sk.state === 'TIME_WAIT') {
    // RFC 9293 §3.10.7.4: a FIN that came again is acknowledged again.
    if ((segment.flags & TH_FIN) !== 0) tcpSendAck(tp);
    return false;
  }
  return true;
}

/** tcp_time_wait(). */
export function enterTimeWait(tp: TcpSock): void {
  tp.clearTimers();
  tp.sk.state = 'TIME_WAIT';
  tp.rcvShutdown = true;
  armStateTimer(tp, 'TIME_WAIT');
  tp.sk.wakeAll();
}
