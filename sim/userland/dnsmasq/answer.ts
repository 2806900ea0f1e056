import {
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
  RCODE_NOERROR,
  RCODE_NXDOMAIN,
  RCODE_REFUSED,
  T_A,
  T_AAAA,
  T_ANY,
  T_CNAME,
} from '../../wire/dns';
import { foldName } from '../../wire/dns-name';
import type { Config } from './config';

/** EDNS size that dnsmasq 2.90 announces. */
const EDNS_SIZE = 1232;
const MAX_CHAIN = 10;

const isBelow = (name: string, domain: string): boolean =>
  name === domain || name.endsWith(`.${domain}`);

/**
 * What the machine itself knows: answer_request(), rfc1035.c of dnsmasq. Undefined: ask another
 * server.
 */
export function localAnswer(
  query: DnsMessage,
  config: Config,
  records: readonly DnsRecord[],
): DnsMessage | undefined {
  const question = query.questions[0];
  if (!question) return reply(query, RCODE_REFUSED, []);
  const name = foldName(question.name);
  const answers = resolve(question, config, records);
  if (answers.length > 0) return reply(query, RCODE_NOERROR, answers);
  if (records.some((r) => foldName(r.name) === name)) return reply(query, RCODE_NOERROR, []);
  if (config.local.some((domain) => isBelow(name, domain))) {
    return reply(query, RCODE_NXDOMAIN, []);
  }
  if (config.wildcards.some((w) => isBelow(name, w.domain))) return reply(query, RCODE_NOERROR, []);
  const plain = !name.replace(/\.$/, '').includes('.');
  const isAddress = question.type === T_A || question.type === T_AAAA;
  if (config.domainNeeded && plain && isAddress) return reply(query, RCODE_NXDOMAIN, []);
  return undefined;
}

/** No server to ask. */
export const refused = (query: DnsMessage): DnsMessage => ({
  ...reply(query, RCODE_REFUSED, []),
  aa: false,
});

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
  return found.length > 0 ? found : wildcard(question, config);
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
  aa: true,
  ra: true,
  ad: false,
  rcode,
  answers,
  authorities: [],
  additionals: [],
  edns: query.edns ? { udpSize: EDNS_SIZE, version: 0, dnssecOk: false, options: [] } : undefined,
});
