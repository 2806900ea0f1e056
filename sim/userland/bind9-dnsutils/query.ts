import { concat, NO_BYTES } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import type { Errno } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { write } from '../../linux/process-io';
import { block, connect, openTcp, openUdp, recvfrom } from '../../linux/socket/socket';
import { tcpRecv } from '../../linux/socket/tcp';
import type { Blocking } from '../../linux/wait-queue';
import { C_IN, type DnsMessage, decodeDns, dnsQuery, encodeDns } from '../../wire/dns';
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
  readonly edns: boolean;
  readonly timeoutUs: number;
}

export interface Answer {
  readonly message: DnsMessage;
  readonly size: number;
  readonly tookUs: number;
}

/** EDNS buffer size of BIND 9.18's tools. */
const UDP_SIZE = 1232;
/** COOKIE, RFC 7873. */
const OPT_COOKIE = 10;

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
  const plain = dnsQuery(id, { name: ask.name, type: ask.type, class: C_IN });
  const cookie = Uint8Array.from({ length: 8 }, () => random.below(256));
  const edns = ask.edns
    ? {
        udpSize: UDP_SIZE,
        version: 0,
        dnssecOk: false,
        options: [{ code: OPT_COOKIE, data: cookie }],
      }
    : undefined;
  const query = encodeDns({ ...plain, rd: ask.recurse, ad: ask.edns, edns });
  const since = proc.host.nowUs;
  const got = yield* ask.tcp ? overTcp(proc, ask, query) : overUdp(proc, ask, { query, id });
  if (!got.ok) return got;
  const message = decodeDns(got.value);
  if (!message.ok) return err('EBADMSG');
  return ok({
    message: message.value,
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
