import { readTextAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { Family } from '../../wire/ip';
import { formatIp } from '../../wire/ip';
import { SERVICES } from '../../wire/services';
import { getaddrinfo, getnameinfo } from '../glibc/getaddrinfo';
import { readHosts } from '../glibc/hosts';
import { numericHost } from '../glibc/inet-aton';

const USAGE = `Usage: getent [OPTION...] database [key ...]
Get entries from administrative database.

`;

/** getent(1) of glibc: hosts, ahosts, ahostsv4, ahostsv6, services, passwd, group. */
export const getent: Program = function* (proc, argv) {
  const [database, ...keys] = argv.slice(1);
  if (database === undefined) {
    yield* printError(proc, `getent: wrong number of arguments\n${USAGE}`);
    return 1;
  }
  if (database.startsWith('-')) {
    yield* printError(proc, `hopwise: getent: ${database} is not simulated\n`);
    return 2;
  }
  switch (database) {
    case 'hosts':
      return yield* hosts(proc, keys);
    case 'ahosts':
    case 'ahostsv4':
    case 'ahostsv6':
      return yield* ahosts(proc, database, keys);
    case 'services':
      return yield* services(proc, keys);
    case 'passwd':
    case 'group':
      return yield* colonFile(proc, `/etc/${database}`, keys);
    default:
      yield* printError(proc, `Unknown database: ${database}\n`);
      yield* printError(proc, "Try `getent --help' or `getent --usage' for more information.\n");
      return 1;
  }
};

/** print_hosts(). */
const line = (address: string, names: readonly string[]): string =>
  `${address.padEnd(15)} ${names.join(' ')}\n`;

/** hosts_keys(): IPv6 addresses first, IPv4 if there are none. */
function* hosts(proc: Proc, keys: readonly string[]): Blocking<number> {
  if (keys.length === 0) {
    for (const e of readHosts(proc)) yield* print(proc, line(formatIp(e.addr), e.names));
    return 0;
  }
  let code = 0;
  for (const key of keys) {
    const text = numericHost(key) ? yield* byAddress(proc, key) : yield* byName(proc, key);
    if (text === undefined) code = 2;
    else yield* print(proc, text);
  }
  return code;
}

function* byAddress(proc: Proc, key: string): Blocking<string | undefined> {
  const addr = numericHost(key)?.addr;
  const name = addr === undefined ? undefined : yield* getnameinfo(proc, addr);
  return addr === undefined || name === undefined ? undefined : line(formatIp(addr), [name]);
}

function* byName(proc: Proc, key: string): Blocking<string | undefined> {
  const known = readHosts(proc).filter((e) => e.names.includes(key));
  for (const family of [6, 4] as const) {
    const entries = known.filter((e) => (typeof e.addr === 'number' ? 4 : 6) === family);
    if (entries.length > 0) return entries.map((e) => line(formatIp(e.addr), e.names)).join('');
    const found = yield* getaddrinfo(proc, key, family);
    if (typeof found === 'string') continue;
    const names = found.canonName === key ? [key] : [found.canonName];
    return found.addresses.map((ip) => line(formatIp(ip), names)).join('');
  }
  return undefined;
}

const FAMILIES: Readonly<Record<string, Family | undefined>> = { ahostsv4: 4, ahostsv6: 6 };
const SOCKET_TYPES = ['STREAM', 'DGRAM', 'RAW'] as const;

/** ahosts_keys_int(): what getaddrinfo() gives, once for each socket type. */
function* ahosts(proc: Proc, database: string, keys: readonly string[]): Blocking<number> {
  let code = 0;
  for (const key of keys) {
    const found = yield* getaddrinfo(proc, key, FAMILIES[database]);
    if (typeof found === 'string') {
      code = 2;
      continue;
    }
    let name = ` ${found.canonName}`;
    for (const ip of found.addresses) {
      for (const type of SOCKET_TYPES) {
        yield* print(proc, `${formatIp(ip).padEnd(15)} ${type.padEnd(6)}${name}\n`);
        name = '';
      }
    }
  }
  return code;
}

function* services(proc: Proc, keys: readonly string[]): Blocking<number> {
  const all = SERVICES.flatMap((s) => s.protocols.map((protocol) => ({ ...s, protocol })));
  const text = (s: (typeof all)[number]): string =>
    `${s.name.padEnd(21)} ${s.port}/${[s.protocol, ...s.aliases].join(' ')}\n`;
  if (keys.length === 0) {
    yield* print(proc, all.map(text).join(''));
    return 0;
  }
  let code = 0;
  for (const key of keys) {
    const [name, protocol] = key.split('/');
    const found = all.find(
      (s) =>
        (s.name === name || s.aliases.includes(name ?? '') || String(s.port) === name) &&
        (protocol === undefined || s.protocol === protocol),
    );
    if (found) yield* print(proc, text(found));
    else code = 2;
  }
  return code;
}

/** passwd and group: the line of the file whose name or number is the key. */
function* colonFile(proc: Proc, path: string, keys: readonly string[]): Blocking<number> {
  const file = readTextAt(proc, path);
  const lines = typeof file === 'string' ? [] : file.text.split('\n').filter((l) => l !== '');
  if (keys.length === 0) {
    yield* print(proc, lines.map((l) => `${l}\n`).join(''));
    return 0;
  }
  let code = 0;
  for (const key of keys) {
    const found = lines.find((l) => [l.split(':')[0], l.split(':')[2]].includes(key));
    if (found === undefined) code = 2;
    else yield* print(proc, `${found}\n`);
  }
  return code;
}
