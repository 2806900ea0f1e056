import { strerror } from '../../../linux/errno';
import type { Program } from '../../../linux/inode';
import type { Proc } from '../../../linux/process';
import { print, printError } from '../../../linux/process-io';
import {
  type DiagSock,
  packetSockets,
  rawSockets,
  tcpSockets,
  udpSockets,
} from '../../../linux/socket/diag';
import type { Sock, SockState } from '../../../linux/socket/sock';
import { type UnixSock, unixSockets } from '../../../linux/socket/unix';
import type { Blocking } from '../../../linux/wait-queue';
import type { Ip } from '../../../wire/frame';
import { formatIp } from '../../../wire/ip';
import { serviceName } from '../../../wire/services';
import { getopt, type LongOption } from '../../glibc/getopt';
import { Stdio } from '../command';
import { enterNamedNetns } from '../netns-switch';
import { type ColumnName, type Row, renderTable } from './columns';
import { ALL_STATES, CONNECTED, parseFilter, type SsFilter } from './filter';
import { parseQuery, type Query } from './query';
import { summaryText } from './summary';
import { infoText, memoryText, timerText } from './tcp-info';
import { USAGE } from './usage';

interface Options {
  readonly query: Query;
  readonly has: (letter: string) => boolean;
}

const LONG: readonly LongOption[] = [
  { name: 'numeric', short: 'n' },
  { name: 'options', short: 'o' },
  { name: 'extended', short: 'e' },
  { name: 'processes', short: 'p' },
  { name: 'info', short: 'i' },
  { name: 'tcp', short: 't' },
  { name: 'udp', short: 'u' },
  { name: 'raw', short: 'w' },
  { name: 'unix', short: 'x' },
  { name: 'packet', short: '0' },
  { name: 'all', short: 'a' },
  { name: 'listening', short: 'l' },
  { name: 'ipv4', short: '4' },
  { name: 'ipv6', short: '6' },
  { name: 'no-header', short: 'H' },
  { name: 'oneline', short: 'O' },
  { name: 'summary', short: 's' },
  { name: 'resolve', short: 'r' },
  { name: 'version', short: 'V' },
  { name: 'help', short: 'h' },
  { name: 'memory', short: 'm' },
  { name: 'kill', short: 'K' },
  { name: 'events', short: 'E' },
  { name: 'family', short: 'f', argument: 'required' },
  { name: 'query', short: 'A', argument: 'required' },
  { name: 'socket', short: 'A', argument: 'required' },
  { name: 'diag', short: 'D', argument: 'required' },
  { name: 'filter', short: 'F', argument: 'required' },
  { name: 'net', short: 'N', argument: 'required' },
  { name: 'context', short: 'Z' },
  { name: 'contexts', short: 'z' },
  { name: 'bpf', short: 'b' },
  { name: 'threads', short: 'T' },
  { name: 'cgroup' },
  { name: 'dccp', short: 'd' },
  { name: 'inet-sockopt' },
  { name: 'mptcp', short: 'M' },
  { name: 'sctp', short: 'S' },
  { name: 'tipc' },
  { name: 'tipcinfo' },
  { name: 'tos' },
  { name: 'vsock' },
  { name: 'xdp' },
];

const NOT_SIMULATED = [
  ...['K', 'E', 'Z', 'z', 'b', 'B', 'M', 'S', 'd', 'D', 'F', 'T'],
  ...['cgroup', 'inet-sockopt', 'tipc', 'tipcinfo', 'tos', 'vsock', 'xdp'],
];

