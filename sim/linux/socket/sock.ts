import type { Ip } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import type { Errno } from '../errno';
import type { Kernel } from '../kernel';
import type { Netns } from '../netns';
import type { PmtuDiscover, SkbSock } from '../sk-buff';
import { WaitQueue } from '../wait-queue';

/** struct sockaddr_in, sockaddr_in6. */
export interface SockAddr {
  readonly addr: Ip;
  readonly port: number;
  /** sin6_scope_id: an ifindex. */
  readonly scopeId?: number | undefined;
}

/** sk_state, include/net/tcp_states.h; UDP knows CLOSE and ESTABLISHED. */
export type SockState =
  | 'ESTABLISHED'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'FIN_WAIT1'
  | 'FIN_WAIT2'
  | 'TIME_WAIT'
  | 'CLOSE'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'LISTEN'
  | 'CLOSING';

export type SockType = 'stream' | 'dgram' | 'raw' | 'packet';

/** struct sock_extended_err with what recvmsg(MSG_ERRQUEUE) gives beside it. */
export interface ExtendedError {
  readonly errno: Errno;
  readonly origin: 'local' | 'icmp' | 'icmp6';
  readonly type: number;
  readonly code: number;
  readonly info: number;
  /** SO_EE_OFFENDER: who sent the ICMP error. */
  readonly offender: Ip | undefined;
  /** TTL with which the ICMP error came. */
  readonly ttl: number | undefined;
  /** Destination of the packet that failed. */
  readonly dst: SockAddr;
  /** What is left of that packet, from its transport header (raw) or payload (udp) on. */
  readonly data: Uint8Array;
  readonly atUs: number;
}

/** net.core.rmem_default of a 64-bit kernel. */
export const SK_RMEM_DEFAULT = 212_992;
/** What an skb costs beside its bytes: SKB_TRUESIZE(). */
export const SKB_OVERHEAD = 768;
/** Errors kept per socket; the kernel bounds them by sk_rcvbuf. */
const MAX_ERRORS = 256;

/** Who owns a socket, for `ss -p`. */
export interface SockOwner {
  readonly pid: number;
  readonly comm: string;
  readonly fd: number;
}

export interface SockInit {
  readonly family: Family;
  readonly type: SockType;
  readonly protocol: number;
}

/** struct sock and struct inet_sock: what all sockets have. */
export class Sock implements SkbSock {
  readonly family: Family;
  readonly type: SockType;
  readonly protocol: number;
  readonly ino: number;
  state: SockState = 'CLOSE';
  /** inet_rcv_saddr; undefined = any address. */
  local: Ip | undefined;
  /** inet_num. */
  localPort = 0;
  peer: Ip | undefined;
  peerPort = 0;
  /** sk_bound_dev_if. */
  boundIfindex = 0;
  /** SOCK_BINDADDR_LOCK, SOCK_BINDPORT_LOCK: bind() chose them, not connect(). */
  boundAddr = false;
  boundPort = false;
  reuseAddr = false;
  reusePort = false;
  broadcast = false;
  v6only = false;
  freebind = false;
  ttl: number | undefined;
  multicastTtl = 1;
  multicastLoop = true;
  tos = 0;
  mark = 0;
  /** inet_create(): the namespace's default. */
  pmtuDiscover: PmtuDiscover;
  recvErr = false;
  dontRoute = false;
  rcvbuf = SK_RMEM_DEFAULT;
  uid = 0;
  owner: SockOwner | undefined;
  closed = false;
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();
  /** sk_err: taken by the next call. */
  #error: Errno | undefined;
  readonly #errors: ExtendedError[] = [];

  constructor(
    readonly net: Netns,
    init: SockInit,
  ) {
    this.family = init.family;
    this.type = init.type;
    this.protocol = init.protocol;
    this.ino = nextSocketInode(net.kernel);
    this.pmtuDiscover = net.ipv4.sysctl.ip_no_pmtu_disc === 0 ? 'want' : 'dont';
  }

  get error(): Errno | undefined {
    return this.#error;
  }

  set error(errno: Errno | undefined) {
    this.#error = errno;
    if (errno) this.wakeAll();
  }

  /** sock_error(): the pending error, which is then gone. */
  takeError(): Errno | undefined {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }

  get hasErrors(): boolean {
    return this.#errors.length > 0;
  }

  /** ip_icmp_error(), ip_local_error(), net/ipv4/ip_sockglue.c. */
  queueError(error: ExtendedError): void {
    if (this.#errors.length < MAX_ERRORS) this.#errors.push(error);
    this.wakeAll();
  }

  /** recvmsg(MSG_ERRQUEUE), sock_dequeue_err_skb(): the pending error is the next one's, or none. */
  takeExtendedError(): ExtendedError | undefined {
    const error = this.#errors.shift();
    const [next] = this.#errors;
    if (next && next.origin !== 'local') this.error = next.errno;
    else if (error && error.origin !== 'local') this.#error = undefined;
    return error;
  }

  wakeAll(): void {
    this.readable.wake();
    this.writable.wake();
  }

  get nowUs(): number {
    return this.net.kernel.scheduler.nowUs;
  }
}

const inodes = new WeakMap<Kernel, number>();

/** get_next_ino(), fs/inode.c, for sockfs: the number in `socket:[20001]`. */
export function nextSocketInode(kernel: Kernel): number {
  const ino = (inodes.get(kernel) ?? 20_000) + 1;
  inodes.set(kernel, ino);
  return ino;
}

/** The unspecified address of a family. */
export const anyOf = (family: Family): Ip => (family === 4 ? 0 : 0n);
export const isAny = (ip: Ip): boolean => ip === 0 || ip === 0n;

/** ::ffff:a.b.c.d as the IPv4 address that it means; sockets keep that. */
export const unmapped = (ip: Ip): Ip =>
  typeof ip === 'bigint' && ip >> 32n === 0xffffn ? Number(ip & 0xffff_ffffn) : ip;

/** The address as a socket of this family shows it: an IPv4 peer of an IPv6 socket is mapped. */
export const mappedFor = (family: Family, ip: Ip): Ip =>
  family === 6 && typeof ip === 'number' ? (0xffffn << 32n) | BigInt(ip) : ip;

/** Whether a socket may talk to this address at all: inet_shutdown's families, IPV6_V6ONLY. */
export const speaksTo = (sk: Sock, ip: Ip): boolean =>
  typeof ip === 'bigint' ? sk.family === 6 : sk.family === 4 || !sk.v6only;
