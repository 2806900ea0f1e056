import { ok } from '../../base/result';
import { dumpRoutes } from '../../linux/rtnetlink/route';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { type Cidr, contains, formatIp, parseCidr, parseIp } from '../../wire/ip';
import {
  type ApiResult,
  conflict,
  forbidden,
  invalidParameter,
  notFound,
  systemError,
} from '../daemon/api-error';
import { type Engine, MAX_NETWORKS } from '../daemon/engine';
import { randomId, shortId } from '../daemon/identifier';
import { removeBridge, setupBridge } from './bridge';
import { arrangeUserChain, bridgeRules } from './bridge-rules';
import { type AddressSpace, type IpamError, prefixesOverlap } from './ipam';
import {
  type IpamConfig,
  isPredefined,
  type Network,
  type NetworkPool,
  OPTION_BRIDGE_NAME,
} from './network';

/** types.NetworkCreate of the API. */
export interface NetworkCreate {
  readonly name: string;
  readonly driver: string;
  readonly ipv6: boolean;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly ipam: readonly IpamConfig[];
  readonly options: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
}

/** How long the engine looks for a plugin that nobody installed. */
const PLUGIN_US = 15_000_000;

/** CreateNetwork() of the daemon, for networks of this machine. */
export function* createNetwork(
  engine: Engine,
  request: NetworkCreate,
): Blocking<ApiResult<Network>> {
  const { name, driver } = request;
  if (isPredefined(name)) {
    return forbidden(`operation is not permitted on predefined ${name} network`);
  }
  if (name === '' || [...engine.networks.values()].some((one) => one.name === name)) {
    return conflict(`network with name ${name} already exists`);
  }
  if (driver === 'host' || driver === 'null') {
    return forbidden(`only one instance of "${driver}" network is allowed`);
  }
  if (driver === 'macvlan' || driver === 'ipvlan') {
    return systemError(`hopwise: the ${driver} driver is not simulated`);
  }
  if (driver !== 'bridge') {
    yield { kind: 'wait', on: [], timeoutUs: PLUGIN_US };
    return notFound(`plugin "${driver}" not found`);
  }
  if (engine.networks.size >= MAX_NETWORKS) {
    return systemError('hopwise: one engine keeps no more networks');
  }
  const pools = allocatePools(engine, request);
  if (!pools.ok) return pools;
  const id = randomId(engine.proc.host);
  const network = newNetwork(engine, request, { id, ...pools.value });
  const clash = [...engine.networks.values()].find((one) => one.bridge === network.bridge);
  if (clash) {
    releasePools(engine.local, network);
    return forbidden(`bridge name already in use by network ${clash.id}`);
  }
  yield* addBridgeNetwork(engine, network);
  return ok(network);
}

/** NewNetwork() of libnetwork with the bridge driver. */
export function* addBridgeNetwork(engine: Engine, network: Network): Blocking<void> {
  engine.networks.set(network.id, network);
  setupBridge(engine.proc.host, engine.net, network);
  yield* bridgeRules(engine.tables, network, 'insert');
  yield* arrangeUserChain(engine.tables);
}

export function newNetwork(
  engine: Engine,
  request: NetworkCreate,
  made: {
    readonly id: string;
    readonly v4: NetworkPool | undefined;
    readonly v6: NetworkPool | undefined;
    readonly ipam: readonly IpamConfig[];
  },
): Network {
  return {
    id: made.id,
    name: request.name,
    driver: 'bridge',
    scope: 'local',
    createdUs: engine.nowUs,
    ipv6: request.ipv6,
    internal: request.internal,
    attachable: request.attachable,
    ingress: false,
    ipamOptions: 'empty',
    ipam: made.ipam,
    ownSubnet: request.ipam.length === 0,
    options: request.options,
    labels: request.labels,
    bridge: request.options.get(OPTION_BRIDGE_NAME) ?? `br-${shortId(made.id)}`,
    v4: made.v4,
    v6: made.v6,
    endpoints: new Map(),
  };
}

interface Pools {
  readonly v4: NetworkPool | undefined;
  readonly v6: NetworkPool | undefined;
  readonly ipam: readonly IpamConfig[];
}

