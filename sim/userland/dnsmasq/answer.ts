import { utf8Encode } from '../../base/bytes';
import {
  C_CHAOS,
  type DnsData,
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
  decodeDns,
  encodeDns,
  OPT_EDE,
  RCODE_NOERROR,
  RCODE_NXDOMAIN,
  RCODE_REFUSED,
  T_A,
  T_AAAA,
  T_ANY,
  T_CNAME,
  T_PTR,
  T_TXT,
} from '../../wire/dns';
import { foldName } from '../../wire/dns-name';
import type { Ipv4 } from '../../wire/frame';
import { parseIp } from '../../wire/ip';
import { reverseName } from '../glibc/getaddrinfo';
import type { Config } from './config';

/** EDNS size that dnsmasq 2.90 announces. */
const EDNS_SIZE = 1232;
const MAX_CHAIN = 10;
/** RFC 8914 §4.15. */
const EDE_NOT_READY = 14;

const isBelow = (name: string, domain: string): boolean =>
  name === domain || name.endsWith(`.${domain}`);

/**
 * What the machine itself knows: answer_request(), rfc1035.c of dnsmasq. Undefined: ask another
 * server. Only records are authoritative; that there is none is not (setup_reply()).
 */
export function localAnswer(
  query: DnsMessage,
  config: Config,
  records: readonly DnsRecord[],
): DnsMessage | undefined {
  const question = query.questions[0];
  if (!question) return reply(query, RCODE_REFUSED, []);
  if (question.class === C_CHAOS) return chaosAnswer(query, question);
  const name = foldName(question.name);
  const answers = resolve(question, config, records);
  if (answers.length > 0) return { ...reply(query, RCODE_NOERROR, answers), aa: true };
  const absent = isKnown(name, records) ? RCODE_NOERROR : RCODE_NXDOMAIN;
  const fits = config.wildcards.filter((w) => isBelow(name, w.domain));
  if (config.local.some((domain) => isBelow(name, domain))) return reply(query, absent, []);
  if (fits.some((w) => w.address !== undefined)) return reply(query, RCODE_NOERROR, []);
  if (fits.length > 0) return reply(query, absent, []);
  const plain = !name.replace(/\.$/, '').includes('.');
  const isAddress = question.type === T_A || question.type === T_AAAA;
  if (config.domainNeeded && plain && isAddress) return reply(query, absent, []);
  if (config.bogusPriv && question.type === T_PTR && isPrivateReverse(name)) {
    return reply(query, RCODE_NXDOMAIN, []);
  }
  return undefined;
}

/** check_for_local_domain(): of such a name nobody may say that it does not exist. */
const isKnown = (name: string, records: readonly DnsRecord[]): boolean =>
  records.some((r) => foldName(r.name) === name);

/** process_reply(): nor may another server. */
export function knownExists(bytes: Uint8Array, records: readonly DnsRecord[]): Uint8Array {
  const answer = decodeDns(bytes);
  const question = answer.ok ? answer.value.questions[0] : undefined;
  if (!answer.ok || !question || answer.value.rcode !== RCODE_NXDOMAIN) return bytes;
  if (!isKnown(foldName(question.name), records)) return bytes;
  return encodeDns({ ...answer.value, rcode: RCODE_NOERROR, aa: false }, 'owners');
}

/** No server to ask: RFC 8914 says why. */
export const refused = (query: DnsMessage): DnsMessage => {
  const answer = reply(query, RCODE_REFUSED, []);
  if (!answer.edns) return answer;
  const options = [{ code: OPT_EDE, data: Uint8Array.of(0, EDE_NOT_READY) }];
  return { ...answer, edns: { ...answer.edns, options } };
};

