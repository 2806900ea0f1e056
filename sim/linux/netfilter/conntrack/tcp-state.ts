import { TH_ACK, TH_FIN, TH_RST, TH_SYN, TH_URG } from '../../../wire/frame';

/** enum tcp_conntrack; the transition table below is pure data. */
export const TCP_CT_STATES = [
  'NONE',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
  'SYN_SENT2',
] as const;
export type TcpCtState = (typeof TCP_CT_STATES)[number];

/** enum tcp_bit_set. */
export type TcpBits = 'SYN' | 'SYNACK' | 'FIN' | 'ACK' | 'RST' | 'NONE';

/** A next state, or TCP_CONNTRACK_IGNORE, or TCP_CONNTRACK_MAX. */
export type TcpNext = TcpCtState | 'IGNORE' | 'INVALID';

/** IP_CT_TCP_FLAG_*. */
export const FLAG_WINDOW_SCALE = 0x01;
export const FLAG_SACK_PERM = 0x02;
export const FLAG_CLOSE_INIT = 0x04;
export const FLAG_BE_LIBERAL = 0x08;
export const FLAG_DATA_UNACKNOWLEDGED = 0x10;
export const FLAG_MAXACK_SET = 0x20;
export const FLAG_EXP_CHALLENGE_ACK = 0x40;
export const FLAG_SIMULTANEOUS_OPEN = 0x80;

/** struct ip_ct_tcp_state: what one side has sent and may send. */
export interface TcpSeen {
  end: number;
  maxEnd: number;
  maxWin: number;
  maxAck: number;
  scale: number;
  flags: number;
}

/** struct ip_ct_tcp. */
export interface CtTcp {
  readonly seen: readonly [TcpSeen, TcpSeen];
  state: TcpCtState;
  lastDir: number;
  retrans: number;
  lastIndex: TcpBits;
  lastSeq: number;
  lastAck: number;
  lastEnd: number;
  lastWin: number;
  lastScale: number;
  lastFlags: number;
}

const newSeen = (): TcpSeen => ({ end: 0, maxEnd: 0, maxWin: 0, maxAck: 0, scale: 0, flags: 0 });

export const newCtTcp = (): CtTcp => ({
  seen: [newSeen(), newSeen()],
  state: 'NONE',
  lastDir: 0,
  retrans: 0,
  lastIndex: 'NONE',
  lastSeq: 0,
  lastAck: 0,
  lastEnd: 0,
  lastWin: 0,
  lastScale: 0,
  lastFlags: 0,
});

/** get_conntrack_index(). */
export function tcpBits(flags: number): TcpBits {
  if (flags & TH_RST) return 'RST';
  if (flags & TH_SYN) return flags & TH_ACK ? 'SYNACK' : 'SYN';
  if (flags & TH_FIN) return 'FIN';
  return flags & TH_ACK ? 'ACK' : 'NONE';
}

/** tcp_valid_flags[]: PSH, ECE and CWR are always valid. */
const VALID_FLAGS: ReadonlySet<number> = new Set([
  TH_SYN,
  TH_SYN | TH_URG,
  TH_SYN | TH_ACK,
  TH_RST,
  TH_RST | TH_ACK,
  TH_FIN | TH_ACK,
  TH_FIN | TH_ACK | TH_URG,
  TH_ACK,
  TH_ACK | TH_URG,
]);

export const validTcpFlags = (flags: number): boolean =>
  VALID_FLAGS.has(flags & (TH_FIN | TH_SYN | TH_RST | TH_ACK | TH_URG));

const SHORT: Readonly<Record<string, TcpNext>> = {
  SS: 'SYN_SENT',
  SR: 'SYN_RECV',
  ES: 'ESTABLISHED',
  FW: 'FIN_WAIT',
  CW: 'CLOSE_WAIT',
  LA: 'LAST_ACK',
  TW: 'TIME_WAIT',
  CL: 'CLOSE',
  S2: 'SYN_SENT2',
  IG: 'IGNORE',
  IV: 'INVALID',
};

const row = (text: string): readonly TcpNext[] =>
  text.split(' ').map((word) => SHORT[word] ?? 'INVALID');

/** tcp_conntracks[][][]: by direction and flags, one column a state in the order of TCP_CT_STATES. */
const NEXT: readonly [Record<TcpBits, readonly TcpNext[]>, Record<TcpBits, readonly TcpNext[]>] = [
  {
    SYN: row('SS SS IG IG IG IG IG SS SS S2'),
    SYNACK: row('IV IV SR IV IV IV IV IV IV SR'),
    FIN: row('IV IV FW FW LA LA LA TW CL IV'),
    ACK: row('ES IV ES ES CW CW TW TW CL IV'),
    RST: row('IV CL CL CL CL CL CL CL CL CL'),
    NONE: row('IV IV IV IV IV IV IV IV IV IV'),
  },
  {
    SYN: row('IV S2 IV IV IV IV IV SS IV S2'),
    SYNACK: row('IV SR IG IG IG IG IG IG IG SR'),
    FIN: row('IV IV FW FW LA LA LA TW CL IV'),
    ACK: row('IV IG SR ES CW CW TW TW CL IG'),
    RST: row('IV CL CL CL CL CL CL CL CL CL'),
    NONE: row('IV IV IV IV IV IV IV IV IV IV'),
  },
];

export const nextTcpState = (dir: 0 | 1, bits: TcpBits, old: TcpCtState): TcpNext =>
  NEXT[dir][bits][TCP_CT_STATES.indexOf(old)] ?? 'INVALID';

/** tcp_can_early_drop(). */
export const tcpCanEarlyDrop = (tcp: CtTcp): boolean =>
  tcp.state === 'FIN_WAIT' ||
  tcp.state === 'LAST_ACK' ||
  tcp.state === 'TIME_WAIT' ||
  tcp.state === 'CLOSE' ||
  tcp.state === 'CLOSE_WAIT';

/** nf_conntrack_tcp_established(). */
export const tcpIsEstablished = (tcp: CtTcp, assured: boolean): boolean =>
  tcp.state === 'ESTABLISHED' && assured;
