import { type FileOps, OpenFile } from '../open-file';
import type { Proc } from '../process';
import type { WaitQueue } from '../wait-queue';
import type { PacketSock } from './packet';
import type { RawSock } from './raw';
import type { Sock, SockOwner } from './sock';
import { tcpClose, tcpRecv, tcpSend } from './tcp';
import { TCP_SNDBUF, type TcpSock } from './tcp-sock';
import type { UdpSock } from './udp';

/** A socket of a process: its descriptor and what is behind it. */
export interface Opened<T> {
  readonly fd: number;
  readonly file: OpenFile;
  readonly sock: T;
}

/** What the descriptor of a socket of any family needs of it. */
export interface Wakeable {
  readonly ino: number;
  readonly readable: WaitQueue;
  readonly writable: WaitQueue;
  owner: SockOwner | undefined;
}

/** sock_alloc_file(), net/socket.c: the descriptor that closes the socket when its process ends. */
export function installFile<T>(
  proc: Proc,
  sk: Wakeable,
  sock: T,
  ops: Partial<FileOps>,
): Opened<T> {
  const all: FileOps = {
    kind: 'socket',
    label: `socket:[${sk.ino}]`,
    readable: sk.readable,
    writable: sk.writable,
    read: () => 'EINVAL',
    write: () => 'EINVAL',
    poll: () => ({ in: false, out: true }),
    ...ops,
  };
  const file = new OpenFile(all, { read: true, write: true }, all.label ?? 'socket:');
  const fd = proc.install(file, 3);
  sk.owner = { pid: proc.pid, comm: proc.comm, fd };
  return { fd, file, sock };
}

function install<T>(proc: Proc, sk: Sock, sock: T, ops: Partial<FileOps>): Opened<T> {
  sk.uid = proc.uid;
  return installFile(proc, sk, sock, ops);
}

/** tcp_poll(). */
export function installTcp(proc: Proc, tp: TcpSock): Opened<TcpSock> {
  return install(proc, tp.sk, tp, {
    read: (_file, max) => tcpRecv(tp, max),
    write: (_file, bytes) => tcpSend(tp, bytes),
    poll: () => ({
      in: isTcpReadable(tp),
      out: tp.sk.state !== 'SYN_SENT' && tp.sendQueue.size < TCP_SNDBUF,
      hup: tp.rcvShutdown && tp.sndShutdown,
    }),
    release: () => tcpClose(tp),
  });
}

export const isTcpReadable = (tp: TcpSock): boolean =>
  tp.receiveQueue.size > 0 ||
  tp.rcvShutdown ||
  tp.acceptQueue.length > 0 ||
  tp.sk.error !== undefined;

export function installUdp(proc: Proc, udp: UdpSock): Opened<UdpSock> {
  return install(proc, udp.sk, udp, {
    read: (_file, max) => {
      const got = udp.recv();
      return typeof got === 'string' ? got : got.data.subarray(0, max);
    },
    write: (_file, bytes) => {
      const sent = udp.sendto(bytes);
      return sent.ok ? sent.value : sent.error;
    },
    poll: () => ({ in: udp.queue.length > 0 || udp.sk.error !== undefined, out: true }),
    release: () => udp.close(),
  });
}

export const installRaw = (proc: Proc, raw: RawSock): Opened<RawSock> =>
  install(proc, raw.sk, raw, {
    poll: () => ({ in: raw.pending > 0 || raw.sk.error !== undefined, out: true }),
    release: () => raw.close(),
  });

export const installPacket = (proc: Proc, packet: PacketSock): Opened<PacketSock> =>
  install(proc, packet.sk, packet, { release: () => packet.close() });
