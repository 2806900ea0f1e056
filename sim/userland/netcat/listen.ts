import { strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import { accept, openTcp, openUdp } from '../../linux/socket/socket';
import type { Opened } from '../../linux/socket/socket-file';
import { tcpBind, tcpListen } from '../../linux/socket/tcp';
import type { UdpSock } from '../../linux/socket/udp';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { gaiStrerror, getaddrinfo } from '../glibc/getaddrinfo';
import { errx } from './errx';
import type { NcOptions } from './options';
import { readWrite } from './read-write';
import { talkTcp } from './talk-tcp';

interface Local {
  readonly options: NcOptions;
  readonly host: string | undefined;
  readonly port: number;
}

/** nc -l: local_listen() and the server's half of main(). */
export function* listen(proc: Proc, { options, host, port }: Local): Blocking<number> {
  let addr: Ip = options.family === 6 ? 0n : 0;
  const named = host ?? options.sourceAddr;
  if (named !== undefined) {
    const found = yield* getaddrinfo(proc, named, options.family);
    if (typeof found === 'string') return yield* errx(proc, gaiStrerror(found));
    addr = found.addresses[0] ?? addr;
  }
  const local = { options, addr, port };
  return yield* options.udp ? listenUdp(proc, local) : listenTcp(proc, local);
}

interface Bound {
  readonly options: NcOptions;
  readonly addr: Ip;
  readonly port: number;
}

function* report(proc: Proc, options: NcOptions, text: string): Blocking<void> {
  if (options.verbose > 0) yield* printError(proc, `${text}\n`);
}

function* listenTcp(proc: Proc, { options, addr, port }: Bound): Blocking<number> {
  const { fd, sock } = openTcp(proc, typeof addr === 'number' ? 4 : 6);
  sock.sk.reuseAddr = true;
  const bound = tcpBind(sock, { addr, port });
  if (!bound.ok) return yield* errx(proc, strerror(bound.error));
  const listening = tcpListen(sock, 1);
  if (!listening.ok) return yield* errx(proc, `listen: ${strerror(listening.error)}`);
  yield* report(proc, options, `Listening on ${formatIp(addr)} ${port}`);
  const limit = options.timeoutSec === undefined ? undefined : options.timeoutSec * 1_000_000;
  for (;;) {
    const got = yield* accept(proc, sock, limit);
    if (!got.ok) return 1;
    if (!options.keep) proc.close(fd);
    const { sk } = got.value.sock;
    yield* report(proc, options, `Connection received on ${formatIp(sk.peer ?? 0)} ${sk.peerPort}`);
    yield* talkTcp(proc, options, got.value);
    if (!options.keep) return 0;
  }
}

function* listenUdp(proc: Proc, { options, addr, port }: Bound): Blocking<number> {
  const opened = openUdp(proc, typeof addr === 'number' ? 4 : 6);
  opened.sock.sk.reuseAddr = true;
  const bound = opened.sock.bind({ addr, port });
  if (!bound.ok) return yield* errx(proc, strerror(bound.error));
  yield* report(proc, options, `Bound on ${formatIp(addr)} ${port}`);
  if (!options.keep) {
    const first = yield* firstPeer(opened);
    const connected = opened.sock.connect(first.from);
    if (!connected.ok) return yield* errx(proc, `connect: ${strerror(connected.error)}`);
    opened.sock.queue.unshift(first);
    const from = `${formatIp(first.from.addr)} ${first.from.port}`;
    yield* report(proc, options, `Connection received on ${from}`);
  }
  yield* readWrite(proc, { ...opened, shutdownWrite: () => undefined }, options);
  return 0;
}

/** recvfrom(MSG_PEEK): waits for the one whom the socket is then connected to. */
function* firstPeer({ sock }: Opened<UdpSock>) {
  for (;;) {
    const got = sock.recv();
    if (typeof got !== 'string') return got;
    yield { kind: 'wait' as const, on: [sock.sk.readable] };
  }
}