/** ss(8) of iproute2 6.1.0. */
export const ss: Program = function* (proc, argv) {
  const parsed = getopt(argv, 'haletuwxnro460spiHOVmKEZzbBMSdf:A:D:F:N:T', LONG);
  if (!parsed.ok) {
    yield* printError(proc, `${parsed.error}${USAGE}`);
    return 255;
  }
  const letters = new Set(parsed.options.map((o) => o.name));
  const missing = NOT_SIMULATED.find((letter) => letters.has(letter));
  if (missing !== undefined) {
    yield* printError(
      proc,
      `hopwise: ss: ${missing.length > 1 ? '-' : ''}-${missing} is not simulated\n`,
    );
    return 2;
  }
  if (letters.has('h') || letters.has('V')) {
    yield* print(proc, letters.has('h') ? USAGE : 'ss utility, iproute2-6.1.0, libbpf 1.1.0\n');
    return 0;
  }
  if (letters.has('s')) {
    yield* print(proc, summaryText(proc.netns));
    return 0;
  }
  const query = parseQuery(parsed.options);
  if (typeof query === 'string') {
    yield* printError(proc, query + USAGE);
    return 255;
  }
  for (const { name, value = '' } of parsed.options) {
    if (name === 'N' && !(yield* enter(proc, value))) return 1;
  }
  return yield* list(proc, { query, has: (letter) => letters.has(letter) }, parsed.operands);
};

/** -N: netns_switch(). */
function* enter(proc: Proc, name: string): Blocking<boolean> {
  const stdio = new Stdio();
  const entered = enterNamedNetns(proc, stdio, name);
  yield* printError(
    proc,
    stdio
      .take()
      .map((c) => c.text)
      .join(''),
  );
  return entered;
}

function initialStates(options: Options): readonly SockState[] {
  if (options.has('a')) return ALL_STATES;
  if (options.has('l')) return ['LISTEN', 'CLOSE'];
  return CONNECTED;
}

function* list(proc: Proc, options: Options, words: readonly string[]): Blocking<number> {
  const initial = initialStates(options);
  const filter = parseFilter(words, initial);
  if (!filter.ok) {
    yield* printError(proc, filter.error.text);
    return filter.error.code;
  }
  if (options.query.dccp) yield* printError(proc, `RTNETLINK answers: ${strerror('EINVAL')}\n`);
  const states = filter.value.states ?? new Set(initial);
  const hidden = new Set<ColumnName>();
  if (options.query.single) hidden.add('netid');
  if (states.size === 1) hidden.add('state');
  const sockets = socketsOf(proc, options).filter((s) =>
    isWanted(s, options, states, filter.value),
  );
  if (options.has('e') && sockets.length > 0) {
    yield* printError(proc, 'Failed to open cgroup2 mount\n');
  }
  const rows = sockets.map((s) => rowOf(proc, s, options));
  const packets = options.query.tables.has('packet') && states.has('CLOSE') ? packetRows(proc) : [];
  const unix = options.query.tables.has('unix') && !filter.value.expression;
  const streams = unix ? unixRows(proc, states, options) : [];
  const tty = proc.fds.get(1)?.ops.kind === 'tty' ? proc.tty : undefined;
  const table = { hidden, header: !options.has('H'), screen: tty?.columns };
  yield* print(proc, renderTable([...packets, ...streams, ...rows], table));
  return 0;
}

/** The order in which ss asks: packet, unix, raw, udp, tcp. */
function socketsOf(proc: Proc, options: Options): readonly DiagSock[] {
  const protocols = options.query.tables;
  return [
    ...(protocols.has('raw') ? rawSockets(proc.netns) : []),
    ...(protocols.has('udp') ? udpSockets(proc.netns) : []),
    ...(protocols.has('tcp') ? tcpSockets(proc.netns) : []),
  ];
}

function isWanted(
  s: DiagSock,
  options: Options,
  states: ReadonlySet<SockState>,
  filter: SsFilter,
): boolean {
  const { family } = options.query;
  if (family !== undefined && s.family !== family) return false;
  return states.has(s.state) && filter.matches(s);
}

const STATE_TEXTS: Readonly<Record<SockState, string>> = {
  ESTABLISHED: 'ESTAB',
  SYN_SENT: 'SYN-SENT',
  SYN_RECV: 'SYN-RECV',
  FIN_WAIT1: 'FIN-WAIT-1',
  FIN_WAIT2: 'FIN-WAIT-2',
  TIME_WAIT: 'TIME-WAIT',
  CLOSE: 'UNCONN',
  CLOSE_WAIT: 'CLOSE-WAIT',
  LAST_ACK: 'LAST-ACK',
  LISTEN: 'LISTEN',
  CLOSING: 'CLOSING',
};

