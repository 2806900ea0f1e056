import { concat } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { readTextAt, unlink, writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError, write } from '../../linux/process-io';
import type { Sock, SockAddr } from '../../linux/socket/sock';
import { openTcp, openUdp } from '../../linux/socket/socket';
import { installTcp, type Opened } from '../../linux/socket/socket-file';
import { tcpAccept, tcpBind, tcpListen, tcpRecv } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import type { UdpSock } from '../../linux/socket/udp';
import type { Blocking, WaitQueue } from '../../linux/wait-queue';
import { C_IN, DNS_PORT, type DnsRecord, decodeDns, encodeDns, T_A, T_AAAA } from '../../wire/dns';
import { fqdn } from '../../wire/dns-name';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { withLength } from '../bind9-dnsutils/query';
import { readHosts } from '../glibc/hosts';
import { knownExists, localAnswer, refused } from './answer';
import { applyOption, BAD_OPTION, type Config, newConfig } from './config';
import { DhcpServer, openDhcp } from './dhcp-server';
import { Leases } from './lease';
import { Log } from './log';

/** EC_BADCONF, EC_BADNET, EC_FILE of dnsmasq.h. */
const BAD_CONFIG = 1;
const BAD_NET = 2;
const BAD_FILE = 3;
const BACKLOG = 5;
const MAX_PENDING = 150;
const FORWARD_US = 10_000_000;
const NOT_SIMULATED = 'is not simulated';

const SHORT: Readonly<Record<string, string>> = {
  '-k': 'keep-in-foreground',
  '-d': 'no-daemon',
  '-h': 'no-hosts',
  '-R': 'no-resolv',
  '-D': 'domain-needed',
  '-z': 'bind-interfaces',
  '-p': 'port',
  '-a': 'listen-address',
  '-A': 'address',
  '-S': 'server',
  '-u': 'user',
  '-x': 'pid-file',
  '-i': 'interface',
  '-I': 'except-interface',
  '-8': 'log-facility',
  '-F': 'dhcp-range',
  '-G': 'dhcp-host',
  '-O': 'dhcp-option',
  '-l': 'dhcp-leasefile',
  '-X': 'dhcp-lease-max',
  '-K': 'dhcp-authoritative',
  '-2': 'no-dhcp-interface',
  '-5': 'no-ping',
};
const FLAGS = new Set(['-k', '-d', '-h', '-R', '-D', '-z', '-K', '-5']);

/** dnsmasq(8) 2.90 as a DNS and DHCP server. */
export const dnsmasq: Program = function* (proc, argv) {
  const config = newConfig();
  const wrong = configure(proc, config, argv.slice(1));
  if (wrong !== undefined) {
    const unknown = wrong.endsWith(NOT_SIMULATED);
    yield* printError(proc, unknown ? `hopwise: dnsmasq: ${wrong}\n` : `\ndnsmasq: ${wrong}\n`);
    return unknown ? 2 : BAD_CONFIG;
  }
  const server = newServer(proc, config);
  const refused = openAll(server);
  if (refused) {
    yield* printError(proc, `\ndnsmasq: ${refused.text}\n`);
    return refused.code;
  }
  if (config.foreground) return yield* run(server);
  const main = (own: Proc): Blocking<number> => run({ ...server, proc: own });
  const child = proc.host.spawn(proc, { main, argv, pgid: 'own' });
  return child === 'EAGAIN' ? BAD_CONFIG : 0;
};

interface Refusal {
  readonly text: string;
  readonly code: number;
}

