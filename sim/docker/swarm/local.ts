import type { Blocking } from '../../linux/wait-queue';
import type { Engine } from '../daemon/engine';
import { macOfAddress, randomId } from '../daemon/identifier';
import type { Endpoint } from '../libnetwork/endpoint';
import type { Network } from '../libnetwork/network';
import { destroySandbox, newSandbox, type Sandbox } from '../libnetwork/sandbox';
import { type ClusterNetwork, localNetwork, type SwarmNode } from './cluster';
import { joinGatewayBridge } from './gateway-bridge';
import { addressed, OverlaySandbox } from './overlay';

/** The sandboxes of the engine's own on one network: load balancer, or the routing mesh's. */
const sandboxes = new WeakMap<Network, Sandbox>();

/** The network as this machine has it, if it has it. */
export const localOf = (engine: Engine, network: ClusterNetwork): Network | undefined =>
  engine.networks.get(network.id);

/** A manager lists every network of the swarm, a worker those that its containers are on. */
export function showNetwork(engine: Engine, network: ClusterNetwork): Network {
  const known = localOf(engine, network);
  if (known) return known;
  const made = localNetwork(network);
  engine.networks.set(network.id, made);
  return made;
}

/** Makes an overlay work on this machine: its namespace, its tunnel, and what is known of other machines. */
export function joinOverlay(engine: Engine, swarm: SwarmNode, network: ClusterNetwork): Network {
  const local = showNetwork(engine, network);
  if (swarm.overlays.has(network.id)) return local;
  const overlay = OverlaySandbox.create(engine, local, network.vni);
  if (!overlay) return local;
  swarm.overlays.set(network.id, overlay);
  for (const other of swarm.cluster.members) {
    if (other.engine === engine) continue;
    const remote = other.engine.swarm?.overlays.has(network.id)
      ? localOf(other.engine, network)
      : undefined;
    for (const one of remote ? addressed(remote) : [])
      overlay.addPeer(one.ipv4, one.mac, other.address);
  }
  return local;
}

/** An endpoint of the overlay, told to every machine that has it. */
export function announce(engine: Engine, swarm: SwarmNode, endpoint: Endpoint): void {
  const { ipv4, mac, network } = endpoint;
  if (ipv4 === undefined) return;
  for (const other of swarm.cluster.members) {
    if (other.engine === engine) continue;
    other.engine.swarm?.overlays.get(network.id)?.addPeer(ipv4, mac, swarm.node.address);
  }
}

export function withdraw(engine: Engine, swarm: SwarmNode, endpoint: Endpoint): void {
  const { ipv4, mac, network } = endpoint;
  if (ipv4 === undefined) return;
  for (const other of swarm.cluster.members) {
    if (other.engine === engine) continue;
    other.engine.swarm?.overlays.get(network.id)?.removePeer(ipv4, mac);
  }
}

/** The endpoint that each machine has on an overlay for itself. */
export function addOwnEndpoint(
  engine: Engine,
  swarm: SwarmNode,
  network: ClusterNetwork,
): Endpoint | undefined {
  const local = localOf(engine, network);
  const overlay = swarm.overlays.get(network.id);
  const address = network.pool.takeAny();
  if (!local || !overlay || !address.ok || typeof address.value !== 'number') return undefined;
  const directory = `${engine.options.execRoot}/netns`;
  const id = network.ingress ? 'ingress_sbox' : `lb_${network.id.slice(0, 9)}`;
  const sandbox = newSandbox(engine.proc, { id, directory, name: id });
  const endpoint: Endpoint = {
    id: randomId(engine.proc.host),
    name: `${network.name}-endpoint`,
    network: local,
    mac: macOfAddress(address.value),
    ipv4: address.value,
    ipv6: undefined,
    aliases: [],
    owner: network.ingress ? 'ingress-sbox' : `lb-${network.name}`,
    sandbox,
    hostDevice: undefined,
    published: [],
  };
  local.endpoints.set(endpoint.id, endpoint);
  const port = overlay.addPort(endpoint.mac);
  sandbox.endpoints.push(endpoint);
  if (port) sandbox.addInterface(endpoint, port);
  sandboxes.set(local, sandbox);
  announce(engine, swarm, endpoint);
  return endpoint;
}

/** The routing mesh's sandbox also has a foot on the gateway bridge. */
export function joinIngressGateway(engine: Engine, endpoint: Endpoint): void {
  if (!endpoint.sandbox) return;
  joinGatewayBridge(engine, endpoint.sandbox, {
    name: 'gateway_ingress-sbox',
    owner: 'ingress-sbox',
  });
}

/** The last container left: the overlay goes from this machine; a manager still lists it. */
export function leaveOverlay(engine: Engine, swarm: SwarmNode, network: ClusterNetwork): void {
  const local = localOf(engine, network);
  if (!local) return;
  const sandbox = sandboxes.get(local);
  for (const endpoint of [...local.endpoints.values()]) {
    withdraw(engine, swarm, endpoint);
    if (endpoint.ipv4 !== undefined) network.pool.release(endpoint.ipv4);
  }
  for (const endpoint of [...(sandbox?.endpoints ?? [])]) {
    endpoint.network.endpoints.delete(endpoint.id);
    sandbox?.removeInterface(endpoint);
    if (endpoint.network !== local && endpoint.ipv4 !== undefined) {
      endpoint.network.v4?.pool.release(endpoint.ipv4);
    }
  }
  if (sandbox) destroySandbox(engine.proc, sandbox);
  swarm.overlays.get(network.id)?.destroy();
  swarm.overlays.delete(network.id);
  engine.networks.delete(network.id);
  if (swarm.node.role === 'manager' && swarm.cluster.networks.has(network.id)) {
    engine.networks.set(network.id, localNetwork(network));
  }
}

/** A pause that the routing of a new task through the managers takes. */
export function* taskDelay(us: number): Blocking<void> {
  yield { kind: 'wait', on: [], timeoutUs: us };
}
