import type { DiagSock } from '../../../linux/socket/diag';
import type { TcpSock } from '../../../linux/socket/tcp-sock';

/** print_ms_timer(), misc/ss.c. */
function duration(us: number): string {
  const ms = Math.max(0, Math.round(us / 1000));
  const minutes = Math.trunc(ms / 60_000);
  const seconds = Math.trunc(ms / 1000) % 60;
  const rest = ms % 1000;
  let text = minutes > 0 ? `${minutes}min` : '';
  if (seconds > 0) text += `${seconds}${rest > 0 && minutes === 0 ? '.' : 'sec'}`;
  if (rest > 0 && minutes === 0) text += `${seconds > 0 ? String(rest).padStart(3, '0') : rest}ms`;
  return text === '' ? '0ms' : text;
}

/** tcp_timer_print(). */
export function timerText(tp: TcpSock): string {
  const now = tp.sk.nowUs;
  if (tp.sk.state === 'TIME_WAIT' && tp.stateTimer) {
    return `timer:(timewait,${duration(tp.stateTimer.atUs - now)},0)`;
  }
  if (tp.retransTimer) {
    return `timer:(on,${duration(tp.retransTimer.atUs - now)},${tp.retransmits})`;
  }
  if (tp.probeTimer) return `timer:(persist,${duration(tp.probeTimer.atUs - now)},${tp.probes})`;
  return '';
}

/** tcp_stats_print(). */
export function infoText(tp: TcpSock): string {
  const parts: string[] = [];
  if (tp.tstampOk) parts.push('ts');
  if (tp.sackOk) parts.push('sack');
  parts.push('cubic');
  if (tp.wscaleOk) parts.push(`wscale:${tp.sndWscale},${tp.rcvWscale}`);
  parts.push(`rto:${Math.round(tp.rtoUs / 1000)}`);
  if (tp.backoff > 0) parts.push(`backoff:${tp.backoff}`);
  const ms = (us: number) => String(Number((us / 1000).toPrecision(6)));
  if (tp.srttUs > 0) parts.push(`rtt:${ms(tp.srttUs)}/${ms(tp.rttvarUs)}`);
  if (tp.atoUs > 0) parts.push(`ato:${Math.round(tp.atoUs / 1000)}`);
  parts.push(`mss:${tp.mssCache}`, `rcvmss:${tp.rcvMss}`, `advmss:${tp.advmss}`, `cwnd:${tp.cwnd}`);
  if (tp.ssthresh < 0xffff) parts.push(`ssthresh:${tp.ssthresh}`);
  if (tp.bytesAcked > 0) parts.push(`bytes_acked:${tp.bytesAcked}`);
  if (tp.bytesReceived > 0) parts.push(`bytes_received:${tp.bytesReceived}`);
  parts.push(`segs_out:${tp.segsOut}`, `segs_in:${tp.segsIn}`);
  if (tp.inFlight > 0) parts.push(`unacked:${Math.ceil(tp.inFlight / tp.mssCache)}`);
  if (tp.totalRetrans > 0) parts.push(`retrans:${tp.retransmits > 0 ? 1 : 0}/${tp.totalRetrans}`);
  return parts.join(' ');
}

/** SK_RMEM_MAX's default for datagrams, tcp_rmem[1] and tcp_wmem[1]; a connection's buffer grew at once. */
const DATAGRAM_BUFFER = 212_992;
const TCP_RECEIVE_BUFFER = 131_072;
const TCP_SEND_BUFFER = 16_384;
const CONNECTED_SEND_BUFFER = 87_040;

/** print_skmeminfo(). */
export function memoryText(s: DiagSock): string {
  const send = s.state === 'LISTEN' ? TCP_SEND_BUFFER : CONNECTED_SEND_BUFFER;
  const [rb, tb] = s.tcp ? [TCP_RECEIVE_BUFFER, send] : [DATAGRAM_BUFFER, DATAGRAM_BUFFER];
  return `skmem:(r0,rb${rb},t0,tb${tb},f0,w0,o0,bl0,d0)`;
}