/** ipamAllocate(). */
function allocatePools(engine: Engine, request: NetworkCreate): ApiResult<Pools> {
  const parsed: { config: IpamConfig; subnet: Cidr }[] = [];
  for (const config of request.ipam) {
    const subnet = parseCidr(config.subnet);
    if (!subnet) {
      return invalidParameter(
        `Invalid subnet ${config.subnet} : invalid CIDR address: ${config.subnet}`,
      );
    }
    parsed.push({ config, subnet });
  }
  const four = parsed.find(({ subnet }) => typeof subnet.address === 'number');
  const six = parsed.find(({ subnet }) => typeof subnet.address === 'bigint');
  if (request.ipv6 && !six) {
    return systemError(
      'could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network',
    );
  }
  const fours = parsed.filter(({ subnet }) => typeof subnet.address === 'number');
  if (fours.length > 1) {
    return forbidden("bridge driver doesn't support multiple subnets");
  }
  const v4 = four ? takePool(engine.local, four) : anyPool(engine);
  if (!v4.ok) return v4;
  const v6 = six && request.ipv6 ? takePool(engine.local, six) : undefined;
  if (v6 && !v6.ok) {
    engine.local.release(v4.value.pool);
    return v6;
  }
  const chosen: IpamConfig = {
    subnet: formatPrefix(v4.value.pool.subnet),
    ipRange: '',
    gateway: formatIp(v4.value.gateway),
    auxAddresses: undefined,
  };
  const ipam = four ? request.ipam : [chosen, ...request.ipam];
  return ok({ v4: v4.value, v6: v6?.value, ipam });
}

const formatPrefix = (cidr: Cidr): string => `${formatIp(cidr.address)}/${cidr.prefixLen}`;

function takePool(
  space: AddressSpace,
  given: { readonly config: IpamConfig; readonly subnet: Cidr },
): ApiResult<NetworkPool> {
  const { config, subnet } = given;
  const range = config.ipRange === '' ? undefined : parseCidr(config.ipRange);
  const pool = space.request(subnet, range);
  if (!pool.ok) return forbidden('Pool overlaps with other one on this address space');
  for (const text of config.auxAddresses?.values() ?? []) {
    const address = parseIp(text);
    if (address !== undefined) pool.value.take(address);
  }
  const wanted = config.gateway === '' ? undefined : parseIp(config.gateway);
  const gateway = takeGateway({ pool: pool.value, gateway: 0 }, wanted);
  if (!gateway.ok) {
    space.release(pool.value);
    return gateway;
  }
  return ok({ pool: pool.value, gateway: gateway.value });
}

function takeGateway({ pool }: NetworkPool, wanted: Ip | undefined): ApiResult<Ip> {
  const taken = wanted === undefined ? pool.takeAny() : pool.take(wanted);
  if (taken.ok) return taken;
  const reason: Readonly<Record<IpamError, string>> = {
    overlap: 'Pool overlaps with other one on this address space',
    exhausted: 'no available addresses on this pool',
    'in-use': 'Address already in use',
    'out-of-range': 'Requested address is out of range',
  };
  return systemError(
    `failed to allocate gateway (${wanted === undefined ? '' : formatIp(wanted)}): ${reason[taken.error]}`,
  );
}

/** RequestPool() without a subnet: the next default that no route of the machine covers. */
function anyPool(engine: Engine): ApiResult<NetworkPool> {
  const routes = dumpRoutes(engine.net, 4).flatMap((route): Cidr[] =>
    typeof route.dst === 'number' && route.prefixLen > 0
      ? [{ address: route.dst, prefixLen: route.prefixLen }]
      : [],
  );
  const pool = engine.local.requestAny((cidr) => routes.some((one) => prefixesOverlap(one, cidr)));
  if (!pool.ok) {
    return systemError(
      'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
    );
  }
  const gateway = pool.value.takeAny();
  if (!gateway.ok) return systemError('no available addresses on this pool');
  return ok({ pool: pool.value, gateway: gateway.value });
}

export function releasePools(space: AddressSpace, network: Network): void {
  if (network.v4) space.release(network.v4.pool);
  if (network.v6) space.release(network.v6.pool);
}

/** DeleteNetwork(). */
export function* removeNetwork(engine: Engine, network: Network): Blocking<ApiResult<undefined>> {
  if (isPredefined(network.name)) {
    return forbidden(`${network.name} is a pre-defined network and cannot be removed`);
  }
  if (network.endpoints.size > 0) {
    return forbidden(
      `error while removing network: network ${network.name} id ${network.id} has active endpoints`,
    );
  }
  yield* dropBridgeNetwork(engine, network);
  return ok(undefined);
}

export function* dropBridgeNetwork(engine: Engine, network: Network): Blocking<void> {
  engine.networks.delete(network.id);
  yield* bridgeRules(engine.tables, network, 'delete');
  removeBridge(engine.net, network);
  releasePools(engine.local, network);
}

/** Whether an address is of one of a network's own subnets. */
export const isInSubnets = (network: Network, ip: Ip): boolean =>
  [network.v4, network.v6].some((one) => {
    if (!one || typeof one.pool.subnet.address !== typeof ip) return false;
    return contains(one.pool.subnet, ip);
  });
