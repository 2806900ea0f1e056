import { OK, ok, type Result } from '../base/result';
import type { NetDevice } from '../linux/device/net-device';
import type { Netns } from '../linux/netns';
import { changeLink } from '../linux/rtnetlink/link';
import { type Fields, unmarshal } from './gojson/fields';
import type { Step } from './invoke';
import { validateExpected } from './pkg/expected';
import { ipamCheck, ipamDel } from './pkg/ipam';
import { linkByName, macOf, netlinkError } from './pkg/link';
import { parseGoMac } from './pkg/mac';
import { openNetns } from './pkg/ns';
import { containerInterface, previous, sameMac } from './pkg/prev-result';
import { print } from './pkg/print';
import type { Call, Plugin } from './skel';
import { addByIpam, onlyInterface } from './stacked/stacked';
import { type CniError, fail, goQuote } from './types/error';
import { type NetConf, readNetConf } from './types/net-conf';
import type { CniInterface } from './types/result';

interface HostDeviceConf extends NetConf {
  readonly device: string;
  readonly hwaddr: string;
  readonly kernelPath: string;
  readonly pciBusId: string;
}

const readConf = (f: Fields): HostDeviceConf => ({
  ...readNetConf(f),
  device: f.string('device'),
  hwaddr: f.string('hwaddr'),
  kernelPath: f.string('kernelpath'),
  pciBusId:
    f.struct('runtimeConfig', 'struct', (one) => one.string('deviceID')) || f.string('pciBusID'),
});

/** loadConf() of plugins/main/host-device. */
function loadConf(call: Call): Result<HostDeviceConf, CniError> {
  const read = unmarshal(call.stdin, 'main.NetConf', readConf);
  if (!read.ok) return fail(`failed to load netconf: ${read.error}`);
  const { device, hwaddr, kernelPath, pciBusId } = read.value;
  if ([device, hwaddr, kernelPath, pciBusId].every((one) => one === '')) {
    return fail('specify either "device", "hwaddr", "kernelpath" or "pciBusID"');
  }
  if (pciBusId === '') return read;
  const driver = `/sys/bus/pci/devices/${pciBusId}/driver`;
  return fail(`error with host device: lstat ${driver}: no such file or directory`);
}

/** getLink(): machines here have no devices below /sys/devices. */
function findDevice(net: Netns, conf: HostDeviceConf): Result<NetDevice, string> {
  if (conf.device !== '') return linkByName(net, conf.device);
  if (conf.hwaddr !== '') {
    const mac = parseGoMac(conf.hwaddr);
    if (!mac.ok) {
      const error = `failed to parse MAC address ${goQuote(conf.hwaddr)}: ${mac.error}`;
      return { ok: false, error };
    }
    const dev = net.devices().find((one) => one.mac === mac.value);
    return dev ? ok(dev) : { ok: false, error: 'failed to find physical interface' };
  }
  const path = conf.kernelPath;
  const error = path.startsWith('/sys/devices/')
    ? `failed to find network devices at ${goQuote(`${path.replace(/\/+$/, '')}/net`)}`
    : `kernel device path ${goQuote(path)} must be absolute and begin with /sys/devices/`;
  return { ok: false, error };
}

/** moveLinkIn(): the device remembers its name as its alias. */
function moveIn(dev: NetDevice, net: Netns, ifName: string): Result<undefined, CniError> {
  const was = dev.name;
  const failed = (what: string, why: string) => fail(`failed to move link ${what}${why}`);
  const moved = changeLink(dev.netns, dev, { netns: net });
  if (!moved.ok) return failed('', netlinkError(moved));
  changeLink(net, dev, { up: false });
  changeLink(net, dev, { alias: was });
  const renamed = changeLink(net, dev, { name: ifName });
  if (!renamed.ok) {
    const what = `failed to rename device ${goQuote(was)} to ${goQuote(ifName)}: `;
    return failed(what, netlinkError(renamed));
  }
  const up = changeLink(net, dev, { up: true });
  return up.ok ? OK : failed(`failed to set ${goQuote(ifName)} up: `, netlinkError(up));
}

/** moveLinkOut(): back under its own name; all as it was when that fails. */
function moveOut(host: Netns, net: Netns, ifName: string): Result<undefined, CniError> {
  const dev = net.deviceByName(ifName);
  if (!dev) return fail(`failed to find ${goQuote(ifName)}: Link not found`);
  const wasUp = dev.up;
  const alias = dev.alias ?? '';
  changeLink(net, dev, { up: false });
  const renamed = changeLink(net, dev, { name: alias });
  if (!renamed.ok || alias === '') {
    if (wasUp) changeLink(net, dev, { up: true });
    const why = renamed.ok ? 'invalid argument' : netlinkError(renamed);
    return fail(`failed to restore ${goQuote(ifName)} to original name ${goQuote(alias)}: ${why}`);
  }
  const moved = changeLink(net, dev, { netns: host });
  if (moved.ok) return OK;
  changeLink(net, dev, { name: ifName });
  if (wasUp) changeLink(net, dev, { up: true });
  return fail(`failed to move ${goQuote(alias)} to host netns: ${netlinkError(moved)}`);
}

function* add(call: Call): Step<string> {
  const loaded = loadConf(call);
  if (!loaded.ok) return loaded;
  const { ipamType, cniVersion, dns } = loaded.value;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const found = findDevice(call.host, loaded.value);
  if (!found.ok) return fail(`failed to find host device: ${found.error}`);
  const moved = moveIn(found.value, netns.value.net, call.ifName);
  if (!moved.ok) return moved;
  const own: CniInterface = {
    name: call.ifName,
    mac: macOf(found.value),
    sandbox: netns.value.path,
  };
  if (ipamType === '') return print(call, onlyInterface(call, own, {}), cniVersion);
  const layer = { ipamType, cniVersion, dns, arpNotify: false };
  return yield* addByIpam(call, netns.value, own, layer);
}

function* del(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  if (call.netns === '') return OK;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const { ipamType } = conf.value;
  const released = ipamType === '' ? OK : yield* ipamDel(call, ipamType);
  return released.ok ? moveOut(call.host, netns.value.net, call.ifName) : released;
}

function* check(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const { ipamType } = conf.value;
  const ipam = ipamType === '' ? OK : yield* ipamCheck(call, ipamType);
  if (!ipam.ok) return ipam;
  const result = previous(call, conf.value);
  if (!result.ok) return result;
  const container = containerInterface(call, result.value);
  if (!container.ok) return container;
  const { name, sandbox } = container.value;
  if (name === '') return fail('Container interface name missing in prevResult: ');
  const dev = netns.value.net.deviceByName(name);
  if (!dev) return fail(`Container Interface name in prevResult: ${name} not found`);
  if (!sandbox) {
    return fail(`Error: Container interface ${name} should not be in host namespace`);
  }
  const wrong = sameMac(container.value, dev);
  if (wrong) return wrong;
  return validateExpected(netns.value.net, call.ifName, result.value, call.release);
}

/** plugins/main/host-device: a device of the host is lent to the container. */
export const hostDevice: Plugin = { name: 'host-device', add, check, del };
