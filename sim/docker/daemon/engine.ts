import type { Netns } from '../../linux/netns';
import type { Proc } from '../../linux/process';
import { sysctlNumbers } from '../../linux/socket/inet';
import { AddressSpace } from '../libnetwork/ipam';
import { Iptables } from '../libnetwork/iptables';
import { isPredefined, type Network } from '../libnetwork/network';
import { PortAllocator } from '../libnetwork/port-allocator';
import { PortMapper } from '../libnetwork/port-mapper';
import type { SwarmNode } from '../swarm/cluster';
import { type ApiResult, noSuchContainer, notFound } from './api-error';
import type { Container } from './container';
import { Goroutines } from './goroutine';
import { courseImages, type Image } from './image';

/** Where one dockerd keeps its things: its command line. */
export interface EngineOptions {
  readonly socket: string;
  readonly dataRoot: string;
  readonly execRoot: string;
}

/** The most containers and networks that one engine keeps. */
export const MAX_CONTAINERS = 200;
export const MAX_NETWORKS = 64;

const IMAGE_AGE_US = 7 * 60 * 1_000_000;
const DEFAULT_PORTS: readonly [number, number] = [32_768, 60_999];

/** The state of one dockerd: moby's Daemon with libnetwork's controller. */
export class Engine {
  readonly routines: Goroutines;
  readonly containers = new Map<string, Container>();
  readonly networks = new Map<string, Network>();
  readonly images: Image[];
  readonly local = new AddressSpace('local');
  readonly tables: Iptables;
  readonly ports: PortMapper;
  swarm: SwarmNode | undefined;
  /** Called when the first process of a container has ended. */
  containerExited: ((container: Container, code: number) => void) | undefined;
  #serial = 0;

  constructor(
    readonly proc: Proc,
    readonly options: EngineOptions,
  ) {
    this.routines = new Goroutines(proc);
    this.tables = new Iptables(proc, this.net);
    const range = sysctlNumbers(this.net, 'net/ipv4/ip_local_port_range', DEFAULT_PORTS);
    const [low = DEFAULT_PORTS[0], high = DEFAULT_PORTS[1]] = range;
    this.ports = new PortMapper(this.tables, new PortAllocator([low, high]));
    this.images = courseImages(proc.host.clockUs - IMAGE_AGE_US);
  }

  get net(): Netns {
    return this.proc.netns;
  }

  get nowUs(): number {
    return this.proc.host.clockUs;
  }

  nextSerial(): number {
    return ++this.#serial;
  }

  /** GetContainer(): full id, name, or a prefix of the id that is unique. */
  container(ref: string): ApiResult<Container> {
    const exact = this.containers.get(ref);
    if (exact) return { ok: true, value: exact };
    const name = ref.replace(/^\//, '');
    for (const one of this.containers.values())
      if (one.name === name) return { ok: true, value: one };
    const found = prefixed(this.containers, ref);
    if (found.length > 1) {
      return notFound(`Multiple IDs found with provided prefix: ${ref}`);
    }
    const [only] = found;
    return only ? { ok: true, value: only } : noSuchContainer(ref);
  }

  /** FindNetwork(): id, then name, then a unique prefix of the id. */
  network(ref: string): ApiResult<Network> {
    const exact = this.networks.get(ref);
    if (exact) return { ok: true, value: exact };
    for (const one of this.networks.values()) if (one.name === ref) return { ok: true, value: one };
    const found = prefixed(this.networks, ref);
    if (found.length > 1) {
      return notFound(`network ${ref} is ambiguous (${found.length} matches found on ID prefix)`);
    }
    const [only] = found;
    return only ? { ok: true, value: only } : notFound(`network ${ref} not found`);
  }

  image(ref: string): Image | undefined {
    const tag = /:[^/]*$/.test(ref) ? ref : `${ref}:latest`;
    const id = ref.replace(/^sha256:/, '');
    return (
      this.images.find((one) => one.tags.includes(tag)) ??
      (/^[0-9a-f]{4,64}$/.test(id) ? this.images.find((one) => one.id.startsWith(id)) : undefined)
    );
  }

  /** Networks that belong to people. */
  get customNetworks(): readonly Network[] {
    return [...this.networks.values()].filter((one) => !isPredefined(one.name) && !one.ingress);
  }
}

function prefixed<T>(map: ReadonlyMap<string, T>, prefix: string): readonly T[] {
  if (prefix === '') return [];
  return [...map].filter(([id]) => id.startsWith(prefix)).map(([, value]) => value);
}
