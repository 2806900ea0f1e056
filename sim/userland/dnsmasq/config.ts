import { utf8Encode } from '../../base/bytes';
import {
  C_IN,
  type DnsData,
  type DnsRecord,
  T_A,
  T_AAAA,
  T_CNAME,
  T_MX,
  T_PTR,
  T_SRV,
  T_TXT,
} from '../../wire/dns';
import { fqdn } from '../../wire/dns-name';
import type { Ip } from '../../wire/frame';
import { parseIp } from '../../wire/ip';
import { applyDhcp, type DhcpConfig, newDhcpConfig } from './dhcp-config';
import { OPTION_NAMES } from './option-names';

/** What dnsmasq was told, in the file of -C or on the command line. */
export interface Config {
  readonly records: DnsRecord[];
  /** address=/domain/ip: the domain and all below it; without an address there is no such name. */
  readonly wildcards: { readonly domain: string; readonly address: Ip | undefined }[];
  /** local=/domain/: never asked elsewhere. */
  readonly local: string[];
  readonly servers: Ip[];
  readonly listen: Ip[];
  readonly interfaces: string[];
  readonly exceptInterfaces: string[];
  readonly dhcp: DhcpConfig;
  port: number;
  /** bind-interfaces: each address has a socket of its own. */
  bindInterfaces: boolean;
  pidFile: string;
  /** log-facility: a path, or `-` for standard error. */
  logFacility: string | undefined;
  /** no-daemon: in the foreground, with its log on standard error. */
  debug: boolean;
  readHosts: boolean;
  domainNeeded: boolean;
  bogusPriv: boolean;
  foreground: boolean;
}

export const newConfig = (): Config => ({
  records: [],
  wildcards: [],
  local: [],
  servers: [],
  listen: [],
  interfaces: [],
  exceptInterfaces: [],
  dhcp: newDhcpConfig(),
  port: 53,
  bindInterfaces: false,
  pidFile: '/run/dnsmasq.pid',
  logFacility: undefined,
  debug: false,
  readHosts: true,
  domainNeeded: false,
  bogusPriv: false,
  foreground: false,
});

/** What a name that dnsmasq does not know is answered with. */
export const BAD_OPTION = 'bad option';

/** Options that change nothing that is simulated: who runs it, what it caches. */
const IGNORED = new Set([
  'no-resolv',
  'user',
  'group',
  'no-poll',
  'no-negcache',
  'cache-size',
  'log-queries',
]);

const record = (name: string, type: number, data: DnsData): DnsRecord => ({
  name: fqdn(name.toLowerCase()),
  type,
  class: C_IN,
  ttl: 0,
  data,
});

const address = (name: string, ip: Ip): DnsRecord =>
  typeof ip === 'number'
    ? record(name, T_A, { kind: 'a', address: ip })
    : record(name, T_AAAA, { kind: 'aaaa', address: ip });

/** One line of the file, or one `--option=value`. The text is what is wrong with it. */
export function applyOption(config: Config, line: string): string | undefined {
  const at = line.indexOf('=');
  const name = at < 0 ? line : line.slice(0, at);
  const value = at < 0 ? '' : line.slice(at + 1);
  if (IGNORED.has(name)) return undefined;
  const fields = value.split(',').map((f) => f.trim());
  switch (name) {
    case 'no-hosts':
      config.readHosts = false;
      return undefined;
    case 'domain-needed':
      config.domainNeeded = true;
      return undefined;
    case 'bogus-priv':
      config.bogusPriv = true;
      return undefined;
    case 'bind-interfaces':
    case 'bind-dynamic':
      config.bindInterfaces = true;
      return undefined;
    case 'interface':
      config.interfaces.push(...fields);
      return undefined;
    case 'except-interface':
      config.exceptInterfaces.push(...fields);
      return undefined;
    case 'pid-file':
      config.pidFile = value;
      return undefined;
    case 'log-facility':
      config.logFacility = value;
      return undefined;
    case 'no-daemon':
      config.debug = true;
      config.foreground = true;
      return undefined;
    case 'keep-in-foreground':
      config.foreground = true;
      return undefined;
    case 'port':
      config.port = Number(value);
      return undefined;
    case 'listen-address':
      config.listen.push(...fields.flatMap((f) => parseIp(f) ?? []));
      return undefined;
    case 'local':
    case 'server':
    case 'address':
      return applyDomain(config, name, value);
    default: {
      const done = applyDhcp(config.dhcp, name, value);
      if (done) return done.ok ? undefined : done.error;
      return applyRecord(config, name, fields);
    }
  }
}

/** `/domain/` with or without an address behind it. */
function applyDomain(config: Config, name: string, value: string): string | undefined {
  const match = /^\/(.+)\/([^/]*)$/.exec(value);
  if (!match) {
    const ip = parseIp(value);
    if (name !== 'server' || ip === undefined)
      return name === 'address' ? 'bad address' : 'Cannot resolve server name';
    config.servers.push(ip);
    return undefined;
  }
  const ip = parseIp(match[2] ?? '');
  for (const domain of (match[1] ?? '').split('/')) {
    if (name === 'address' && (ip !== undefined || match[2] === '')) {
      config.wildcards.push({ domain: fqdn(domain.toLowerCase()), address: ip });
    } else if (match[2] === '') config.local.push(fqdn(domain.toLowerCase()));
    else return `${name} for one domain is not simulated`;
  }
  return undefined;
}

function applyRecord(config: Config, name: string, fields: readonly string[]): string | undefined {
  const [first = '', second = ''] = fields;
  switch (name) {
    case 'host-record': {
      const names = fields.filter((f) => parseIp(f) === undefined && !/^\d+$/.test(f));
      const ips = fields.flatMap((f) => parseIp(f) ?? []);
      for (const host of names) for (const ip of ips) config.records.push(address(host, ip));
      return undefined;
    }
    case 'cname':
      config.records.push(record(first, T_CNAME, { kind: 'name', name: fqdn(second) }));
      return undefined;
    case 'txt-record': {
      const strings = fields.slice(1).map((f) => utf8Encode(f.replace(/^"|"$/g, '')));
      config.records.push(record(first, T_TXT, { kind: 'txt', strings }));
      return undefined;
    }
    case 'mx-host': {
      const data: DnsData = {
        kind: 'mx',
        preference: Number(fields[2] ?? 1),
        exchange: fqdn(second),
      };
      config.records.push(record(first, T_MX, data));
      return undefined;
    }
    case 'ptr-record':
      config.records.push(record(first, T_PTR, { kind: 'name', name: fqdn(second) }));
      return undefined;
    case 'srv-host': {
      const [port = 0, priority = 0, weight = 0] = fields.slice(2).map(Number);
      const data: DnsData = { kind: 'srv', priority, weight, port, target: fqdn(second) };
      config.records.push(record(first, T_SRV, data));
      return undefined;
    }
    default:
      return OPTION_NAMES.has(name) ? `${name} is not simulated` : BAD_OPTION;
  }
}
