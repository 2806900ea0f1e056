import { OK, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import { IFF_PROMISC } from '../../linux/device/net-device';
import type { Netns } from '../../linux/netns';
import type { Step } from '../invoke';
import { validateExpected } from '../pkg/expected';
import { ipamCheck } from '../pkg/ipam';
import { macOf, parentIndexOf } from '../pkg/link';
import { openNetns } from '../pkg/ns';
import { containerInterface, previous, sameMac } from '../pkg/prev-result';
import type { Call } from '../skel';
import { type CniError, fail } from '../types/error';
import type { CniInterface, CniResult } from '../types/result';
import { type BridgeConf, loadBridgeConf } from './conf';

const NO_INTERFACE: CniInterface = { name: '' };

/** cmdCheck() of plugins/main/bridge. */
export function* checkBridge(call: Call): Step {
  const loaded = loadBridgeConf(call);
  if (!loaded.ok) return loaded;
  const conf = loaded.value;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const ipam = yield* ipamCheck(call, conf.ipamType);
  if (!ipam.ok) return ipam;
  const result = previous(call, conf);
  if (!result.ok) return result;
  const links = checkLinks(call, conf, result.value, netns.value.net);
  if (!links.ok) return links;
  return validateExpected(netns.value.net, call.ifName, result.value, call.release);
}

function checkLinks(
  call: Call,
  conf: BridgeConf,
  result: CniResult,
  net: Netns,
): Result<undefined, CniError> {
  const bridge = result.interfaces.filter((one) => one.name === conf.bridge).at(-1) ?? NO_INTERFACE;
  const bridgeDev = validateBridge(call, conf, bridge);
  if (!bridgeDev.ok) return bridgeDev;
  const container = containerInterface(call, result);
  if (!container.ok) return container;
  const dev = validateContainer(net, container.value);
  if (!dev.ok) return dev;
  for (const one of result.interfaces) {
    if (one.name === bridge.name || one.name === container.value.name) continue;
    const found = validateVeth(call, one, bridgeDev.value, dev.value);
    if (!found.ok) return found;
    if (found.value) return OK;
  }
  return fail(`CNI veth created for bridge ${conf.bridge} was not found`);
}

/** validateInterface(): it exists, and stands where the result says. */
function validateInterface(
  net: Netns,
  { name, sandbox }: CniInterface,
  inSandbox: boolean,
): Result<NetDevice, CniError> {
  if (name === '') return fail('Interface name missing ');
  const dev = net.deviceByName(name);
  if (!dev) return fail(`Interface name ${name} not found`);
  if (inSandbox && !sandbox) return fail(`Interface ${name} is expected to be in a sandbox`);
  if (!inSandbox && sandbox) return fail(`Interface ${name} should not be in sandbox`);
  return ok(dev);
}

function validateBridge(
  call: Call,
  conf: BridgeConf,
  bridge: CniInterface,
): Result<NetDevice, CniError> {
  const found = validateInterface(call.host, bridge, false);
  if (!found.ok) return found;
  const dev = found.value;
  const { name, mac } = bridge;
  if (dev.kind !== 'bridge') return fail(`Interface ${name} does not have link type of bridge`);
  if (mac && mac !== macOf(dev)) return fail(`Bridge interface ${name} Mac doesn't match: ${mac}`);
  const promisc = (dev.flags & IFF_PROMISC) !== 0;
  if (promisc !== conf.promiscMode) {
    const what = `configured Promisc Mode ${conf.promiscMode} doesn't match current state: ${promisc}`;
    return fail(`Bridge interface ${name} ${what} `);
  }
  return found;
}

function validateContainer(net: Netns, one: CniInterface): Result<NetDevice, CniError> {
  const found = validateInterface(net, one, true);
  if (!found.ok) return found;
  const dev = found.value;
  if (dev.kind !== 'veth') {
    return fail(`Error: Container interface ${dev.name} not of type veth`);
  }
  return sameMac(one, dev) ?? found;
}

/** validateCniVethInterface(): true for the port whose other end is the container's. */
function validateVeth(
  call: Call,
  one: CniInterface,
  bridge: NetDevice,
  container: NetDevice,
): Result<boolean, CniError> {
  const found = validateInterface(call.host, one, false);
  if (!found.ok) return found;
  const dev = found.value;
  if (dev.kind !== 'veth' || dev.ifindex !== parentIndexOf(container)) return ok(false);
  if (parentIndexOf(dev) !== container.ifindex || dev.master !== bridge) return ok(false);
  if (one.mac && one.mac !== macOf(dev)) {
    return fail(`Interface ${one.name} Mac doesn't match: ${one.mac} not found`);
  }
  return ok(true);
}
