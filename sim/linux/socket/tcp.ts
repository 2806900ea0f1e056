import { NO_BYTES } from '../../base/bytes';
import { err, OK, type Result } from '../../base/result';
import { type Family, isMulticast } from '../../wire/ip';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import { inetBind, portRange } from './bind';
import { routeFor } from './inet';
import { inetOf } from './inet-tables';
import { seqAdd } from './seq';
import { isAny, type SockAddr, speaksTo, unmapped } from './sock';
import {
  advertisedMss,
  initialWindow,
  sendSyn,
  tcpCleanupRbuf,
  tcpSendReset,
  tcpWriteXmit,
} from './tcp-output';
import { TCP_SNDBUF, TcpSock } from './tcp-sock';
import { tcpDone } from './tcp-state';
import { tcpTimeouts } from './tcp-timeout';
import { armRetransTimer, armStateTimer } from './tcp-timer';

/** tcp_v4_init_sock(). */
export const newTcpSock = (net: Netns, family: Family): TcpSock =>
  new TcpSock(net, family, tcpTimeouts);

export const tcpBind = (tp: TcpSock, to: SockAddr): Result<undefined, Errno> =>
  inetBind(tp.sk, inetOf(tp.sk.net).tcp.bind, to);

/** tcp_v4_connect(), tcp_v6_connect(): sends the SYN; the answer comes later. */
export function tcpConnect(tp: TcpSock, to: SockAddr): Result<undefined, Errno> {
  const { sk } = tp;
  if (sk.state === 'SYN_SENT') return err('EALREADY');
  if (sk.state !== 'CLOSE') return err('EISCONN');
  const given = unmapped(to.addr);
  const addr = isAny(given) ? (typeof given === 'number' ? 0x7f00_0001 : 1n) : given;
  if (!speaksTo(sk, addr)) return err(sk.family === 4 ? 'EAFNOSUPPORT' : 'ENETUNREACH');
  const route = routeFor(sk, { addr, port: to.port, scopeId: to.scopeId });
  if (!route.ok) return route;
  if (isMulticast(addr) || route.value.type === 'broadcast') return err('ENETUNREACH');
  sk.peer = addr;
  sk.peerPort = to.port;
  sk.local ??= route.value.src;
  if (!hashConnect(tp)) return err('EADDRNOTAVAIL');
  startConnection(tp);
  tp.advmss = advertisedMss(tp, route.value);
  initialWindow(tp, tp.advmss);
  tp.sndNxt = seqAdd(tp.iss, 1);
  sk.state = 'SYN_SENT';
  tp.rttSeq = { end: tp.sndNxt, atUs: sk.nowUs };
  sk.net.snmp.inc('Tcp', 'ActiveOpens');
  sendSyn(tp, false);
  armRetransTimer(tp);
  return OK;
}

/** Initial sequence number and timestamp offset: secure_tcp_seq(), here from the world's seed. */
export function startConnection(tp: TcpSock): void {
  const random = tp.sk.net.kernel.random.stream('tcp');
  tp.iss = random.u32();
  tp.tsOffset = random.u32();
  tp.sndUna = tp.iss;
  tp.sndNxt = tp.iss;
  tp.sndSml = tp.iss;
}

/** inet_hash_connect(): a free four-tuple. */
function hashConnect(tp: TcpSock): boolean {
  const { sk } = tp;
  const { tcp } = inetOf(sk.net);
  if (sk.localPort !== 0) return tcp.hashConnection(tp);
  const range = portRange(sk);
  const start = sk.net.kernel.random.stream('port').below(range[1] - range[0] + 1) & ~1;
  const port = tcp.bind.findOpen(range, start, (candidate) => {
    for (const other of tcp.bind.at(candidate)) if (other.boundPort) return false;
    return !tcp.lookupEstablished({ ...tp.tuple, localPort: candidate });
  });
  if (port === undefined) return false;
  tcp.bind.add(sk, port);
  return tcp.hashConnection(tp);
}

/** inet_listen(), inet_csk_listen_start(). */
export function tcpListen(tp: TcpSock, backlog: number): Result<undefined, Errno> {
  const { sk } = tp;
  if (sk.state !== 'CLOSE' && sk.state !== 'LISTEN') return err('EINVAL');
  tp.backlog = Math.min(Math.max(0, backlog), sk.net.core.somaxconn);
  if (sk.state === 'LISTEN') return OK;
  const { tcp } = inetOf(sk.net);
  if (sk.localPort === 0) {
    const bound = tcpBind(tp, { addr: sk.family === 4 ? 0 : 0n, port: 0 });
    if (!bound.ok) return bound;
  }
  sk.state = 'LISTEN';
  // A listener shares its port with no other, SO_REUSEADDR or not.
  if (tcp.bind.conflict(sk, sk.local, sk.localPort)) {
    sk.state = 'CLOSE';
    return err('EADDRINUSE');
  }
  tcp.hashListener(tp);
  return OK;
}

