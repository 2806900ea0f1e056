import { fnv1a } from '../base/prng';
import type { NetDevice } from '../linux/device/net-device';
import type { Host } from '../linux/host';
import { fileBytes, type Inode } from '../linux/inode';
import type { Netns } from '../linux/netns';
import type { World } from '../linux/world';

/** A fingerprint of everything that a learner can have changed: two worlds with one hash behave alike. */
export function stateHash(world: World): string {
  const hash = new Fingerprint();
  hash.add(world.nowUs, world.scheduler.events, world.scheduler.pending);
  for (const host of world.hosts.values()) addHost(hash, host);
  return hash.text;
}

class Fingerprint {
  #a = 0x811c9dc5;
  #b = 0x01234567;

  add(...values: readonly (string | number | bigint | boolean | undefined)[]): void {
    const text = `${values.join('\u0001')}\u0002`;
    this.#a = fnv1a(text, this.#a);
    this.#b = fnv1a(text, this.#b ^ 0x5bd1e995);
  }

  bytes(bytes: Uint8Array): void {
    let hash = this.#a;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    this.#a = hash >>> 0;
    this.add(bytes.length);
  }

  get text(): string {
    return this.#a.toString(16).padStart(8, '0') + this.#b.toString(16).padStart(8, '0');
  }
}

function addHost(hash: Fingerprint, host: Host): void {
  hash.add('host', host.name, host.uts.hostname);
  for (const proc of host.procs.values()) {
    hash.add('proc', proc.pid, proc.ppid, proc.state, proc.argv.join(' '), proc.cwd);
  }
  for (const mount of host.mounts.list) hash.add('mount', mount.target, mount.type);
  addTree(hash, '', host.root);
  for (const netns of host.netnses) addNetns(hash, netns);
}

function addTree(hash: Fingerprint, path: string, inode: Inode): void {
  const { body } = inode;
  hash.add(path, body.kind, inode.mode);
  if (body.kind === 'symlink') hash.add(body.target);
  if (body.kind === 'file' && !body.program) hash.bytes(fileBytes(body));
  if (body.kind !== 'dir') return;
  for (const name of [...body.entries.keys()].sort()) {
    const child = body.entries.get(name);
    if (child) addTree(hash, `${path}/${name}`, child);
  }
}

function addNetns(hash: Fingerprint, netns: Netns): void {
  hash.add('netns', netns.name);
  for (const dev of netns.devices()) addDevice(hash, dev);
  for (const path of netns.sysctl.paths()) hash.add(path, netns.sysctl.get(path)?.read());
  for (const fib of [netns.fib4, netns.fib6]) {
    for (const table of fib.tableIds()) {
      for (const route of fib.routes(table)) {
        const hops = route.nexthops.map((h) => `${h.dev?.name} ${h.via} ${h.weight}`);
        hash.add(table, route.dst, route.prefixLen, route.type, route.priority, hops.join(','));
      }
    }
  }
  for (const neigh of [...netns.arp.entries(), ...netns.nd.entries()]) {
    hash.add('neigh', neigh.ip, neigh.dev.name, neigh.state, neigh.lladdr);
  }
}

function addDevice(hash: Fingerprint, dev: NetDevice): void {
  hash.add(
    dev.name,
    dev.ifindex,
    dev.mac,
    dev.mtu,
    dev.getFlags(),
    dev.operstate,
    dev.master?.name,
  );
  const { stats } = dev;
  hash.add(stats.rxPackets, stats.rxBytes, stats.txPackets, stats.txBytes, stats.txDropped);
  for (const ifa of dev.inDev.addresses) hash.add(ifa.local, ifa.prefixLen, ifa.address, ifa.scope);
  for (const ifa of dev.in6Dev.addresses) hash.add(ifa.address, ifa.prefixLen, ifa.tentative);
}