/** What dnsmasq says of itself: `version.bind` of class CHAOS. */
function chaosAnswer(query: DnsMessage, question: DnsQuestion): DnsMessage | undefined {
  if (question.type !== T_TXT || foldName(question.name) !== 'version.bind.') return undefined;
  const data: DnsData = { kind: 'txt', strings: [utf8Encode('dnsmasq-2.90')] };
  const record = { name: question.name, type: T_TXT, class: C_CHAOS, ttl: 0, data };
  return { ...reply(query, RCODE_NOERROR, [record]), aa: true };
}

/** private_net() of an in-addr.arpa name. */
function isPrivateReverse(name: string): boolean {
  const ip = reverseAddress(name);
  if (ip === undefined) return false;
  const [a, b] = [ip >>> 24, (ip >>> 16) & 255];
  return (
    [0, 10, 127].includes(a) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254)
  );
}

/** in_arpa_name_2_addr() of a whole IPv4 address. */
function reverseAddress(name: string): Ipv4 | undefined {
  const match = /^(\d+\.\d+\.\d+\.\d+)\.in-addr\.arpa\.$/.exec(name);
  const ip = match && parseIp((match[1] ?? '').split('.').reverse().join('.'));
  return typeof ip === 'number' ? ip : undefined;
}

/** The names of an address, from host-record and the hosts file. */
function reverse(question: DnsQuestion, records: readonly DnsRecord[]): readonly DnsRecord[] {
  if (question.type !== T_PTR && question.type !== T_ANY) return [];
  const wanted = foldName(question.name);
  const named = records.find((r) => {
    if (r.data.kind !== 'a' && r.data.kind !== 'aaaa') return false;
    return reverseName(r.data.address) === wanted;
  });
  if (!named) return [];
  const data: DnsData = { kind: 'name', name: named.name };
  return [{ name: question.name, type: T_PTR, class: question.class, ttl: 0, data }];
}

/** The records that answer, with the aliases on the way. */
function resolve(
  question: DnsQuestion,
  config: Config,
  records: readonly DnsRecord[],
): readonly DnsRecord[] {
  const found: DnsRecord[] = [];
  let name = question.name;
  for (let i = 0; i < MAX_CHAIN; i++) {
    const folded = foldName(name);
    const own = records.filter((r) => foldName(r.name) === folded);
    const matching = own.filter((r) => question.type === T_ANY || r.type === question.type);
    if (matching.length > 0) return [...found, ...matching.map((r) => ({ ...r, name }))];
    const alias = own.find((r) => r.type === T_CNAME);
    if (alias?.data.kind !== 'name') break;
    found.push({ ...alias, name });
    name = alias.data.name;
  }
  if (found.length > 0) return found;
  const names = reverse(question, records);
  return names.length > 0 ? names : wildcard(question, config);
}

/** address=/domain/ip; the longest domain wins. */
function wildcard(question: DnsQuestion, config: Config): readonly DnsRecord[] {
  const name = foldName(question.name);
  const fits = config.wildcards
    .filter((w) => isBelow(name, w.domain))
    .sort((a, b) => b.domain.length - a.domain.length);
  const longest = fits[0]?.domain;
  return fits
    .filter((w) => w.domain === longest)
    .flatMap(({ address }): DnsRecord[] => {
      const base = { name: question.name, class: question.class, ttl: 0 };
      if (address === undefined) return [];
      if (typeof address === 'number') {
        if (question.type !== T_A && question.type !== T_ANY) return [];
        return [{ ...base, type: T_A, data: { kind: 'a', address } }];
      }
      if (question.type !== T_AAAA && question.type !== T_ANY) return [];
      return [{ ...base, type: T_AAAA, data: { kind: 'aaaa', address } }];
    });
}

const reply = (query: DnsMessage, rcode: number, answers: readonly DnsRecord[]): DnsMessage => ({
  ...query,
  qr: true,
  aa: false,
  ra: true,
  ad: false,
  rcode,
  answers,
  authorities: [],
  additionals: [],
  edns: query.edns ? { udpSize: EDNS_SIZE, version: 0, dnssecOk: false, options: [] } : undefined,
});