/** What main() does before it goes to the background: everything that may fail. */
function openAll(server: Server): Refusal | undefined {
  const { proc, config } = server;
  const { leaseFile, ranges } = config.dhcp;
  if (ranges.length > 0) {
    const lease = new Leases(proc, leaseFile).read();
    const what = `cannot open or create lease file ${leaseFile}`;
    if (lease) return { text: `${what}: ${strerror(lease)}`, code: BAD_FILE };
    const dhcp = openDhcp(proc, config.interfaces);
    if (!dhcp.ok) return { text: dhcp.error, code: BAD_NET };
    server.dhcp = dhcp.value;
  }
  const missing = config.interfaces.find((one) => !proc.netns.deviceByName(one));
  if (config.bindInterfaces && missing !== undefined) {
    return { text: `unknown interface ${missing}`, code: BAD_NET };
  }
  const failed = config.port === 0 ? undefined : openSockets(server);
  if (failed !== undefined) return { text: failed, code: BAD_NET };
  const log = logOf(server).start();
  if (!log) return undefined;
  const text = `cannot open log ${config.logFacility}: ${strerror(log)}`;
  return { text, code: BAD_FILE };
}

function logOf({ proc, config }: Server): Log {
  const { logFacility, debug } = config;
  if (logFacility?.includes('/')) {
    return new Log(proc, { path: logFacility });
  }
  if (debug) return new Log(proc, 'debug');
  return new Log(proc, logFacility === '-' ? 'stderr' : 'syslog');
}

function configure(proc: Proc, config: Config, args: readonly string[]): string | undefined {
  const lines: string[] = [];
  let file: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-C' || arg.startsWith('--conf-file=')) {
      file = arg === '-C' ? (args[++i] ?? '') : arg.slice('--conf-file='.length);
    } else if (arg.startsWith('--')) lines.push(arg.slice(2));
    else {
      const name = SHORT[arg];
      if (name === undefined) return 'bad command line options: try --help';
      lines.push(FLAGS.has(arg) ? name : `${name}=${args[++i] ?? ''}`);
    }
  }
  for (const line of lines) {
    const wrong = applyOption(config, line);
    if (wrong?.endsWith(NOT_SIMULATED)) return wrong;
    if (wrong !== undefined) {
      return `bad command line options: ${wrong === BAD_OPTION ? 'try --help' : wrong}`;
    }
  }
  return file === undefined ? undefined : readConfig(proc, config, file);
}

