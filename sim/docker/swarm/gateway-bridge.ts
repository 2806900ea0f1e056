import { dumpRoutes } from '../../linux/rtnetlink/route';
import type { Blocking } from '../../linux/wait-queue';
import { formatIp } from '../../wire/ip';
import type { Engine } from '../daemon/engine';
import { macOfAddress, randomId } from '../daemon/identifier';
import { bridgeVeth } from '../libnetwork/bridge';
import { addBridgeNetwork, newNetwork } from '../libnetwork/create';
import type { Endpoint } from '../libnetwork/endpoint';
import { prefixesOverlap } from '../libnetwork/ipam';
import type { Network } from '../libnetwork/network';
import type { Sandbox } from '../libnetwork/sandbox';

export const GATEWAY_BRIDGE = 'docker_gwbridge';

const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['com.docker.network.bridge.enable_icc', 'false'],
  ['com.docker.network.bridge.enable_ip_masquerade', 'true'],
  ['com.docker.network.bridge.name', GATEWAY_BRIDGE],
]);

export const gatewayBridge = (engine: Engine): Network | undefined =>
  [...engine.networks.values()].find((one) => one.name === GATEWAY_BRIDGE);

/** createGWNetwork(), libnetwork/default_gateway_linux.go: the way out of containers on overlays. */
export function* createGatewayBridge(engine: Engine): Blocking<Network | undefined> {
  const known = gatewayBridge(engine);
  if (known) return known;
  const routes = dumpRoutes(engine.net, 4).flatMap((route) =>
    typeof route.dst === 'number' && route.prefixLen > 0
      ? [{ address: route.dst, prefixLen: route.prefixLen }]
      : [],
  );
  const pool = engine.local.requestAny((cidr) => routes.some((one) => prefixesOverlap(one, cidr)));
  const gateway = pool.ok ? pool.value.takeAny() : pool;
  if (!pool.ok || !gateway.ok) return undefined;
  const { subnet } = pool.value;
  const config = {
    subnet: `${formatIp(subnet.address)}/${subnet.prefixLen}`,
    ipRange: '',
    gateway: formatIp(gateway.value),
    auxAddresses: undefined,
  };
  const made = newNetwork(
    engine,
    {
      name: GATEWAY_BRIDGE,
      driver: 'bridge',
      ipv6: false,
      internal: false,
      attachable: false,
      ingress: false,
      ipam: [],
      options: OPTIONS,
      labels: new Map(),
    },
    {
      id: randomId(engine.proc.host),
      v4: { pool: pool.value, gateway: gateway.value },
      v6: undefined,
      ipam: [config],
    },
  );
  const network: Network = { ...made, ipamOptions: 'null' };
  yield* addBridgeNetwork(engine, network);
  return network;
}

/** setupDefaultGW(): an endpoint on the gateway bridge beside those on overlays. */
export function joinGatewayBridge(
  engine: Engine,
  sandbox: Sandbox,
  names: { readonly name: string; readonly owner?: string | undefined },
): Endpoint | undefined {
  const network = gatewayBridge(engine);
  const address = network?.v4?.pool.takeAny();
  if (!network || !address?.ok || typeof address.value !== 'number') return undefined;
  const endpoint: Endpoint = {
    id: randomId(engine.proc.host),
    name: names.name,
    network,
    mac: macOfAddress(address.value),
    ipv4: address.value,
    ipv6: undefined,
    aliases: [],
    owner: names.owner,
    sandbox,
    hostDevice: undefined,
    published: [],
  };
  const pair = bridgeVeth(engine.proc.host, engine.net, network, endpoint.mac);
  if (!pair) return undefined;
  endpoint.hostDevice = pair.hostDevice;
  network.endpoints.set(endpoint.id, endpoint);
  sandbox.endpoints.push(endpoint);
  sandbox.addInterface(endpoint, pair.containerDevice);
  return endpoint;
}
