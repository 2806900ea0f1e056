import { readTextAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { formatIp } from '../../wire/ip';

export interface SocketQuery {
  readonly tcp: boolean;
  readonly udp: boolean;
  readonly raw: boolean;
  readonly inet: boolean;
  readonly inet6: boolean;
  readonly listening: boolean;
  readonly all: boolean;
  readonly numeric: boolean;
  readonly programs: boolean;
  readonly extended: boolean;
}

/** tcp_state[] of netstat.c by the numbers of include/net/tcp_states.h. Data table. */
const STATES: readonly string[] = [
  '',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
];

/** TCP_LISTEN, TCP_ESTABLISHED, TCP_CLOSE. */
const LISTEN = 10;
const ESTABLISHED = 1;
const CLOSE = 7;

interface Line {
  readonly proto: string;
  readonly local: string;
  readonly remote: string;
  readonly connected: boolean;
  readonly state: number;
  readonly txQueue: number;
  readonly rxQueue: number;
  readonly uid: string;
  readonly inode: string;
}

/** tcp_info() and udp_info() over /proc/net/{tcp,tcp6,udp,udp6,raw}. */
export function formatSockets(proc: Proc, query: SocketQuery): string {
  const kind = query.all
    ? 'servers and established'
    : query.listening
      ? 'only servers'
      : 'w/o servers';
  let text = `Active Internet connections (${kind})\n`;
  text += 'Proto Recv-Q Send-Q Local Address           Foreign Address         State      ';
  if (query.extended) text += ' User       Inode     ';
  if (query.programs) text += ' PID/Program name    ';
  text += '\n';
  const owners = query.programs ? programsByInode(proc) : new Map<string, string>();
  for (const line of lines(proc, query)) {
    if (!wanted(query, line)) continue;
    text += format(query, line, owners.get(line.inode) ?? '-');
  }
  return text;
}

function lines(proc: Proc, query: SocketQuery): readonly Line[] {
  const files: readonly (readonly [boolean, string])[] = [
    [query.tcp && query.inet, 'tcp'],
    [query.tcp && query.inet6, 'tcp6'],
    [query.udp && query.inet, 'udp'],
    [query.udp && query.inet6, 'udp6'],
    [query.raw && query.inet, 'raw'],
    [query.raw && query.inet6, 'raw6'],
  ];
  return files.flatMap(([on, name]) => {
    const text = on ? readTextAt(proc, `/proc/net/${name}`) : 'ENOENT';
    if (typeof text === 'string') return [];
    return text.text
      .split('\n')
      .slice(1)
      .flatMap((row) => parseRow(name, row) ?? []);
  });
}

function parseRow(proto: string, row: string): Line | undefined {
  const [, local, remote, state, queues, , , uid, , inode] = row.trim().split(/\s+/);
  if (!local || !remote || !state || !queues) return undefined;
  const [tx = '0', rx = '0'] = queues.split(':');
  return {
    proto,
    local: endpoint(local),
    remote: endpoint(remote),
    connected: !/:0000$/.test(remote),
    state: Number.parseInt(state, 16),
    txQueue: Number.parseInt(tx, 16),
    rxQueue: Number.parseInt(rx, 16),
    uid: uid ?? '0',
    inode: inode ?? '0',
  };
}

/** `0100007F:1F90`: words in host order, little-endian. */
function endpoint(text: string): string {
  const [hex = '', port = '0'] = text.split(':');
  const words = hex.match(/.{8}/g) ?? [];
  const swapped = words.map((word) => (word.match(/../g) ?? []).reverse().join('')).join('');
  const ip = words.length === 1 ? Number.parseInt(swapped, 16) : BigInt(`0x${swapped || '0'}`);
  const number = Number.parseInt(port, 16);
  return `${formatIp(ip)}:${number === 0 ? '*' : number}`;
}

/** tcp_do_one(), udp_do_one(): what -l and -a leave out. */
function wanted(query: SocketQuery, line: Line): boolean {
  if (query.all) return true;
  const tcp = line.proto.startsWith('tcp');
  const server = tcp ? line.state === LISTEN : !line.connected;
  return server === query.listening;
}

function format(query: SocketQuery, line: Line, owner: string): string {
  const state = line.proto.startsWith('tcp')
    ? (STATES[line.state] ?? 'UNKNOWN')
    : line.state === ESTABLISHED
      ? 'ESTABLISHED'
      : line.state === CLOSE
        ? ''
        : 'UNKNOWN';
  const cut = (address: string): string => address.slice(0, 23).padEnd(23);
  let text = `${line.proto.padEnd(4)}  ${String(line.rxQueue).padStart(6)} `;
  text += `${String(line.txQueue).padStart(6)} ${cut(line.local)} ${cut(line.remote)} `;
  text += state.padEnd(11);
  if (query.extended) {
    const user = line.uid === '0' && !query.numeric ? 'root' : line.uid;
    text += ` ${user.padEnd(10)} ${line.inode.padEnd(10)}`;
  }
  if (query.programs) text += ` ${owner.padEnd(20)}`;
  return `${text}\n`;
}

/** prg_cache_load(): socket inode -> PID/program. */
function programsByInode(proc: Proc): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const other of proc.host.procs.values()) {
    for (const file of other.fds.values()) {
      const inode = /^socket:\[(\d+)\]$/.exec(file.ops.label ?? '')?.[1];
      if (inode !== undefined && !owners.has(inode)) {
        owners.set(inode, `${other.pid}/${other.comm}`.slice(0, 19));
      }
    }
  }
  return owners;
}