function rowOf(proc: Proc, s: DiagSock, options: Options): Row {
  const port = (n: number): string => {
    if (n === 0) return '*';
    if (s.protocol === 'raw') return options.has('n') ? String(n) : (RAW_NAMES[n] ?? String(n));
    return options.has('n') ? String(n) : (serviceName(n, s.protocol) ?? String(n));
  };
  const bound = proc.netns.deviceByIndex(s.sk.boundIfindex)?.name;
  return {
    netid: s.protocol,
    state: STATE_TEXTS[s.state],
    recvq: String(s.recvQ),
    sendq: String(s.sendQ),
    localAddr: `${addressText(s, s.src, bound)}:`,
    localPort: port(s.srcPort),
    peerAddr: `${addressText(s, s.dst, undefined)}:`,
    peerPort: port(s.dstPort),
    process: options.has('p') && s.state !== 'TIME_WAIT' ? usersText(s.sk) : '',
    extra: detailText(s, options),
  };
}

const RAW_NAMES: Readonly<Record<number, string>> = { 1: 'icmp', 58: 'ipv6-icmp', 255: 'raw' };

/** inet_addr_print(): `*` is the wildcard of both families. */
function addressText(s: DiagSock, ip: Ip, device: string | undefined): string {
  const zone = device === undefined ? '' : `%${device}`;
  if (typeof ip === 'number') return formatIp(ip) + zone;
  if (ip === 0n && !s.sk.v6only) return `*${zone}`;
  return `[${formatIp(ip)}]${zone}`;
}

const usersText = (sk: Pick<Sock, 'owner' | 'closed'>): string =>
  sk.owner && !sk.closed
    ? `users:(("${sk.owner.comm}",pid=${sk.owner.pid},fd=${sk.owner.fd}))`
    : '';

function detailText(s: DiagSock, options: Options): string {
  const parts: string[] = [];
  if (options.has('o') || options.has('e')) {
    const timer = s.tcp ? timerText(s.tcp) : '';
    if (timer !== '') parts.push(timer);
  }
  if (options.has('e') && s.state !== 'TIME_WAIT') {
    parts.push(`ino:${s.sk.ino} sk:${s.sk.ino.toString(16)} cgroup:unreachable:1 <->`);
  }
  const line = parts.map((part) => ` ${part}`).join('');
  const info = options.has('i') && s.tcp !== undefined;
  if (!info && !options.has('m')) return line;
  const details = [
    options.has('m') ? memoryText(s) : [],
    options.has('i') && s.tcp ? infoText(s.tcp) : [],
  ].flat();
  return `${line}${options.has('O') ? '' : '\n\t'} ${details.join(' ')}`;
}

/** packet_show_line(). */
function packetRows(proc: Proc): readonly Row[] {
  return packetSockets(proc.netns).map((packet) => ({
    netid: 'p_raw',
    state: 'UNCONN',
    recvq: '0',
    sendq: '0',
    localAddr: `${packet.etherType === 3 ? '*' : packet.etherType === 0x806 ? 'arp' : `[${packet.etherType}]`}:`,
    localPort: proc.netns.deviceByIndex(packet.sk.boundIfindex)?.name ?? '*',
    peerAddr: '*',
    peerPort: '',
    process: '',
  }));
}

/** unix_show_sock(): an inode number stands where a port would. */
const unixRows = (proc: Proc, states: ReadonlySet<SockState>, options: Options): readonly Row[] =>
  unixSockets(proc.netns)
    .filter((sk) => states.has(sk.state))
    .map((sk) => ({
      netid: 'u_str',
      state: STATE_TEXTS[sk.state],
      recvq: String(queued(sk)),
      sendq: String(sk.backlog),
      localAddr: `${sk.path ?? '*'} `,
      localPort: String(sk.ino),
      peerAddr: '* ',
      peerPort: String(sk.peer?.ino ?? 0),
      process: options.has('p') ? usersText(sk) : '',
      extra: options.has('e') ? ' <->' : '',
    }));

const queued = (sk: UnixSock): number =>
  sk.state === 'LISTEN' ? sk.acceptQueue.length : sk.receiveQueue.size;
