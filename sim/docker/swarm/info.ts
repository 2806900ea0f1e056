import type { Engine } from '../daemon/engine';
import { type GoStruct, struct } from '../template/value';

/** swarm.Info of `docker info`. */
export const swarmInfo = (engine: Engine): GoStruct =>
  struct('swarm.Info', {
    NodeID: engine.swarm?.id ?? '',
    NodeAddr: '',
    LocalNodeState: engine.swarm ? 'active' : 'inactive',
    ControlAvailable: false,
    Error: '',
  });
