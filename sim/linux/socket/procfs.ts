import type { Ip } from '../../wire/frame';
import type { Netns } from '../netns';
import { type DiagSock, packetSockets, rawSockets, tcpSockets, udpSockets } from './diag';
import type { SockState } from './sock';
import { type UnixSock, unixSockets } from './unix';

/** include/net/tcp_states.h. */
const STATE_NUMBERS: Readonly<Record<SockState, number>> = {
  ESTABLISHED: 1,
  SYN_SENT: 2,
  SYN_RECV: 3,
  FIN_WAIT1: 4,
  FIN_WAIT2: 5,
  TIME_WAIT: 6,
  CLOSE: 7,
  CLOSE_WAIT: 8,
  LAST_ACK: 9,
  LISTEN: 10,
  CLOSING: 11,
};

const hex = (n: number, digits: number): string =>
  n.toString(16).toUpperCase().padStart(digits, '0');

/** A 32-bit word as a little-endian machine prints it. */
const word = (n: number): string =>
  hex(((n & 255) * 0x100_0000 + (n & 0xff00) * 0x100 + ((n >>> 8) & 0xff00) + (n >>> 24)) >>> 0, 8);

function address(ip: Ip, port: number): string {
  if (typeof ip === 'number') return `${word(ip)}:${hex(port, 4)}`;
  const words = [96n, 64n, 32n, 0n].map((shift) => word(Number((ip >> shift) & 0xffff_ffffn)));
  return `${words.join('')}:${hex(port, 4)}`;
}

/** tcp4_seq_show(), get_tcp4_sock(), udp4_format_sock(). */
function line(s: DiagSock, index: number): string {
  const fields = [
    `${String(index).padStart(4)}:`,
    address(s.src, s.srcPort),
    address(s.dst, s.dstPort),
    hex(STATE_NUMBERS[s.state], 2),
    `${hex(s.state === 'LISTEN' ? 0 : s.sendQ, 8)}:${hex(s.recvQ, 8)}`,
    '00:00000000',
    '00000000',
    String(s.sk.uid).padStart(5),
    '       0',
    `${s.sk.ino} 1 0000000000000000`,
  ];
  return `${fields.join(' ')}\n`;
}

const HEAD4 =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const HEAD6 =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

const table = (socks: readonly DiagSock[], family: 4 | 6): string =>
  (family === 4 ? HEAD4 : HEAD6) +
  socks
    .filter((s) => s.family === family)
    .map(line)
    .join('');

/** socket_seq_show() of net/ipv4/proc.c. */
function sockstat(net: Netns): string {
  const tcp = tcpSockets(net);
  const waiting = tcp.filter((s) => s.state === 'TIME_WAIT').length;
  const four = (socks: readonly DiagSock[]) => socks.filter((s) => s.family === 4).length;
  const used =
    tcp.length -
    waiting +
    udpSockets(net).length +
    rawSockets(net).length +
    packetSockets(net).length;
  const inUse = tcp.filter((s) => s.family === 4 && s.state !== 'TIME_WAIT').length;
  return (
    `sockets: used ${used}\n` +
    `TCP: inuse ${inUse} orphan 0 tw ${waiting} alloc ${tcp.length - waiting} mem 0\n` +
    `UDP: inuse ${four(udpSockets(net))} mem 0\nUDPLITE: inuse 0\n` +
    `RAW: inuse ${four(rawSockets(net))}\nFRAG: inuse 0 memory 0\n`
  );
}

/** SS_UNCONNECTED, SS_CONNECTED, include/uapi/linux/net.h; a listener is "unconnected" too. */
const UNIX_STATES: Readonly<Record<UnixSock['state'], string>> = {
  CLOSE: '01',
  LISTEN: '01',
  ESTABLISHED: '03',
};

/** unix_seq_show(). */
function unixLine(sk: UnixSock): string {
  const refs = sk.state === 'ESTABLISHED' ? 3 : 2;
  const flags = sk.state === 'LISTEN' ? '00010000' : '00000000';
  const ino = String(sk.ino).padStart(5);
  const path = sk.path === undefined ? '' : ` ${sk.path}`;
  return `0000000000000000: ${hex(refs, 8)} 00000000 ${flags} 0001 ${UNIX_STATES[sk.state]} ${ino}${path}\n`;
}

const unixTable = (net: Netns): string =>
  `Num       RefCount Protocol Flags    Type St Inode Path\n${unixSockets(net).map(unixLine).join('')}`;

/** The files of /proc/PID/net that tell of sockets. */
export const procNetSocketFiles = (
  net: Netns,
): readonly (readonly [name: string, make: () => string])[] => [
  ['raw', () => table(rawSockets(net), 4)],
  ['raw6', () => table(rawSockets(net), 6)],
  ['sockstat', () => sockstat(net)],
  ['tcp', () => table(tcpSockets(net), 4)],
  ['tcp6', () => table(tcpSockets(net), 6)],
  ['udp', () => table(udpSockets(net), 4)],
  ['udp6', () => table(udpSockets(net), 6)],
  ['unix', () => unixTable(net)],
];
