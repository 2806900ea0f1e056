import type { Timer } from '../../base/scheduler';
import { IPPROTO_TCP } from '../../wire/frame';
import { type Family, familyOf } from '../../wire/ip';
import type { Dst } from '../ip/dst';
import type { Netns } from '../netns';
import { ByteQueue } from './byte-queue';
import { sysctlNumber, sysctlNumbers } from './inet';
import { Sock } from './sock';

/** A segment that came before its turn. */
export interface OutOfOrder {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly fin: boolean;
}

/** TCP_INIT_CWND, include/net/tcp.h. */
export const TCP_INIT_CWND = 10;
/** TCP_TIMEOUT_INIT, TCP_RTO_MIN, TCP_RTO_MAX, in µs. */
export const TCP_TIMEOUT_INIT = 1_000_000;
export const TCP_RTO_MIN = 200_000;
export const TCP_RTO_MAX = 120_000_000;
/** TCP_TIMEWAIT_LEN. */
export const TCP_TIMEWAIT_LEN = 60_000_000;
/** TCP_DELACK_MIN, TCP_ATO_MIN: 40 ms. */
export const TCP_DELACK_MIN = 40_000;
/** TCP_MAX_QUICKACKS. */
export const TCP_MAX_QUICKACKS = 16;
/** What a sender may have queued; the kernel tunes it from tcp_wmem, here it is fixed. */
export const TCP_SNDBUF = 262_144;
/** The window that tcp_select_initial_window() starts from: half of tcp_rmem[1]. */
export const TCP_RCV_SPACE = 65_536;

/** Sysctls that a connection reads when it is made. */
export interface TcpSysctls {
  readonly timestamps: boolean;
  readonly sack: boolean;
  readonly windowScaling: boolean;
}

/** inet_csk_init_xmit_timers(): what runs when a timer of the connection expires. */
export interface TcpTimeouts {
  readonly retransmit: (tp: TcpSock) => void;
  readonly delayedAck: (tp: TcpSock) => void;
  readonly probe: (tp: TcpSock) => void;
  readonly state: (tp: TcpSock) => void;
}

/** struct tcp_sock: the fields of RFC 9293 §3.3.1 under the kernel's names. */
export class TcpSock {
  readonly sk: Sock;
  /** Cached route, sk_dst_cache. */
  dst: Dst | undefined;
  iss = 0;
  irs = 0;
  sndUna = 0;
  sndNxt = 0;
  sndWnd = 0;
  sndWl1 = 0;
  /** snd_wscale, rcv_wscale; 0 if not negotiated. */
  sndWscale = 0;
  rcvWscale = 0;
  rcvNxt = 0;
  rcvWup = 0;
  rcvWnd = 0;
  /** Room for received bytes; the window never promises more. */
  rcvSpace = TCP_RCV_SPACE;
  /** MSS the peer announced (or 536), and what we may send now. */
  mssClamp = 536;
  mssCache = 536;
  advmss = 1460;
  /** Largest segment seen from the peer: rcv_mss of the ack code. */
  rcvMss = 536;
  wscaleOk = false;
  tstampOk = false;
  sackOk = false;
  tsOffset = 0;
  tsRecent = 0;
  readonly sendQueue = new ByteQueue();
  readonly receiveQueue = new ByteQueue();
  ofo: OutOfOrder[] = [];
  /** FIN was asked for (shutdown or close), and was sent. */
  /** TCP_NODELAY. */
  noDelay = false;
  /** End of the last short segment sent, for Nagle's rule. */
  sndSml = 0;
  finQueued = false;
  finSent = false;
  /** RCV_SHUTDOWN: the peer's FIN came, or we shut down reading. */
  rcvShutdown = false;
  sndShutdown = false;
  cwnd = TCP_INIT_CWND;
  ssthresh = 0x7fff_ffff;
  cwndCnt = 0;
  dupAcks = 0;
  /** Highest byte sent when loss recovery began; undefined outside of it. */
  highSeq: number | undefined;
  srttUs = 0;
  rttvarUs = 0;
  rtoUs = TCP_TIMEOUT_INIT;
  /** The one segment whose round trip is being timed. */
  rttSeq: { readonly end: number; readonly atUs: number } | undefined;
  retransmits = 0;
  totalRetrans = 0;
  backoff = 0;
  firstUnackedUs = 0;
  softError: Sock['error'];
  quickAcks = 0;
  pingpong = false;
  atoUs = 0;
  lastRcvUs = 0;
  ackPending = false;
  retransTimer: Timer | undefined;
  ackTimer: Timer | undefined;
  /** Zero-window probe, or the end of FIN-WAIT-2 and TIME-WAIT. */
  stateTimer: Timer | undefined;
  probeTimer: Timer | undefined;
  probes = 0;
  /** Closed by its program; nobody will read any more. */
  orphan = false;
  /** LISTEN only. */
  backlog = 0;
  readonly acceptQueue: TcpSock[] = [];
  synQueue = 0;
  /** The listener of a connection in SYN-RECV, or one not yet accepted. */
  listener: TcpSock | undefined;
  ipId: number;
  bytesAcked = 0;
  bytesReceived = 0;
  segsOut = 0;
  segsIn = 0;
  sinceUs: number;

  constructor(
    net: Netns,
    family: Family,
    readonly timeouts: TcpTimeouts,
  ) {
    this.sk = new Sock(net, { family, type: 'stream', protocol: IPPROTO_TCP });
    this.sinceUs = this.sk.nowUs;
    this.ipId = net.kernel.random.stream('ipid').below(0x1_0000);
  }

  /** The four-tuple as a hash key. */
  get tuple() {
    const { sk } = this;
    return {
      local: sk.local ?? 0,
      localPort: sk.localPort,
      peer: sk.peer ?? 0,
      peerPort: sk.peerPort,
    };
  }

  /** The family that travels, which a dual-stack socket's own may differ from. */
  get wireFamily(): Family {
    return familyOf(this.sk.peer ?? 0);
  }

  get sysctls(): TcpSysctls {
    const on = (name: string) => sysctlNumber(this.sk.net, `net/ipv4/tcp_${name}`, 1) !== 0;
    return { timestamps: on('timestamps'), sack: on('sack'), windowScaling: on('window_scaling') };
  }

  /** rcv_wscale of tcp_select_initial_window(): from the largest buffer the window may grow to. */
  get offeredWscale(): number {
    const rmem = sysctlNumbers(this.sk.net, 'net/ipv4/tcp_rmem', DEFAULT_TCP_RMEM)[2] ?? 0;
    return Math.min(14, Math.max(0, Math.floor(Math.log2(Math.max(rmem, 65_535))) - 15));
  }

  /** tcp_time_stamp_ts(): milliseconds with a random offset per connection. */
  get tsNow(): number {
    return (Math.floor(this.sk.nowUs / 1000) + this.tsOffset) >>> 0;
  }

  /** Bytes between snd_una and snd_nxt. */
  get inFlight(): number {
    return (this.sndNxt - this.sndUna) >>> 0;
  }

  clearTimers(): void {
    this.retransTimer?.cancel();
    this.ackTimer?.cancel();
    this.stateTimer?.cancel();
    this.probeTimer?.cancel();
    this.retransTimer = undefined;
    this.ackTimer = undefined;
    this.stateTimer = undefined;
    this.probeTimer = undefined;
  }
}

/** net.ipv4.tcp_rmem: min, default, max. */
const DEFAULT_TCP_RMEM = [4096, 131_072, 33_554_432];
