import type { ON_DEMAND } from '../userland/on-demand';
import { LoadedPackage, type ProgramTable } from '../userland/package';

type OnDemandPackage = keyof typeof ON_DEMAND | 'cni' | 'docker';

/** Where the code of each package is; a bundler makes a file of its own of each. */
const LOADERS: Readonly<Record<OnDemandPackage, () => Promise<ProgramTable>>> = {
  awk: async () => (await import('../userland/awk/programs')).programs,
  bc: async () => (await import('../userland/bc/programs')).programs,
  'bind9-dnsutils': async () => (await import('../userland/bind9-dnsutils/programs')).programs,
  bird2: async () => (await import('../userland/bird2/programs')).programs,
  'bridge-utils': async () => (await import('../userland/bridge-utils/programs')).programs,
  bsdmainutils: async () => (await import('../userland/bsdmainutils/programs')).programs,
  conntrack: async () => (await import('../userland/conntrack/programs')).programs,
  curl: async () => (await import('../userland/curl/programs')).programs,
  diffutils: async () => (await import('../userland/diffutils/programs')).programs,
  dnsmasq: async () => (await import('../userland/dnsmasq/programs')).programs,
  ethtool: async () => (await import('../userland/ethtool/programs')).programs,
  findutils: async () => (await import('../userland/findutils/programs')).programs,
  ipset: async () => (await import('../userland/ipset/programs')).programs,
  iptables: async () => (await import('../userland/iptables/programs')).programs,
  'net-tools': async () => (await import('../userland/net-tools/programs')).programs,
  netcat: async () => (await import('../userland/netcat/programs')).programs,
  nftables: async () => (await import('../userland/nftables/programs')).programs,
  sed: async () => (await import('../userland/sed/programs')).programs,
  tcpdump: async () => (await import('../userland/tcpdump/programs')).programs,
  traceroute: async () => (await import('../userland/traceroute/programs')).programs,
  wget: async () => (await import('../userland/wget/programs')).programs,
  cni: async () => (await import('../cni/programs')).cniPrograms,
  docker: async () => (await import('../docker/programs')).dockerPrograms,
};

const isPackage = (name: unknown): name is OnDemandPackage =>
  typeof name === 'string' && Object.hasOwn(LOADERS, name);

const loaded = new Map<OnDemandPackage, LoadedPackage>();

/** Answers the engine's `package` waits: the code of a package, from its first use on. */
export async function packageService(name: unknown): Promise<LoadedPackage | undefined> {
  if (!isPackage(name)) return undefined;
  const known = loaded.get(name);
  if (known) return known;
  const made = new LoadedPackage(await LOADERS[name]());
  loaded.set(name, made);
  return made;
}

/** Fetches everything ahead of its use, so that a page that was opened once works without a network. */
export async function loadAllPackages(): Promise<void> {
  for (const name of Object.keys(LOADERS)) await packageService(name);
}
