import { OK, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import { printError, sleep } from '../../linux/process-io';
import { networkOf } from '../../wire/ip';
import type { Step } from '../invoke';
import { enableForward } from '../pkg/ip-forward';
import { setupIpMasqAll } from '../pkg/ip-masq';
import { configureIface, ipamAdd, ipamDel } from '../pkg/ipam';
import { macOf, netlinkError, setUp } from '../pkg/link';
import { type OpenNetns, openNetns } from '../pkg/ns';
import { print } from '../pkg/print';
import { setSysctl } from '../pkg/sysctl';
import type { Call } from '../skel';
import { type CniError, fail, goQuote } from '../types/error';
import { type IpNet, isV4, nextIp } from '../types/ip-net';
import {
  type CniInterface,
  type CniResult,
  type CniRoute,
  hasDns,
  newResult,
} from '../types/result';
import { type BridgeConf, loadBridgeConf } from './conf';
import {
  type BridgePortPair,
  bridgeByName,
  ensureAddr,
  ensureBridge,
  ensureVlanInterface,
  type FetchedBridge,
  setupBridgePort,
} from './setup';

/** How long cmdAdd() waits for the port to come up, before each look. */
const PORT_WAITS_US = [0, 50_000, 500_000, 1_000_000, 1_000_000];
/** The container's end among the result's interfaces. */
const CONTAINER = 2;

interface Setting {
  readonly conf: BridgeConf;
  readonly netns: OpenNetns;
  readonly bridge: FetchedBridge;
  readonly port: BridgePortPair;
}

/** cmdAdd() of plugins/main/bridge. */
export function* addBridge(call: Call): Step<string> {
  const loaded = loadBridgeConf(call);
  if (!loaded.ok) return loaded;
  const conf = {
    ...loaded.value,
    isGateway: loaded.value.isGateway || loaded.value.isDefaultGateway,
  };
  if (conf.hairpinMode && conf.promiscMode) {
    const end = call.release.modern ? '' : '.';
    return fail(`cannot set hairpin mode and promiscuous mode at the same time${end}`);
  }
  if (conf.macSpoofCheck) {
    yield* printError(call.proc, 'hopwise: bridge: macspoofchk is not simulated\n');
    return fail('macspoofchk is not simulated');
  }
  if (conf.missing !== undefined && call.release.modern) {
    yield* printError(call.proc, `hopwise: bridge: ${conf.missing} is not simulated\n`);
    return fail(`${conf.missing} is not simulated`);
  }
  const bridge = ensureBridge(call, conf);
  if (!bridge.ok) return bridge;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const { mtu, hairpinMode: hairpin, mac } = conf;
  const request = { netns: netns.value, ifName: call.ifName, mtu, hairpin, mac };
  const port = setupBridgePort(call, conf, bridge.value, request);
  if (!port.ok) return port;
  const setting = { conf, netns: netns.value, bridge: bridge.value, port: port.value };
  const result = conf.ipamType === '' ? yield* layer2(call, setting) : yield* layer3(call, setting);
  if (!result.ok) return result;
  return finish(call, setting, result.value);
}

/** Addresses of bridge and port may have changed meanwhile. */
function finish(call: Call, { conf, port }: Setting, result: CniResult): Result<string, CniError> {
  const again = bridgeByName(call.host, conf.bridge);
  if (!again.ok) return again;
  const [, host = port.host, ...rest] = result.interfaces;
  const bridge = { name: conf.bridge, mac: macOf(again.value.dev) };
  const hostNow = call.release.modern ? { ...host, mac: macOf(port.hostDev) } : host;
  const dns = hasDns(conf.dns) || !call.release.modern ? conf.dns : result.dns;
  const whole = { ...result, interfaces: [bridge, hostNow, ...rest], dns };
  return print(call, whole, conf.cniVersion);
}

const interfacesOf = ({ bridge, port }: Setting): readonly CniInterface[] => [
  { name: bridge.dev.name },
  port.host,
  port.container,
];

/** Without IPAM the container's end is only set up. */
function* layer2(call: Call, setting: Setting): Step<CniResult> {
  const dev = setting.netns.net.deviceByName(call.ifName);
  if (!dev) return fail('failed to retrieve link: Link not found');
  const up = setUp(dev);
  if (!up.ok) return fail(`failed to set ${goQuote(call.ifName)} up: ${netlinkError(up)}`);
  if (call.release.modern) {
    const ready = yield* waitForPort(call, setting.port.hostDev);
    if (!ready.ok) return ready;
  }
  return ok(newResult(call.release.specVersion, { interfaces: interfacesOf(setting) }));
}

/** What IPAM gave is released when the rest fails. */
function* layer3(call: Call, setting: Setting): Step<CniResult> {
  const given = yield* ipamAdd(call, setting.conf.ipamType);
  if (!given.ok) return given;
  const result = yield* configure(call, setting, given.value);
  if (!result.ok) yield* ipamDel(call, setting.conf.ipamType);
  return result;
}

function* configure(call: Call, setting: Setting, given: CniResult): Step<CniResult> {
  const { conf, netns, port } = setting;
  if (given.ips.length === 0) return fail('IPAM plugin returned missing IP config');
  const { ips, routes, gateways } = calcGateways(given, conf);
  const { dns } = given;
  const result = newResult(call.release.specVersion, {
    interfaces: interfacesOf(setting),
    ips,
    routes,
    dns,
  });
  setContainerSysctls(call, netns, conf);
  const configured = yield* configureIface(call, netns.net, call.ifName, result);
  if (!configured.ok) return configured;
  if (!call.release.modern) {
    const ready = yield* waitForPort(call, port.hostDev);
    if (!ready.ok) return ready;
  }
  const whole = conf.isGateway ? setGateways(call, setting, result, gateways) : ok(result);
  if (!whole.ok) return whole;
  if (conf.ipMasq) {
    const masked = yield* setupIpMasqAll(
      call,
      conf.name,
      ips.map((one) => one.address),
    );
    if (!masked.ok) return masked;
  }
  if (call.release.modern) {
    const ready = yield* waitForPort(call, port.hostDev);
    if (!ready.ok) return ready;
  }
  return whole;
}

function setContainerSysctls(call: Call, { net }: OpenNetns, conf: BridgeConf): void {
  const name = call.ifName;
  if (conf.enableDad) setSysctl(net, `net/ipv6/conf/${name}/enhanced_dad`, '1');
  setSysctl(net, `net/ipv6/conf/${name}/accept_dad`, conf.enableDad ? '1' : '0');
  setSysctl(net, `net/ipv4/conf/${name}/arp_notify`, '1');
}

/** calcGateways(): the gateway's address is the network's first; one default route a family, if asked for. */
function calcGateways(result: CniResult, conf: BridgeConf) {
  const routes: CniRoute[] = [...result.routes];
  const gateways: IpNet[] = [];
  const found = new Set<boolean>();
  const ips = result.ips.map((ip) => {
    const { address, prefixLen } = ip.address;
    const own = nextIp(networkOf(address, prefixLen));
    const gateway = ip.gateway ?? (conf.isGateway ? own : undefined);
    const v4 = isV4(address);
    if (conf.isDefaultGateway && !found.has(v4)) {
      const known = result.routes.some(
        ({ dst, gw }) => gw !== undefined && dst.prefixLen === 0 && isV4(dst.address) === v4,
      );
      const dst: IpNet = v4
        ? { address: 0, prefixLen: 0, wide: true }
        : { address: 0n, prefixLen: 0 };
      if (!known) routes.push({ dst, gw: gateway });
      found.add(v4);
    }
    if (conf.isGateway && gateway !== undefined) gateways.push({ address: gateway, prefixLen });
    return { ...ip, gateway, interface: CONTAINER };
  });
  return { ips, routes, gateways: [...gateways].sort(byFamily) };
}

const byFamily = (a: IpNet, b: IpNet): number =>
  Number(!isV4(a.address)) - Number(!isV4(b.address));

/** The bridge (or the VLAN's own port) gets the gateways' addresses, and the host forwards. */
function setGateways(
  call: Call,
  { conf, bridge }: Setting,
  result: CniResult,
  gateways: readonly IpNet[],
): Result<CniResult, CniError> {
  let vlan: FetchedBridge | undefined;
  for (const gateway of gateways) {
    if (conf.vlan !== 0) {
      const made = ensureVlanInterface(call, conf, bridge);
      if (!made.ok) return made;
      vlan ??= made.value;
    }
    const set = ensureAddr(call, vlan ?? bridge, gateway, conf.forceAddress);
    const what = vlan ? 'vlan interface for bridge with addr' : 'bridge addr';
    if (!set.ok) return fail(`failed to set ${what}: ${set.error.msg}`);
  }
  for (const gateway of gateways) enableForward(call, gateway);
  if (!vlan) return ok(result);
  const own = { name: vlan.dev.name, mac: macOf(vlan.dev) };
  return ok({ ...result, interfaces: [...result.interfaces, own] });
}

function* waitForPort(call: Call, dev: NetDevice): Step {
  for (const us of PORT_WAITS_US) {
    yield* sleep(call.proc, us);
    if (dev.operstate === 'UP') return OK;
  }
  return fail(`bridge port in error state: ${dev.operstate.toLowerCase()}`);
}
