import type { Prng } from '../../base/prng';
import {
  C_IN,
  type DnsMessage,
  type DnsRecord,
  RCODE_NOERROR,
  RCODE_SERVFAIL,
  T_A,
  T_AAAA,
  T_PTR,
} from '../../wire/dns';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import type { Sandbox } from './sandbox';
import { type RemoteRecords, resolveAddress, resolveName } from './service-record';

/** respTTL of resolver.go, seconds. */
const RESPONSE_TTL = 600;

interface Known {
  readonly sandbox: Sandbox;
  readonly remote: RemoteRecords;
  readonly ndotsSet: boolean;
}

/** createRespMsg(): no authority, recursion is offered. */
const reply = (
  query: DnsMessage,
  answers: readonly DnsRecord[],
  rcode = RCODE_NOERROR,
): DnsMessage => ({
  id: query.id,
  qr: true,
  opcode: query.opcode,
  aa: false,
  tc: false,
  rd: query.rd,
  ra: rcode === RCODE_NOERROR,
  ad: false,
  cd: query.cd,
  rcode,
  questions: query.questions,
  answers,
  authorities: [],
  additionals: [],
});

export const serverFailure = (query: DnsMessage): DnsMessage => reply(query, [], RCODE_SERVFAIL);

/** What the networks of the sandbox know; undefined if the question is for others. */
export function localAnswer(query: DnsMessage, known: Known, random: Prng): DnsMessage | undefined {
  const question = query.questions[0];
  if (!question) return reply(query, []);
  const base = { name: question.name, class: C_IN, ttl: RESPONSE_TTL };
  const name = question.name.replace(/\.$/, '');
  if (question.type === T_PTR) {
    const address = addressOfReverse(name);
    const host = address && resolveAddress(known.sandbox, address, known.remote);
    if (!host) return undefined;
    return reply(query, [{ ...base, type: T_PTR, data: { kind: 'name', name: `${host}.` } }]);
  }
  if (question.type !== T_A && question.type !== T_AAAA) return undefined;
  const family = question.type === T_A ? 4 : 6;
  const found = resolveName(known.sandbox, name, family, known.remote);
  if (found.addresses.length > 0) {
    const records = shuffled(found.addresses, random).map((address): DnsRecord => {
      if (typeof address === 'number') return { ...base, type: T_A, data: { kind: 'a', address } };
      return { ...base, type: T_AAAA, data: { kind: 'aaaa', address } };
    });
    return reply(query, records);
  }
  const single = !name.includes('.');
  return found.otherFamily || (known.ndotsSet && single) ? reply(query, []) : undefined;
}

/** shuffleAddr(): round robin by chance. */
function shuffled(addresses: readonly Ip[], random: Prng): readonly Ip[] {
  const list = [...addresses];
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const a = list[i];
    const b = list[j];
    if (a !== undefined && b !== undefined) [list[i], list[j]] = [b, a];
  }
  return list;
}

/** netutils.ReverseIP() backwards: `2.0.18.172.in-addr.arpa`, nibbles of ip6.arpa. */
function addressOfReverse(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower.endsWith('.in-addr.arpa')) {
    return lower.slice(0, -'.in-addr.arpa'.length).split('.').reverse().join('.');
  }
  if (!lower.endsWith('.ip6.arpa')) return undefined;
  const digits = lower.slice(0, -'.ip6.arpa'.length).split('.').reverse().join('');
  return /^[0-9a-f]{32}$/.test(digits) ? formatIp(BigInt(`0x${digits}`)) : undefined;
}
