import { ok } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import type { ApiResult } from '../daemon/api-error';
import type { Container, EndpointSettings } from '../daemon/container';
import type { Engine } from '../daemon/engine';
import type { Network } from '../libnetwork/network';

export function* attachToSwarmNetwork(
  _engine: Engine,
  _container: Container,
  _name: string,
  _settings: EndpointSettings,
): Blocking<ApiResult<'attached' | 'local'>> {
  return ok('local');
}

export function* releaseSwarmNetworks(_engine: Engine, _container: Container): Blocking<void> {}

export function* leaveSwarmNetwork(
  _engine: Engine,
  _container: Container,
  _network: Network,
): Blocking<void> {}
