import {
  IFF_BROADCAST,
  IFF_LOOPBACK,
  IFF_LOWER_UP,
  IFF_POINTOPOINT,
  IFF_UP,
  type NetDevice,
} from '../../linux/device/net-device';
import type { Netns } from '../../linux/netns';
import type { Ip } from '../../wire/frame';
import {
  broadcastOf,
  type Cidr,
  contains,
  familyOf,
  isLinkLocal6,
  isLoopback,
  networkOf,
} from '../../wire/ip';
import { patmatch } from './filter/match';

/** struct ifa. */
export interface IfaceAddress {
  readonly ip: Ip;
  readonly prefix: Cidr;
  readonly opposite: Ip | undefined;
  readonly secondary: boolean;
  readonly scope: Scope;
}

/** ipa_classify(). */
export type Scope = 'host' | 'link' | 'site' | 'univ';

/** struct iface, nest/iface.h: what the last scan saw of it. */
export class Iface {
  name: string;
  up = false;
  adminUp = false;
  linkUp = false;
  mtu = 0;
  flags = 0;
  addresses: readonly IfaceAddress[] = [];

  constructor(
    readonly index: number,
    name: string,
  ) {
    this.name = name;
  }

  get isLoopback(): boolean {
    return (this.flags & IFF_LOOPBACK) !== 0;
  }
  get isPointToPoint(): boolean {
    return (this.flags & IFF_POINTOPOINT) !== 0;
  }
  get isBroadcast(): boolean {
    return !this.isLoopback && !this.isPointToPoint && (this.flags & IFF_BROADCAST) !== 0;
  }

  preferred(family: 4 | 6): IfaceAddress | undefined {
    const own = this.addresses.filter((a) => familyOf(a.ip) === family && !a.secondary);
    return own.find((a) => a.scope !== 'link');
  }
}

/** A change that a scan found. */
export interface IfaceChange {
  readonly iface: Iface;
  readonly wasUp: boolean;
  readonly oldAddresses: readonly IfaceAddress[];
}

/** kif_do_scan(): brings the list up to date, and says what changed. */
export function scanInterfaces(net: Netns, known: Map<number, Iface>): readonly IfaceChange[] {
  const changes: IfaceChange[] = [];
  const seen = new Set<number>();
  for (const dev of net.devices()) {
    seen.add(dev.ifindex);
    let iface = known.get(dev.ifindex);
    if (!iface) {
      iface = new Iface(dev.ifindex, dev.name);
      known.set(dev.ifindex, iface);
    }
    const change = update(iface, dev);
    if (change) changes.push(change);
  }
  for (const [index, iface] of known) {
    if (seen.has(index)) continue;
    known.delete(index);
    const change = { iface, wasUp: iface.up, oldAddresses: iface.addresses };
    iface.up = false;
    iface.adminUp = false;
    iface.linkUp = false;
    iface.addresses = [];
    changes.push(change);
  }
  return changes;
}

function update(iface: Iface, dev: NetDevice): IfaceChange | undefined {
  const before = stateOf(iface);
  const change = { iface, wasUp: iface.up, oldAddresses: iface.addresses };
  const flags = dev.getFlags();
  iface.name = dev.name;
  iface.flags = flags;
  iface.mtu = dev.mtu;
  iface.adminUp = (flags & IFF_UP) !== 0;
  iface.up = iface.adminUp;
  iface.linkUp = iface.adminUp && (flags & IFF_LOWER_UP) !== 0;
  const addresses = addressesOf(dev);
  if (stateOf({ ...iface, addresses }) === before) return undefined;
  iface.addresses = addresses;
  return change;
}

const stateOf = (iface: Pick<Iface, 'up' | 'linkUp' | 'mtu' | 'name' | 'addresses'>): string =>
  [iface.up, iface.linkUp, iface.mtu, iface.name]
    .concat(iface.addresses.map((a) => `${a.ip}/${a.prefix.prefixLen}/${a.opposite}`))
    .join(' ');

function addressesOf(dev: NetDevice): readonly IfaceAddress[] {
  const four = dev.inDev.addresses.map((ifa): IfaceAddress => {
    const base = ifa.address;
    const peer = base !== ifa.local;
    return {
      ip: ifa.local,
      prefix: { address: networkOf(base, ifa.prefixLen), prefixLen: ifa.prefixLen },
      opposite: peer ? base : undefined,
      secondary: ifa.secondary,
      scope: scopeOf(ifa.local),
    };
  });
  const six = dev.in6Dev.addresses.map(
    (ifa): IfaceAddress => ({
      ip: ifa.address,
      prefix: { address: networkOf(ifa.address, ifa.prefixLen), prefixLen: ifa.prefixLen },
      opposite: undefined,
      secondary: false,
      scope: scopeOf(ifa.address),
    }),
  );
  return [...four, ...six];
}

const SITE: readonly Cidr[] = [
  { address: 0x0a00_0000, prefixLen: 8 },
  { address: 0xac10_0000, prefixLen: 12 },
  { address: 0xc0a8_0000, prefixLen: 16 },
  { address: 0xfcn << 120n, prefixLen: 7 },
];

export function scopeOf(ip: Ip): Scope {
  if (isLoopback(ip)) return 'host';
  if (typeof ip === 'bigint' ? isLinkLocal6(ip) : ip >>> 16 === 0xa9fe) return 'link';
  const site = SITE.some((c) => familyOf(c.address) === familyOf(ip) && contains(c, ip));
  return site ? 'site' : 'univ';
}

/** What neigh_find() gives. `local`: the address is our own (SCOPE_HOST). */
export interface Neighbor {
  readonly iface: Iface;
  readonly address: IfaceAddress | undefined;
  readonly local: boolean;
}

/** if_connected_any(), nest/neighbor.c: our own address first, else the longest prefix. */
export function findNeighbor(ifaces: Iterable<Iface>, ip: Ip, only?: string): Neighbor | undefined {
  let best: Neighbor | undefined;
  for (const iface of ifaces) {
    if (only !== undefined && iface.name !== only) continue;
    for (const address of iface.addresses) {
      if (address.ip === ip) return { iface, address, local: true };
      if (!iface.up || !reaches(address, ip)) continue;
      if (!best || address.prefix.prefixLen > (best.address?.prefix.prefixLen ?? 0)) {
        best = { iface, address, local: false };
      }
    }
  }
  return best;
}

function reaches({ opposite, prefix }: IfaceAddress, ip: Ip): boolean {
  if (opposite !== undefined) return opposite === ip;
  if (familyOf(prefix.address) !== familyOf(ip) || !contains(prefix, ip)) return false;
  if (typeof ip === 'bigint' || typeof prefix.address === 'bigint' || prefix.prefixLen >= 31)
    return true;
  return ip !== prefix.address && ip !== broadcastOf(prefix.address, prefix.prefixLen);
}

/** iface_patt_match(): the first pattern that fits decides; no pattern takes all. */
export function matchesPatterns(patterns: readonly string[], name: string): boolean {
  if (patterns.length === 0) return true;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('-');
    if (patmatch(negative ? pattern.slice(1) : pattern, name)) return !negative;
  }
  return false;
}
