import type { NetDevice } from '../../linux/device/net-device';
import { mkdir, open, unlink } from '../../linux/files';
import { Inode } from '../../linux/inode';
import type { Netns } from '../../linux/netns';
import type { Proc } from '../../linux/process';
import { changeLink, delLink } from '../../linux/rtnetlink/link';
import { delRoute, newRoute } from '../../linux/rtnetlink/route';
import type { Ip } from '../../wire/frame';
import { addAddress, writeSysctl } from './bridge';
import type { Endpoint } from './endpoint';
import type { Resolver } from './resolver';

const ROUTE_FLAGS = { create: true, excl: true, replace: false, append: false };
/** An nsfs file in /proc/mounts. */
const NSFS = 'rw';

/** libnetwork's sandbox: the network namespace of a container, and its endpoints. */
export class Sandbox {
  readonly endpoints: Endpoint[] = [];
  resolver: Resolver | undefined;
  #nextIndex = 0;
  #gateways: readonly Ip[] = [];
  readonly #devices = new Map<Endpoint, NetDevice>();

  constructor(
    readonly id: string,
    /** /var/run/docker/netns/…, where the namespace is bound. */
    readonly key: string,
    readonly net: Netns,
    /** `--network host` has no namespace of its own. */
    readonly own: boolean,
  ) {}

  deviceOf(endpoint: Endpoint): NetDevice | undefined {
    return this.#devices.get(endpoint);
  }

  /** AddInterface(), osl/interface_linux.go: moves the end of a pair in, and gives it name and addresses. */
  addInterface(endpoint: Endpoint, dev: NetDevice): void {
    const name = `eth${this.#nextIndex++}`;
    if (this.own) changeLink(dev.netns, dev, { netns: this.net, name });
    const { network, ipv4, ipv6 } = endpoint;
    if (ipv6 !== undefined) writeSysctl(this.net, `net/ipv6/conf/${name}/disable_ipv6`, '0');
    if (ipv4 !== undefined && network.v4) addAddress(dev, ipv4, network.v4.pool.subnet.prefixLen);
    if (ipv6 !== undefined && network.v6) addAddress(dev, ipv6, network.v6.pool.subnet.prefixLen);
    changeLink(this.net, dev, { up: true });
    this.#devices.set(endpoint, dev);
  }

  /** RemoveInterface(): the pair goes with its end. */
  removeInterface(endpoint: Endpoint): void {
    const dev = this.#devices.get(endpoint);
    this.#devices.delete(endpoint);
    if (dev && !dev.dead) delLink(dev.netns, dev);
  }

  /** getGatewayEndpoint(): which network leads out. Internal ones come last, then names decide. */
  gatewayEndpoint(): Endpoint | undefined {
    const sorted = [...this.endpoints].sort(endpointOrder);
    return sorted.find((one) => one.network.driver === 'bridge');
  }

  /** updateGateway(): the default routes of another endpoint. */
  updateGateway(endpoint: Endpoint | undefined): void {
    for (const via of this.#gateways) delRoute(this.net, defaultRoute(via));
    this.#gateways = [];
    if (!endpoint) return;
    const { network } = endpoint;
    const gateways: Ip[] = [];
    if (network.v4 && endpoint.ipv4 !== undefined) gateways.push(network.v4.gateway);
    if (network.v6 && endpoint.ipv6 !== undefined) gateways.push(network.v6.gateway);
    for (const via of gateways) newRoute(this.net, defaultRoute(via), ROUTE_FLAGS);
    this.#gateways = gateways;
  }
}

const RTPROT_BOOT = 3;

const defaultRoute = (via: Ip) =>
  typeof via === 'number'
    ? ({ family: 4, dst: 0, prefixLen: 0, via, protocol: RTPROT_BOOT } as const)
    : ({ family: 6, dst: 0n, prefixLen: 0, via, protocol: RTPROT_BOOT } as const);

/** endpoint.Less() of libnetwork. */
export function endpointOrder(a: Endpoint, b: Endpoint): number {
  if (a.network.internal !== b.network.internal) return a.network.internal ? 1 : -1;
  const six = (one: Endpoint) => (one.ipv6 !== undefined ? 0 : 1);
  if (six(a) !== six(b)) return six(a) - six(b);
  return a.network.name < b.network.name ? -1 : 1;
}

/** osl.NewSandbox(): a fresh namespace, bound to a file, with `lo` up. */
export function newSandbox(
  proc: Proc,
  options: { readonly id: string; readonly directory: string; readonly name: string },
): Sandbox {
  const { host } = proc;
  const net = host.newNetns(options.name);
  const key = `${options.directory}/${options.id.slice(0, 12)}`;
  bindNamespace(proc, key, net);
  disableIpv6(net);
  changeLink(net, net.lo, { up: true });
  return new Sandbox(options.id, key, net, true);
}

/** setIPv6(): a new namespace has none until an endpoint brings an address. */
export function disableIpv6(net: Netns): void {
  writeSysctl(net, 'net/ipv6/conf/all/disable_ipv6', '1');
  writeSysctl(net, 'net/ipv6/conf/default/disable_ipv6', '1');
}

/** The file that `nsenter --net=FILE` opens. */
export function bindNamespace(proc: Proc, path: string, net: Netns): void {
  const parts = path.split('/').slice(1, -1);
  for (let i = 1; i <= parts.length; i++) mkdir(proc, `/${parts.slice(0, i).join('/')}`, 0o755);
  const file = open(proc, path, { read: true, create: true, mode: 0 });
  if (typeof file !== 'string') file.get().put();
  const root = new Inode(
    proc.host.nextIno(),
    { kind: 'ns', type: 'net', ns: net, label: `net:[${net.inode}]` },
    0o444,
    proc.host.clockUs,
  );
  proc.mounts.mount({ source: 'nsfs', target: path, type: 'nsfs', root, options: NSFS });
}

/** gpmCleanupPeriod of osl: files of namespaces that are gone are swept later. */
const SWEEP_US = 60_000_000;

/** osl's Destroy(): the namespace goes unless a process is still in it, its file is swept later. */
export function destroySandbox(proc: Proc, sandbox: Sandbox): void {
  if (!sandbox.own) return;
  proc.mounts.umount(sandbox.key);
  proc.host.releaseNetns(sandbox.net);
  proc.host.kernel.scheduler.after(SWEEP_US, () => unlink(proc, sandbox.key));
}

export function unbindNamespace(proc: Proc, path: string, net: Netns): void {
  proc.mounts.umount(path);
  unlink(proc, path);
  proc.host.releaseNetns(net);
}
