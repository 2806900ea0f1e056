import { OK, ok, type Result } from '../../base/result';
import type { MacvlanMode, NetDevice } from '../../linux/device/net-device';
import { type Fields, unmarshal } from '../gojson/fields';
import type { Step } from '../invoke';
import { ipamCheck, ipamDel } from '../pkg/ipam';
import { netlinkError, setUp } from '../pkg/link';
import { parseGoMac } from '../pkg/mac';
import { getNetns, openNetns } from '../pkg/ns';
import { previous } from '../pkg/prev-result';
import { print } from '../pkg/print';
import type { Call, Plugin } from '../skel';
import { loadArgs } from '../types/args';
import { type CniError, fail, goQuote } from '../types/error';
import { type NetConf, readNetConf } from '../types/net-conf';
import {
  addByIpam,
  checkMtu,
  checkStacked,
  createStacked,
  defaultRouteInterface,
  deleteStacked,
  onlyInterface,
} from './stacked';

interface MacvlanConf extends NetConf {
  readonly master: string;
  readonly mode: string;
  readonly mtu: number;
  readonly mac: string;
  readonly runtimeMac: string;
}

const readConf = (f: Fields): MacvlanConf => ({
  ...readNetConf(f),
  master: f.string('master'),
  mode: f.string('mode'),
  mtu: f.int('mtu'),
  mac: f.string('mac'),
  runtimeMac: f.struct('runtimeConfig', 'struct', (one) => one.string('mac')),
});

const MODES: ReadonlyMap<string, MacvlanMode> = new Map([
  ['', 'bridge'],
  ['bridge', 'bridge'],
  ['private', 'private'],
  ['vepa', 'vepa'],
  ['passthru', 'passthru'],
]);

/** loadConf() of plugins/main/macvlan: without a master the default route's device. */
function loadConf(call: Call): Result<MacvlanConf, CniError> {
  const read = unmarshal(call.stdin, 'main.NetConf', readConf);
  if (!read.ok) return fail(`failed to load netconf: ${read.error}`);
  const master =
    read.value.master === '' ? defaultRouteInterface(call.host) : ok(read.value.master);
  if (!master.ok) return master;
  const checked = checkMtu(call.host, master.value, read.value.mtu);
  if (!checked.ok) return checked;
  const args = loadArgs(call.args, ['MAC']);
  if (!args.ok) return fail(args.error);
  const mac = read.value.runtimeMac || args.value.get('MAC') || read.value.mac;
  return ok({ ...read.value, master: master.value, mac });
}

function* add(call: Call): Step<string> {
  const loaded = loadConf(call);
  if (!loaded.ok) return loaded;
  const conf = loaded.value;
  const netns = getNetns(call.proc, call.netns);
  if (!netns.ok) return fail(`failed to open netns %!q(<nil>): ${netns.error.msg}`);
  const mode = MODES.get(conf.mode);
  if (!mode) return fail(`unknown macvlan mode: ${goQuote(conf.mode)}`);
  const mac = conf.mac === '' ? ok(undefined) : parseGoMac(conf.mac);
  if (!mac.ok) return fail(`invalid args ${conf.mac} for MAC addr: ${mac.error}`);
  const own = createStacked(call, netns.value, {
    kind: 'macvlan',
    master: conf.master,
    mtu: conf.mtu,
    mac: mac.value,
    info: (lower) => ({ kind: 'macvlan', lower, mode }),
  });
  if (!own.ok) return own;
  const { ipamType, cniVersion, dns } = conf;
  if (ipamType !== '') {
    const layer = { ipamType, cniVersion, dns, arpNotify: true };
    return yield* addByIpam(call, netns.value, own.value, layer);
  }
  const dev = netns.value.net.deviceByName(call.ifName);
  const up = dev ? setUp(dev) : OK;
  if (!up.ok) return fail(`failed to set ${goQuote(call.ifName)} UP: ${netlinkError(up)}`);
  return print(call, onlyInterface(call, own.value, dns), cniVersion);
}

function* del(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const { ipamType } = conf.value;
  const released = ipamType === '' ? OK : yield* ipamDel(call, ipamType);
  return released.ok ? deleteStacked(call) : released;
}

function* check(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const { ipamType, master, mode } = conf.value;
  const ipam = ipamType === '' ? OK : yield* ipamCheck(call, ipamType);
  if (!ipam.ok) return ipam;
  const result = previous(call, conf.value);
  if (!result.ok) return result;
  const wrong = (dev: NetDevice): string | undefined => {
    const now = dev.data.kind === 'macvlan' ? dev.data.mode : undefined;
    const expected = MODES.get(mode);
    if (!expected) return `unknown macvlan mode: '\\x00'`;
    if (now === expected) return undefined;
    return `Container macvlan mode ${now} does not match expected value: ${expected}`;
  };
  return checkStacked(call, netns.value.net, result.value, { kind: 'macvlan', master, wrong });
}

/** plugins/main/macvlan. */
export const macvlan: Plugin = { name: 'macvlan', add, check, del };