/** inet_csk_accept() without waiting. */
export function tcpAccept(tp: TcpSock): TcpSock | Errno {
  if (tp.sk.state !== 'LISTEN') return 'EINVAL';
  const child = tp.acceptQueue.shift();
  if (!child) return 'EAGAIN';
  child.listener = undefined;
  return child;
}

/** tcp_sendmsg() without waiting: how many bytes were taken. */
export function tcpSend(tp: TcpSock, bytes: Uint8Array): number | Errno {
  const { sk } = tp;
  const error = sk.takeError();
  if (error) return error;
  if (sk.state === 'SYN_SENT' || sk.state === 'SYN_RECV') return 'EAGAIN';
  if (tp.sndShutdown || (sk.state !== 'ESTABLISHED' && sk.state !== 'CLOSE_WAIT')) return 'EPIPE';
  const room = TCP_SNDBUF - tp.sendQueue.size;
  if (room <= 0) return 'EAGAIN';
  const part = bytes.length <= room ? bytes : bytes.subarray(0, room);
  tp.sendQueue.push(part.slice());
  tcpWriteXmit(tp);
  return part.length;
}

/** tcp_recvmsg() without waiting; empty at the peer's FIN. */
export function tcpRecv(tp: TcpSock, max: number): Uint8Array | Errno {
  const { sk } = tp;
  if (tp.receiveQueue.size > 0) {
    const bytes = tp.receiveQueue.take(max);
    tcpCleanupRbuf(tp);
    return bytes;
  }
  const error = sk.takeError();
  if (error) return error;
  if (tp.rcvShutdown) return NO_BYTES;
  if (sk.state === 'CLOSE' || sk.state === 'LISTEN') return 'ENOTCONN';
  return 'EAGAIN';
}

/** inet_shutdown(), tcp_shutdown(). */
export function tcpShutdown(tp: TcpSock, how: 'RD' | 'WR' | 'RDWR'): Result<undefined, Errno> {
  const { sk } = tp;
  if (sk.state === 'CLOSE' || sk.state === 'LISTEN') return err('ENOTCONN');
  if (how !== 'WR') {
    tp.rcvShutdown = true;
    sk.readable.wake();
  }
  if (how !== 'RD') queueFin(tp);
  return OK;
}

/** tcp_close_state() and tcp_send_fin(). */
function queueFin(tp: TcpSock): void {
  if (tp.sndShutdown) return;
  const { sk } = tp;
  tp.sndShutdown = true;
  if (sk.state === 'ESTABLISHED' || sk.state === 'SYN_RECV') sk.state = 'FIN_WAIT1';
  else if (sk.state === 'CLOSE_WAIT') sk.state = 'LAST_ACK';
  else return;
  tp.finQueued = true;
  tcpWriteXmit(tp);
}

/** tcp_close(). */
export function tcpClose(tp: TcpSock): void {
  const { sk } = tp;
  if (tp.orphan) return;
  tp.orphan = true;
  sk.closed = true;
  if (sk.state === 'LISTEN') {
    closeListener(tp);
    return;
  }
  if (sk.state === 'CLOSE' || sk.state === 'SYN_SENT') {
    tcpDone(tp);
    return;
  }
  if (tp.receiveQueue.size > 0 && sk.state !== 'TIME_WAIT') {
    // RFC 2525 §2.17: unread data means that the peer has to know.
    tcpSendReset(tp);
    tcpDone(tp);
    return;
  }
  queueFin(tp);
  if (sk.state === 'FIN_WAIT2') armStateTimer(tp, 'FIN_WAIT2');
}

/** inet_csk_listen_stop(): connections that nobody accepted are reset. */
function closeListener(tp: TcpSock): void {
  for (const child of tp.acceptQueue) {
    tcpSendReset(child);
    child.orphan = true;
    tcpDone(child);
  }
  tp.acceptQueue.length = 0;
  for (const child of inetOf(tp.sk.net).tcp.connections()) {
    if (child.listener !== tp) continue;
    child.orphan = true;
    tcpDone(child);
  }
  tcpDone(tp);
}
