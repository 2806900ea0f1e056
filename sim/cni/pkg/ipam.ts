import { OK, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import type { Netns } from '../../linux/netns';
import type { Proc } from '../../linux/process';
import { sleep } from '../../linux/process-io';
import { newRoute } from '../../linux/rtnetlink/route';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { familyOf, networkOf } from '../../wire/ip';
import { delegateAdd, delegateOther, type Step } from '../invoke';
import type { Release } from '../release';
import type { Call } from '../skel';
import { type CniError, fail, goQuote } from '../types/error';
import { goIp, goNet, isV4 } from '../types/ip-net';
import { type CniResult, type CniRoute, goIpConfig } from '../types/result';
import { addAddress, linkByName, netlinkError, setUp } from './link';
import { getSysctl, setSysctl } from './sysctl';

/** SETTLE_INTERVAL, and the longest wait in v1.1.1 and since v1.3. */
const SETTLE_US = 50_000;
const SETTLE_MAX_US = 10_000_000;
const SETTLE_MAX_MODERN_US = 5_000_000;

/** ipam.ExecAdd(). */
export const ipamAdd = (call: Call, type: string): Step<CniResult> =>
  delegateAdd(call.proc, type, call.stdin, call.release);

/** ipam.ExecCheck(), ExecDel(), ExecStatus(). */
export const ipamCheck = (call: Call, type: string): Step =>
  delegateOther(call.proc, type, call.stdin, 'CHECK');
export const ipamDel = (call: Call, type: string): Step =>
  delegateOther(call.proc, type, call.stdin, 'DEL');
export const ipamStatus = (call: Call, type: string): Step =>
  delegateOther(call.proc, type, call.stdin, 'STATUS');

/** ipam.ConfigureIface(): addresses, up, routes. */
export function* configureIface(call: Call, net: Netns, ifName: string, result: CniResult): Step {
  if (result.interfaces.length === 0) return fail('no interfaces to configure');
  const link = linkByName(net, ifName);
  if (!link.ok) return fail(`failed to lookup ${goQuote(ifName)}: ${link.error}`);
  const dev = link.value;
  const added = addAll(dev, ifName, result, call.release);
  if (!added.ok) return added;
  const up = setUp(dev);
  if (!up.ok) return fail(`failed to set ${goQuote(ifName)} UP: ${netlinkError(up)}`);
  const gateways = gatewaysOf(result);
  if (gateways.v6 !== undefined) {
    const settled = yield* settleAddresses(call.proc, dev, call.release);
    if (!settled.ok && call.release.modern) return settled;
  }
  for (const route of result.routes) {
    const own = isV4(route.dst.address) ? gateways.v4 : gateways.v6;
    const done = addRoute(dev, route, route.gw ?? own, call.release);
    if (!done.ok) return done;
  }
  return OK;
}

function addAll(
  dev: NetDevice,
  ifName: string,
  result: CniResult,
  release: Release,
): Result<undefined, CniError> {
  let enabled6 = false;
  for (const ip of result.ips) {
    if (ip.interface === undefined) continue;
    const what = `failed to add IP addr ${goIpConfig(ip)} to ${goQuote(ifName)}`;
    if (result.interfaces[ip.interface]?.name !== ifName) {
      return fail(`${what}: invalid interface index`);
    }
    if (!enabled6 && !isV4(ip.address.address)) {
      const enabled = enableIpv6(dev.netns, ifName, release);
      if (!enabled.ok) return enabled;
      enabled6 = true;
    }
    const added = addAddress(dev, ip.address);
    if (!added.ok) return fail(`${what}: ${netlinkError(added)}`);
  }
  return OK;
}

function enableIpv6(net: Netns, ifName: string, release: Release): Result<undefined, CniError> {
  for (const name of ['lo', ifName]) {
    const path = `net/ipv6/conf/${name}/disable_ipv6`;
    const value = getSysctl(net, path);
    if (!value.ok || value.value === '0') continue;
    const set = setSysctl(net, path, '0');
    if (!set.ok) {
      const where = `${goQuote(name)} (${path}=${value.value})`;
      return fail(`failed to enable IPv6 for interface ${where}: ${set.error}`);
    }
  }
  if (!release.modern) return OK;
  const kept = setSysctl(net, `net/ipv6/conf/${ifName}/keep_addr_on_down`, '1');
  if (kept.ok) return OK;
  return fail(`failed to enable keep_addr_on_down for interface ${goQuote(ifName)}: ${kept.error}`);
}

/** The first gateway of each family; an address without one counts as IPv6's nil. */
function gatewaysOf(result: CniResult): {
  readonly v4: Ip | undefined;
  readonly v6: Ip | undefined;
} {
  const given = result.ips.flatMap(({ gateway, interface: index }) =>
    gateway === undefined || index === undefined ? [] : [gateway],
  );
  return { v4: given.find(isV4), v6: given.find((ip) => !isV4(ip)) };
}

/** netlink.RouteAddEcmp(): created, neither exclusive nor replacing. */
function addRoute(
  dev: NetDevice,
  route: CniRoute,
  gw: Ip | undefined,
  release: Release,
): Result<undefined, CniError> {
  const { address, prefixLen } = route.dst;
  const request = {
    family: familyOf(address),
    dst: networkOf(address, prefixLen),
    prefixLen,
    scope: 0,
    oif: dev.ifindex,
    via: gw,
  };
  const flags = { create: true, excl: false, replace: false, append: false };
  const added = newRoute(dev.netns, request, flags);
  if (added.ok) return OK;
  const more = release.modern ? ' metric 0 (Scope: universe, Table: 0)' : '';
  const what = `${goNet(route.dst)} via ${goIp(gw)} dev ${dev.name}${more}`;
  return fail(`failed to add route '${what}': ${netlinkError(added)}`);
}

/** ip.SettleAddresses(): waits until duplicate address detection is over. */
function* settleAddresses(
  proc: Proc,
  dev: NetDevice,
  release: Release,
): Blocking<Result<undefined, CniError>> {
  const most = release.modern ? SETTLE_MAX_MODERN_US : SETTLE_MAX_US;
  const until = proc.host.nowUs + most;
  for (;;) {
    if (dev.in6Dev.addresses.every((one) => !one.tentative && !one.dadFailed)) return OK;
    if (proc.host.nowUs > until) break;
    yield* sleep(proc, SETTLE_US);
  }
  const why = `link ${dev.name} still has tentative addresses after ${most / 1_000_000} seconds`;
  return fail(`failed to settle addresses for ${goQuote(dev.name)}: ${why}`);
}
