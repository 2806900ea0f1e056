import type { Proc } from '../../linux/process';
import { openUdp, recvfrom } from '../../linux/socket/socket';
import type { Blocking } from '../../linux/wait-queue';
import {
  C_IN,
  DNS_PORT,
  type DnsMessage,
  type DnsRecord,
  decodeDns,
  dnsQuery,
  encodeDns,
  RCODE_NOERROR,
  RCODE_NXDOMAIN,
  RCODE_SERVFAIL,
  T_CNAME,
} from '../../wire/dns';
import { foldName } from '../../wire/dns-name';
import type { Ip } from '../../wire/frame';
import { type ResolvConf, readResolvConf, searchNames } from './resolv-conf';

/** h_errno of a failed query. `timeout`: no server answered, which ends a search. */
export type ResolveError = 'HOST_NOT_FOUND' | 'NO_DATA' | 'TRY_AGAIN' | 'SERVFAIL';

/** The answers to one name's queries, with the name that had them. */
export interface Resolved {
  readonly name: string;
  readonly records: readonly DnsRecord[];
}

export type Lookup = Resolved | ResolveError;

/** __res_context_search(), resolv/res_query.c: the search list, then the name as it is. */
export function* resSearch(proc: Proc, name: string, types: readonly number[]): Blocking<Lookup> {
  const conf = readResolvConf(proc);
  let failed: ResolveError = 'HOST_NOT_FOUND';
  for (const candidate of searchNames(name, conf)) {
    const got = yield* resQuery(proc, candidate, types, conf);
    if (typeof got !== 'string') return got;
    if (got === 'TRY_AGAIN') return got;
    if (got === 'NO_DATA' || (got === 'SERVFAIL' && failed !== 'NO_DATA')) failed = got;
  }
  return failed === 'SERVFAIL' ? 'TRY_AGAIN' : failed;
}

/** __res_context_query(): all types of one name over one socket, as getaddrinfo asks A and AAAA. */
export function* resQuery(
  proc: Proc,
  name: string,
  types: readonly number[],
  conf: ResolvConf = readResolvConf(proc),
): Blocking<Lookup> {
  const replies = yield* resSend(proc, name, types, conf);
  if (replies === 'TRY_AGAIN') return replies;
  const records: DnsRecord[] = [];
  let worst: ResolveError | undefined;
  for (const reply of replies) {
    const found = answersOf(reply, name, types);
    records.push(...found);
    if (found.length === 0) worst = errorOf(reply);
  }
  if (records.length === 0) return worst ?? 'NO_DATA';
  return { name: canonicalName(replies, name), records };
}

function errorOf(reply: DnsMessage): ResolveError {
  if (reply.rcode === RCODE_NXDOMAIN) return 'HOST_NOT_FOUND';
  if (reply.rcode === RCODE_NOERROR) return 'NO_DATA';
  return reply.rcode === RCODE_SERVFAIL ? 'SERVFAIL' : 'NO_DATA';
}

/** The CNAME chain's end, RFC 1034 §3.6.2; bounded, for chains that loop. */
function canonicalName(replies: readonly DnsMessage[], name: string): string {
  let at = name;
  for (let i = 0; i < 16; i++) {
    const next = replies
      .flatMap((r) => r.answers)
      .find((r) => r.type === T_CNAME && foldName(r.name) === foldName(at));
    if (next?.data.kind !== 'name') break;
    at = next.data.name;
  }
  return at;
}

function answersOf(
  reply: DnsMessage,
  name: string,
  types: readonly number[],
): readonly DnsRecord[] {
  const owner = foldName(canonicalName([reply], name));
  return reply.answers.filter((r) => types.includes(r.type) && foldName(r.name) === owner);
}

/** __res_context_send(), resolv/res_send.c: each server in turn, `attempts` times. */
function* resSend(
  proc: Proc,
  name: string,
  types: readonly number[],
  conf: ResolvConf,
): Blocking<readonly DnsMessage[] | 'TRY_AGAIN'> {
  for (let attempt = 0; attempt < conf.attempts; attempt++) {
    for (const [index, server] of conf.nameservers.entries()) {
      const seconds = Math.max(1, index === 0 ? conf.timeoutSec : conf.timeoutSec * 2 ** index);
      const perServer = index === 0 ? seconds : Math.max(1, seconds / conf.nameservers.length);
      const got = yield* askServer(proc, server, { name, types, timeoutUs: perServer * 1_000_000 });
      if (got) return got;
    }
  }
  return 'TRY_AGAIN';
}

interface Ask {
  readonly name: string;
  readonly types: readonly number[];
  readonly timeoutUs: number;
}

/** send_dg(). undefined: this server did not help. */
function* askServer(proc: Proc, server: Ip, ask: Ask): Blocking<readonly DnsMessage[] | undefined> {
  const { fd, sock } = openUdp(proc, typeof server === 'number' ? 4 : 6);
  // __res_enable_icmp(): an unreachable server is left at once.
  sock.sk.recvErr = true;
  try {
    if (!sock.connect({ addr: server, port: DNS_PORT }).ok) return undefined;
    const random = proc.host.random('resolver');
    const ids = ask.types.map(() => random.below(0x1_0000));
    for (const [i, type] of ask.types.entries()) {
      const query = dnsQuery(ids[i] ?? 0, { name: ask.name, type, class: C_IN });
      if (!sock.sendto(encodeDns(query)).ok) return undefined;
    }
    const replies = new Map<number, DnsMessage>();
    const until = proc.host.nowUs + ask.timeoutUs;
    while (replies.size < ids.length) {
      const left = until - proc.host.nowUs;
      if (left <= 0) return undefined;
      const got = yield* recvfrom(proc, sock, left);
      if (typeof got === 'string') return undefined;
      const reply = decodeDns(got.data);
      if (!reply.ok || !reply.value.qr || !ids.includes(reply.value.id)) continue;
      replies.set(reply.value.id, reply.value);
    }
    return ids.flatMap((id) => replies.get(id) ?? []);
  } finally {
    proc.close(fd);
  }
}
