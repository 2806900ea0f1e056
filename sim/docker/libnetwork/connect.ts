import { ok } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip, Ipv4, Ipv6, Mac } from '../../wire/frame';
import { formatIp, parseIp } from '../../wire/ip';
import { formatMac, parseMac } from '../../wire/mac';
import { type ApiResult, invalidParameter, systemError } from '../daemon/api-error';
import { type Container, cleanOperationalData, type EndpointSettings } from '../daemon/container';
import type { Engine } from '../daemon/engine';
import { macOfAddress, randomDockerMac, randomId } from '../daemon/identifier';
import { bridgeVeth } from './bridge';
import type { Endpoint } from './endpoint';
import type { AddressPool } from './ipam';
import type { Network } from './network';
import { publishPorts, unpublishPorts } from './publish';
import { startResolver } from './resolver-start';
import type { Sandbox } from './sandbox';

/** connectToNetwork(), daemon/container_operations.go: an endpoint on a network, in the container's sandbox. */
export function* connectToNetwork(
  engine: Engine,
  container: Container,
  network: Network,
  settings: EndpointSettings,
): Blocking<ApiResult<undefined>> {
  const { sandbox } = container;
  if (!sandbox) return systemError('no sandbox present');
  const made = createEndpoint(engine, container, network, settings);
  if (!made.ok) return made;
  const endpoint = made.value;
  const joined = yield* joinEndpoint(engine, container, sandbox, endpoint);
  if (!joined.ok) {
    yield* leaveEndpoint(engine, container, endpoint);
    return joined;
  }
  return ok(undefined);
}

function takeAddress(
  network: Network,
  pool: AddressPool | undefined,
  wanted: Ip | undefined,
): ApiResult<Ip | undefined> {
  if (!pool) return ok(undefined);
  if (wanted === undefined) {
    const any = pool.takeAny();
    if (any.ok) return any;
    const family = typeof pool.subnet.address === 'number' ? 'IPv4' : 'IPv6';
    return systemError(
      `no available ${family} addresses on this network's address pools: ${network.name} (${network.id})`,
    );
  }
  const taken = pool.take(wanted);
  if (taken.ok) return taken;
  if (taken.error === 'in-use') return systemError('Address already in use');
  return invalidParameter(
    `Invalid address ${formatIp(wanted)}: It does not belong to any of this network's subnets`,
  );
}

const wantedAddress = (text: string | undefined): Ip | undefined =>
  text ? parseIp(text) : undefined;

/** CreateEndpoint() of libnetwork: address, MAC, names. */
function createEndpoint(
  engine: Engine,
  container: Container,
  network: Network,
  settings: EndpointSettings,
): ApiResult<Endpoint> {
  const v4 = takeAddress(network, network.v4?.pool, wantedAddress(settings.ipam?.ipv4));
  if (!v4.ok) return v4;
  const v6 = takeAddress(network, network.v6?.pool, wantedAddress(settings.ipam?.ipv6));
  if (!v6.ok) return v6;
  const ipv4: Ipv4 | undefined = typeof v4.value === 'number' ? v4.value : undefined;
  const ipv6: Ipv6 | undefined = typeof v6.value === 'bigint' ? v6.value : undefined;
  const endpoint: Endpoint = {
    id: randomId(engine.proc.host),
    name: container.name,
    network,
    mac: macOf(engine, container, ipv4),
    ipv4,
    ipv6,
    aliases: settings.aliases ?? [],
    sandbox: undefined,
    hostDevice: undefined,
    published: [],
  };
  network.endpoints.set(endpoint.id, endpoint);
  settings.networkId = network.id;
  settings.endpointId = endpoint.id;
  return ok(endpoint);
}

function macOf(engine: Engine, container: Container, ipv4: Ipv4 | undefined): Mac {
  const given = parseMac(container.config.macAddress);
  if (given !== undefined) return given;
  return ipv4 === undefined ? randomDockerMac(engine.proc.host) : macOfAddress(ipv4);
}

