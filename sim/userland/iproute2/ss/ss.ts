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
import { type ColumnName, type Row, renderTable } from './columns';
import { ALL_STATES, CONNECTED, parseFilter, type SsFilter } from './filter';
import { summaryText } from './summary';
import { infoText, timerText } from './tcp-info';

interface Options {
  readonly protocols: Set<'tcp' | 'udp' | 'raw' | 'packet' | 'unix'>;
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
];

const NOT_SIMULATED = ['m', 'K', 'E', 'Z', 'b', 'B', 'M', 'S', 'd', 'f', 'A', 'D', 'F', 'N', 'T'];

/** ss(8) of iproute2 6.1.0. */
export const ss: Program = function* (proc, argv) {
  const parsed = getopt(argv, 'haletuwxnro460spiHOVmKEZbBMSdf:A:D:F:N:T', LONG);
  if (!parsed.ok) {
    yield* printError(proc, `${parsed.error}${USAGE}`);
    return 255;
  }
  const letters = new Set(parsed.options.map((o) => o.name));
  const missing = NOT_SIMULATED.find((letter) => letters.has(letter));
  if (missing !== undefined) {
    yield* printError(proc, `hopwise: ss: -${missing} is not simulated\n`);
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
  return yield* list(proc, optionsOf(letters), parsed.operands);
};

function optionsOf(letters: ReadonlySet<string>): Options {
  const protocols = new Set<'tcp' | 'udp' | 'raw' | 'packet' | 'unix'>();
  if (letters.has('t')) protocols.add('tcp');
  if (letters.has('u')) protocols.add('udp');
  if (letters.has('w')) protocols.add('raw');
  if (letters.has('0')) protocols.add('packet');
  if (letters.has('x')) protocols.add('unix');
  if (protocols.size === 0) {
    for (const p of ['tcp', 'udp', 'raw', 'packet', 'unix'] as const) protocols.add(p);
    if (letters.has('4') || letters.has('6')) {
      protocols.delete('packet');
      protocols.delete('unix');
    }
  }
  return { protocols, has: (letter) => letters.has(letter) };
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
    yield* printError(proc, filter.error);
    return 255;
  }
  const states = filter.value.states ?? new Set(initial);
  const hidden = new Set<ColumnName>();
  if (options.protocols.size === 1) hidden.add('netid');
  if (states.size === 1) hidden.add('state');
  const rows = socketsOf(proc, options)
    .filter((s) => isWanted(s, options, states, filter.value))
    .map((s) => rowOf(proc, s, options));
  const packets = options.protocols.has('packet') && states.has('CLOSE') ? packetRows(proc) : [];
  const unix = options.protocols.has('unix') && !filter.value.expression;
  const streams = unix ? unixRows(proc, states, options) : [];
  const tty = proc.fds.get(1)?.ops.kind === 'tty' ? proc.tty : undefined;
  const table = { hidden, header: !options.has('H'), screen: tty?.columns };
  yield* print(proc, renderTable([...packets, ...streams, ...rows], table));
  return 0;
}

/** The order in which ss asks: packet, unix, raw, udp, tcp. */
function socketsOf(proc: Proc, options: Options): readonly DiagSock[] {
  const { protocols } = options;
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
  if (options.has('4') !== options.has('6') && (s.family === 4) !== options.has('4')) return false;
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
  if (options.has('e') && s.state !== 'TIME_WAIT')
    parts.push(`ino:${s.sk.ino} sk:${s.sk.ino.toString(16)} <->`);
  const line = parts.map((part) => ` ${part}`).join('');
  if (!options.has('i') || !s.tcp) return line;
  return `${line}${options.has('O') ? ' ' : '\n\t '}${infoText(s.tcp)}`;
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

const USAGE = `Usage: ss [ OPTIONS ]
       ss [ OPTIONS ] [ FILTER ]
   -h, --help          this message
   -V, --version       output version information
   -n, --numeric       don't resolve service names
   -r, --resolve       resolve host names
   -a, --all           display all sockets
   -l, --listening     display listening sockets
   -o, --options       show timer information
   -e, --extended      show detailed socket information
   -p, --processes     show process using socket
   -i, --info          show internal TCP information
   -s, --summary       show socket usage summary

   -4, --ipv4          display only IP version 4 sockets
   -6, --ipv6          display only IP version 6 sockets
   -0, --packet        display PACKET sockets
   -t, --tcp           display only TCP sockets
   -u, --udp           display only UDP sockets
   -w, --raw           display only RAW sockets
   -x, --unix          display only Unix domain sockets

   -H, --no-header     Suppress header line
   -O, --oneline       socket's data printed on a single line
`;
