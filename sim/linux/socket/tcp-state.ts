import type { Errno } from '../errno';
import { inetOf } from './inet-tables';
import type { TcpSock } from './tcp-sock';

/** tcp_done(), inet_csk_destroy_sock(): the connection is over. */
export function tcpDone(tp: TcpSock): void {
  const { sk } = tp;
  tp.clearTimers();
  const { tcp } = inetOf(sk.net);
  tcp.unhashConnection(tp);
  if (sk.state === 'LISTEN') tcp.unhashListener(tp);
  if (tp.listener && sk.state === 'SYN_RECV') tp.listener.synQueue--;
  sk.state = 'CLOSE';
  tp.sendQueue.clear();
  if (tp.orphan || !sk.boundPort) tcp.bind.remove(sk);
  if (tp.orphan) tp.receiveQueue.clear();
  tp.sndShutdown = true;
  tp.rcvShutdown = true;
  sk.wakeAll();
}

/** tcp_write_err(), tcp_reset(): the program learns why. */
export function tcpReportError(tp: TcpSock, errno: Errno): void {
  tcpDone(tp);
  if (!tp.orphan) tp.sk.error = errno;
}
