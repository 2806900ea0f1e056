import { concat, utf8Decode, utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError, write } from '../../linux/process-io';
import { openTcp, openUdp, recvfrom } from '../../linux/socket/socket';
import { installTcp, type Opened } from '../../linux/socket/socket-file';
import { tcpAccept, tcpBind, tcpListen, tcpRecv } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { formatIp, parseIp } from '../../wire/ip';

interface Options {
  readonly v6: boolean;
  readonly udp: boolean;
  readonly bind: Ip | undefined;
  readonly port: number;
  readonly text: string;
}

const USAGE = 'usage: serve [-6] [-u] [-b ADDR] PORT TEXT\n';
const BACKLOG = 128;
/** How long a client may take to send its request, and then to close. */
const REQUEST_US = 5_000_000;
const LINGER_US = 1_000_000;
const MAX_REQUEST = 65_536;

function parse(argv: readonly string[]): Options | undefined {
  const args = argv.slice(1);
  let v6 = false;
  let udp = false;
  let bind: Ip | undefined;
  while (args[0]?.startsWith('-')) {
    const option = args.shift();
    if (option === '-6') v6 = true;
    else if (option === '-u') udp = true;
    else if (option === '-b') {
      bind = parseIp(args.shift() ?? '');
      if (bind === undefined) return undefined;
      v6 = v6 || typeof bind === 'bigint';
    } else return undefined;
  }
  const [port = '', ...words] = args;
  if (!/^\d{1,5}$/.test(port) || words.length === 0) return undefined;
  return { v6, udp, bind, port: Number(port), text: words.join(' ') };
}

/**
 * `serve [-6] [-u] [-b ADDR] PORT TEXT`: answers every request or datagram with "TEXT from PEER".
 */
export const serve: Program = function* (proc, argv) {
  const options = parse(argv);
  if (!options) {
    yield* printError(proc, USAGE);
    return 1;
  }
  return yield* options.udp ? serveUdp(proc, options) : serveHttp(proc, options);
};

const addressOf = (o: Options): Ip => o.bind ?? (o.v6 ? 0n : 0);

const answerTo = (o: Options, peer: Ip | undefined): Uint8Array =>
  utf8Encode(`${o.text} from ${peer === undefined ? '' : formatIp(peer)}\n`);

function* bindFailed(proc: Proc, port: number, reason: string): Blocking<number> {
  yield* printError(proc, `serve: bind port ${port}: ${reason}\n`);
  return 1;
}

function* serveUdp(proc: Proc, o: Options): Blocking<number> {
  const { sock } = openUdp(proc, o.v6 ? 6 : 4);
  sock.sk.reuseAddr = true;
  const bound = sock.bind({ addr: addressOf(o), port: o.port });
  if (!bound.ok) return yield* bindFailed(proc, o.port, strerror(bound.error));
  for (;;) {
    const got = yield* recvfrom(proc, sock);
    if (typeof got !== 'string') sock.sendto(answerTo(o, got.from.addr), got.from);
  }
}

/**
 * A connection that is being served; all of them share the one process, as threads of the helper
 * would.
 */
interface Connection {
  readonly opened: Opened<TcpSock>;
  request: Uint8Array;
  answered: boolean;
  untilUs: number;
}

function* serveHttp(proc: Proc, o: Options): Blocking<number> {
  const { sock } = openTcp(proc, o.v6 ? 6 : 4);
  sock.sk.reuseAddr = true;
  const bound = tcpBind(sock, { addr: addressOf(o), port: o.port });
  if (!bound.ok) return yield* bindFailed(proc, o.port, strerror(bound.error));
  const listening = tcpListen(sock, BACKLOG);
  if (!listening.ok) return yield* bindFailed(proc, o.port, strerror(listening.error));
  const open = new Set<Connection>();
  for (;;) {
    for (let child = tcpAccept(sock); typeof child !== 'string'; child = tcpAccept(sock)) {
      const untilUs = proc.host.nowUs + REQUEST_US;
      const opened = installTcp(proc, child);
      open.add({ opened, request: new Uint8Array(0), answered: false, untilUs });
    }
    for (const connection of open) {
      if (yield* step(proc, o, connection)) continue;
      open.delete(connection);
      proc.close(connection.opened.fd);
    }
    const now = proc.host.nowUs;
    const next = Math.min(...[...open].map((c) => c.untilUs));
    yield {
      kind: 'wait',
      on: [sock.sk.readable, ...[...open].map((c) => c.opened.sock.sk.readable)],
      timeoutUs: open.size > 0 ? Math.max(0, next - now) : undefined,
    };
  }
}

/** False: the connection is over. */
function* step(proc: Proc, o: Options, connection: Connection): Blocking<boolean> {
  for (;;) {
    const got = tcpRecv(connection.opened.sock, 4096);
    if (got === 'EAGAIN') return proc.host.nowUs < connection.untilUs;
    if (typeof got === 'string' || got.length === 0) return false;
    if (connection.answered) continue;
    connection.request = concat([connection.request, got]);
    if (connection.request.length > MAX_REQUEST) return false;
    const head = utf8Decode(connection.request);
    if (!head.includes('\r\n\r\n')) continue;
    yield* write(proc, connection.opened.fd, response(o, connection.opened.sock, head));
    connection.answered = true;
    connection.untilUs = proc.host.nowUs + LINGER_US;
  }
}

function response(o: Options, tp: TcpSock, request: string): Uint8Array {
  const body = answerTo(o, tp.sk.peer);
  const head =
    'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n' +
    `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  return request.startsWith('HEAD ') ? utf8Encode(head) : concat([utf8Encode(head), body]);
}
