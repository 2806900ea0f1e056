import type { Errno } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { DnsMessage } from '../../wire/dns';
import { DNS_PORT, T_A, T_PTR } from '../../wire/dns';
import { fqdn } from '../../wire/dns-name';
import type { Ip } from '../../wire/frame';
import { formatIp, parseIp } from '../../wire/ip';
import { civilOf, clockTime } from '../glibc/civil-date';
import { gaiStrerror, getaddrinfo, reverseName } from '../glibc/getaddrinfo';
import { readResolvConf, searchNames } from '../glibc/resolv-conf';
import { type Answer, type Ask, askOnce, errorLine } from './query';
import { columns, dataText, rcodeName, recordLine, typeName, typeNumber } from './record-text';

interface Options {
  server: string | undefined;
  name: string | undefined;
  type: number | undefined;
  port: number;
  short: boolean;
  tcp: boolean;
  recurse: boolean;
  search: boolean;
  edns: boolean;
  timeoutSec: number;
  tries: number;
  /** Parts of the output that +noall and the like turn off. */
  readonly shown: Set<Part>;
}

type Part = 'cmd' | 'comments' | 'question' | 'answer' | 'authority' | 'additional' | 'stats';
const PARTS: readonly Part[] = [
  'cmd',
  'comments',
  'question',
  'answer',
  'authority',
  'additional',
  'stats',
];

const VERSION = '9.18.49-1~deb12u3-Debian';
/** dig's exit status where no server answered. */
const NO_REPLY = 9;

/** dig(1) of BIND 9.18. */
export const dig: Program = function* (proc, argv) {
  const options = parse(argv.slice(1));
  if (typeof options === 'string') {
    yield* printError(proc, options);
    return options.startsWith('hopwise') ? 2 : 1;
  }
  const servers = yield* serversOf(proc, options);
  if (typeof servers === 'string') {
    yield* printError(proc, `dig: couldn't get address for '${options.server}': ${servers}\n`);
    return 10;
  }
  const name = options.name ?? '.';
  const names = options.search ? searchNames(name, readResolvConf(proc)) : [fqdn(name)];
  const header = options.short || !options.shown.has('cmd') ? '' : headerText(argv, servers.length);
  let last: Reply | undefined;
  for (const candidate of names) {
    last = yield* askAll(proc, servers, { ...askOf(options), name: candidate }, options.tries);
    if (!last) {
      yield* print(proc, `${header};; no servers could be reached\n`);
      return NO_REPLY;
    }
    if (last.answer.message.answers.length > 0) break;
  }
  if (!last) return NO_REPLY;
  yield* print(
    proc,
    options.short ? shortText(last.answer.message) : header + fullText(proc, options, last),
  );
  return 0;
};

const headerText = (argv: readonly string[], servers: number): string =>
  `\n; <<>> DiG ${VERSION} <<>> ${argv.slice(1).join(' ')}\n; (${servers} server${servers === 1 ? '' : 's'} found)\n;; global options: +cmd\n`;

function parse(args: readonly string[]): Options | string {
  const o: Options = {
    server: undefined,
    name: undefined,
    type: undefined,
    port: DNS_PORT,
    short: false,
    tcp: false,
    recurse: true,
    search: false,
    edns: true,
    timeoutSec: 5,
    tries: 3,
    shown: new Set(PARTS),
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg.startsWith('@')) o.server = arg.slice(1);
    else if (arg.startsWith('+')) {
      const wrong = applyPlus(o, arg.slice(1));
      if (wrong !== undefined) return wrong;
    } else if (arg === '-x') {
      const ip = parseIp(args[++i] ?? '');
      if (ip === undefined) return `Invalid IP address ${args[i] ?? ''}\n`;
      o.name = reverseName(ip);
      o.type ??= T_PTR;
    } else if (arg === '-t' || arg === '-q' || arg === '-p') {
      const value = args[++i] ?? '';
      if (arg === '-t') o.type = typeNumber(value);
      else if (arg === '-q') o.name = value;
      else o.port = Number(value);
    } else if (arg === '-4' || arg === '-6' || arg === 'IN' || arg === 'in') continue;
    else if (arg.startsWith('-')) return `hopwise: dig: ${arg} is not simulated\n`;
    else if (typeNumber(arg) !== undefined && (o.name !== undefined || i < args.length - 1)) {
      o.type = typeNumber(arg);
    } else o.name ??= arg;
  }
  return o;
}

