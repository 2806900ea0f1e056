import { sysctlNumber } from './inet';
import { enterRecovery, tcpRetransmit, tcpSendAck, tcpSendProbe } from './tcp-output';
import type { TcpSock, TcpTimeouts } from './tcp-sock';
import { tcpDone, tcpReportError } from './tcp-state';
import { armProbeTimer, armRetransTimer } from './tcp-timer';

/** net/ipv4/tcp_timer.c. */
export const tcpTimeouts: TcpTimeouts = {
  retransmit: retransTimeout,
  delayedAck: delackTimeout,
  probe: probeTimeout,
  state: tcpDone,
};

/**
 * How often before giving up: tcp_syn_retries, tcp_synack_retries, tcp_retries2,
 * tcp_orphan_retries.
 */
function maxRetries(tp: TcpSock): number {
  const read = (name: string, otherwise: number) =>
    sysctlNumber(tp.sk.net, `net/ipv4/${name}`, otherwise);
  if (tp.sk.state === 'SYN_SENT') return read('tcp_syn_retries', 6) + synLinearTimeouts(tp);
  if (tp.sk.state === 'SYN_RECV') return read('tcp_synack_retries', 5);
  // tcp_orphan_retries() takes 8 where the sysctl is 0.
  if (tp.orphan) return read('tcp_orphan_retries', 0) || 8;
  return read('tcp_retries2', 15);
}

/** The first SYNs come again each second before the time-out grows. */
const synLinearTimeouts = (tp: TcpSock): number =>
  sysctlNumber(tp.sk.net, 'net/ipv4/tcp_syn_linear_timeouts', 4);

/** tcp_retransmit_timer(), tcp_write_timeout(). */
function retransTimeout(tp: TcpSock): void {
  if (tp.sk.state === 'CLOSE' || tp.sk.state === 'TIME_WAIT') return;
  if (tp.retransmits >= maxRetries(tp)) {
    tcpReportError(tp, tp.softError ?? 'ETIMEDOUT');
    return;
  }
  const opening = tp.sk.state === 'SYN_SENT' || tp.sk.state === 'SYN_RECV';
  if (tp.retransmits === 0 && !opening) enterRecovery(tp, 1);
  tp.retransmits++;
  if (tp.sk.state !== 'SYN_SENT' || tp.retransmits > synLinearTimeouts(tp)) tp.backoff++;
  tcpRetransmit(tp);
  armRetransTimer(tp);
}

/**
 * tcp_delack_timer_handler(): the answer did not come in time, so this is no interactive session.
 */
function delackTimeout(tp: TcpSock): void {
  if (!tp.ackPending || tp.sk.state === 'CLOSE') return;
  tp.pingpong = false;
  tcpSendAck(tp);
}

/** tcp_probe_timer(). */
function probeTimeout(tp: TcpSock): void {
  if (tp.sk.state === 'CLOSE' || tp.sendQueue.size === 0) return;
  if (tp.probes >= maxRetries(tp)) {
    tcpReportError(tp, tp.softError ?? 'ETIMEDOUT');
    return;
  }
  tp.probes++;
  tcpSendProbe(tp);
  armProbeTimer(tp);
}
