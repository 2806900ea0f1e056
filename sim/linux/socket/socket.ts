import { err, OK, ok, type Result } from '../../base/result';
import type { Family } from '../../wire/ip';
import type { Errno } from '../errno';
import type { Proc } from '../process';
import type { Blocking, WaitQueue } from '../wait-queue';
import type { Datagram } from './datagram';
import { type CapturedFrame, PacketSock } from './packet';
import { type RawPacket, RawSock } from './raw';
import type { SockAddr } from './sock';
import { installPacket, installRaw, installTcp, installUdp, type Opened } from './socket-file';
import { newTcpSock, tcpAccept, tcpConnect } from './tcp';
import type { TcpSock } from './tcp-sock';
import { UdpSock } from './udp';

/** socket(2) for each kind; the descriptor belongs to the process. */
export const openTcp = (proc: Proc, family: Family): Opened<TcpSock> =>
  installTcp(proc, newTcpSock(proc.netns, family));
export const openUdp = (proc: Proc, family: Family): Opened<UdpSock> =>
  installUdp(proc, new UdpSock(proc.netns, family));
export const openRaw = (proc: Proc, family: Family, protocol: number): Opened<RawSock> =>
  installRaw(proc, new RawSock(proc.netns, family, protocol));
export const openPacket = (proc: Proc, etherType?: number): Opened<PacketSock> =>
  installPacket(proc, new PacketSock(proc.netns, etherType));

/** What a blocking call may end with beside its result. */
export type Interrupted = 'EINTR' | 'EAGAIN';

/**
 * One blocking call: tries, and waits for the queue until it succeeds, `timeoutUs` passes (EAGAIN,
 * as SO_RCVTIMEO)
 * or a caught signal comes (EINTR).
 */
export function* block<T>(
  proc: Proc,
  queue: WaitQueue,
  attempt: () => T | 'EAGAIN',
  timeoutUs?: number,
): Blocking<T | Interrupted> {
  const until = timeoutUs === undefined ? undefined : proc.host.nowUs + timeoutUs;
  for (;;) {
    const got = attempt();
    if (got !== 'EAGAIN') return got;
    const left = until === undefined ? undefined : until - proc.host.nowUs;
    if (left !== undefined && left <= 0) return 'EAGAIN';
    const wake = yield { kind: 'wait', on: [queue], timeoutUs: left };
    if (wake.kind === 'signal' && proc.pending.length > 0) return 'EINTR';
  }
}

/**
 * connect(2) on a TCP socket. A time-out gives EINPROGRESS, as a non-blocking connect with poll
 * does.
 */
export function* connect(
  proc: Proc,
  tp: TcpSock,
  to: SockAddr,
  timeoutUs?: number,
): Blocking<Result<undefined, Errno>> {
  const started = tcpConnect(tp, to);
  if (!started.ok) return started;
  const done = yield* block<Result<undefined, Errno>>(
    proc,
    tp.sk.writable,
    () => {
      const error = tp.sk.takeError();
      if (error) return err(error);
      if (tp.sk.state === 'SYN_SENT' || tp.sk.state === 'SYN_RECV') return 'EAGAIN';
      return tp.sk.state === 'CLOSE' ? err('ECONNABORTED') : OK;
    },
    timeoutUs,
  );
  if (done === 'EAGAIN') return err('EINPROGRESS');
  return done === 'EINTR' ? err('EINTR') : done;
}

/** accept(2). */
export function* accept(
  proc: Proc,
  tp: TcpSock,
  timeoutUs?: number,
): Blocking<Result<Opened<TcpSock>, Errno>> {
  const got = yield* block(proc, tp.sk.readable, () => tcpAccept(tp), timeoutUs);
  return typeof got === 'string' ? err(got) : ok(installTcp(proc, got));
}

/** recvfrom(2) on a UDP socket. */
export const recvfrom = (
  proc: Proc,
  udp: UdpSock,
  timeoutUs?: number,
): Blocking<Datagram | Errno> => block(proc, udp.sk.readable, () => udp.recv(), timeoutUs);

/** recvmsg(2) on a raw socket. */
export const recvRaw = (
  proc: Proc,
  raw: RawSock,
  timeoutUs?: number,
): Blocking<RawPacket | Errno> => block(proc, raw.sk.readable, () => raw.recv(), timeoutUs);

/** recvmsg(2) on a packet socket. */
export const recvPacket = (
  proc: Proc,
  packet: PacketSock,
  timeoutUs?: number,
): Blocking<CapturedFrame | Errno> =>
  block(proc, packet.sk.readable, () => packet.recv(), timeoutUs);
