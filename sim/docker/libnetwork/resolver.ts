import { concat } from '../../base/bytes';
import type { Netns } from '../../linux/netns';
import type { Proc } from '../../linux/process';
import { write } from '../../linux/process-io';
import { accept, block, connect, recvfrom } from '../../linux/socket/socket';
import { installTcp, installUdp, type Opened } from '../../linux/socket/socket-file';
import { newTcpSock, tcpBind, tcpListen, tcpRecv } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import { UdpSock } from '../../linux/socket/udp';
import type { Blocking } from '../../linux/wait-queue';
import { DNS_PORT, type DnsMessage, decodeDns, encodeDns, RCODE_SERVFAIL } from '../../wire/dns';
import type { Ip } from '../../wire/frame';
import type { Goroutines } from '../daemon/goroutine';
import { localAnswer, serverFailure } from './answer';
import { Iptables } from './iptables';
import type { Sandbox } from './sandbox';
import type { RemoteRecords } from './service-record';

/** 127.0.0.11, where every container on a network of its own asks. */
export const RESOLVER_ADDRESS = 0x7f00_000b;
const RESOLVER_TEXT = '127.0.0.11';
/** extIOTimeout, maxConcurrent, maxExtDNS of resolver.go. */
const EXTERNAL_US = 4_000_000;
const MAX_CONCURRENT = 1024;
const MAX_EXTERNAL = 3;
const BACKLOG = 4096;

export interface ExternalServer {
  readonly address: Ip;
  /** A resolver on the machine's own loopback is asked from the machine's namespace. */
  readonly hostLoopback: boolean;
}

export interface ResolverOptions {
  readonly sandbox: Sandbox;
  readonly hostNet: Netns;
  readonly external: readonly ExternalServer[];
  /** `ndots` was set by the user to more than 0. */
  readonly ndotsSet: boolean;
  readonly remote: RemoteRecords;
  /** An internal network passes no question on. */
  readonly proxies: () => boolean;
}

/** The embedded DNS server of one container, resolver.go of libnetwork: sockets of the daemon in its namespace. */
export class Resolver {
  readonly #udp: Opened<UdpSock>;
  readonly #tcp: Opened<TcpSock>;
  #concurrent = 0;
  #stopped = false;

