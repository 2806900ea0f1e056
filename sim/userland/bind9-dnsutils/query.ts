import { concat, NO_BYTES } from '../../base/bytes';
import { err, OK, ok, type Result } from '../../base/result';
import type { Errno } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { print, write } from '../../linux/process-io';
import { block, connect, openTcp, openUdp, recvfrom } from '../../linux/socket/socket';
import { tcpRecv } from '../../linux/socket/tcp';
import type { Blocking } from '../../linux/wait-queue';
import { C_IN, type DnsMessage, decodeDns, dnsQuery, encodeDns, OPT_COOKIE } from '../../wire/dns';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';

/** One question to one server. */
export interface Ask {
  readonly server: Ip;
  readonly port: number;
  readonly name: string;
  readonly type: number;
  readonly tcp: boolean;
  readonly recurse: boolean;
  readonly class?: number | undefined;
  readonly ad?: boolean | undefined;
  readonly cd?: boolean | undefined;
  readonly edns?: AskEdns | undefined;
  readonly source?: Ip | undefined;
  readonly timeoutUs: number;
  /** Told of the query before it leaves. */
  readonly onSend?: ((query: DnsMessage) => Blocking<unknown>) | undefined;
}

export interface AskEdns {
  readonly udpSize: number;
  readonly dnssecOk: boolean;
  readonly cookie: boolean;
}

export interface Answer {
  readonly message: DnsMessage;
  readonly size: number;
  readonly tookUs: number;
}

/** What the tools say of a failure: isc_result_totext(). */
const FAILURES: Partial<Record<Errno, string>> = {
  ETIMEDOUT: 'timed out',
  EAGAIN: 'timed out',
  EINPROGRESS: 'timed out',
  ECONNREFUSED: 'connection refused',
  ENETUNREACH: 'network unreachable',
  EHOSTUNREACH: 'host unreachable',
  ECONNRESET: 'connection reset',
};

/** The line about a server that did not answer. */
export const errorLine = (ask: Ask, errno: Errno): string =>
  `;; communications error to ${formatIp(ask.server)}#${ask.port}: ${FAILURES[errno] ?? 'unexpected error'}\n`;

/** One attempt. */
export function* askOnce(proc: Proc, ask: Ask): Blocking<Result<Answer, Errno>> {
  const random = proc.host.random('dig');
  const id = random.below(0x1_0000);
  const question = { name: ask.name, type: ask.type, class: ask.class ?? C_IN };
  const cookie = Uint8Array.from({ length: 8 }, () => random.below(256));
  const { edns } = ask;
  const message: DnsMessage = {
    ...dnsQuery(id, question),
    rd: ask.recurse,
    ad: ask.ad ?? false,
    cd: ask.cd ?? false,
    edns: edns && {
      udpSize: edns.udpSize,
      version: 0,
      dnssecOk: edns.dnssecOk,
      options: edns.cookie ? [{ code: OPT_COOKIE, data: cookie }] : [],
    },
  };
  if (ask.onSend) yield* ask.onSend(message);
  const query = encodeDns(message);
  const since = proc.host.nowUs;
  const got = yield* ask.tcp ? overTcp(proc, ask, query) : overUdp(proc, ask, { query, id });
  if (!got.ok) return got;
  const reply = decodeDns(got.value);
  if (!reply.ok) return err('EBADMSG');
  return ok({
    message: reply.value,
    size: got.value.length,
    tookUs: proc.host.nowUs - since,
  });
}

interface Query {
  readonly query: Uint8Array;
  readonly id: number;
}

function* overUdp(proc: Proc, ask: Ask, { query, id }: Query): Blocking<Result<Uint8Array, Errno>> {
  const { fd, sock } = openUdp(proc, typeof ask.server === 'number' ? 4 : 6);
  try {
    const bound = ask.source === undefined ? OK : sock.bind({ addr: ask.source, port: 0 });
    if (!bound.ok) return bound;
    const connected = sock.connect({ addr: ask.server, port: ask.port });
    if (!connected.ok) return connected;
    const sent = sock.sendto(query);
    // A packet filter's refusal is not seen: the time-out, or an ICMP error, tells.
    if (!sent.ok && sent.error !== 'EPERM') return sent;
    const until = proc.host.nowUs + ask.timeoutUs;
    for (;;) {
      const left = until - proc.host.nowUs;
      const got = left > 0 ? yield* recvfrom(proc, sock, left) : 'EAGAIN';
      if (typeof got === 'string') return err(got);
      const reply = decodeDns(got.data);
      if (reply.ok && reply.value.id === id && reply.value.qr) return ok(got.data);
    }
  } finally {
    proc.close(fd);
  }
}

/** RFC 7766: two bytes of length before each message. */
function* overTcp(proc: Proc, ask: Ask, query: Uint8Array): Blocking<Result<Uint8Array, Errno>> {
  const { fd, sock } = openTcp(proc, typeof ask.server === 'number' ? 4 : 6);
  try {
    const to = { addr: ask.server, port: ask.port };
    const connected = yield* connect(proc, sock, to, ask.timeoutUs);
    if (!connected.ok) return connected;
    yield* write(proc, fd, withLength(query));
    let bytes: Uint8Array = NO_BYTES;
    for (;;) {
      const length = bytes.length < 2 ? undefined : ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
      if (length !== undefined && bytes.length >= length + 2) return ok(bytes.slice(2, length + 2));
      const got = yield* block(proc, sock.sk.readable, () => tcpRecv(sock, 65_536), ask.timeoutUs);
      if (typeof got === 'string') return err(got);
      if (got.length === 0) return err('ECONNRESET');
      bytes = concat([bytes, got]);
    }
  } finally {
    proc.close(fd);
  }
}

export const withLength = (message: Uint8Array): Uint8Array =>
  concat([Uint8Array.of(message.length >> 8, message.length & 255), message]);

export interface Reply {
  readonly server: Ip;
  readonly ask: Ask;
  readonly answer: Answer;
}

/** Every server in turn; each failure is told at once. */
export function* askAll(
  proc: Proc,
  servers: readonly Ip[],
  ask: Omit<Ask, 'server'>,
  tries = 3,
): Blocking<Reply | undefined> {
  const attempts = ask.tcp ? 1 : tries;
  for (const server of servers) {
    for (let i = 0; i < attempts; i++) {
      const one: Ask = { ...ask, server };
      const got = yield* askOnce(proc, one);
      if (got.ok) return { server, ask: one, answer: got.value };
      yield* print(proc, errorLine(one, got.error));
      if (!isSilence(got.error)) break;
    }
  }
  return undefined;
}

const isSilence = (errno: Errno): boolean => errno === 'EAGAIN' || errno === 'ECONNREFUSED';
