import { OK, type Result } from '../base/result';
import type { NetDevice } from '../linux/device/net-device';
import { delRoute, newRoute, type RouteRequest } from '../linux/rtnetlink/route';
import { addressBits, familyOf, formatCidr, networkOf } from '../wire/ip';
import { type Fields, unmarshal } from './gojson/fields';
import type { Step } from './invoke';
import { validateExpected } from './pkg/expected';
import { enableForward } from './pkg/ip-forward';
import { setupIpMasqAll, teardownIpMasq } from './pkg/ip-masq';
import { configureIface, ipamAdd, ipamCheck, ipamDel, ipamStatus } from './pkg/ipam';
import { addAddress, delLinkByNameAddr, macOf, netlinkError, setupVeth } from './pkg/link';
import { getNetns, openNetns } from './pkg/ns';
import { containerInterface, previous, sameMac } from './pkg/prev-result';
import { print } from './pkg/print';
import type { Call, Plugin } from './skel';
import { type CniError, fail, goErrno } from './types/error';
import { hostNet, isV4 } from './types/ip-net';
import { type NetConf, readNetConf } from './types/net-conf';
import { type CniInterface, type CniResult, hasDns, type IpConfig } from './types/result';

interface PtpConf extends NetConf {
  readonly ipMasq: boolean;
  readonly mtu: number;
}

const readConf = (f: Fields): PtpConf => ({
  ...readNetConf(f),
  ipMasq: f.bool('ipMasq'),
  mtu: f.int('mtu'),
});

function loadConf(call: Call): Result<PtpConf, CniError> {
  const read = unmarshal(call.stdin, 'main.NetConf', readConf);
  return read.ok ? read : fail(`failed to load netconf: ${read.error}`);
}

/** cmdAdd() of plugins/main/ptp; what IPAM gave is released when the rest fails. */
function* add(call: Call): Step<string> {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const given = yield* ipamAdd(call, conf.value.ipamType);
  if (!given.ok) return given;
  const done = yield* connect(call, conf.value, given.value);
  if (!done.ok) yield* ipamDel(call, conf.value.ipamType);
  return done;
}

function* connect(call: Call, conf: PtpConf, given: CniResult): Step<string> {
  if (given.ips.length === 0) return fail('IPAM plugin returned missing IP config');
  for (const ip of given.ips) enableForward(call, ip.address);
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const { net, path } = netns.value;
  const { release, host, ifName } = call;
  const pair = setupVeth(call.proc, { release, net, host, ifName, mtu: conf.mtu, mac: '' });
  if (!pair.ok) return pair;
  const result: CniResult = {
    ...given,
    interfaces: [
      { name: pair.value.host.name, mac: macOf(pair.value.host) },
      { name: ifName, mac: macOf(pair.value.container), sandbox: path },
    ],
    ips: given.ips.map((ip) => ({ ...ip, interface: 1 })),
    dns: hasDns(conf.dns) ? conf.dns : given.dns,
  };
  const configured = yield* configureIface(call, net, ifName, result);
  if (!configured.ok) return configured;
  for (const ip of result.ips) {
    const routed = routeByGateway(pair.value.container, ip);
    if (!routed.ok) return routed;
    const near = setupHostSide(pair.value.host, ip);
    if (!near.ok) return near;
  }
  if (conf.ipMasq) {
    const nets = result.ips.map((one) => one.address);
    const masked = yield* setupIpMasqAll(call, conf.name, nets);
    if (!masked.ok) return masked;
  }
  return print(call, result, conf.cniVersion);
}

const CREATE = { create: true, excl: true, replace: false, append: false };

