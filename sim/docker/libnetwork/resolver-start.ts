import { readTextAt } from '../../linux/files';
import type { Blocking } from '../../linux/wait-queue';
import { formatIp, isLoopback, parseIp } from '../../wire/ip';
import type { Container } from '../daemon/container';
import type { Engine } from '../daemon/engine';
import { setText } from '../daemon/rootfs';
import { remoteRecords } from '../swarm/records';
import type { Endpoint } from './endpoint';
import { addHostsLine } from './hosts-file';
import { type ExternalServer, Resolver } from './resolver';

interface ResolvText {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
}

/** resolvconf.GetNameservers(), GetSearchDomains(), GetOptions(). */
function parseResolv(text: string): ResolvText {
  const nameservers: string[] = [];
  let search: readonly string[] = [];
  let options: readonly string[] = [];
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === 'nameserver' && words[0] !== undefined) nameservers.push(words[0]);
    if (keyword === 'search') search = words;
    if (keyword === 'options') options = words;
  }
  return { nameservers, search, options };
}

/** resolvconf.Build(). */
function buildResolv({ nameservers, search, options }: ResolvText): string {
  const domains = search.join(' ').trim();
  const lines: string[] = [];
  if (domains !== '' && domains !== '.') lines.push(`search ${domains}\n`);
  for (const server of nameservers) lines.push(`nameserver ${server}\n`);
  if (options.length > 0) lines.push(`options ${options.join(' ')}\n`);
  return lines.join('');
}

const DEFAULT_SERVERS = ['8.8.8.8', '8.8.4.4'];

const isLocalhost = (server: string): boolean => {
  const ip = parseIp(server);
  return ip !== undefined && isLoopback(ip);
};

const hostResolv = (engine: Engine): string => {
  const text = readTextAt(engine.proc, '/etc/resolv.conf');
  return typeof text === 'string' ? '' : text.text;
};

/** setupDNS(), sandbox_dns_unix.go: the file of a container that uses the machine's servers. */
export function setupDns(engine: Engine, container: Container): string {
  const text = hostResolv(engine);
  const { hostConfig } = container;
  if (hostConfig.networkMode === 'host' && hostConfig.dns.length === 0) return text;
  const host = parseResolv(text);
  if (
    hostConfig.dns.length > 0 ||
    hostConfig.dnsSearch.length > 0 ||
    hostConfig.dnsOptions.length > 0
  ) {
    const usable = host.nameservers.filter((one) => !isLocalhost(one));
    return buildResolv({
      nameservers:
        hostConfig.dns.length > 0 ? hostConfig.dns : usable.length > 0 ? usable : DEFAULT_SERVERS,
      search: hostConfig.dnsSearch.length > 0 ? hostConfig.dnsSearch : host.search,
      options: hostConfig.dnsOptions.length > 0 ? hostConfig.dnsOptions : host.options,
    });
  }
  return filterResolv(text);
}

/** resolvconf.FilterResolvDNS(): no server on localhost; Google's if none is left. */
function filterResolv(text: string): string {
  const lines = text.split('\n').filter((line) => {
    const [keyword, server] = line.trim().split(/\s+/);
    return keyword !== 'nameserver' || server === undefined || !isLocalhost(server);
  });
  const cleaned = lines.join('\n');
  if (parseResolv(cleaned).nameservers.length > 0) return cleaned;
  return `${cleaned}\n${DEFAULT_SERVERS.map((one) => `nameserver ${one}`).join('\n')}\n`;
}

/** extDNS of the sandbox: who is asked for names of the world outside. */
function externalServers(engine: Engine, container: Container): readonly ExternalServer[] {
  const local = parseResolv(hostResolv(engine)).nameservers.filter(isLocalhost);
  const useHost = container.hostConfig.dns.length === 0 && local.length > 0;
  const names = useHost ? local : parseResolv(setupDns(engine, container)).nameservers;
  return names.flatMap((name) => {
    const address = parseIp(name);
    return address === undefined ? [] : [{ address, hostLoopback: useHost }];
  });
}

/** What joining a network does to names: a line in /etc/hosts, and the embedded server on networks of people. */
export function* startResolver(
  engine: Engine,
  container: Container,
  endpoint: Endpoint,
): Blocking<void> {
  const { sandbox, files } = container;
  if (!sandbox || !files) return;
  for (const ip of [endpoint.ipv4, endpoint.ipv6]) {
    if (ip !== undefined) addHostsLine(container, formatIp(ip));
  }
  const { driver, name } = endpoint.network;
  const needs = driver === 'overlay' || (driver === 'bridge' && name !== 'bridge');
  if (!needs || sandbox.resolver || !sandbox.own) return;
  const current = parseResolv(setupDns(engine, container));
  const hasNdots = current.options.some((one) => one.startsWith('ndots:'));
  const ndots = current.options.find((one) => one.startsWith('ndots:'))?.slice(6) ?? '0';
  const resolver = new Resolver(engine.routines, {
    sandbox,
    hostNet: engine.net,
    external: externalServers(engine, container),
    ndotsSet: Number(ndots) > 0,
    remote: (network) => remoteRecords(engine, network),
    proxies: () => sandbox.endpoints.some((one) => !one.network.internal),
  });
  sandbox.resolver = resolver;
  const options = hasNdots ? current.options : [...current.options, 'ndots:0'];
  setText(
    files.network.resolvConf,
    buildResolv({ ...current, nameservers: ['127.0.0.11'], options }),
  );
  yield* resolver.setup();
  resolver.start();
}
