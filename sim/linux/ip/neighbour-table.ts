import type { Ip } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Neighbour, NeighParms, ProxyNeighbour } from './neighbour';

/** struct neigh_table of one namespace. */
export interface NeighTable {
  readonly family: Family;
  /** neigh/default. */
  readonly parms: NeighParms;
  readonly gcThresh1: number;
  readonly gcThresh2: number;
  readonly gcThresh3: number;
  lookup(ip: Ip, dev: NetDevice): Neighbour | undefined;
  entries(): readonly Neighbour[];
  proxies(): readonly ProxyNeighbour[];
}
