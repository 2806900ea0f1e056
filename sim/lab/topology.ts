import type { NetDevice } from '../linux/device/net-device';
import type { Host } from '../linux/host';
import type { Netns } from '../linux/netns';
import type { World } from '../linux/world';
import { formatIp } from '../wire/ip';
import { formatMac } from '../wire/mac';

/** A picture's worth of the world's state; plain values that cross to the page. */
export interface TopologySnapshot {
  readonly hosts: readonly HostView[];
  readonly links: readonly LinkView[];
}

export interface HostView {
  readonly name: string;
  /** A switch of the room, not a machine with a prompt. */
  readonly isSwitch: boolean;
  /** The host's own namespace (name '') first. */
  readonly netnses: readonly NetnsView[];
}

export interface NetnsView {
  /** Unique in the world: `node01`, `node01/red`. */
  readonly id: string;
  readonly name: string;
  readonly forwarding: boolean;
  readonly devices: readonly DeviceView[];
}

export interface DeviceView {
  /** Unique in the world: namespace id and device name. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly up: boolean;
  /** As `ip link` prints it: UP, DOWN, LOWERLAYERDOWN, UNKNOWN. */
  readonly state: string;
  readonly mac: string;
  readonly mtu: number;
  readonly addresses: readonly string[];
  /** Id of the bridge it is a port of. */
  readonly master: string | undefined;
}

/** Two devices that hand frames to each other. */
export interface LinkView {
  readonly kind: 'veth' | 'cable' | 'stacked';
  readonly a: string;
  readonly b: string;
}

export const netnsId = (netns: Netns): string =>
  netns.name === '' ? netns.hostName : `${netns.hostName}/${netns.name}`;
export const deviceId = (dev: NetDevice): string => `${netnsId(dev.netns)}:${dev.name}`;

/** Reads the world as it is; nothing is changed. */
export function topologyOf(world: World, switches: ReadonlySet<string>): TopologySnapshot {
  const hosts = [...world.hosts.values()];
  return {
    hosts: hosts.map((host) => hostView(host, switches.has(host.name))),
    links: hosts.flatMap((host) => [...host.netnses].flatMap(linksOf)),
  };
}

const hostView = (host: Host, isSwitch: boolean): HostView => ({
  name: host.name,
  isSwitch,
  netnses: [...host.netnses].map(netnsView),
});

const netnsView = (netns: Netns): NetnsView => ({
  id: netnsId(netns),
  name: netns.name,
  forwarding: netns.sysctl.get('net/ipv4/ip_forward')?.read() === '1',
  devices: netns.devices().map(deviceView),
});

function deviceView(dev: NetDevice): DeviceView {
  const v4 = dev.inDev.addresses.map((ifa) => `${formatIp(ifa.local)}/${ifa.prefixLen}`);
  const v6 = dev.in6Dev.addresses.map((ifa) => `${formatIp(ifa.address)}/${ifa.prefixLen}`);
  return {
    id: deviceId(dev),
    name: dev.name,
    kind: dev.data.kind,
    up: dev.up,
    state: dev.operstate,
    mac: formatMac(dev.mac),
    mtu: dev.mtu,
    addresses: [...v4, ...v6],
    master: dev.master && deviceId(dev.master),
  };
}

function linksOf(netns: Netns): readonly LinkView[] {
  const links: LinkView[] = [];
  for (const dev of netns.devices()) {
    const { data } = dev;
    if ((data.kind === 'veth' || data.kind === 'cable') && data.peer) {
      const [a, b] = [deviceId(dev), deviceId(data.peer)];
      if (a < b) links.push({ kind: data.kind, a, b });
    } else if (dev.link && dev.link !== dev) {
      links.push({ kind: 'stacked', a: deviceId(dev), b: deviceId(dev.link) });
    }
  }
  return links;
}
