import type { Engine } from '../daemon/engine';
import type { Network } from '../libnetwork/network';
import type { ServiceRecord } from '../libnetwork/service-record';

/** Names that containers on other machines have on an overlay. */
export const remoteRecords = (_engine: Engine, _network: Network): readonly ServiceRecord[] => [];

export interface Peer {
  readonly name: string;
  readonly address: string;
}

/** Machines that take part in an overlay. */
export const peersOf = (_engine: Engine, _network: Network): readonly Peer[] => [];