/** sbJoin(), endpoint.go: device, routes, names, ports. */
function* joinEndpoint(
  engine: Engine,
  container: Container,
  sandbox: Sandbox,
  endpoint: Endpoint,
): Blocking<ApiResult<undefined>> {
  const { network } = endpoint;
  endpoint.sandbox = sandbox;
  if (network.driver === 'bridge') {
    const pair = bridgeVeth(engine.proc.host, engine.net, network, endpoint.mac);
    if (!pair) return systemError(`failed to add the host (${network.bridge}) pair interfaces`);
    endpoint.hostDevice = pair.hostDevice;
    const before = sandbox.gatewayEndpoint();
    sandbox.endpoints.push(endpoint);
    sandbox.addInterface(endpoint, pair.containerDevice);
    const after = sandbox.gatewayEndpoint();
    fillSettings(container, endpoint);
    const moved = yield* moveGateway(engine, container, before, after);
    if (!moved.ok) return moved;
  } else {
    sandbox.endpoints.push(endpoint);
    fillSettings(container, endpoint);
  }
  yield* startResolver(engine, container, endpoint);
  return ok(undefined);
}

/** The default route and the published ports belong to one endpoint: they move when another becomes the way out. */
export function* moveGateway(
  engine: Engine,
  container: Container,
  before: Endpoint | undefined,
  after: Endpoint | undefined,
): Blocking<ApiResult<undefined>> {
  if (before === after) return ok(undefined);
  if (before) yield* unpublishPorts(engine, before);
  container.sandbox?.updateGateway(after);
  if (!after) return ok(undefined);
  const published = yield* publishPorts(engine, container, after);
  if (published.ok) return ok(undefined);
  return systemError(
    `driver failed programming external connectivity on endpoint ${container.name} (${after.id}): ${published.error}`,
  );
}

/** buildEndpointInfo(), libnetwork's answer in NetworkSettings. */
export function fillSettings(container: Container, endpoint: Endpoint): void {
  const settings = container.networks.get(endpoint.network.name);
  if (!settings) return;
  const { v4, v6 } = endpoint.network;
  if (endpoint.ipv4 === undefined && endpoint.ipv6 === undefined) return;
  settings.macAddress = formatMac(endpoint.mac);
  if (v4 && endpoint.ipv4 !== undefined) {
    settings.gateway = endpoint.network.driver === 'bridge' ? formatIp(v4.gateway) : '';
    settings.ipAddress = formatIp(endpoint.ipv4);
    settings.ipPrefixLen = v4.pool.subnet.prefixLen;
  }
  if (v6 && endpoint.ipv6 !== undefined) {
    settings.ipv6Gateway = formatIp(v6.gateway);
    settings.globalIpv6Address = formatIp(endpoint.ipv6);
    settings.globalIpv6PrefixLen = v6.pool.subnet.prefixLen;
  }
}

/** sbLeave() and Delete(). */
export function* leaveEndpoint(
  engine: Engine,
  container: Container,
  endpoint: Endpoint,
): Blocking<void> {
  const { network, sandbox } = endpoint;
  yield* unpublishPorts(engine, endpoint);
  if (sandbox) {
    const before = sandbox.gatewayEndpoint();
    const at = sandbox.endpoints.indexOf(endpoint);
    if (at >= 0) sandbox.endpoints.splice(at, 1);
    sandbox.removeInterface(endpoint);
    const after = sandbox.gatewayEndpoint();
    if (before === endpoint) yield* moveGateway(engine, container, undefined, after);
    if (before === endpoint && !after) sandbox.updateGateway(undefined);
  }
  endpoint.sandbox = undefined;
  network.endpoints.delete(endpoint.id);
  if (endpoint.ipv4 !== undefined) network.v4?.pool.release(endpoint.ipv4);
  if (endpoint.ipv6 !== undefined) network.v6?.pool.release(endpoint.ipv6);
}

/** releaseNetwork(): all endpoints of a container that has stopped. */
export function* releaseEndpoints(engine: Engine, container: Container): Blocking<void> {
  const { sandbox } = container;
  if (!sandbox) return;
  for (const endpoint of [...sandbox.endpoints]) {
    if (!container.networks.has(endpoint.network.name)) continue;
    yield* unpublishPorts(engine, endpoint);
  }
  for (const endpoint of [...sandbox.endpoints]) {
    const settings = container.networks.get(endpoint.network.name);
    if (settings?.endpointId !== endpoint.id) continue;
    const at = sandbox.endpoints.indexOf(endpoint);
    if (at >= 0) sandbox.endpoints.splice(at, 1);
    sandbox.removeInterface(endpoint);
    endpoint.sandbox = undefined;
    endpoint.network.endpoints.delete(endpoint.id);
    if (endpoint.ipv4 !== undefined) endpoint.network.v4?.pool.release(endpoint.ipv4);
    if (endpoint.ipv6 !== undefined) endpoint.network.v6?.pool.release(endpoint.ipv6);
    cleanOperationalData(settings);
  }
}
