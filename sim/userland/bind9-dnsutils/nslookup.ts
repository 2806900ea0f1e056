import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type DnsRecord, T_A, T_AAAA, T_PTR } from '../../wire/dns';
import { formatIp, parseIp } from '../../wire/ip';
import { reverseName } from '../glibc/getaddrinfo';
import { type Found, lookUp, serversFrom } from './host';
import { dataText, rcodeName, typeName, typeNumber } from './record-text';

const bare = (name: string): string => name.replace(/\.$/, '');

const TRIES = 3;
const USAGE =
  'Usage:\n' +
  '   nslookup [-opt ...]             # interactive mode using default server\n' +
  "   nslookup [-opt ...] - server    # interactive mode using 'server'\n" +
  "   nslookup [-opt ...] host        # just look up 'host' using default server\n" +
  "   nslookup [-opt ...] host server # just look up 'host' using 'server'\n";

/** nslookup(1) of BIND 9.18, not interactive: `nslookup [-type=T] name [server]`. */
export const nslookup: Program = function* (proc, argv) {
  const args = argv.slice(1);
  let type: number | undefined;
  while (args[0]?.startsWith('-')) {
    const option = args.shift() ?? '';
    const match = /^-(?:q|type|query|querytype)=(\w+)$/.exec(option);
    type = match ? typeNumber(match[1] ?? '') : undefined;
    if (type === undefined) {
      yield* printError(proc, `hopwise: nslookup: ${option} is not simulated\n`);
      return 2;
    }
  }
  const [name, server, more] = args;
  if (more !== undefined) {
    yield* printError(proc, USAGE);
    return 1;
  }
  if (name === undefined) {
    yield* printError(proc, 'hopwise: nslookup: the interactive mode is not simulated\n');
    return 2;
  }
  const servers = yield* serversFrom(proc, server);
  if (!servers) {
    yield* print(proc, `nslookup: couldn't get address for '${server}': not found\n`);
    return 1;
  }
  const ip = parseIp(name);
  const asked = ip === undefined ? name : reverseName(ip);
  const types = type !== undefined ? [type] : ip !== undefined ? [T_PTR] : [T_A, T_AAAA];
  const found = yield* lookUp(proc, asked, types, { servers, tries: TRIES });
  if (found === 'noServers') {
    yield* print(proc, ';; no servers could be reached\n\n');
    return 1;
  }
  return yield* report(proc, found, { name: asked, reverse: ip !== undefined, server });
};

interface Asked {
  readonly name: string;
  readonly reverse: boolean;
  readonly server: string | undefined;
}

function* report(proc: Proc, found: readonly Found[], asked: Asked): Blocking<number> {
  const first = found[0];
  if (!first) return 1;
  const { message } = first.reply.answer;
  const address = formatIp(first.reply.server);
  if (!asked.reverse) {
    const shown = asked.server ?? address;
    yield* print(proc, `Server:\t\t${shown}\nAddress:\t${address}#${first.reply.ask.port}\n\n`);
  }
  if (message.rcode !== 0) {
    const line = `** server can't find ${bare(asked.name)}: ${rcodeName(message.rcode)}\n\n`;
    yield* print(proc, line);
    return 1;
  }
  const records = found.flatMap((f) => f.reply.answer.message.answers);
  if (records.length === 0) {
    const heading = message.aa ? '' : 'Non-authoritative answer:\n';
    yield* print(proc, `${heading}*** Can't find ${bare(asked.name)}: No answer\n\n`);
    return 0;
  }
  const authority = message.aa || asked.reverse ? '' : 'Non-authoritative answer:\n';
  const seen = new Set<string>();
  for (const r of records) seen.add(sentence(r));
  const isAddress = records.every((r) => ['A', 'AAAA', 'CNAME'].includes(typeName(r.type)));
  const others = message.aa || isAddress ? '' : '\nAuthoritative answers can be found from:\n';
  yield* print(proc, `${authority}${[...seen].join('')}${others}\n`);
  return 0;
}

function sentence(r: DnsRecord): string {
  switch (typeName(r.type)) {
    case 'A':
    case 'AAAA':
      return `Name:\t${bare(r.name)}\nAddress: ${dataText(r.data)}\n`;
    case 'CNAME':
      return `${bare(r.name)}\tcanonical name = ${dataText(r.data)}\n`;
    case 'PTR':
      return `${bare(r.name)}\tname = ${dataText(r.data)}\n`;
    case 'MX':
      return `${bare(r.name)}\tmail exchanger = ${dataText(r.data)}\n`;
    case 'NS':
      return `${bare(r.name)}\tnameserver = ${dataText(r.data)}\n`;
    case 'TXT':
      return `${bare(r.name)}\ttext = ${dataText(r.data)}\n`;
    case 'SRV':
      return `${bare(r.name)}\tservice = ${dataText(r.data)}\n`;
    default:
      return `${bare(r.name)}\t${typeName(r.type)} = ${dataText(r.data)}\n`;
  }
}
