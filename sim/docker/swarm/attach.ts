import { ok } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import { formatIp, parseIp } from '../../wire/ip';
import { type ApiResult, forbidden, systemError } from '../daemon/api-error';
import type { Container, EndpointSettings } from '../daemon/container';
import type { Engine } from '../daemon/engine';
import { macOfAddress, randomId, swarmId } from '../daemon/identifier';
import { fillSettings, moveGateway } from '../libnetwork/connect';
import type { Endpoint } from '../libnetwork/endpoint';
import type { Network } from '../libnetwork/network';
import { unpublishPorts } from '../libnetwork/publish';
import { startResolver } from '../libnetwork/resolver-start';
import type { Sandbox } from '../libnetwork/sandbox';
import type { ClusterNetwork, SwarmNode } from './cluster';
import { GATEWAY_BRIDGE, joinGatewayBridge } from './gateway-bridge';
import {
  addOwnEndpoint,
  announce,
  joinOverlay,
  leaveOverlay,
  localOf,
  taskDelay,
  withdraw,
} from './local';

/** What an attachment through the managers takes. */
const ATTACH_US = 400_000;

/** attachNetwork() and connectToNetwork(): a container on an overlay; `local`: it is no network of a swarm. */
export function* attachToSwarmNetwork(
  engine: Engine,
  container: Container,
  name: string,
  settings: EndpointSettings,
): Blocking<ApiResult<'attached' | 'local'>> {
  const { swarm } = engine;
  const { sandbox } = container;
  const network = swarm?.cluster.network(settings.networkId || name);
  if (!swarm || !sandbox || !network) return ok('local');
  if (!network.attachable) {
    return forbidden(
      `Could not attach to network ${name}: rpc error: code = PermissionDenied desc = network ${name} not manually attachable`,
    );
  }
  yield* taskDelay(ATTACH_US);
  const wanted = settings.ipam ? parseIp(settings.ipam.ipv4) : undefined;
  const address = wanted === undefined ? network.pool.takeAny() : network.pool.take(wanted);
  if (!address.ok || typeof address.value !== 'number') {
    return systemError(`Could not attach to network ${name}: context deadline exceeded`);
  }
  const fresh = !swarm.overlays.has(network.id);
  const local = joinOverlay(engine, swarm, network);
  if (fresh) addOwnEndpoint(engine, swarm, network);
  settings.ipam = { ipv4: formatIp(address.value), ipv6: '', linkLocal: [] };
  settings.networkId = network.id;
  const endpoint: Endpoint = {
    id: randomId(engine.proc.host),
    name: container.name,
    network: local,
    mac: macOfAddress(address.value),
    ipv4: address.value,
    ipv6: undefined,
    aliases: settings.aliases ?? [],
    sandbox,
    hostDevice: undefined,
    published: [],
  };
  settings.endpointId = endpoint.id;
  local.endpoints.set(endpoint.id, endpoint);
  network.tasks.set(endpoint, swarmId(engine.proc.host));
  return yield* joinSandbox(engine, container, { swarm, network, sandbox, endpoint });
}

interface Joining {
  readonly swarm: SwarmNode;
  readonly network: ClusterNetwork;
  readonly sandbox: Sandbox;
  readonly endpoint: Endpoint;
}

function* joinSandbox(
  engine: Engine,
  container: Container,
  { swarm, network, sandbox, endpoint }: Joining,
): Blocking<ApiResult<'attached'>> {
  const port = swarm.overlays.get(network.id)?.addPort(endpoint.mac);
  const before = sandbox.gatewayEndpoint();
  sandbox.endpoints.push(endpoint);
  if (port) sandbox.addInterface(endpoint, port);
  fillSettings(container, endpoint);
  announce(engine, swarm, endpoint);
  if (!before && !network.internal) {
    joinGatewayBridge(engine, sandbox, {
      name: `gateway_${sandbox.id.slice(0, 12)}`,
      owner: container.id,
    });
    const moved = yield* moveGateway(engine, container, undefined, sandbox.gatewayEndpoint());
    if (!moved.ok) return moved;
  }
  yield* startResolver(engine, container, endpoint);
  return ok('attached');
}

/** One overlay endpoint of a container goes. */
function* release(engine: Engine, swarm: SwarmNode, endpoint: Endpoint): Blocking<void> {
  const { network, sandbox } = endpoint;
  const shared = swarm.cluster.networks.get(network.id);
  const at = sandbox?.endpoints.indexOf(endpoint) ?? -1;
  if (at >= 0) sandbox?.endpoints.splice(at, 1);
  sandbox?.removeInterface(endpoint);
  withdraw(engine, swarm, endpoint);
  endpoint.sandbox = undefined;
  network.endpoints.delete(endpoint.id);
  shared?.tasks.delete(endpoint);
  if (endpoint.ipv4 !== undefined) network.v4?.pool.release(endpoint.ipv4);
  const containers = [...network.endpoints.values()].filter((one) => one.owner === undefined);
  if (shared && containers.length === 0) leaveOverlay(engine, swarm, shared);
}

/** The gateway bridge's endpoint goes with the last overlay. */
function* releaseGateway(engine: Engine, sandbox: Sandbox): Blocking<void> {
  for (const endpoint of sandbox.endpoints.filter((one) => one.network.name === GATEWAY_BRIDGE)) {
    yield* unpublishPorts(engine, endpoint);
    sandbox.endpoints.splice(sandbox.endpoints.indexOf(endpoint), 1);
    sandbox.updateGateway(undefined);
    sandbox.removeInterface(endpoint);
    endpoint.sandbox = undefined;
    endpoint.network.endpoints.delete(endpoint.id);
    if (endpoint.ipv4 !== undefined) endpoint.network.v4?.pool.release(endpoint.ipv4);
  }
}

/** A stopping container leaves all overlays. */
export function* releaseSwarmNetworks(engine: Engine, container: Container): Blocking<void> {
  const { sandbox } = container;
  const { swarm } = engine;
  if (!sandbox || !swarm) return;
  const overlays = sandbox.endpoints.filter((one) => one.network.driver === 'overlay');
  for (const endpoint of overlays) {
    const settings = container.networks.get(endpoint.network.name);
    if (settings) {
      settings.endpointId = '';
      settings.ipAddress = '';
      settings.ipPrefixLen = 0;
      settings.macAddress = '';
      settings.ipam = undefined;
    }
    yield* release(engine, swarm, endpoint);
  }
  yield* releaseGateway(engine, sandbox);
}

/** `docker network disconnect` from an overlay. */
export function* leaveSwarmNetwork(
  engine: Engine,
  container: Container,
  network: Network,
): Blocking<void> {
  const { sandbox } = container;
  const { swarm } = engine;
  if (!sandbox || !swarm || network.driver !== 'overlay') return;
  const endpoint = sandbox.endpoints.find((one) => one.network === network);
  if (endpoint) yield* release(engine, swarm, endpoint);
  if (!sandbox.endpoints.some((one) => one.network.driver === 'overlay')) {
    yield* releaseGateway(engine, sandbox);
  }
}

/** Whether a container of this machine is on the network. */
export const isAttached = (engine: Engine, network: ClusterNetwork): boolean =>
  [...(localOf(engine, network)?.endpoints.values() ?? [])].some((one) => one.owner === undefined);
