import { ok } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import { formatIp, parseCidr, parseIp } from '../../wire/ip';
import {
  type ApiResult,
  conflict,
  forbidden,
  invalidParameter,
  systemError,
  unavailable,
} from '../daemon/api-error';
import type { Engine } from '../daemon/engine';
import { swarmId } from '../daemon/identifier';
import type { NetworkCreate } from '../libnetwork/create';
import type { AddressPool } from '../libnetwork/ipam';
import { isPredefined, type Network } from '../libnetwork/network';
import type { Cluster, ClusterNetwork } from './cluster';
import { leaveOverlay, showNetwork } from './local';

export const NOT_A_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

/** CreateManagedNetwork(): asked of a manager, it is there for every machine. */
export function* createSwarmNetwork(
  engine: Engine,
  request: NetworkCreate,
): Blocking<ApiResult<Network>> {
  const { swarm } = engine;
  if (isPredefined(request.name)) {
    return forbidden(`operation is not permitted on predefined ${request.name} network`);
  }
  if (!swarm) return unavailable(NOT_A_MANAGER);
  if (swarm.node.role !== 'manager') {
    return forbidden(
      'Cannot create a multi-host network from a worker node. Please create the network from a manager node.',
    );
  }
  if ([...engine.networks.values()].some((one) => one.name === request.name)) {
    return conflict(`network with name ${request.name} already exists`);
  }
  if (request.options.has('encrypted')) {
    return systemError('hopwise: encrypted overlays are not simulated');
  }
  const made = addClusterNetwork(engine, swarm.cluster, request);
  if (!made.ok) return made;
  return ok(showNetwork(engine, made.value));
}

function poolOf(cluster: Cluster, request: NetworkCreate): ApiResult<AddressPool> {
  const config = request.ipam[0];
  if (!config) {
    const any = cluster.space.requestAny(() => false);
    return any.ok ? any : systemError('no available address pool');
  }
  const subnet = parseCidr(config.subnet);
  if (!subnet) {
    return invalidParameter(
      `Invalid subnet ${config.subnet} : invalid CIDR address: ${config.subnet}`,
    );
  }
  const range = config.ipRange === '' ? undefined : parseCidr(config.ipRange);
  const pool = cluster.space.request(subnet, range);
  return pool.ok ? pool : forbidden('Pool overlaps with other one on this address space');
}

/** The managers' allocator: subnet, gateway and VXLAN id. */
export function addClusterNetwork(
  engine: Engine,
  cluster: Cluster,
  request: NetworkCreate,
): ApiResult<ClusterNetwork> {
  const pool = poolOf(cluster, request);
  if (!pool.ok) return pool;
  const wanted = parseIp(request.ipam[0]?.gateway ?? '');
  const gateway = wanted === undefined ? pool.value.takeAny() : pool.value.take(wanted);
  if (!gateway.ok) return systemError('no available addresses on this pool');
  const { subnet } = pool.value;
  const network: ClusterNetwork = {
    id: swarmId(engine.proc.host),
    name: request.name,
    createdUs: engine.nowUs,
    attachable: request.attachable,
    internal: request.internal,
    ingress: request.ingress,
    labels: request.labels,
    options: request.options,
    ipam: [
      {
        subnet: `${formatIp(subnet.address)}/${subnet.prefixLen}`,
        ipRange: request.ipam[0]?.ipRange ?? '',
        gateway: formatIp(gateway.value),
        auxAddresses: undefined,
      },
    ],
    vni: cluster.nextVni(),
    v4: { pool: pool.value, gateway: gateway.value },
    pool: pool.value,
    tasks: new Map(),
  };
  cluster.networks.set(network.id, network);
  return ok(network);
}

/** RemoveNetwork() of a manager. */
export function* removeSwarmNetwork(
  engine: Engine,
  local: Network,
): Blocking<ApiResult<undefined>> {
  const { swarm } = engine;
  const network = swarm?.cluster.networks.get(local.id);
  if (!swarm || !network || swarm.node.role !== 'manager') return unavailable(NOT_A_MANAGER);
  const [task] = network.tasks.values();
  if (task !== undefined) {
    return systemError(
      `rpc error: code = FailedPrecondition desc = network ${network.id} is in use by task ${task}`,
    );
  }
  swarm.cluster.networks.delete(network.id);
  swarm.cluster.space.release(network.pool);
  for (const member of swarm.cluster.members) {
    if (member.engine.swarm) leaveOverlay(member.engine, member.engine.swarm, network);
  }
  return ok(undefined);
}
