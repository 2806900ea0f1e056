import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { DNS_PORT, type DnsRecord, T_A, T_AAAA, T_MX, T_PTR } from '../../wire/dns';
import type { Ip } from '../../wire/frame';
import { parseIp } from '../../wire/ip';
import { getaddrinfo, reverseName } from '../glibc/getaddrinfo';
import { readResolvConf, searchNames } from '../glibc/resolv-conf';
import { askAll, type Reply } from './query';
import { dataText, rcodeName, typeName, typeNumber } from './record-text';

const bare = (name: string): string => (name === '.' ? name : name.replace(/\.$/, ''));

/** Whom to ask, and how often each. */
export interface Asking {
  readonly servers: readonly Ip[];
  readonly tries: number;
}

/** A name looked up along the search list, as host and nslookup do. */
export interface Found {
  readonly name: string;
  readonly reply: Reply;
}

export function* lookUp(
  proc: Proc,
  name: string,
  types: readonly number[],
  { servers, tries }: Asking,
): Blocking<readonly Found[] | 'noServers'> {
  const conf = readResolvConf(proc);
  const base = {
    port: DNS_PORT,
    tcp: false,
    recurse: true,
    timeoutUs: conf.timeoutSec * 1_000_000,
  };
  let found: Found[] = [];
  for (const candidate of searchNames(name, conf)) {
    found = [];
    for (const type of types) {
      const reply = yield* askAll(proc, servers, { ...base, name: candidate, type }, tries);
      if (!reply) return 'noServers';
      found.push({ name: candidate, reply });
      if (reply.answer.message.rcode !== 0) break;
    }
    if (found.some((f) => f.reply.answer.message.answers.length > 0)) return found;
  }
  return found;
}

export function* serversFrom(
  proc: Proc,
  name: string | undefined,
): Blocking<readonly Ip[] | undefined> {
  if (name === undefined) return readResolvConf(proc).nameservers;
  const got = yield* getaddrinfo(proc, name);
  return typeof got === 'string' ? undefined : got.addresses;
}

/** host's `-R 1`. */
const TRIES = 2;
const USAGE = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only
`;
/** host(1) of BIND 9.18: `host [-t type] name [server]`. */
export const host: Program = function* (proc, argv) {
  const args = argv.slice(1);
  let type: number | undefined;
  while (args[0]?.startsWith('-')) {
    const option = args.shift();
    if (option !== '-t') {
      yield* printError(proc, `hopwise: host: ${option} is not simulated\n`);
      return 2;
    }
    const word = args.shift() ?? '';
    type = typeNumber(word);
    if (type === undefined) {
      yield* printError(proc, `host: invalid type: ${word}\n\n`);
      return 2;
    }
  }
  const [name, server] = args;
  if (name === undefined) {
    yield* printError(proc, USAGE);
    return 1;
  }
  const servers = yield* serversFrom(proc, server);
  if (!servers) {
    yield* printError(proc, `host: couldn't get address for '${server}': not found\n`);
    return 1;
  }
  const ip = parseIp(name);
  const asked = ip === undefined ? name : reverseName(ip);
  const types = type !== undefined ? [type] : ip !== undefined ? [T_PTR] : [T_A, T_AAAA, T_MX];
  const found = yield* lookUp(proc, asked, types, { servers, tries: TRIES });
  if (found === 'noServers') {
    yield* print(proc, ';; no servers could be reached\n');
    return 1;
  }
  if (server !== undefined) {
    yield* print(
      proc,
      `Using domain server:\nName: ${server}\nAddress: ${server}#53\nAliases: \n\n`,
    );
  }
  return yield* report(proc, found, { name: asked, explicit: type });
};

interface Asked {
  readonly name: string;
  readonly explicit: number | undefined;
}

function* report(proc: Proc, found: readonly Found[], asked: Asked): Blocking<number> {
  const first = found[0]?.reply.answer.message;
  if (first?.rcode !== 0) {
    const rcode = first?.rcode ?? 2;
    yield* print(proc, `Host ${bare(asked.name)} not found: ${rcode}(${rcodeName(rcode)})\n`);
    return 1;
  }
  const lines = new Set(found.flatMap((f) => f.reply.answer.message.answers.map(sentence)));
  if (lines.size === 0 && asked.explicit !== undefined) {
    yield* print(proc, `${bare(asked.name)} has no ${typeName(asked.explicit)} record\n`);
  }
  for (const line of lines) yield* print(proc, `${line}\n`);
  return 0;
}

function sentence(r: DnsRecord): string {
  const name = bare(r.name);
  switch (typeName(r.type)) {
    case 'A':
      return `${name} has address ${dataText(r.data)}`;
    case 'AAAA':
      return `${name} has IPv6 address ${dataText(r.data)}`;
    case 'CNAME':
      return `${name} is an alias for ${dataText(r.data)}`;
    case 'PTR':
      return `${name} domain name pointer ${dataText(r.data)}`;
    case 'MX':
      return `${name} mail is handled by ${dataText(r.data)}`;
    case 'NS':
      return `${name} name server ${dataText(r.data)}`;
    case 'TXT':
      return `${name} descriptive text ${dataText(r.data)}`;
    default:
      return `${name} has ${typeName(r.type)} record ${dataText(r.data)}`;
  }
}
