import { type Errno, strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError, sleep } from '../../linux/process-io';
import type { Sock } from '../../linux/socket/sock';
import { connect, openTcp, openUdp } from '../../linux/socket/socket';
import { tcpBind } from '../../linux/socket/tcp';
import type { UdpSock } from '../../linux/socket/udp';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { serviceName } from '../../wire/services';
import { gaiStrerror, getaddrinfo } from '../glibc/getaddrinfo';
import { servicePort } from '../glibc/services';
import { errx } from './errx';
import { listen } from './listen';
import { NC_USAGE, type NcOptions, type ParsedNc, parseNc, portsOf } from './options';
import { readWrite } from './read-write';
import { talkTcp } from './talk-tcp';

/** nc(1): netcat-openbsd 1.219 as Debian 12 has it. */
export const nc: Program = function* (proc, argv) {
  const parsed = parseNc(argv);
  if (parsed.kind !== 'run') return yield* refuse(proc, parsed);
  const { options, host, port = '' } = parsed;
  const protocol = options.udp ? 'udp' : 'tcp';
  const ports = portsOf(port, (name) => servicePort(name, protocol));
  if (!ports) return yield* errx(proc, portComplaint(port));
  if (options.listen) return yield* listen(proc, { options, host, port: ports[0] ?? 0 });
  return yield* connectAll(proc, { options, host: host ?? '', ports });
};

/** build_ports(): what strtonum() says of the first number that is none of a port. */
function portComplaint(text: string): string {
  for (const part of text.split('-')) {
    if (/^\d+$/.test(part) && Number(part) > 65_535) return `port number too large: ${part}`;
    if (/^0+$/.test(part)) return `port number too small: ${part}`;
  }
  return `port number invalid: ${text}`;
}

function* refuse(proc: Proc, parsed: Exclude<ParsedNc, { kind: 'run' }>): Blocking<number> {
  if (parsed.kind === 'error') return yield* errx(proc, parsed.text);
  if (parsed.kind === 'notSimulated') {
    yield* printError(proc, `hopwise: nc: ${parsed.option} is not simulated\n`);
    return 2;
  }
  const before =
    parsed.kind === 'usage' ? parsed.error : 'OpenBSD netcat (Debian patchlevel 1.219-1)\n';
  yield* printError(proc, before + NC_USAGE);
  return parsed.kind === 'help' ? 0 : 1;
}

interface Destination {
  readonly options: NcOptions;
  readonly host: string;
  readonly ports: readonly number[];
}

/** The client's half of main(): one port after the other. */
function* connectAll(proc: Proc, { options, host, ports }: Destination): Blocking<number> {
  let code = 1;
  for (const port of ports) {
    const found = yield* getaddrinfo(proc, host, options.family);
    if (typeof found === 'string') {
      const reason = gaiStrerror(found);
      return yield* errx(proc, `getaddrinfo for host "${host}" port ${port}: ${reason}`);
    }
    const to: Endpoint = { host, port, addresses: found.addresses, scopeId: found.scopeId };
    const ok = yield* options.udp ? udpClient(proc, options, to) : tcpClient(proc, options, to);
    if (ok === 'stop') return 1;
    if (ok) code = 0;
  }
  return code;
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly Ip[];
  readonly scopeId: number | undefined;
}

/** Options of both protocols, and -s and -p: set_common_sockopts(), remote_connect(). */
function prepare(sk: Sock, options: NcOptions): { addr: Ip; port: number } | undefined {
  sk.tos = options.tos;
  if (options.ttl !== undefined) sk.ttl = options.ttl;
  sk.broadcast = options.broadcast;
  if (options.sourceAddr === undefined && options.sourcePort === undefined) return undefined;
  return { addr: sk.family === 4 ? 0 : 0n, port: Number(options.sourcePort ?? 0) };
}

function* sourceOf(
  proc: Proc,
  sk: Sock,
  options: NcOptions,
): Blocking<{ addr: Ip; port: number } | undefined> {
  const wanted = prepare(sk, options);
  if (!wanted || options.sourceAddr === undefined) return wanted;
  const found = yield* getaddrinfo(proc, options.sourceAddr, sk.family);
  return typeof found === 'string'
    ? wanted
    : { ...wanted, addr: found.addresses[0] ?? wanted.addr };
}