/** setupContainerVeth(): all but the gateway itself is reached through the gateway. */
function routeByGateway(dev: NetDevice, ip: IpConfig): Result<undefined, CniError> {
  const { address, prefixLen } = ip.address;
  const family = familyOf(address);
  const dst = networkOf(address, prefixLen);
  const base = { family, oif: dev.ifindex, dst, prefixLen };
  const where = `{Ifindex: ${dev.ifindex} Dst: ${formatCidr({ address: dst, prefixLen })}`;
  const deleted = delRoute(dev.netns, base);
  if (!deleted.ok) {
    const why = netlinkError(deleted);
    return fail(`failed to delete route ${where} Src: <nil> Gw: <nil> Flags: [] Table: 0}: ${why}`);
  }
  const gateway = ip.gateway;
  const routes: readonly RouteRequest[] = [
    { ...base, dst: gateway ?? 0, prefixLen: addressBits(family), scope: 253, prefSrc: address },
    { ...base, scope: 0, via: gateway, prefSrc: address },
  ];
  for (const route of routes) {
    const added = newRoute(dev.netns, route, CREATE);
    if (!added.ok) return fail(`failed to add route ${where}}: ${netlinkError(added)}`);
  }
  return OK;
}

/** setupHostVeth(): the gateway's address on the host's end, and a route to the container. */
function setupHostSide(dev: NetDevice, ip: IpConfig): Result<undefined, CniError> {
  if (ip.gateway === undefined) {
    const mask = Array(isV4(ip.address.address) ? 4 : 16)
      .fill('0xff')
      .join(', ');
    const nil = `&net.IPNet{IP:net.IP(nil), Mask:net.IPMask{${mask}}}`;
    return fail(`failed to add IP addr (${nil}) to veth: ${goErrno('ERANGE')}`);
  }
  const gateway = hostNet(ip.gateway);
  const added = addAddress(dev, gateway);
  if (!added.ok) {
    return fail(`failed to add IP addr (${formatCidr(gateway)}) to veth: ${netlinkError(added)}`);
  }
  const { address } = ip.address;
  const target = hostNet(address);
  const route = {
    family: familyOf(address),
    dst: address,
    prefixLen: target.prefixLen,
    scope: 254,
    oif: dev.ifindex,
  };
  const routed = newRoute(dev.netns, route, CREATE);
  if (routed.ok || routed.error.errno === 'EEXIST') return OK;
  return fail(`failed to add route on host: ${netlinkError(routed)}`);
}

function* del(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const released = yield* ipamDel(call, conf.value.ipamType);
  if (!released.ok || call.netns === '') return released;
  const netns = getNetns(call.proc, call.netns);
  if (!netns.ok) return netns.error.is === 'ns-path-not-exist' ? OK : netns;
  const deleted = delLinkByNameAddr(netns.value.net, call.ifName);
  if (!deleted.ok) return deleted.error.is === 'link-not-found' ? OK : deleted;
  if (!conf.value.ipMasq) return OK;
  let last: Result<undefined, CniError> = OK;
  for (const net of deleted.value) last = yield* teardownIpMasq(call, conf.value.name, net);
  return last;
}

function* check(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const ipam = yield* ipamCheck(call, conf.value.ipamType);
  if (!ipam.ok) return ipam;
  const result = previous(call, conf.value, 'ptp: ');
  if (!result.ok) return result;
  const container = containerInterface(call, result.value);
  if (!container.ok) return container;
  const wrong = checkContainer(netns.value.net.deviceByName(container.value.name), container.value);
  if (!wrong.ok) return wrong;
  return validateExpected(netns.value.net, call.ifName, result.value, call.release);
}

function checkContainer(
  dev: NetDevice | undefined,
  one: CniInterface,
): Result<undefined, CniError> {
  const { name } = one;
  if (name === '') return fail('Container interface name missing in prevResult: ');
  if (!dev) return fail(`ptp: Container Interface name in prevResult: ${name} not found`);
  if (!one.sandbox) {
    return fail(`ptp: Error: Container interface ${name} should not be in host namespace`);
  }
  if (dev.kind !== 'veth') return fail(`Error: Container interface ${name} not of type veth/p2p`);
  return sameMac(one, dev, 'ptp: ') ?? OK;
}

function* status(call: Call): Step {
  const conf = loadConf(call);
  return conf.ok ? yield* ipamStatus(call, conf.value.ipamType) : conf;
}

/** plugins/main/ptp: a veth pair for each container, routed. */
export const ptp: Plugin = { name: 'ptp', add, check, del, status };
