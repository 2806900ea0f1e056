import { OK, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import type { Netns } from '../../linux/netns';
import { changeLink, newLink } from '../../linux/rtnetlink/link';
import { addBridgeVlan, bridgeVlansOf, delBridgeVlan } from '../../linux/rtnetlink/vlan';
import type { Mac } from '../../wire/frame';
import { contains, formatCidr } from '../../wire/ip';
import {
  addAddress,
  addressesOf,
  linkByName,
  macOf,
  netlinkError,
  removeAddress,
  setUp,
  setupVeth,
} from '../pkg/link';
import type { OpenNetns } from '../pkg/ns';
import { setSysctl } from '../pkg/sysctl';
import type { Call } from '../skel';
import { type CniError, fail, goQuote } from '../types/error';
import { type IpNet, isV4, sameNet } from '../types/ip-net';
import type { CniInterface } from '../types/result';
import type { BridgeConf } from './conf';

/** A bridge as it was when it was looked up: its own address is set again with an IP address. */
export interface FetchedBridge {
  readonly dev: NetDevice;
  readonly mac: Mac;
}

/** bridgeByName(). */
export function bridgeByName(net: Netns, name: string): Result<FetchedBridge, CniError> {
  const link = linkByName(net, name);
  if (!link.ok) return fail(`could not lookup ${goQuote(name)}: ${link.error}`);
  const dev = link.value;
  if (dev.kind !== 'bridge') return fail(`${goQuote(name)} already exists but is not a bridge`);
  return ok({ dev, mac: dev.mac });
}

/** ensureBridge(). */
export function ensureBridge(call: Call, conf: BridgeConf): Result<FetchedBridge, CniError> {
  const { host } = call;
  const name = conf.bridge;
  const failed = (why: string) => fail(`failed to create bridge ${goQuote(name)}: ${why}`);
  const attrs = { name, mtu: conf.mtu > 0 ? conf.mtu : undefined };
  const options = conf.vlan === 0 ? {} : { vlanFiltering: true };
  const made = newLink(host, attrs, { kind: 'bridge', options });
  if (!made.ok && made.error.errno !== 'EEXIST') {
    return failed(`could not add ${goQuote(name)}: ${netlinkError(made)}`);
  }
  const dev = host.deviceByName(name);
  if (conf.promiscMode && dev) changeLink(host, dev, { promisc: true });
  const bridge = bridgeByName(host, name);
  if (!bridge.ok) return failed(bridge.error.msg);
  setSysctl(host, `net/ipv6/conf/${name}/accept_ra`, '0');
  const up = setUp(bridge.value.dev);
  return up.ok ? bridge : failed(netlinkError(up));
}

/** Where the container's end goes, and how its port is set. */
export interface PortRequest {
  readonly netns: OpenNetns;
  readonly ifName: string;
  readonly mtu: number;
  readonly hairpin: boolean;
  readonly mac: string;
}

export interface BridgePortPair {
  readonly host: CniInterface;
  readonly container: CniInterface;
  readonly hostDev: NetDevice;
}

/** setupVeth(): a pair, one end of which becomes the bridge's port. */
export function setupBridgePort(
  call: Call,
  conf: BridgeConf,
  bridge: FetchedBridge,
  request: PortRequest,
): Result<BridgePortPair, CniError> {
  const { netns, ifName } = request;
  const pair = setupVeth(call.proc, {
    release: call.release,
    net: netns.net,
    host: call.host,
    ifName,
    mtu: request.mtu,
    mac: request.mac,
  });
  if (!pair.ok) return pair;
  const dev = pair.value.host;
  const host = { name: dev.name, mac: macOf(dev) };
  const container = { name: ifName, mac: macOf(pair.value.container), sandbox: netns.path };
  const joined = changeLink(call.host, dev, { master: bridge.dev.ifindex });
  if (!joined.ok) {
    const where = `${goQuote(dev.name)} to bridge ${bridge.dev.name}`;
    return fail(`failed to connect ${where}: ${netlinkError(joined)}`);
  }
  const brport = { hairpin: request.hairpin };
  const set = changeLink(call.host, dev, { brport });
  if (!set.ok) return fail(`failed to setup hairpin mode for ${dev.name}: ${netlinkError(set)}`);
  if (call.release.modern && conf.portIsolation) {
    changeLink(call.host, dev, { brport: { isolated: true } });
  }
  const tagged = tagPort(call, conf, dev);
  return tagged.ok ? ok({ host, container, hostDev: dev }) : tagged;
}

function tagPort(call: Call, conf: BridgeConf, dev: NetDevice): Result<undefined, CniError> {
  if (conf.vlan === 0) return OK;
  if (call.release.modern && !conf.preserveDefaultVlan) {
    for (const { id } of bridgeVlansOf(dev) ?? []) delBridgeVlan(call.host, dev, id, false);
  }
  const vlan = { id: conf.vlan, pvid: true, untagged: true };
  const done = addBridgeVlan(call.host, dev, vlan, false);
  if (done.ok) return OK;
  return fail(`failed to setup vlan tag on interface ${goQuote(dev.name)}: ${netlinkError(done)}`);
}

/** ensureVlanInterface(): the gateway of a VLAN is one more port, both ends in the host's namespace. */
export function ensureVlanInterface(
  call: Call,
  conf: BridgeConf,
  bridge: FetchedBridge,
): Result<FetchedBridge, CniError> {
  const name = `${bridge.dev.name}.${conf.vlan}`;
  const failed = (why: string) => fail(`failed to create vlan interface: ${why}`);
  const known = call.host.deviceByName(name);
  if (known) return ok({ dev: known, mac: known.mac });
  const own = { path: `/proc/${call.proc.pid}/task/${call.proc.pid}/ns/net`, net: call.host };
  const request = { netns: own, ifName: name, mtu: bridge.dev.mtu, hairpin: false, mac: '' };
  const made = setupBridgePort(call, conf, bridge, request);
  if (!made.ok) return failed(`faild to create vlan gateway ${goQuote(name)}: ${made.error.msg}`);
  const dev = call.host.deviceByName(name);
  if (!dev) return failed(`failed to lookup ${goQuote(name)}: Link not found`);
  const up = setUp(dev);
  if (!up.ok) return failed(`failed to up ${goQuote(name)}: ${netlinkError(up)}`);
  return ok({ dev, mac: dev.mac });
}

/** ensureAddr(). */
export function ensureAddr(
  call: Call,
  bridge: FetchedBridge,
  net: IpNet,
  forceAddress: boolean,
): Result<undefined, CniError> {
  const { dev } = bridge;
  const v4 = isV4(net.address);
  for (const one of addressesOf(dev).filter((a) => isV4(a.address) === v4)) {
    if (sameNet(one, net)) return OK;
    if (!v4 && !contains(one, net.address) && !contains(net, one.address)) continue;
    if (!forceAddress) {
      const name = goQuote(dev.name);
      return fail(`${name} already has an IP address different from ${formatCidr(net)}`);
    }
    const removed = removeAddress(dev, one);
    if (!removed.ok) {
      const why = netlinkError(removed);
      return fail(`could not remove IP address from ${goQuote(dev.name)}: ${why}`);
    }
  }
  const added = addAddress(dev, net);
  if (!added.ok && added.error.errno !== 'EEXIST') {
    const what = call.release.modern ? `${formatCidr(net)} ` : '';
    return fail(`could not add IP address ${what}to ${goQuote(dev.name)}: ${netlinkError(added)}`);
  }
  const set = changeLink(call.host, dev, { address: bridge.mac });
  return set.ok ? OK : fail(`could not set bridge's mac: ${netlinkError(set)}`);
}
