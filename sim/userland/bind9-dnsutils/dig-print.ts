import type { Proc } from '../../linux/process';
import type { DnsMessage, DnsRecord } from '../../wire/dns';
import { OPT_COOKIE, OPT_EDE } from '../../wire/dns';
import { formatIp } from '../../wire/ip';
import { civilOf, clockTime } from '../glibc/civil-date';
import type { DigLookup, DigPart } from './dig-options';
import type { Reply } from './query';
import { columns, dataText, rcodeName, recordLine, typeName } from './record-text';

/** short_answer(): +identify tells who said so. */
export const shortText = (o: DigLookup, { server, answer }: Reply): string =>
  answer.message.answers
    .map((r) => {
      const ms = Math.floor(answer.tookUs / 1000);
      const by = o.identify ? ` from server ${formatIp(server)} in ${ms} ms.` : '';
      return `${dataText(r.data)}${by}\n`;
    })
    .join('');

/** printmessage(). */
export function fullText(proc: Proc, o: DigLookup, reply: Reply): string {
  const m = reply.answer.message;
  const has = (part: DigPart) => o.shown.has(part);
  let text = '';
  if (has('comments')) text += `;; Got answer:\n${commentsText(m, reply.ask.recurse)}`;
  if (has('question')) text += questionText(m, has('comments'));
  const head = (title: string) => (has('comments') ? `;; ${title} SECTION:\n` : '');
  const line = (r: DnsRecord) => digLine(o, r);
  if (has('answer')) text += section(head('ANSWER'), m.answers.map(line));
  if (has('authority')) text += section(head('AUTHORITY'), m.authorities.map(line));
  if (has('additional')) text += section(head('ADDITIONAL'), m.additionals.map(line));
  return has('stats') ? text + statsText(proc, reply) : text;
}

const questionText = (m: DnsMessage, titled: boolean): string => {
  const lines = m.questions.map((q) => columns([`;${q.name}`, 'IN', typeName(q.type)], [32, 40]));
  return section(titled ? ';; QUESTION SECTION:\n' : '', lines);
};

/** +qr: the query as it is sent. */
export const sendingText = (o: DigLookup, query: DnsMessage): string =>
  o.shown.has('comments') ? `;; Sending:\n${commentsText(query, false)}` : '';

/** A record in dig's columns: +nottlid, +noclass, +multiline. */
function digLine(o: DigLookup, r: DnsRecord): string {
  if (o.ttl && o.class && !o.multiline) return recordLine(r);
  const middle = [o.ttl ? [String(r.ttl)] : [], o.class ? ['IN'] : []].flat();
  const type = typeName(r.type);
  if (o.multiline)
    return columns([r.name, [...middle, type].join(' '), dataText(r.data)], [24, 32]);
  const stops = [24, ...(o.ttl ? [32] : []), ...(o.class ? [40] : []), 48];
  const first = o.ttl ? stops : [o.class ? 32 : 40, ...stops.slice(1)];
  return columns([r.name, ...middle, type, dataText(r.data)], first);
}

const section = (head: string, lines: readonly string[]): string =>
  lines.length === 0
    ? ''
    : `${head}${lines.map((l) => `${l}\n`).join('')}${head === '' ? '' : '\n'}`;

function commentsText(m: DnsMessage, recurse: boolean): string {
  const flags = (['qr', 'aa', 'tc', 'rd', 'ra', 'ad', 'cd'] as const).filter((f) => m[f]);
  const counts = [
    `QUERY: ${m.questions.length}`,
    `ANSWER: ${m.answers.length}`,
    `AUTHORITY: ${m.authorities.length}`,
    `ADDITIONAL: ${m.additionals.length + (m.edns ? 1 : 0)}`,
  ].join(', ');
  const warning =
    recurse && m.rd && !m.ra ? ';; WARNING: recursion requested but not available\n' : '';
  return (
    `;; ->>HEADER<<- opcode: QUERY, status: ${rcodeName(m.rcode)}, id: ${m.id}\n` +
    `;; flags: ${flags.join(' ')}; ${counts}\n${warning}\n${ednsText(m.edns)}`
  );
}

/** The OPT record: dns_message_pseudosectiontotext(). */
function ednsText(edns: DnsMessage['edns']): string {
  if (!edns) return '';
  const flags = edns.dnssecOk ? ' do' : '';
  const options = edns.options.map(({ code, data }) => {
    if (code === OPT_COOKIE) return `; COOKIE: ${hex(data)}\n`;
    if (code !== OPT_EDE) return `; OPT=${code}: ${hex(data)}\n`;
    const info = ((data[0] ?? 0) << 8) | (data[1] ?? 0);
    const known = EDE_TEXTS[info];
    return `; EDE: ${info}${known === undefined ? '' : ` (${known})`}\n`;
  });
  return `;; OPT PSEUDOSECTION:\n; EDNS: version: ${edns.version}, flags:${flags}; udp: ${edns.udpSize}\n${options.join('')}`;
}

const hex = (data: Uint8Array): string =>
  [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** RFC 8914 §4. */
const EDE_TEXTS: Readonly<Record<number, string>> = {
  14: 'Not Ready',
  15: 'Blocked',
  18: 'Prohibited',
  20: 'Not Authoritative',
  22: 'No Reachable Authority',
  23: 'Network Error',
};

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'] as const;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function statsText(proc: Proc, { server, ask, answer }: Reply): string {
  const now = proc.host.clockUs;
  const c = civilOf(now);
  const day = DAYS[Math.floor(now / 86_400_000_000) % 7];
  const date = String(c.day).padStart(2, '0');
  const when = `${day} ${MONTHS[c.month - 1]} ${date} ${clockTime(c)} UTC ${c.year}`;
  const where = `${formatIp(server)}#${ask.port}(${formatIp(server)})`;
  return (
    `;; Query time: ${Math.floor(answer.tookUs / 1000)} msec\n` +
    `;; SERVER: ${where} (${ask.tcp ? 'TCP' : 'UDP'})\n;; WHEN: ${when}\n;; MSG SIZE  rcvd: ${answer.size}\n\n`
  );
}
