import { utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { write } from '../../linux/process-io';
import { accept, block, connect, openTcp, openUdp, recvfrom } from '../../linux/socket/socket';
import type { Opened } from '../../linux/socket/socket-file';
import { tcpBind, tcpListen, tcpRecv, tcpShutdown } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import type { UdpSock } from '../../linux/socket/udp';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { familyOf, formatIp, parseIp } from '../../wire/ip';
import { Goroutines } from './goroutine';

interface ProxyOptions {
  readonly proto: string;
  readonly hostIp: Ip;
  readonly hostPort: number;
  readonly containerIp: Ip;
  readonly containerPort: number;
}

const BACKLOG = 4096;
/** UDPConnTrackTimeout, UDPBufSize of proxy/udp_proxy.go. */
const UDP_IDLE_US = 90_000_000;
const COPY_BYTES = 32_768;
const MAX_UDP_CLIENTS = 256;

function parse(argv: readonly string[]): ProxyOptions | undefined {
  const given = new Map<string, string>();
  for (let i = 1; i + 1 < argv.length; i += 2) given.set(argv[i] ?? '', argv[i + 1] ?? '');
  const hostIp = parseIp(given.get('-host-ip') ?? '');
  const containerIp = parseIp(given.get('-container-ip') ?? '');
  if (hostIp === undefined || containerIp === undefined) return undefined;
  return {
    proto: given.get('-proto') ?? 'tcp',
    hostIp,
    hostPort: Number(given.get('-host-port')),
    containerIp,
    containerPort: Number(given.get('-container-port')),
  };
}

/** docker-proxy: carries what reaches a published port on the machine itself into the container. */
export const dockerProxy: Program = function* (proc, argv) {
  const options = parse(argv);
  if (!options) return 1;
  const routines = new Goroutines(proc);
  const failed =
    options.proto === 'udp' ? listenUdp(routines, options) : listenTcp(routines, options);
  yield* write(proc, 3, utf8Encode(failed === undefined ? '0\n' : `1\n${failed}`));
  proc.close(3);
  if (failed !== undefined) return 1;
  return yield* routines.run();
};

const GO_ERRORS = { EADDRINUSE: 'address already in use' } as const;

function bindError(options: ProxyOptions, errno: Parameters<typeof strerror>[0]): string {
  const family = familyOf(options.hostIp);
  const ip = formatIp(options.hostIp);
  const where = `${family === 6 ? `[${ip}]` : ip}:${options.hostPort}`;
  const text = errno === 'EADDRINUSE' ? GO_ERRORS.EADDRINUSE : strerror(errno).toLowerCase();
  return `listen ${options.proto}${family} ${where}: bind: ${text}`;
}

function listenTcp(routines: Goroutines, options: ProxyOptions): string | undefined {
  const { proc } = routines;
  const { sock } = openTcp(proc, familyOf(options.hostIp));
  sock.sk.v6only = true;
  sock.sk.reuseAddr = true;
  const bound = tcpBind(sock, { addr: options.hostIp, port: options.hostPort });
  if (!bound.ok) return bindError(options, bound.error);
  const listening = tcpListen(sock, BACKLOG);
  if (!listening.ok) return bindError(options, listening.error);
  routines.go(acceptTcp(routines, sock, options));
  return undefined;
}

function* acceptTcp(
  routines: Goroutines,
  listener: TcpSock,
  options: ProxyOptions,
): Blocking<void> {
  for (;;) {
    const client = yield* accept(routines.proc, listener);
    if (!client.ok) return;
    routines.go(clientLoop(routines, client.value, options));
  }
}

/** clientLoop(), tcp_proxy.go: a backend that refuses closes the client's connection. */
function* clientLoop(
  routines: Goroutines,
  client: Opened<TcpSock>,
  options: ProxyOptions,
): Blocking<void> {
  const { proc } = routines;
  const backend = openTcp(proc, familyOf(options.containerIp));
  const to = { addr: options.containerIp, port: options.containerPort };
  const connected = yield* connect(proc, backend.sock, to);
  if (!connected.ok) {
    proc.close(backend.fd);
    proc.close(client.fd);
    return;
  }
  let open = 2;
  const done = (): void => {
    if (--open > 0) return;
    proc.close(backend.fd);
    proc.close(client.fd);
  };
  routines.go(broker(proc, client, backend, done));
  routines.go(broker(proc, backend, client, done));
}

/** One direction, to its end. */
function* broker(
  proc: Proc,
  from: Opened<TcpSock>,
  to: Opened<TcpSock>,
  done: () => void,
): Blocking<void> {
  for (;;) {
    const got = yield* block(proc, from.sock.sk.readable, () => tcpRecv(from.sock, COPY_BYTES));
    if (typeof got === 'string' || got.length === 0) break;
    const put = yield* write(proc, to.fd, got);
    if (typeof put === 'string') break;
  }
  tcpShutdown(to.sock, 'WR');
  tcpShutdown(from.sock, 'RD');
  done();
}

function listenUdp(routines: Goroutines, options: ProxyOptions): string | undefined {
  const { sock } = openUdp(routines.proc, familyOf(options.hostIp));
  sock.sk.v6only = true;
  const bound = sock.bind({ addr: options.hostIp, port: options.hostPort });
  if (!bound.ok) return bindError(options, bound.error);
  routines.go(relayUdp(routines, sock, options));
  return undefined;
}

/** Run(), udp_proxy.go: one socket to the container for each client. */
function* relayUdp(routines: Goroutines, listener: UdpSock, options: ProxyOptions): Blocking<void> {
  const { proc } = routines;
  const backends = new Map<string, Opened<UdpSock>>();
  for (;;) {
    const got = yield* recvfrom(proc, listener);
    if (typeof got === 'string') continue;
    const key = `${formatIp(got.from.addr)}/${got.from.port}`;
    let backend = backends.get(key);
    if (!backend) {
      if (backends.size >= MAX_UDP_CLIENTS) continue;
      backend = openUdp(proc, familyOf(options.containerIp));
      backend.sock.connect({ addr: options.containerIp, port: options.containerPort });
      backends.set(key, backend);
      routines.go(
        replies(
          proc,
          backend,
          (data) => void listener.sendto(data, got.from),
          () => backends.delete(key),
        ),
      );
    }
    backend.sock.sendto(got.data);
  }
}

/** replyLoop(): until the container is silent for long. */
function* replies(
  proc: Proc,
  backend: Opened<UdpSock>,
  send: (data: Uint8Array) => void,
  done: () => void,
): Blocking<void> {
  for (;;) {
    const got = yield* recvfrom(proc, backend.sock, UDP_IDLE_US);
    if (got === 'ECONNREFUSED') continue;
    if (typeof got === 'string') break;
    send(got.data);
  }
  done();
  proc.close(backend.fd);
}
