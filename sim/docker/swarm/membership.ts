import { utf8Decode, utf8Encode } from '../../base/bytes';
import { ok } from '../../base/result';
import { write } from '../../linux/process-io';
import { accept, block, connect } from '../../linux/socket/socket';
import { installTcp } from '../../linux/socket/socket-file';
import { newTcpSock, tcpBind, tcpListen, tcpRecv } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import type { Blocking } from '../../linux/wait-queue';
import type { Ipv4 } from '../../wire/frame';
import { formatIp, isLoopback, parseIpv4 } from '../../wire/ip';
import { type ApiResult, invalidParameter, systemError, unavailable } from '../daemon/api-error';
import type { Engine } from '../daemon/engine';
import { swarmId } from '../daemon/identifier';
import type { Endpoint } from '../libnetwork/endpoint';
import {
  Cluster,
  type ClusterNetwork,
  type ClusterNode,
  clustersOf,
  type SwarmNode,
} from './cluster';
import { createGatewayBridge } from './gateway-bridge';
import { addOwnEndpoint, joinIngressGateway, joinOverlay, leaveOverlay, taskDelay } from './local';
import { addClusterNetwork } from './networks';

export const SWARM_PORT = 2377;
const BACKLOG = 4096;
/** How long a manager takes to answer before a joining node gives up. */
const JOIN_US = 20_000_000;
const REFUSED_US = 10_000_000;
const INIT_US = 400_000;
/** How long after a node joined the mesh's sandbox has its way out. */
const GATEWAY_US = 800_000;

const ALREADY =
  'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.';

const NOT_A_SYSTEM_ADDRESS =
  "must specify a listening address because the address to advertise is not recognized as a system address, and a system's IP address to use could not be uniquely identified";

/** resolveSystemAddr(): the address that other nodes shall use. */
function advertised(engine: Engine, given: string): ApiResult<Ipv4> {
  const host = given.split(':')[0] ?? '';
  const ip = parseIpv4(host);
  if (ip !== undefined) {
    const own = engine.net.devices().some((dev) => dev.inDev.addresses.some((a) => a.local === ip));
    return own ? ok(ip) : invalidParameter(NOT_A_SYSTEM_ADDRESS);
  }
  if (host !== '') {
    const dev = engine.net.deviceByName(host);
    const address = dev?.inDev.addresses[0];
    if (address) return ok(address.local);
    return invalidParameter(
      'advertise address must be a non-zero IP address or network interface (with optional port number)',
    );
  }
  const found = engine.net.devices().flatMap((dev) => {
    const isBridge = dev.kind === 'bridge' || dev.kind === 'loopback';
    return isBridge || !dev.up ? [] : dev.inDev.addresses.map((one) => ({ dev, ip: one.local }));
  });
  const usable = found.filter((one) => !isLoopback(one.ip));
  const [first, second] = usable;
  if (!first) {
    return invalidParameter(
      "could not find the system's IP address - specify one with --advertise-addr",
    );
  }
  if (second) {
    return invalidParameter(
      `could not choose an IP address to advertise since this system has multiple addresses on different interfaces (${formatIp(first.ip)} on ${first.dev.name} and ${formatIp(second.ip)} on ${second.dev.name}) - specify one with --advertise-addr`,
    );
  }
  return ok(first.ip);
}

const token = (engine: Engine, secret: string): string =>
  `SWMTKN-1-${secret}-${swarmId(engine.proc.host)}`;

/** Init() of the cluster: a manager, its tokens, and the network of the routing mesh. */
export function* initSwarm(engine: Engine, advertise: string): Blocking<ApiResult<SwarmNode>> {
  if (engine.swarm) return unavailable(ALREADY);
  const address = advertised(engine, advertise);
  if (!address.ok) return address;
  const { host } = engine.proc;
  const secret = swarmId(host, 50);
  const cluster = new Cluster(swarmId(host), token(engine, secret), token(engine, secret));
  clustersOf(host.kernel).set(cluster.id, cluster);
  yield { kind: 'wait', on: [], timeoutUs: INIT_US };
  const swarm = enlist(engine, cluster, { role: 'manager', address: address.value });
  const ingress = addClusterNetwork(engine, cluster, INGRESS);
  if (ingress.ok) yield* joinIngress(engine, swarm, ingress.value);
  return ok(swarm);
}

const INGRESS = {
  name: 'ingress',
  driver: 'overlay',
  ipv6: false,
  internal: false,
  attachable: false,
  ingress: true,
  ipam: [],
  options: new Map<string, string>(),
  labels: new Map<string, string>(),
};

function enlist(
  engine: Engine,
  cluster: Cluster,
  as: { readonly role: ClusterNode['role']; readonly address: Ipv4 },
): SwarmNode {
  const node: ClusterNode = {
    id: swarmId(engine.proc.host),
    hostname: engine.proc.uts.hostname,
    role: as.role,
    address: as.address,
    engine,
    availability: 'active',
    leftUs: undefined,
  };
  cluster.nodes.push(node);
  const stop = as.role === 'manager' ? listen(engine, cluster) : () => undefined;
  const swarm: SwarmNode = { id: node.id, cluster, node, overlays: new Map(), stop };
  engine.swarm = swarm;
  return swarm;
}

