import { TH_FIN } from '../../wire/frame';
import { kfreeSkbReason } from '../sk-buff';
import { after, before, seqAdd, seqDiff } from './seq';
import { tcpSendAck, tcpSendReset } from './tcp-output';
import type { Received } from './tcp-segment';
import { TCP_DELACK_MIN, TCP_MAX_QUICKACKS, type TcpSock } from './tcp-sock';
import { tcpDone } from './tcp-state';
import { armAckTimer, armStateTimer } from './tcp-timer';

/** Segments kept out of order; the kernel bounds them by memory. */
const MAX_OFO = 512;

/** tcp_data_queue(), RFC 9293 §3.10.7.4 seventh and eighth. False: the connection is gone. */
export function tcpDataQueue(tp: TcpSock, { skb, segment }: Received): boolean {
  const fin = (segment.flags & TH_FIN) !== 0;
  if (segment.payload.length > 0 && (tp.orphan || tp.rcvShutdown)) {
    // RFC 2525 §2.17: data for a closed socket is answered with a reset.
    if (tp.orphan && tp.sk.state !== 'TIME_WAIT') {
      tcpSendReset(tp);
      tcpDone(tp);
      kfreeSkbReason(skb, 'TCP_CLOSE', 'tcp_data_queue');
      return false;
    }
  }
  eventDataReceived(tp, segment.payload.length);
  const skip = seqDiff(tp.rcvNxt, segment.seq);
  if (skip < 0) {
    insertOfo(tp, { seq: segment.seq, bytes: segment.payload, fin });
    tcpSendAck(tp);
    return true;
  }
  if (skip > segment.payload.length || (skip === segment.payload.length && !fin && skip > 0)) {
    tp.quickAcks = TCP_MAX_QUICKACKS;
    tp.ackPending = true;
    tcpSendAck(tp);
    return true;
  }
  const room = tp.rcvSpace * 2 - tp.receiveQueue.size;
  if (segment.payload.length - skip > room) {
    tcpSendAck(tp);
    kfreeSkbReason(skb, 'PROTO_MEM', 'tcp_data_queue', 'the receive buffer is full');
    return true;
  }
  accept(tp, segment.payload.subarray(skip), fin);
  drainOfo(tp);
  tp.sk.readable.wake();
  return true;
}

function accept(tp: TcpSock, bytes: Uint8Array, fin: boolean): void {
  if (bytes.length > 0) {
    tp.receiveQueue.push(bytes);
    tp.bytesReceived += bytes.length;
    tp.rcvNxt = seqAdd(tp.rcvNxt, bytes.length);
  }
  tp.ackPending = true;
  if (fin) tcpFin(tp);
}

/** tcp_event_data_recv(): the first data puts the connection into quick-ack mode. */
function eventDataReceived(tp: TcpSock, length: number): void {
  if (length === 0) return;
  tp.rcvMss = Math.max(tp.rcvMss, length);
  if (tp.atoUs === 0) tp.quickAcks = TCP_MAX_QUICKACKS;
  tp.atoUs = TCP_DELACK_MIN;
  tp.lastRcvUs = tp.sk.nowUs;
}

/** tcp_fin(). */
function tcpFin(tp: TcpSock): void {
  const { sk } = tp;
  if (sk.state !== 'ESTABLISHED' && sk.state !== 'FIN_WAIT1' && sk.state !== 'FIN_WAIT2') return;
  tp.rcvNxt = seqAdd(tp.rcvNxt, 1);
  tp.rcvShutdown = true;
  tp.ofo = [];
  switch (sk.state) {
    case 'ESTABLISHED':
      sk.state = 'CLOSE_WAIT';
      // The program may close at once: its FIN carries the acknowledgement.
      tp.pingpong = true;
      break;
    case 'FIN_WAIT1':
      sk.state = 'CLOSING';
      tcpSendAck(tp);
      break;
    case 'FIN_WAIT2':
      tcpSendAck(tp);
      tp.clearTimers();
      sk.state = 'TIME_WAIT';
      armStateTimer(tp, 'TIME_WAIT');
      break;
    default:
      break;
  }
  sk.wakeAll();
}

/** __tcp_ack_snd_check(). */
export function ackSndCheck(tp: TcpSock): void {
  if (!tp.ackPending) return;
  const pending = seqDiff(tp.rcvNxt, tp.rcvWup);
  const quick = tp.quickAcks > 0 && !tp.pingpong;
  if (pending > tp.rcvMss || quick || tp.ofo.length > 0) tcpSendAck(tp);
  else armAckTimer(tp);
}

/** tcp_data_queue_ofo(): sorted, without what is there already. */
function insertOfo(tp: TcpSock, segment: TcpSock['ofo'][number]): void {
  if (tp.ofo.length >= MAX_OFO) return;
  const at = tp.ofo.findIndex((other) => !before(other.seq, segment.seq));
  const place = at < 0 ? tp.ofo.length : at;
  if (tp.ofo[place]?.seq === segment.seq) return;
  tp.ofo.splice(place, 0, segment);
}

/** tcp_ofo_queue(). */
function drainOfo(tp: TcpSock): void {
  for (;;) {
    const first = tp.ofo[0];
    if (!first || after(first.seq, tp.rcvNxt)) return;
    tp.ofo.shift();
    const skip = seqDiff(tp.rcvNxt, first.seq);
    if (skip > first.bytes.length) continue;
    accept(tp, first.bytes.subarray(skip), first.fin);
  }
}
