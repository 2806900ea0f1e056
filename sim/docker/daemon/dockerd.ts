import { mkdir } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import { block } from '../../linux/socket/socket';
import { openUnix, type UnixSock, unixAccept, unixBind, unixListen } from '../../linux/socket/unix';
import type { Blocking } from '../../linux/wait-queue';
import { parseIpv4 } from '../../wire/ip';
import { writeSysctl } from '../libnetwork/bridge';
import { setupChains } from '../libnetwork/bridge-rules';
import { addBridgeNetwork, newNetwork } from '../libnetwork/create';
import {
  type DriverName,
  OPTION_BRIDGE_NAME,
  OPTION_HOST_BINDING,
  OPTION_ICC,
  OPTION_MASQUERADE,
  OPTION_MTU,
} from '../libnetwork/network';
import { Engine, type EngineOptions } from './engine';
import { randomId } from './identifier';
import { containerExited } from './stop';

const BACKLOG = 4096;
const DEFAULTS: EngineOptions = {
  socket: '/run/docker.sock',
  dataRoot: '/var/lib/docker',
  execRoot: '/run/docker',
};

/** Which engine has accepted a client's connection. */
const sessions = new WeakMap<UnixSock, Engine>();

/** dockerd(8) 20.10: options that move its files, `-H unix://` for its socket. */
export const dockerd: Program = function* (proc, argv) {
  const options = parseOptions(argv.slice(1));
  if (typeof options === 'string') {
    yield* printError(proc, options);
    return options.startsWith('hopwise') ? 2 : 125;
  }
  const engine = new Engine(proc, options);
  engine.containerExited = (container, code) => containerExited(engine, container, code);
  makePath(proc, options.execRoot);
  makePath(proc, options.dataRoot);
  const listener = openUnix(proc);
  const bound = unixBind(proc, listener.sock, options.socket);
  if (!bound.ok) {
    yield* printError(
      proc,
      `failed to load listeners: can't create unix socket ${options.socket}: ${bound.error}\n`,
    );
    return 1;
  }
  yield* initialise(engine);
  unixListen(listener.sock, BACKLOG);
  engine.routines.go(acceptClients(engine, listener.sock));
  return yield* engine.routines.run();
};

function parseOptions(args: readonly string[]): EngineOptions | string {
  let options = DEFAULTS;
  for (let i = 0; i < args.length; i++) {
    const [name = '', attached] = splitOption(args[i] ?? '');
    const value = attached ?? args[++i] ?? '';
    if (name === '-H' || name === '--host') {
      if (!value.startsWith('unix://')) return `hopwise: dockerd: -H ${value} is not simulated\n`;
      options = { ...options, socket: value.slice('unix://'.length) };
    } else if (name === '--data-root') options = { ...options, dataRoot: value };
    else if (name === '--exec-root') options = { ...options, execRoot: value };
    else if (name !== '-p' && name !== '--pidfile') {
      return `hopwise: dockerd: ${name} is not simulated\n`;
    }
  }
  return options;
}

function splitOption(word: string): readonly [string, string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function makePath(proc: Proc, path: string): void {
  const parts = path.split('/').slice(1);
  for (let i = 1; i <= parts.length; i++) mkdir(proc, `/${parts.slice(0, i).join('/')}`, 0o711);
}

/** initNetworkController(): forwarding, chains, and the three networks of every engine. */
function* initialise(engine: Engine): Blocking<void> {
  const forwarding = engine.net.sysctl.get('net/ipv4/ip_forward')?.read();
  yield* setupChains(engine.tables);
  for (const [name, driver] of [
    ['none', 'null'],
    ['host', 'host'],
  ] as const) {
    addPlainNetwork(engine, name, driver);
  }
  yield* addDefaultBridge(engine);
  if (forwarding === '1') return;
  writeSysctl(engine.net, 'net/ipv4/ip_forward', '1');
  yield* engine.tables.run('-P', 'FORWARD', 'DROP');
}

const request = (name: string, driver: string, options: ReadonlyMap<string, string>) => ({
  name,
  driver,
  ipv6: false,
  internal: false,
  attachable: false,
  ingress: false,
  ipam: [],
  options,
  labels: new Map<string, string>(),
});

function addPlainNetwork(engine: Engine, name: string, driver: DriverName): void {
  const id = randomId(engine.proc.host);
  const made = newNetwork(engine, request(name, driver, new Map()), {
    id,
    v4: undefined,
    v6: undefined,
    ipam: [],
  });
  engine.networks.set(id, { ...made, driver, bridge: '', ipamOptions: 'null' });
}

const DEFAULT_BRIDGE: ReadonlyMap<string, string> = new Map([
  ['com.docker.network.bridge.default_bridge', 'true'],
  [OPTION_ICC, 'true'],
  [OPTION_MASQUERADE, 'true'],
  [OPTION_HOST_BINDING, '0.0.0.0'],
  [OPTION_BRIDGE_NAME, 'docker0'],
  [OPTION_MTU, '1500'],
]);

function* addDefaultBridge(engine: Engine): Blocking<void> {
  const subnet = { address: parseIpv4('172.17.0.0') ?? 0, prefixLen: 16 };
  const pool = engine.local.request(subnet, undefined);
  const gateway = pool.ok ? pool.value.takeAny() : pool;
  if (!pool.ok || !gateway.ok) return;
  const made = newNetwork(engine, request('bridge', 'bridge', DEFAULT_BRIDGE), {
    id: randomId(engine.proc.host),
    v4: { pool: pool.value, gateway: gateway.value },
    v6: undefined,
    ipam: [{ subnet: '172.17.0.0/16', ipRange: '', gateway: '', auxAddresses: undefined }],
  });
  yield* addBridgeNetwork(engine, { ...made, ipamOptions: 'null' });
}

/** Each connection is one client. Its requests come through `engineOf`, not as bytes of HTTP. */
function* acceptClients(engine: Engine, listener: UnixSock): Blocking<void> {
  for (;;) {
    const got = yield* unixAccept(engine.proc, listener);
    if (!got.ok) return;
    const { sock, fd } = got.value;
    const client = sock.peer;
    if (client) {
      sessions.set(client, engine);
      client.wakeAll();
    }
    engine.routines.go(untilClosed(engine, sock, fd));
  }
}

function* untilClosed(engine: Engine, sock: UnixSock, fd: number): Blocking<void> {
  yield* block(engine.proc, sock.readable, () => (sock.rcvShutdown ? true : 'EAGAIN'));
  engine.proc.close(fd);
}

/** The engine at the other end of a connection; undefined when that end closed. */
export function* engineOf(proc: Proc, sock: UnixSock): Blocking<Engine | undefined> {
  const found = yield* block<Engine | 'closed'>(proc, sock.readable, () => {
    return sessions.get(sock) ?? (sock.rcvShutdown ? 'closed' : 'EAGAIN');
  });
  return typeof found === 'string' ? undefined : found;
}
