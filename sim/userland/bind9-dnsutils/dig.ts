import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { C_CHAOS, C_IN } from '../../wire/dns';
import { fqdn } from '../../wire/dns-name';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { gaiStrerror, getaddrinfo } from '../glibc/getaddrinfo';
import { readResolvConf, searchNames } from '../glibc/resolv-conf';
import { type DigLookup, parseDig, typeAsked } from './dig-options';
import { fullText, sendingText, shortText } from './dig-print';
import { type Ask, askAll, type Reply } from './query';

const VERSION = '9.18.49-1~deb12u3-Debian';
/** dig's exit status where no server answered. */
const NO_REPLY = 9;

/** dig(1) of BIND 9.18. */
export const dig: Program = function* (proc, argv) {
  const command = parseDig(argv.slice(1));
  if (typeof command === 'string') {
    yield* printError(proc, command);
    return command.startsWith('hopwise') ? 2 : 1;
  }
  const servers = yield* serversOf(proc, command.server);
  if (typeof servers === 'string') {
    yield* printError(proc, `dig: couldn't get address for '${command.server}': ${servers}\n`);
    return servers === 'failure' ? 1 : 10;
  }
  let header = headerText(argv, servers.length);
  let code = 0;
  for (const lookup of command.lookups) {
    const shown = lookup.short || !lookup.shown.has('cmd') ? '' : header;
    code = yield* lookUpOne(proc, lookup, { servers, header: shown });
    header = '';
  }
  return code;
};

const headerText = (argv: readonly string[], servers: number): string =>
  `\n; <<>> DiG ${VERSION} <<>> ${argv.slice(1).join(' ')}\n; (${servers} server${servers === 1 ? '' : 's'} found)\n;; global options: +cmd\n`;

interface Where {
  readonly servers: readonly Ip[];
  readonly header: string;
}

function* lookUpOne(proc: Proc, o: DigLookup, { servers, header }: Where): Blocking<number> {
  const usable = servers.filter((ip) => o.family === undefined || familyOf(ip) === o.family);
  if (usable.length === 0 && servers.length > 0) {
    const skipped = servers.filter((ip) => typeof ip === 'number');
    const lines = skipped.map((ip) => `;; Skipping mapped address '::ffff:${formatIp(ip)}'\n`);
    yield* print(proc, `${lines.join('')};; No acceptable nameservers\n`);
    return 0;
  }
  const name = o.name ?? '.';
  const conf = readResolvConf(proc);
  const search = o.domain === undefined ? conf : { ...conf, search: [o.domain] };
  const names = o.search || o.domain !== undefined ? searchNames(name, search) : [fqdn(name)];
  let last: Reply | undefined;
  for (const candidate of names) {
    const ask = { ...askOf(o), name: candidate, onSend: sendingOf(proc, o) };
    last = yield* askAll(proc, usable, ask, o.tries);
    if (!last) {
      yield* print(proc, `${header};; no servers could be reached\n`);
      return NO_REPLY;
    }
    if (last.answer.message.answers.length > 0) break;
  }
  if (!last) return NO_REPLY;
  yield* print(proc, o.short ? shortText(o, last) : header + fullText(proc, o, last));
  return 0;
}

const familyOf = (ip: Ip): 4 | 6 => (typeof ip === 'number' ? 4 : 6);

const sendingOf = (proc: Proc, o: DigLookup): Ask['onSend'] =>
  o.sending ? (query) => print(proc, sendingText(o, query)) : undefined;

function* serversOf(proc: Proc, server: string | undefined): Blocking<readonly Ip[] | string> {
  if (server === undefined) return readResolvConf(proc).nameservers;
  const found = yield* getaddrinfo(proc, server);
  if (typeof found !== 'string') return found.addresses;
  if (found === 'AGAIN') return 'failure';
  return found === 'NONAME' ? 'not found' : gaiStrerror(found).toLowerCase();
}

const askOf = (o: DigLookup): Omit<Ask, 'server' | 'name'> => ({
  port: o.port,
  type: typeAsked(o),
  class: o.chaos ? C_CHAOS : C_IN,
  tcp: o.tcp,
  recurse: o.recurse,
  ad: o.adFlag && o.edns,
  cd: o.cdFlag,
  edns: o.edns ? { udpSize: o.udpSize, dnssecOk: o.dnssec, cookie: o.cookie } : undefined,
  source: o.source,
  timeoutUs: o.timeoutSec * 1_000_000,
});
