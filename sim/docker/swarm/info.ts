import { formatIp } from '../../wire/ip';
import type { Engine } from '../daemon/engine';
import { type GoStruct, struct } from '../template/value';
import { type ClusterNode, isDown } from './cluster';

/** swarm.Info of `docker info`. */
export function swarmInfo(engine: Engine): GoStruct {
  const { swarm } = engine;
  const manager = swarm?.node.role === 'manager';
  const nodes = swarm?.cluster.nodes ?? [];
  return struct('swarm.Info', {
    NodeID: swarm?.id ?? '',
    NodeAddr: swarm ? formatIp(swarm.node.address) : '',
    LocalNodeState: swarm ? 'active' : 'inactive',
    ControlAvailable: manager,
    Error: '',
    'Nodes?': manager ? nodes.length : 0,
    'Managers?': manager ? nodes.filter((one) => one.role === 'manager').length : 0,
  });
}

/** swarm.Node: what `docker node inspect` shows. */
export function nodeValue(node: ClusterNode): GoStruct {
  const address = formatIp(node.address);
  return struct('swarm.Node', {
    ID: node.id,
    Spec: struct('swarm.NodeSpec', { Role: node.role, Availability: node.availability }),
    Description: struct('swarm.NodeDescription', {
      Hostname: node.hostname,
      Platform: struct('swarm.Platform', { Architecture: 'x86_64', OS: 'linux' }),
    }),
    Status: struct('swarm.NodeStatus', { State: isDown(node) ? 'down' : 'ready', Addr: address }),
    'ManagerStatus?':
      node.role === 'manager'
        ? struct('swarm.ManagerStatus', {
            Leader: true,
            Reachability: 'reachable',
            Addr: `${address}:2377`,
          })
        : undefined,
  });
}
