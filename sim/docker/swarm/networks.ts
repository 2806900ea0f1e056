import type { Blocking } from '../../linux/wait-queue';
import { type ApiResult, unavailable } from '../daemon/api-error';
import type { Engine } from '../daemon/engine';
import type { NetworkCreate } from '../libnetwork/create';
import type { Network } from '../libnetwork/network';

export const NOT_A_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

export function* createSwarmNetwork(
  _engine: Engine,
  _request: NetworkCreate,
): Blocking<ApiResult<Network>> {
  return unavailable(NOT_A_MANAGER);
}

export function* removeSwarmNetwork(
  _engine: Engine,
  _network: Network,
): Blocking<ApiResult<undefined>> {
  return unavailable(NOT_A_MANAGER);
}
