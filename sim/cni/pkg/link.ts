import { err, OK, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import type { Netns } from '../../linux/netns';
import type { Proc } from '../../linux/process';
import { delAddress, newAddress } from '../../linux/rtnetlink/addr';
import { changeLink, delLink, newLink } from '../../linux/rtnetlink/link';
import type { Rtnl } from '../../linux/rtnetlink/netlink-error';
import type { LinkAttributes } from '../../linux/rtnetlink/set-link';
import type { Mac } from '../../wire/frame';
import { broadcastOf, isLinkLocal6, isLoopback, isMulticast } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
import type { Release } from '../release';
import { type CniError, ERR_INTERNAL, fail, goErrno, goQuote } from '../types/error';
import { type IpNet, isV4 } from '../types/ip-net';
import { parseGoMac } from './mac';
import { setSysctl } from './sysctl';

/** How often a name that is taken is drawn again. */
const NAME_TRIES = 10;

/** An answer of rtnetlink as Go's errors read: the errno alone, without the kernel's words. */
export const netlinkError = (answer: Rtnl<unknown>): string =>
  answer.ok ? '' : goErrno(answer.error.errno);

/** netlink.LinkByName(). */
export function linkByName(net: Netns, name: string): Result<NetDevice, string> {
  const dev = net.deviceByName(name);
  return dev ? ok(dev) : err('Link not found');
}

/** The queue length that a release gives a new link: v1.1.1 asks for 0. */
export const queueLength = (release: Release): Pick<LinkAttributes, 'txQueueLen'> =>
  release.keepsQueueLength ? {} : { txQueueLen: 0 };

/** ip.RandomVethName(). */
export const randomVethName = (proc: Proc): string =>
  `veth${proc.host.random('cni/veth').u32().toString(16).padStart(8, '0')}`;

export interface VethRequest {
  readonly release: Release;
  /** The container's namespace and the host's. */
  readonly net: Netns;
  readonly host: Netns;
  readonly ifName: string;
  readonly mtu: number;
  readonly mac: string;
}

export interface VethPair {
  readonly host: NetDevice;
  readonly container: NetDevice;
}

/** ip.SetupVeth(): made in the container's namespace with its peer in the host's, which is set up. */
export function setupVeth(proc: Proc, request: VethRequest): Result<VethPair, CniError> {
  const { net, host, ifName } = request;
  const mac = request.mac === '' ? ok(undefined) : parseGoMac(request.mac);
  if (!mac.ok) return fail(`failed to make veth pair: ${mac.error}`);
  for (let i = 0; i < NAME_TRIES; i++) {
    const peerName = randomVethName(proc);
    const made = makeVethPair(request, peerName, mac.value);
    if (made.ok) return hostSide(request, made.value, peerName);
    if (made.error.errno !== 'EEXIST') {
      return fail(`failed to make veth pair: ${netlinkError(made)}`);
    }
    if (net.deviceByName(peerName) || host.deviceByName(peerName)) continue;
    return fail(
      request.release.modern
        ? `container veth name (${goQuote(ifName)}) peer provided (${goQuote(peerName)}) already exists`
        : `container veth name provided (${ifName}) already exists`,
    );
  }
  return fail('failed to find a unique veth name');
}

function makeVethPair(request: VethRequest, peerName: string, address: Mac | undefined) {
  const { net, host, ifName, release } = request;
  const mtu = request.mtu > 0 ? request.mtu : undefined;
  const peer = { name: peerName, mtu, netns: host, txQueueLen: 0 };
  const attrs = { name: ifName, mtu, address, ...queueLength(release) };
  return newLink(net, attrs, { kind: 'veth', peer });
}

function hostSide(
  request: VethRequest,
  container: NetDevice,
  peerName: string,
): Result<VethPair, CniError> {
  const { host } = request;
  const peer = linkByName(host, peerName);
  if (!peer.ok) return fail(`failed to lookup ${goQuote(peerName)}: ${peer.error}`);
  const up = setUp(peer.value);
  if (!up.ok) return fail(`failed to set ${goQuote(peerName)} up: ${netlinkError(up)}`);
  setSysctl(host, `net/ipv6/conf/${peerName}/accept_ra`, '0');
  return ok({ host: peer.value, container });
}

/** netlink.LinkSetUp(). */
export const setUp = (dev: NetDevice): Rtnl => changeLink(dev.netns, dev, { up: true });

export const macOf = (dev: NetDevice): string => formatMac(dev.mac);

/** netlink.AddrAdd(): the library itself fills in the broadcast address. */
export function addAddress(dev: NetDevice, net: IpNet): Rtnl {
  const { address, prefixLen } = net;
  const broadcast = isV4(address) && prefixLen < 31 ? broadcastOf(address, prefixLen) : undefined;
  const request = { dev, local: address, prefixLen, broadcast };
  return newAddress(dev.netns, request, { create: true, excl: true, replace: false });
}

/** netlink.AddrDel(). */
export const removeAddress = (dev: NetDevice, { address, prefixLen }: IpNet): Rtnl =>
  delAddress(dev.netns, { dev, local: address, peer: address, prefixLen });

/** netlink.AddrList(), IPv4 first. */
export const addressesOf = (dev: NetDevice): readonly IpNet[] => [
  ...dev.inDev.addresses.map(({ local, prefixLen }) => ({ address: local, prefixLen })),
  ...dev.in6Dev.addresses.map(({ address, prefixLen }) => ({ address, prefixLen })),
];

/** ip.DelLinkByName(); ErrLinkNotFound is told apart. */
export function delLinkByName(net: Netns, name: string): Result<undefined, CniError> {
  const dev = net.deviceByName(name);
  if (!dev) return err({ code: ERR_INTERNAL, msg: 'link not found', is: 'link-not-found' });
  const deleted = delLink(net, dev);
  if (!deleted.ok) return fail(`failed to delete ${goQuote(name)}: ${netlinkError(deleted)}`);
  return OK;
}

/** ip.DelLinkByNameAddr(): its global unicast addresses, if there was such a link. */
export function delLinkByNameAddr(net: Netns, name: string): Result<readonly IpNet[], CniError> {
  const dev = net.deviceByName(name);
  const addresses = dev ? addressesOf(dev) : [];
  const deleted = delLinkByName(net, name);
  if (!deleted.ok) return deleted;
  return ok(addresses.filter(isGlobalUnicast));
}

/** net.IP.IsGlobalUnicast(). */
function isGlobalUnicast({ address }: IpNet): boolean {
  if (isLoopback(address) || isMulticast(address)) return false;
  if (isV4(address)) return address !== 0 && address !== 0xffff_ffff && address >>> 16 !== 0xa9fe;
  return address !== 0n && !isLinkLocal6(address);
}

export const parentIndexOf = (dev: NetDevice): number => {
  const { data } = dev;
  return data.kind === 'veth' ? (data.peer?.ifindex ?? 0) : 0;
};
