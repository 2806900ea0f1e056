import type { NetDevice } from '../../linux/device/net-device';
import type { Host } from '../../linux/host';
import type { Netns } from '../../linux/netns';
import { newAddress } from '../../linux/rtnetlink/addr';
import { changeLink, delLink, newLink } from '../../linux/rtnetlink/link';
import type { Ip, Ipv6, Mac } from '../../wire/frame';
import { randomDockerMac, vethName } from '../daemon/identifier';
import { type Network, networkMtu } from './network';

const FLAGS = { create: true, excl: true, replace: false };

/** Writes one sysctl of a namespace, as the engine does through /proc/sys. */
export function writeSysctl(net: Netns, path: string, value: string): boolean {
  return net.sysctl.get(path)?.write(value).ok ?? false;
}

export function addAddress(dev: NetDevice, local: Ip, prefixLen: number): void {
  const noDad = typeof local === 'bigint';
  const broadcast =
    typeof local === 'number' && prefixLen < 31
      ? (local | (prefixLen === 0 ? 0xffff_ffff : 2 ** (32 - prefixLen) - 1)) >>> 0
      : undefined;
  newAddress(dev.netns, { dev, local, prefixLen, broadcast, noDad }, FLAGS);
}

/** setupDevice(), setupBridgeIPv4(), setupDeviceUp(): the bridge of a network, if it is not there. */
export function setupBridge(host: Host, net: Netns, network: Network): void {
  const known = net.deviceByName(network.bridge);
  const made = known
    ? undefined
    : newLink(
        net,
        { name: network.bridge, address: randomDockerMac(host), txQueueLen: 0 },
        { kind: 'bridge', options: {} },
      );
  const dev = known ?? (made?.ok ? made.value : undefined);
  if (!dev) return;
  for (const pool of [network.v4, network.v6]) {
    if (!pool) continue;
    addAddress(dev, pool.gateway, pool.pool.subnet.prefixLen);
  }
  if (network.v6) addAddress(dev, BRIDGE_LINK_LOCAL, 64);
  changeLink(net, dev, { up: true });
}

/** defaultBridgeV6 of drivers/bridge: fe80::1/64. */
const BRIDGE_LINK_LOCAL: Ipv6 = (0xfe80n << 112n) | 1n;

export function removeBridge(net: Netns, network: Network): void {
  const dev = net.deviceByName(network.bridge);
  if (!dev) return;
  changeLink(net, dev, { up: false });
  delLink(net, dev);
}

export interface EndpointDevices {
  readonly hostDevice: NetDevice;
  readonly containerDevice: NetDevice;
}

/** CreateEndpoint() of drivers/bridge: a veth pair, one end on the bridge. */
export function createVethPair(
  host: Host,
  net: Netns,
  options: { readonly bridge: string; readonly mtu: number; readonly mac: Mac },
): EndpointDevices | undefined {
  const name = vethName(host);
  const peer = vethName(host);
  const made = newLink(
    net,
    { name, txQueueLen: 0 },
    { kind: 'veth', peer: { name: peer, txQueueLen: 0 } },
  );
  const containerDevice = net.deviceByName(peer);
  if (!made.ok || !containerDevice) return undefined;
  const hostDevice = made.value;
  if (options.mtu !== 1500) {
    changeLink(net, hostDevice, { mtu: options.mtu });
    changeLink(net, containerDevice, { mtu: options.mtu });
  }
  const bridge = net.deviceByName(options.bridge);
  if (bridge) changeLink(net, hostDevice, { master: bridge.ifindex });
  changeLink(net, containerDevice, { address: options.mac });
  changeLink(net, hostDevice, { up: true });
  return { hostDevice, containerDevice };
}

export const bridgeVeth = (
  host: Host,
  net: Netns,
  network: Network,
  mac: Mac,
): EndpointDevices | undefined =>
  createVethPair(host, net, { bridge: network.bridge, mtu: networkMtu(network), mac });