function applyPlus(o: Options, text: string): string | undefined {
  const [word = '', value] = text.split('=');
  const off = word.startsWith('no') && word !== 'norec';
  const name = off ? word.slice(2) : word;
  const part = PARTS.find((p) => p === name);
  if (part) {
    if (off) o.shown.delete(part);
    else o.shown.add(part);
    return undefined;
  }
  switch (name) {
    case 'all':
      for (const p of PARTS) {
        if (off) o.shown.delete(p);
        else o.shown.add(p);
      }
      return undefined;
    case 'short':
      o.short = !off;
      return undefined;
    case 'tcp':
    case 'vc':
      o.tcp = !off;
      return undefined;
    case 'recurse':
    case 'rec':
      o.recurse = !off;
      return undefined;
    case 'search':
      o.search = !off;
      return undefined;
    case 'edns':
      o.edns = !off;
      return undefined;
    case 'cookie':
      return undefined;
    case 'time':
    case 'timeout':
      o.timeoutSec = Math.max(1, Number(value));
      return undefined;
    case 'tries':
      o.tries = Math.max(1, Number(value));
      return undefined;
    case 'retry':
      o.tries = Number(value) + 1;
      return undefined;
    default:
      return `hopwise: dig: +${text} is not simulated\n`;
  }
}

function* serversOf(proc: Proc, o: Options): Blocking<readonly Ip[] | string> {
  if (o.server === undefined) return readResolvConf(proc).nameservers;
  const found = yield* getaddrinfo(proc, o.server);
  if (typeof found !== 'string') return found.addresses;
  return found === 'NONAME' ? 'not found' : gaiStrerror(found).toLowerCase();
}

const askOf = (o: Options): Omit<Ask, 'server' | 'name'> => ({
  port: o.port,
  type: o.type ?? (o.name === undefined ? 2 : T_A),
  tcp: o.tcp,
  recurse: o.recurse,
  edns: o.edns,
  timeoutUs: o.timeoutSec * 1_000_000,
});

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

const shortText = (m: DnsMessage): string => m.answers.map((r) => `${dataText(r.data)}\n`).join('');

function fullText(proc: Proc, o: Options, reply: Reply): string {
  const m = reply.answer.message;
  const has = (part: Part) => o.shown.has(part);
  let text = '';
  if (has('comments')) text += commentsText(m, reply.ask.recurse);
  if (has('question')) {
    const lines = m.questions.map((q) => columns([`;${q.name}`, 'IN', typeName(q.type)], [32, 40]));
    text += section(has('comments') ? ';; QUESTION SECTION:\n' : '', lines);
  }
  const head = (title: string) => (has('comments') ? `;; ${title} SECTION:\n` : '');
  if (has('answer')) text += section(head('ANSWER'), m.answers.map(recordLine));
  if (has('authority')) text += section(head('AUTHORITY'), m.authorities.map(recordLine));
  if (has('additional')) text += section(head('ADDITIONAL'), m.additionals.map(recordLine));
  if (!has('comments') && text.endsWith('\n\n')) text = text.slice(0, -1);
  return has('stats') ? text + statsText(proc, reply) : text;
}

const section = (head: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${head}${lines.map((l) => `${l}\n`).join('')}\n`;

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
  const edns = m.edns
    ? `;; OPT PSEUDOSECTION:\n; EDNS: version: ${m.edns.version}, flags:${m.edns.dnssecOk ? ' do' : ''}; udp: ${m.edns.udpSize}\n`
    : '';
  return (
    `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${rcodeName(m.rcode)}, id: ${m.id}\n` +
    `;; flags: ${flags.join(' ')}; ${counts}\n${warning}\n${edns}`
  );
}

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
