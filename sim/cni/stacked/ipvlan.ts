import { OK, ok, type Result } from '../../base/result';
import type { IpvlanMode, NetDevice } from '../../linux/device/net-device';
import { type Fields, unmarshal } from '../gojson/fields';
import type { Step } from '../invoke';
import { ipamCheck, ipamDel } from '../pkg/ipam';
import { openNetns } from '../pkg/ns';
import { previous } from '../pkg/prev-result';
import type { Call, Plugin } from '../skel';
import { type CniError, fail, goQuote } from '../types/error';
import { type NetConf, parsePrevResult, readNetConf } from '../types/net-conf';
import type { CniResult } from '../types/result';
import {
  addByIpam,
  applyResult,
  checkStacked,
  createStacked,
  defaultRouteInterface,
  deleteStacked,
} from './stacked';

interface IpvlanConf extends NetConf {
  readonly master: string;
  readonly mode: string;
  readonly mtu: number;
}

interface Loaded {
  readonly conf: IpvlanConf;
  readonly before: CniResult | undefined;
}

const readConf = (f: Fields): IpvlanConf => ({
  ...readNetConf(f),
  master: f.string('master'),
  mode: f.string('mode'),
  mtu: f.int('mtu'),
});

const MODES: ReadonlyMap<string, IpvlanMode> = new Map([
  ['', 'l2'],
  ['l2', 'l2'],
  ['l3', 'l3'],
  ['l3s', 'l3s'],
]);

/** loadConf() of plugins/main/ipvlan: a chained one stands on the interface of the plugin before it. */
function loadConf(call: Call): Result<Loaded, CniError> {
  const read = unmarshal(call.stdin, 'main.NetConf', readConf);
  if (!read.ok) return fail(`failed to load netconf: ${read.error}`);
  const before = parsePrevResult(read.value, call.release);
  if (!before.ok) return fail(`could not parse prevResult: ${before.error}`);
  const master = masterOf(call, read.value, before.value);
  if (!master.ok) return master;
  return ok({ conf: { ...read.value, master: master.value }, before: before.value });
}

function masterOf(
  call: Call,
  conf: IpvlanConf,
  before: CniResult | undefined,
): Result<string, CniError> {
  if (conf.master !== '') return ok(conf.master);
  if (!before) return defaultRouteInterface(call.host);
  const [only, ...more] = before.interfaces;
  if (only && only.name !== '' && more.length === 0) return ok(only.name);
  return fail('chained master failure. PrevResult lacks a single named interface');
}

function* add(call: Call): Step<string> {
  const loaded = loadConf(call);
  if (!loaded.ok) return loaded;
  const { conf, before } = loaded.value;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const mode = MODES.get(conf.mode);
  if (!mode) return fail(`unknown ipvlan mode: ${goQuote(conf.mode)}`);
  const own = createStacked(call, netns.value, {
    kind: 'ipvlan',
    master: conf.master,
    mtu: conf.mtu,
    info: (lower) => ({ kind: 'ipvlan', lower, mode }),
  });
  if (!own.ok) return own;
  const { ipamType, cniVersion, dns } = conf;
  const layer = { ipamType, cniVersion, dns, arpNotify: true };
  if (ipamType === '' && before && before.ips.length > 0) {
    return yield* applyResult(call, netns.value, own.value, { ...layer, given: before });
  }
  return yield* addByIpam(call, netns.value, own.value, layer);
}

function* del(call: Call): Step {
  const loaded = loadConf(call);
  if (!loaded.ok) return loaded;
  const { ipamType } = loaded.value.conf;
  const released = ipamType === '' ? OK : yield* ipamDel(call, ipamType);
  return released.ok ? deleteStacked(call) : released;
}

function* check(call: Call): Step {
  const conf = unmarshal(call.stdin, 'main.NetConf', readConf);
  if (!conf.ok) return fail(`failed to load netconf: ${conf.error}`);
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const { ipamType, master, mode } = conf.value;
  const ipam = ipamType === '' ? OK : yield* ipamCheck(call, ipamType);
  if (!ipam.ok) return ipam;
  const result = previous(call, conf.value);
  if (!result.ok) return result;
  const wrong = (dev: NetDevice): string | undefined => {
    const now = dev.data.kind === 'ipvlan' ? dev.data.mode : undefined;
    const expected = MODES.get(mode) ?? 'l2';
    if (now === expected) return undefined;
    return `Container IPVlan mode ${now} does not match expected value: ${expected}`;
  };
  return checkStacked(call, netns.value.net, result.value, { kind: 'ipvlan', master, wrong });
}

/** plugins/main/ipvlan. */
export const ipvlan: Plugin = { name: 'ipvlan', add, check, del };
