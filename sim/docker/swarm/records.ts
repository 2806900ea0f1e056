import { formatIp } from '../../wire/ip';
import type { Engine } from '../daemon/engine';
import type { Network } from '../libnetwork/network';
import type { ServiceRecord } from '../libnetwork/service-record';

/** Names that containers on other machines have on an overlay. */
export function remoteRecords(engine: Engine, network: Network): readonly ServiceRecord[] {
  if (network.driver !== 'overlay' || !engine.swarm) return [];
  return engine.swarm.cluster.members
    .filter((one) => one.engine !== engine)
    .flatMap((one) => [...(one.engine.networks.get(network.id)?.endpoints.values() ?? [])])
    .filter((one) => one.owner === undefined);
}

export interface Peer {
  readonly name: string;
  readonly address: string;
}

/** Machines that take part in an overlay. */
export function peersOf(engine: Engine, network: Network): readonly Peer[] {
  const { swarm } = engine;
  if (network.driver !== 'overlay' || !swarm?.overlays.has(network.id)) return [];
  return swarm.cluster.members
    .filter((one) => one.engine.swarm?.overlays.has(network.id))
    .map((one) => ({ name: peerName(one.id), address: formatIp(one.address) }));
}

/** networkdb names a node by twelve hex digits of its own. */
function peerName(id: string): string {
  let hash = 0x811c_9dc5;
  let text = '';
  while (text.length < 12) {
    for (const char of id) hash = Math.imul(hash ^ char.charCodeAt(0), 0x0100_0193) >>> 0;
    text += hash.toString(16).padStart(8, '0');
  }
  return `a${text.slice(0, 11)}`;
}
