import { sysctlNumber } from './inet';
import {
  TCP_DELACK_MIN,
  TCP_RTO_MAX,
  TCP_RTO_MIN,
  TCP_TIMEWAIT_LEN,
  type TcpSock,
} from './tcp-sock';
import { wheelDelayUs } from './timer-wheel';

/** tcp_rearm_rto() where no timer runs. */
export function armRetransTimer(tp: TcpSock): void {
  if (tp.retransTimer) return;
  const delay = Math.min(tp.rtoUs * 2 ** tp.backoff, TCP_RTO_MAX);
  const { scheduler } = tp.sk.net.kernel;
  tp.retransTimer = scheduler.after(wheelDelayUs(scheduler.nowUs, delay), () => {
    tp.retransTimer = undefined;
    tp.timeouts.retransmit(tp);
  });
}

/** After an acknowledgement of new data: from now on, or not at all. */
export function rearmRetransTimer(tp: TcpSock): void {
  tp.retransTimer?.cancel();
  tp.retransTimer = undefined;
  if (tp.inFlight > 0) armRetransTimer(tp);
}

/** tcp_send_delayed_ack(). */
export function armAckTimer(tp: TcpSock): void {
  if (tp.ackTimer) return;
  tp.ackPending = true;
  tp.ackTimer = tp.sk.net.kernel.scheduler.after(TCP_DELACK_MIN, () => {
    tp.ackTimer = undefined;
    tp.timeouts.delayedAck(tp);
  });
}

export function clearAckTimer(tp: TcpSock): void {
  tp.ackPending = false;
  tp.ackTimer?.cancel();
  tp.ackTimer = undefined;
}

/** tcp_check_probe_timer(): the window is closed and nothing is in flight. */
export function armProbeTimer(tp: TcpSock): void {
  if (tp.probeTimer) return;
  const delay = Math.min(Math.max(tp.rtoUs, TCP_RTO_MIN) * 2 ** tp.probes, TCP_RTO_MAX);
  tp.probeTimer = tp.sk.net.kernel.scheduler.after(delay, () => {
    tp.probeTimer = undefined;
    tp.timeouts.probe(tp);
  });
}

export function clearProbeTimer(tp: TcpSock): void {
  tp.probes = 0;
  tp.probeTimer?.cancel();
  tp.probeTimer = undefined;
}

/** tcp_time_wait(): TIME-WAIT lasts 60 s; FIN-WAIT-2 of a closed socket tcp_fin_timeout. */
export function armStateTimer(tp: TcpSock, state: 'TIME_WAIT' | 'FIN_WAIT2'): void {
  tp.stateTimer?.cancel();
  const finTimeout = sysctlNumber(tp.sk.net, 'net/ipv4/tcp_fin_timeout', 60) * 1_000_000;
  const delay = state === 'TIME_WAIT' ? TCP_TIMEWAIT_LEN : finTimeout;
  tp.stateTimer = tp.sk.net.kernel.scheduler.after(delay, () => tp.timeouts.state(tp));
}

/**
 * tcp_rtt_estimator(), tcp_set_rto(): RFC 6298 with Linux's floor of tcp_rto_min for the deviation.
 */
export function rttEstimate(tp: TcpSock, rttUs: number): void {
  if (tp.srttUs === 0) {
    tp.srttUs = Math.max(1, rttUs);
    tp.rttvarUs = rttUs / 2;
  } else {
    tp.rttvarUs = (3 * tp.rttvarUs + Math.abs(tp.srttUs - rttUs)) / 4;
    tp.srttUs = (7 * tp.srttUs + rttUs) / 8;
  }
  const deviation = Math.max(4 * tp.rttvarUs, TCP_RTO_MIN);
  tp.rtoUs = Math.min(Math.round(tp.srttUs + deviation), TCP_RTO_MAX);
}