/** The first overlay of a machine: the driver tries a tunnel before it makes one, which takes a number. */
function* joinIngress(engine: Engine, swarm: SwarmNode, network: ClusterNetwork): Blocking<void> {
  if (!probed.has(engine)) engine.net.reserveIfindex(undefined);
  probed.add(engine);
  joinOverlay(engine, swarm, network);
  const endpoint = addOwnEndpoint(engine, swarm, network);
  yield* createGatewayBridge(engine);
  engine.routines.go(joinGatewayLater(engine, swarm, endpoint));
}

/** The routing mesh's sandbox gets its way out a moment after the node is ready. */
function* joinGatewayLater(
  engine: Engine,
  swarm: SwarmNode,
  endpoint: Endpoint | undefined,
): Blocking<void> {
  yield* taskDelay(GATEWAY_US);
  if (endpoint && engine.swarm === swarm) joinIngressGateway(engine, endpoint);
}

const probed = new WeakSet<Engine>();

/** The manager's remote API: it tells who reaches it which swarm this is. */
function listen(engine: Engine, cluster: Cluster): () => void {
  const { proc } = engine;
  const opened = installTcp(proc, newTcpSock(engine.net, 6));
  const bound = tcpBind(opened.sock, { addr: 0n, port: SWARM_PORT });
  if (bound.ok) tcpListen(opened.sock, BACKLOG);
  let open = true;
  engine.routines.go(
    (function* () {
      while (open && bound.ok) {
        const client = yield* accept(proc, opened.sock);
        if (!client.ok) return;
        yield* write(proc, client.value.fd, utf8Encode(`${cluster.id}\n`));
        proc.close(client.value.fd);
      }
    })(),
  );
  return () => {
    open = false;
    proc.close(opened.fd);
  };
}

const TOKEN = /^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/;

/** Join(): by way of a manager that answers. */
export function* joinSwarm(
  engine: Engine,
  request: { readonly token: string; readonly remote: string; readonly advertise: string },
): Blocking<ApiResult<ClusterNode['role']>> {
  if (engine.swarm) return unavailable(ALREADY);
  if (!TOKEN.test(request.token)) return invalidParameter('invalid join token');
  const [host = '', port = String(SWARM_PORT)] = request.remote.split(':');
  const remote = parseIpv4(host);
  if (remote === undefined)
    return invalidParameter(`hopwise: swarm join ${host}: names are not simulated`);
  const found = yield* askManager(engine, remote, Number(port));
  if (found === 'refused') {
    const to = `${host}:${port}`;
    return systemError(
      `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial tcp ${to}: connect: connection refused"`,
    );
  }
  const cluster =
    found === undefined ? undefined : clustersOf(engine.proc.host.kernel).get(found.id);
  if (!found || !cluster?.manager) {
    return systemError(
      'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.',
    );
  }
  const role = request.token === cluster.managerToken ? 'manager' : 'worker';
  if (role === 'worker' && request.token !== cluster.workerToken) {
    return systemError('remote CA does not match fingerprint. Expected: a different one');
  }
  if (role === 'manager') return systemError('hopwise: a second manager is not simulated');
  const address = request.advertise === '' ? ok(found.own) : advertised(engine, request.advertise);
  if (!address.ok) return address;
  const swarm = enlist(engine, cluster, { role, address: address.value });
  const ingress = [...cluster.networks.values()].find((one) => one.ingress);
  if (ingress) yield* joinIngress(engine, swarm, ingress);
  return ok(role);
}

interface Answer {
  readonly id: string;
  /** The address by which this machine reached the manager. */
  readonly own: Ipv4;
}

/** A manager that refuses for REFUSED_US is given up; one that is silent for JOIN_US. */
function* askManager(
  engine: Engine,
  addr: Ipv4,
  port: number,
): Blocking<Answer | 'refused' | undefined> {
  const { proc } = engine;
  const start = engine.nowUs;
  const until = start + JOIN_US;
  while (engine.nowUs < until) {
    const opened = installTcp(proc, newTcpSock(engine.net, 4));
    const connected = yield* connect(proc, opened.sock, { addr, port }, until - engine.nowUs);
    const id = connected.ok ? yield* readLine(engine, opened.sock) : undefined;
    const own = opened.sock.sk.local;
    proc.close(opened.fd);
    if (id !== undefined && typeof own === 'number') return { id, own };
    const refused = !connected.ok && connected.error === 'ECONNREFUSED';
    if (refused && engine.nowUs >= start + REFUSED_US) return 'refused';
    yield { kind: 'wait', on: [], timeoutUs: 1_000_000 };
  }
  return undefined;
}

function* readLine(engine: Engine, sock: TcpSock): Blocking<string | undefined> {
  const got = yield* block(engine.proc, sock.sk.readable, () => tcpRecv(sock, 256), 5_000_000);
  return typeof got === 'string' || got.length === 0 ? undefined : utf8Decode(got).trim();
}

const LAST_MANAGER =
  'You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message.';

/** Leave(). */
export function* leaveSwarm(engine: Engine, force: boolean): Blocking<ApiResult<undefined>> {
  const { swarm } = engine;
  if (!swarm) return unavailable('This node is not part of a swarm');
  if (swarm.node.role === 'manager' && !force) return unavailable(LAST_MANAGER);
  swarm.node.leftUs = engine.nowUs;
  swarm.stop();
  for (const network of swarm.cluster.networks.values()) leaveOverlay(engine, swarm, network);
  for (const network of [...engine.networks.values()]) {
    if (network.scope === 'swarm') engine.networks.delete(network.id);
  }
  engine.swarm = undefined;
  return ok(undefined);
}