function* tcpClient(proc: Proc, options: NcOptions, to: Endpoint): Blocking<boolean | 'stop'> {
  for (const addr of to.addresses) {
    const opened = openTcp(proc, typeof addr === 'number' ? 4 : 6);
    const tp = opened.sock;
    const source = yield* sourceOf(proc, tp.sk, options);
    const bound = source && tcpBind(tp, source);
    if (bound && !bound.ok) {
      yield* errx(proc, `bind failed: ${strerror(bound.error)}`);
      return 'stop';
    }
    const limit = options.timeoutSec === undefined ? undefined : options.timeoutSec * 1_000_000;
    const done = yield* connect(proc, tp, { addr, port: to.port, scopeId: to.scopeId }, limit);
    if (done.ok) {
      yield* connected(proc, options, to, addr);
      yield* talkTcp(proc, options, opened);
      return true;
    }
    proc.close(opened.fd);
    yield* connectFailed(proc, options, to, done.error);
  }
  return false;
}

function* connectFailed(proc: Proc, o: NcOptions, to: Endpoint, errno: Errno): Blocking<void> {
  if (o.verbose === 0) return;
  const what = errno === 'EINPROGRESS' ? 'timed out' : 'failed';
  const target = `connect to ${to.host} port ${to.port} (${o.udp ? 'udp' : 'tcp'})`;
  yield* errx(proc, `${target} ${what}: ${strerror(errno)}`);
}

/** connection_info(). */
function* connected(proc: Proc, o: NcOptions, to: Endpoint, addr: Ip): Blocking<void> {
  if (o.verbose === 0) return;
  const protocol = o.udp ? 'udp' : 'tcp';
  const service = o.numeric ? '*' : (serviceName(to.port, protocol) ?? '*');
  const ip = formatIp(addr);
  const shown = !o.numeric && to.host !== ip ? ` (${ip})` : '';
  const line = `Connection to ${to.host}${shown} ${to.port} port [${protocol}/${service}] succeeded!\n`;
  yield* printError(proc, line);
}

function* udpClient(proc: Proc, options: NcOptions, to: Endpoint): Blocking<boolean | 'stop'> {
  for (const addr of to.addresses) {
    const opened = openUdp(proc, typeof addr === 'number' ? 4 : 6);
    const source = yield* sourceOf(proc, opened.sock.sk, options);
    const bound = source && opened.sock.bind(source);
    if (bound && !bound.ok) {
      yield* errx(proc, `bind failed: ${strerror(bound.error)}`);
      return 'stop';
    }
    const done = opened.sock.connect({ addr, port: to.port, scopeId: to.scopeId });
    if (!done.ok) {
      proc.close(opened.fd);
      yield* connectFailed(proc, options, to, done.error);
      continue;
    }
    if ((options.scan || options.verbose > 0) && !(yield* udpTest(proc, options, opened.sock))) {
      proc.close(opened.fd);
      return false;
    }
    yield* connected(proc, options, to, addr);
    if (!options.scan) {
      yield* readWrite(proc, { ...opened, shutdownWrite: () => undefined }, options);
    }
    proc.close(opened.fd);
    return true;
  }
  return false;
}

/** UDP_SCAN_TIMEOUT, seconds. */
const UDP_SCAN_TIMEOUT = 3;
/**
 * What lies between two writes on a machine where a system call costs time: the error of the first
 * may arrive.
 */
const BETWEEN_WRITES_US = 200;

/** udptest(): a port is open when no datagram to it is refused. */
function* udpTest(proc: Proc, options: NcOptions, sock: UdpSock): Blocking<boolean> {
  const data = new Uint8Array([0x58]);
  if (!sock.sendto(data).ok) return false;
  yield* sleep(proc, BETWEEN_WRITES_US);
  const second = sock.sendto(data);
  if (!second.ok && second.error === 'ECONNREFUSED') return false;
  const seconds = options.timeoutSec ?? UDP_SCAN_TIMEOUT;
  for (let i = 0; i < seconds; i++) {
    yield* sleep(proc, 1_000_000);
    const again = sock.sendto(data);
    if (!again.ok && again.error === 'ECONNREFUSED') return false;
  }
  return true;
}
