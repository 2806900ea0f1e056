import { ok } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import { connectToNetwork, leaveEndpoint } from '../libnetwork/connect';
import { deleteHostsLines } from '../libnetwork/hosts-file';
import type { Network } from '../libnetwork/network';
import { isUserDefined } from '../libnetwork/network';
import { fillPorts } from '../libnetwork/publish';
import { recordedNames } from '../libnetwork/service-record';
import { attachToSwarmNetwork, leaveSwarmNetwork } from '../swarm/attach';
import { remoteRecords } from '../swarm/records';
import { type ApiResult, forbidden, invalidParameter } from './api-error';
import { type Container, fullAliases, newEndpointSettings } from './container';
import type { Engine } from './engine';

/** What `docker network connect` asks for. */
export interface ConnectRequest {
  readonly ipv4: string;
  readonly ipv6: string;
  readonly linkLocal: readonly string[];
  readonly aliases: readonly string[];
}

const hostRefusal = () =>
  forbidden('container cannot be disconnected from host network or connected to host network');

/** validateEndpointSettings() and what connectToNetwork() refuses. */
function refusal(
  container: Container,
  network: Network,
  request: ConnectRequest,
): ReturnType<typeof forbidden> | undefined {
  const mode = container.hostConfig.networkMode;
  if (network.driver === 'host') return hostRefusal();
  if (mode.startsWith('container:') || mode === 'host') {
    return forbidden(
      'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  }
  if (container.networks.has('none') || network.driver === 'null') {
    return forbidden(
      'container cannot be connected to multiple networks with one of the networks in private (none) mode',
    );
  }
  const wantsIp = request.ipv4 !== '' || request.ipv6 !== '';
  if (wantsIp && !isUserDefined(network.name)) {
    return invalidParameter('user specified IP address is supported on user defined networks only');
  }
  if (request.aliases.length > 0 && !isUserDefined(network.name)) {
    return invalidParameter(
      'network-scoped alias is supported only for containers in user defined networks',
    );
  }
  if (wantsIp && network.ownSubnet) {
    return invalidParameter(
      'user specified IP address is supported only when connecting to networks with user configured subnets',
    );
  }
  return undefined;
}

/** ConnectContainerToNetwork(). */
export function* connectContainer(
  engine: Engine,
  networkRef: string,
  containerRef: string,
  request: ConnectRequest,
): Blocking<ApiResult<undefined>> {
  const network = engine.network(networkRef);
  const container = engine.container(containerRef);
  if (!container.ok) return container;
  if (!network.ok) return network;
  const { value: one } = container;
  const wrong = refusal(one, network.value, request);
  if (wrong) return wrong;
  if (one.networks.has(network.value.name)) {
    const known = one.networks.get(network.value.name);
    if (!one.running || known?.endpointId) {
      return forbidden(
        `endpoint with name ${one.name} already exists in network ${network.value.name}`,
      );
    }
  }
  const hasIpam = request.ipv4 !== '' || request.ipv6 !== '' || request.linkLocal.length > 0;
  const aliases = isUserDefined(network.value.name) ? fullAliases(one, request.aliases) : undefined;
  const settings = newEndpointSettings({
    ipam: hasIpam
      ? { ipv4: request.ipv4, ipv6: request.ipv6, linkLocal: request.linkLocal }
      : undefined,
    aliases,
    hasDriverOpts: true,
  });
  one.networks.set(network.value.name, settings);
  if (!one.running) return ok(undefined);
  const swarm = yield* attachToSwarmNetwork(engine, one, network.value.name, settings);
  const joined =
    swarm.ok && swarm.value === 'local'
      ? yield* connectToNetwork(engine, one, network.value, settings)
      : swarm;
  if (!joined.ok) {
    one.networks.delete(network.value.name);
    return joined;
  }
  refreshPorts(one);
  return ok(undefined);
}

/** Where an internal network is all that is left, what was shown before stays. */
function refreshPorts(container: Container): void {
  const gateway = container.sandbox?.gatewayEndpoint();
  if (!gateway?.network.internal) fillPorts(container, gateway);
}

/** DisconnectFromNetwork(). */
export function* disconnectContainer(
  engine: Engine,
  networkRef: string,
  containerRef: string,
): Blocking<ApiResult<undefined>> {
  const container = engine.container(containerRef);
  if (!container.ok) return container;
  const network = engine.network(networkRef);
  if (!network.ok) return network;
  const { value: one } = container;
  const { name } = network.value;
  if (network.value.driver === 'host') return hostRefusal();
  const settings = one.networks.get(name);
  if (!settings) {
    return forbidden(`container ${one.id} is not connected to network ${name}`);
  }
  one.networks.delete(name);
  const endpoint = network.value.endpoints.get(settings.endpointId);
  if (endpoint && isUserDefined(name)) {
    deleteHostsLines(
      one,
      recordedNames(network.value, (net) => remoteRecords(engine, net), endpoint.name),
    );
  }
  if (endpoint) yield* leaveEndpoint(engine, one, endpoint);
  yield* leaveSwarmNetwork(engine, one, network.value);
  if (one.running) refreshPorts(one);
  return ok(undefined);
}
