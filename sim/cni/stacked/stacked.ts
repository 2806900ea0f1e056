import { OK, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import { RT_TABLE_MAIN } from '../../linux/ip/fib';
import type { Netns } from '../../linux/netns';
import { changeLink, delLink, type NewLinkKind, newLink } from '../../linux/rtnetlink/link';
import { dumpRoutes } from '../../linux/rtnetlink/route';
import type { Mac } from '../../wire/frame';
import type { Step } from '../invoke';
import { validateExpected } from '../pkg/expected';
import { configureIface, ipamAdd, ipamDel } from '../pkg/ipam';
import {
  delLinkByName,
  linkByName,
  macOf,
  netlinkError,
  queueLength,
  randomVethName,
} from '../pkg/link';
import { getNetns, type OpenNetns } from '../pkg/ns';
import { containerInterface, sameMac } from '../pkg/prev-result';
import { print } from '../pkg/print';
import { setSysctl } from '../pkg/sysctl';
import type { Call } from '../skel';
import { type CniError, fail, goQuote } from '../types/error';
import { type CniInterface, type CniResult, type Dns, newResult } from '../types/result';

/** A device on top of another one, in the container's namespace: macvlan, ipvlan, vlan. */
export interface StackedLink {
  readonly kind: 'macvlan' | 'ipvlan' | 'vlan';
  readonly master: string;
  readonly mtu: number;
  readonly mac?: Mac | undefined;
  /** IFLA_LINKINFO on this lower device. */
  info(lower: number): NewLinkKind;
}

/** getDefaultRouteInterfaceName(). */
export function defaultRouteInterface(net: Netns): Result<string, CniError> {
  for (const family of [4, 6] as const) {
    for (const route of dumpRoutes(net, family, RT_TABLE_MAIN)) {
      const dev = route.nexthops[0]?.dev;
      if (route.prefixLen === 0 && dev) return ok(dev.name);
    }
  }
  return fail('no default route interface found');
}

/** getMTUByName() and the check that follows it. */
export function checkMtu(net: Netns, master: string, mtu: number): Result<undefined, CniError> {
  const link = linkByName(net, master);
  if (!link.ok) return fail(link.error);
  if (mtu >= 0 && mtu <= link.value.mtu) return OK;
  return fail(`invalid MTU ${mtu}, must be [0, master MTU(${link.value.mtu})]`);
}

/** createMacvlan(), createIpvlan(), createVlan(): under a drawn name first, then renamed. */
export function createStacked(
  call: Call,
  netns: OpenNetns,
  link: StackedLink,
): Result<CniInterface, CniError> {
  const { kind, master, mtu, mac: address } = link;
  const { host, ifName } = call;
  const lower = linkByName(host, master);
  if (!lower.ok) return fail(`failed to lookup master ${goQuote(master)}: ${lower.error}`);
  const attrs = {
    name: randomVethName(call.proc),
    mtu: mtu > 0 ? mtu : undefined,
    netns: netns.net,
    address,
    ...queueLength(call.release),
  };
  const made = newLink(host, attrs, link.info(lower.value.ifindex));
  if (!made.ok) return fail(`failed to create ${kind}: ${netlinkError(made)}`);
  const renamed = changeLink(netns.net, made.value, { name: ifName });
  if (!renamed.ok) {
    if (kind === 'macvlan') delLink(netns.net, made.value);
    return fail(`failed to rename ${kind} to ${goQuote(ifName)}: ${netlinkError(renamed)}`);
  }
  return ok({ name: ifName, mac: macOf(made.value), sandbox: netns.path });
}

export interface Layer3 {
  readonly ipamType: string;
  readonly cniVersion: string;
  readonly dns: Dns;
  /** arp_notify is set on macvlan and ipvlan. */
  readonly arpNotify: boolean;
}

/** IPAM, and its result on the interface; what it gave is released when that fails. */
export function* addByIpam(
  call: Call,
  netns: OpenNetns,
  own: CniInterface,
  layer: Layer3,
): Step<string> {
  const given = yield* ipamAdd(call, layer.ipamType);
  if (!given.ok) return given;
  if (given.value.ips.length === 0) return fail('IPAM plugin returned missing IP config');
  const done = yield* applyResult(call, netns, own, { ...layer, given: given.value });
  if (!done.ok) yield* ipamDel(call, layer.ipamType);
  return done;
}

/** All addresses are the interface's, which is the only one of the result. */
export function* applyResult(
  call: Call,
  { net }: OpenNetns,
  own: CniInterface,
  layer: Layer3 & { readonly given: CniResult },
): Step<string> {
  const { given, dns } = layer;
  const ips = given.ips.map((ip) => ({ ...ip, interface: 0 }));
  const result: CniResult = { ...given, interfaces: [own], ips, dns };
  if (layer.arpNotify) setSysctl(net, `net/ipv4/conf/${call.ifName}/arp_notify`, '1');
  const configured = yield* configureIface(call, net, call.ifName, result);
  return configured.ok ? print(call, result, layer.cniVersion) : configured;
}

export const onlyInterface = (call: Call, own: CniInterface, dns: Dns): CniResult =>
  newResult(call.release.specVersion, { interfaces: [own], dns });

/** The second half of cmdDel(): the link goes, if it and its namespace are still there. */
export function deleteStacked(call: Call): Result<undefined, CniError> {
  if (call.netns === '') return OK;
  const netns = getNetns(call.proc, call.netns);
  if (!netns.ok) return netns.error.is === 'ns-path-not-exist' ? OK : netns;
  const deleted = delLinkByName(netns.value.net, call.ifName);
  return deleted.ok || deleted.error.is !== 'link-not-found' ? deleted : OK;
}

/** The second half of cmdCheck(). */
export function checkStacked(
  call: Call,
  net: Netns,
  result: CniResult,
  link: {
    readonly kind: StackedLink['kind'];
    readonly master: string;
    /** What is wrong with the device, if anything. */
    readonly wrong: (dev: NetDevice) => string | undefined;
  },
): Result<undefined, CniError> {
  const container = containerInterface(call, result);
  if (!container.ok) return container;
  const { name, sandbox } = container.value;
  const master = linkByName(call.host, link.master);
  if (!master.ok) return fail(`failed to lookup master ${goQuote(link.master)}: ${master.error}`);
  const prefix = link.kind === 'vlan' ? 'vlan: ' : '';
  if (name === '') return fail('Container interface name missing in prevResult: ');
  const dev = net.deviceByName(name);
  if (!dev) return fail(`${prefix}Container Interface name in prevResult: ${name} not found`);
  if (!sandbox) {
    return fail(`${prefix}Error: Container interface ${name} should not be in host namespace`);
  }
  if (dev.kind !== link.kind) {
    return fail(`Error: Container interface ${name} not of type ${link.kind}`);
  }
  const early = link.kind === 'vlan' ? undefined : link.wrong(dev);
  if (early !== undefined) return fail(early);
  const mac = sameMac(container.value, dev, prefix);
  if (mac) return mac;
  const late = link.kind === 'vlan' ? link.wrong(dev) : undefined;
  if (late !== undefined) return fail(late);
  return validateExpected(net, call.ifName, result, call.release);
}