function readConfig(proc: Proc, config: Config, path: string): string | undefined {
  const text = readTextAt(proc, path);
  if (typeof text === 'string') return `cannot read ${path}: ${strerror(text)}`;
  for (const [i, raw] of text.text.split('\n').entries()) {
    const line = raw.replace(/^\s+|\s+$/g, '').replace(/^#.*|\s#.*$/g, '');
    if (line === '') continue;
    const wrong = applyOption(config, line);
    if (wrong?.endsWith(NOT_SIMULATED)) return wrong;
    if (wrong !== undefined) return `${wrong} at line ${i + 1} of ${path}`;
  }
  return undefined;
}

/** What the server keeps while it runs. */
interface Server {
  readonly proc: Proc;
  readonly config: Config;
  dhcp?: UdpSock;
  readonly udp: UdpSock[];
  readonly listeners: TcpSock[];
  readonly connections: Map<Opened<TcpSock>, Uint8Array>;
  /** Questions that were passed on. */
  readonly pending: Set<Pending>;
}

interface Pending {
  readonly upstream: Opened<UdpSock>;
  readonly answerTo: (reply: Uint8Array) => void;
  readonly untilUs: number;
}

function newServer(proc: Proc, config: Config): Server {
  return {
    proc,
    config,
    udp: [],
    listeners: [],
    connections: new Map(),
    pending: new Set(),
  };
}

/** The event loop of main(), and what it says before and after. */
function* run(server: Server): Blocking<number> {
  const { proc, config } = server;
  const log = logOf(server);
  log.start();
  const writesPid = config.pidFile !== '' && !config.debug;
  if (writesPid) writeFileAt(proc, config.pidFile, `${proc.pid}\n`, 0o644);
  for (const { sk } of [...server.udp, ...server.listeners]) adopt(proc, sk);
  if (server.dhcp) adopt(proc, server.dhcp.sk);
  const dhcp = server.dhcp && new DhcpServer(proc, config, log, server.dhcp);
  announce(server, log, dhcp);
  for (const signal of ['TERM', 'INT', 'HUP'] as const) proc.setDisposition(signal, 'catch');
  while (!isOver(proc, config)) {
    for (const sock of server.udp) serveUdp(server, sock);
    accept(server);
    for (const opened of [...server.connections.keys()]) yield* serveTcp(server, opened);
    collect(server);
    if (dhcp) yield* dhcp.serve();
    if (proc.pending.length > 0) continue;
    const waits = [dhcp?.leases.nextEndUs, server.pending.size > 0 ? 1_000_000 : undefined];
    const known = waits.filter((us) => us !== undefined);
    yield {
      kind: 'wait',
      on: [...queues(server), ...(dhcp?.queues ?? [])],
      timeoutUs: known.length > 0 ? Math.min(...known) : undefined,
    };
  }
  log.dns('exiting on receipt of SIGTERM');
  if (writesPid) unlink(proc, config.pidFile);
  return 0;
}

/** A socket that was opened before the fork is the child's. */
function adopt(proc: Proc, sk: Sock): void {
  if (sk.owner) sk.owner = { ...sk.owner, pid: proc.pid };
}

/** SIGTERM, or SIGINT where a person watches. */
function isOver(proc: Proc, config: Config): boolean {
  for (let signal = proc.takeSignal(); signal; signal = proc.takeSignal()) {
    if (signal === 'TERM' || (signal === 'INT' && config.debug)) return true;
  }
  return false;
}

const COMPILED =
  'IPv6 GNU-getopt DBus no-UBus i18n IDN2 DHCP DHCPv6 no-Lua TFTP conntrack ipset nftset auth cryptohash DNSSEC loop-detect inotify dumpfile';

function announce(server: Server, log: Log, dhcp: DhcpServer | undefined): void {
  const { proc, config } = server;
  const mode = config.port === 0 ? 'DNS disabled' : 'cachesize 150';
  log.dns(`started, version 2.90 ${mode}`);
  log.dns(`compile time options: ${COMPILED}`);
  for (const name of config.interfaces) {
    if (!proc.netns.deviceByName(name)) {
      log.dns(`warning: interface ${name} does not currently exist`);
    }
  }
  const serves = config.port !== 0;
  if (serves && config.servers.length === 0) log.dns('warning: no upstream servers configured');
  dhcp?.announce();
  if (!serves) return;
  for (const ip of config.servers) log.dns(`using nameserver ${formatIp(ip)}#${DNS_PORT}`);
  for (const domain of config.local) {
    log.dns(`using only locally-known addresses for ${domain.replace(/\.$/, '')}`);
  }
  const names = config.readHosts ? readHosts(proc).flatMap((one) => one.names).length : 0;
  log.dns(config.readHosts ? `read /etc/hosts - ${names} names` : 'cleared cache');
}

/** create_bound_listener(): UDP and TCP on each address. */
function openSockets(server: Server): string | undefined {
  const { proc, config } = server;
  const addresses = listenAddresses(server);
  for (const addr of addresses) {
    const family = typeof addr === 'number' ? 4 : 6;
    const { sock: udp } = openUdp(proc, family);
    const { sock: tcp } = openTcp(proc, family);
    udp.sk.reuseAddr = true;
    tcp.sk.reuseAddr = true;
    const to = { addr, port: config.port };
    const bound = udp.bind(to);
    const second = bound.ok ? tcpBind(tcp, to) : bound;
    const listening = second.ok ? tcpListen(tcp, BACKLOG) : second;
    if (!listening.ok) {
      const where = addr === 0 ? `port ${config.port}` : formatIp(addr);
      return `failed to create listening socket for ${where}: ${strerror(listening.error)}`;
    }
    server.udp.push(udp);
    server.listeners.push(tcp);
  }
  return undefined;
}

/** Wildcard, unless addresses are named, or interfaces with bind-interfaces (then lo too). */
function listenAddresses({ proc, config }: Server): readonly Ip[] {
  if (config.listen.length > 0) return config.listen;
  if (!config.bindInterfaces || config.interfaces.length === 0) return [0];
  const names = new Set([...config.interfaces, 'lo']);
  return [...names]
    .filter((name) => !config.exceptInterfaces.includes(name))
    .flatMap((name) => proc.netns.deviceByName(name)?.inDev.addresses ?? [])
    .map((one) => one.local);
}

const queues = (server: Server): readonly WaitQueue[] => [
  ...server.udp.map((s) => s.sk.readable),
  ...server.listeners.map((s) => s.sk.readable),
  ...[...server.connections.keys()].map((o) => o.sock.sk.readable),
  ...[...server.pending].map((p) => p.upstream.sock.sk.readable),
];

function serveUdp(server: Server, sock: UdpSock): void {
  for (;;) {
    const got = sock.recv();
    if (typeof got === 'string') return;
    const to: SockAddr = got.from;
    handle(server, got.data, (reply) => void sock.sendto(reply, to));
  }
}

function accept(server: Server): void {
  for (const listener of server.listeners) {
    for (;;) {
      const child = tcpAccept(listener);
      if (typeof child === 'string') break;
      server.connections.set(installTcp(server.proc, child), new Uint8Array(0));
    }
  }
}

function* serveTcp(server: Server, opened: Opened<TcpSock>): Blocking<void> {
  const { proc, connections } = server;
  for (;;) {
    const got = tcpRecv(opened.sock, 65_536);
    if (got === 'EAGAIN') return;
    if (typeof got === 'string' || got.length === 0) {
      connections.delete(opened);
      proc.close(opened.fd);
      return;
    }
    const bytes = concat([connections.get(opened) ?? new Uint8Array(0), got]);
    const length = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    const whole = bytes.length >= 2 && bytes.length >= length + 2;
    connections.set(opened, whole ? bytes.slice(length + 2) : bytes);
    if (!whole) continue;
    const replies: Uint8Array[] = [];
    handle(server, bytes.slice(2, length + 2), (reply) => replies.push(reply));
    for (const reply of replies) yield* write(proc, opened.fd, withLength(reply));
  }
}

/** /etc/hosts is read for each question: an edit counts at once, without SIGHUP. */
function knownRecords({ proc, config }: Server): readonly DnsRecord[] {
  if (!config.readHosts) return config.records;
  const hosts = readHosts(proc).flatMap(({ addr, names }) =>
    names.map((name): DnsRecord => {
      const base = { name: fqdn(name), class: C_IN, ttl: 0 };
      return typeof addr === 'number'
        ? { ...base, type: T_A, data: { kind: 'a', address: addr } }
        : { ...base, type: T_AAAA, data: { kind: 'aaaa', address: addr } };
    }),
  );
  return [...config.records, ...hosts];
}

function handle(server: Server, bytes: Uint8Array, answerTo: (reply: Uint8Array) => void): void {
  const query = decodeDns(bytes);
  if (!query.ok || query.value.qr) return;
  const own = localAnswer(query.value, server.config, knownRecords(server));
  if (own) answerTo(encodeDns(own, 'owners'));
  else if (!forward(server, bytes, answerTo)) answerTo(encodeDns(refused(query.value), 'owners'));
}

/** forward_query(), forward.c: to the first server that there is. */
function forward(
  server: Server,
  query: Uint8Array,
  answerTo: (reply: Uint8Array) => void,
): boolean {
  const { proc, config, pending } = server;
  const target = config.servers[0];
  if (target === undefined || pending.size >= MAX_PENDING) return false;
  const upstream = openUdp(proc, typeof target === 'number' ? 4 : 6);
  const connected = upstream.sock.connect({ addr: target, port: DNS_PORT });
  if (!connected.ok || !upstream.sock.sendto(query).ok) {
    proc.close(upstream.fd);
    return false;
  }
  pending.add({ upstream, answerTo, untilUs: proc.host.nowUs + FORWARD_US });
  return true;
}

/** reply_query(): what came back from other servers. */
function collect(server: Server): void {
  const { proc, pending } = server;
  for (const one of pending) {
    const got = one.upstream.sock.recv();
    const over = proc.host.nowUs >= one.untilUs || (typeof got === 'string' && got !== 'EAGAIN');
    if (typeof got !== 'string') one.answerTo(knownExists(got.data, knownRecords(server)));
    else if (!over) continue;
    pending.delete(one);
    proc.close(one.upstream.fd);
  }
}
