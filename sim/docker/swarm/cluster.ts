import type { Kernel } from '../../linux/kernel';
import type { Ipv4 } from '../../wire/frame';
import type { Engine } from '../daemon/engine';
import type { Endpoint } from '../libnetwork/endpoint';
import { type AddressPool, AddressSpace } from '../libnetwork/ipam';
import type { IpamConfig, Network, NetworkPool } from '../libnetwork/network';
import type { OverlaySandbox } from './overlay';

/** How long a node that left keeps its state: three heartbeats of five seconds. */
const DOWN_AFTER_US = 15_000_000;

/** A machine in a swarm, as the managers know it. */
export interface ClusterNode {
  readonly id: string;
  readonly hostname: string;
  readonly role: 'manager' | 'worker';
  readonly address: Ipv4;
  readonly engine: Engine;
  availability: 'active' | 'pause' | 'drain';
  /** When it left, if it did. */
  leftUs: number | undefined;
}

/** A network of the whole swarm. */
export interface ClusterNetwork {
  readonly id: string;
  readonly name: string;
  readonly createdUs: number;
  readonly attachable: boolean;
  readonly internal: boolean;
  readonly ingress: boolean;
  readonly labels: ReadonlyMap<string, string>;
  readonly options: ReadonlyMap<string, string>;
  readonly ipam: readonly IpamConfig[];
  readonly vni: number;
  readonly v4: NetworkPool;
  readonly pool: AddressPool;
  /** The task that each attached container is. */
  readonly tasks: Map<Endpoint, string>;
}

/** The state that a swarm's managers share: swarmkit's store. One manager is simulated. */
export class Cluster {
  readonly nodes: ClusterNode[] = [];
  readonly networks = new Map<string, ClusterNetwork>();
  readonly space = new AddressSpace('global');
  #vni = 4095;

  constructor(
    readonly id: string,
    readonly workerToken: string,
    readonly managerToken: string,
  ) {}

  nextVni(): number {
    return ++this.#vni;
  }

  network(ref: string): ClusterNetwork | undefined {
    const known = this.networks.get(ref);
    if (known) return known;
    return [...this.networks.values()].find((one) => one.name === ref);
  }

  get members(): readonly ClusterNode[] {
    return this.nodes.filter((one) => one.leftUs === undefined);
  }

  get manager(): ClusterNode | undefined {
    return this.members.find((one) => one.role === 'manager');
  }
}

export const isDown = (node: ClusterNode): boolean =>
  node.leftUs !== undefined && node.engine.nowUs - node.leftUs >= DOWN_AFTER_US;

/** What one engine keeps of the swarm that it is in. */
export interface SwarmNode {
  readonly id: string;
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  /** The overlays of this machine, by network. */
  readonly overlays: Map<string, OverlaySandbox>;
  readonly stop: () => void;
}

const clusters = new WeakMap<Kernel, Map<string, Cluster>>();

/** The swarms of one world; a joining node finds its own by the answer of the manager it reached. */
export function clustersOf(kernel: Kernel): Map<string, Cluster> {
  const known = clusters.get(kernel) ?? new Map<string, Cluster>();
  clusters.set(kernel, known);
  return known;
}

/** The local picture of a network of the swarm. */
export function localNetwork(network: ClusterNetwork): Network {
  const options = new Map(network.options);
  options.set('com.docker.network.driver.overlay.vxlanid_list', String(network.vni));
  return {
    id: network.id,
    name: network.name,
    driver: 'overlay',
    scope: 'swarm',
    createdUs: network.createdUs,
    ipv6: false,
    internal: network.internal,
    attachable: network.attachable,
    ingress: network.ingress,
    ipamOptions: 'null',
    ipam: network.ipam,
    ownSubnet: false,
    options,
    labels: network.labels,
    bridge: '',
    v4: network.v4,
    v6: undefined,
    endpoints: new Map(),
  };
}