  constructor(
    readonly routines: Goroutines,
    readonly options: ResolverOptions,
  ) {
    const { proc } = routines;
    const { net } = options.sandbox;
    this.#udp = installUdp(proc, new UdpSock(net, 4));
    this.#tcp = installTcp(proc, newTcpSock(net, 4));
    const any = { addr: RESOLVER_ADDRESS, port: 0 };
    this.#udp.sock.bind(any);
    tcpBind(this.#tcp.sock, any);
    tcpListen(this.#tcp.sock, BACKLOG);
  }

  get #proc(): Proc {
    return this.routines.proc;
  }

  /** reexecSetupResolver(), resolver_unix.go: port 53 is this server's, by NAT inside the namespace. */
  *setup(): Blocking<void> {
    const tables = new Iptables(this.#proc, this.options.sandbox.net);
    const rule = (...args: readonly string[]) => tables.run('-t', 'nat', ...args);
    for (const [chain, hook] of [
      ['DOCKER_OUTPUT', 'OUTPUT'],
      ['DOCKER_POSTROUTING', 'POSTROUTING'],
    ] as const) {
      yield* rule('-N', chain);
      yield* rule('-I', hook, '-d', RESOLVER_TEXT, '-j', chain);
    }
    for (const [proto, port] of [
      ['udp', this.#udp.sock.sk.localPort],
      ['tcp', this.#tcp.sock.sk.localPort],
    ] as const) {
      const to = `${RESOLVER_TEXT}:${port}`;
      const asked = ['-p', proto, '--dport', '53', '-j', 'DNAT', '--to-destination', to];
      const answered = ['-p', proto, '--sport', String(port), '-j', 'SNAT', '--to-source', ':53'];
      yield* rule('-I', 'DOCKER_OUTPUT', '-d', RESOLVER_TEXT, ...asked);
      yield* rule('-I', 'DOCKER_POSTROUTING', '-s', RESOLVER_TEXT, ...answered);
    }
  }

  start(): void {
    this.routines.go(this.#serveUdp());
    this.routines.go(this.#serveTcp());
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#udp.sock.sk.wakeAll();
    this.#tcp.sock.sk.wakeAll();
    this.#proc.close(this.#udp.fd);
    this.#proc.close(this.#tcp.fd);
  }

  *#serveUdp(): Blocking<void> {
    const { sock } = this.#udp;
    while (!this.#stopped) {
      const got = yield* recvfrom(this.#proc, sock);
      if (this.#stopped) return;
      if (typeof got === 'string') continue;
      this.routines.go(
        this.#handle(got.data, 'udp', function* (reply) {
          sock.sendto(reply, got.from);
        }),
      );
    }
  }

  *#serveTcp(): Blocking<void> {
    while (!this.#stopped) {
      const got = yield* accept(this.#proc, this.#tcp.sock);
      if (this.#stopped) return;
      if (got.ok) this.routines.go(this.#connection(got.value));
      else return;
    }
  }

  /** One question on a TCP connection, RFC 1035 §4.2.2. */
  *#connection(opened: Opened<TcpSock>): Blocking<void> {
    const proc = this.#proc;
    const query = yield* readMessage(proc, opened.sock);
    if (query) {
      yield* this.#handle(query, 'tcp', function* (reply) {
        yield* write(proc, opened.fd, framed(reply));
      });
    }
    proc.close(opened.fd);
  }

  /** ServeDNS(). */
  *#handle(
    bytes: Uint8Array,
    protocol: 'udp' | 'tcp',
    reply: (bytes: Uint8Array) => Blocking<void>,
  ): Blocking<void> {
    const query = decodeDns(bytes);
    if (!query.ok || query.value.qr) return;
    const random = this.#proc.host.random('docker-dns');
    const own = localAnswer(query.value, this.options, random);
    if (own) {
      yield* reply(encodeDns(own));
      return;
    }
    if (!this.options.proxies()) {
      yield* reply(encodeDns(serverFailure(query.value)));
      return;
    }
    const external = yield* this.#forward(query.value, bytes, protocol);
    if (external) yield* reply(external);
  }

  /** The external servers, one after the other; silence if none answers. */
  *#forward(
    query: DnsMessage,
    bytes: Uint8Array,
    protocol: 'udp' | 'tcp',
  ): Blocking<Uint8Array | undefined> {
    let last: Uint8Array | undefined;
    for (const server of this.options.external.slice(0, MAX_EXTERNAL)) {
      if (this.#concurrent >= MAX_CONCURRENT) continue;
      this.#concurrent++;
      const ask = protocol === 'udp' ? this.#askUdp(server, bytes) : this.#askTcp(server, bytes);
      const answer = yield* ask;
      this.#concurrent--;
      const decoded = answer && decodeDns(answer);
      if (!answer || !decoded?.ok || decoded.value.id !== query.id) continue;
      last = answer;
      if (decoded.value.rcode !== RCODE_SERVFAIL) break;
    }
    return last;
  }

  #netOf(server: ExternalServer): Netns {
    return server.hostLoopback ? this.options.hostNet : this.options.sandbox.net;
  }

  *#askUdp(server: ExternalServer, bytes: Uint8Array): Blocking<Uint8Array | undefined> {
    const opened = installUdp(
      this.#proc,
      new UdpSock(this.#netOf(server), typeof server.address === 'number' ? 4 : 6),
    );
    const { sock } = opened;
    const to = { addr: server.address, port: DNS_PORT };
    let answer: Uint8Array | undefined;
    if (sock.connect(to).ok && sock.sendto(bytes).ok) {
      const got = yield* recvfrom(this.#proc, sock, EXTERNAL_US);
      if (typeof got !== 'string') answer = got.data;
    }
    this.#proc.close(opened.fd);
    return answer;
  }

  *#askTcp(server: ExternalServer, bytes: Uint8Array): Blocking<Uint8Array | undefined> {
    const opened = installTcp(
      this.#proc,
      newTcpSock(this.#netOf(server), typeof server.address === 'number' ? 4 : 6),
    );
    const to = { addr: server.address, port: DNS_PORT };
    const connected = yield* connect(this.#proc, opened.sock, to, EXTERNAL_US);
    let answer: Uint8Array | undefined;
    if (connected.ok) {
      yield* write(this.#proc, opened.fd, framed(bytes));
      answer = yield* readMessage(this.#proc, opened.sock);
    }
    this.#proc.close(opened.fd);
    return answer;
  }
}

const framed = (message: Uint8Array): Uint8Array =>
  concat([Uint8Array.of(message.length >> 8, message.length & 255), message]);

/** One message with its two octets of length; undefined when the connection ends or stands still. */
function* readMessage(proc: Proc, sock: TcpSock): Blocking<Uint8Array | undefined> {
  let bytes: Uint8Array = new Uint8Array(0);
  for (;;) {
    const length = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    if (bytes.length >= 2 && bytes.length >= length + 2) return bytes.slice(2, length + 2);
    const got = yield* block(proc, sock.sk.readable, () => tcpRecv(sock, 65_536), EXTERNAL_US);
    if (typeof got === 'string' || got.length === 0) return undefined;
    bytes = concat([bytes, got]);
  }
}
