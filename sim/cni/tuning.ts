import { OK, ok, type Result } from '../base/result';
import { IFF_ALLMULTI, IFF_PROMISC, type NetDevice } from '../linux/device/net-device';
import { readTextAt, unlink, writeFileAt } from '../linux/files';
import type { Netns } from '../linux/netns';
import { changeLink, type LinkAttributes } from '../linux/rtnetlink/link';
import { type Fields, unmarshal } from './gojson/fields';
import { marshal } from './gojson/marshal';
import type { Step } from './invoke';
import { macOf, netlinkError } from './pkg/link';
import { parseGoMac } from './pkg/mac';
import { mkdirAll } from './pkg/mkdir-all';
import { getNetns } from './pkg/ns';
import { previous } from './pkg/prev-result';
import { print } from './pkg/print';
import { getSysctl, setSysctl } from './pkg/sysctl';
import type { Call, Plugin } from './skel';
import { loadArgs } from './types/args';
import { type CniError, fail, goErrno, goQuote } from './types/error';
import { type NetConf, readNetConf } from './types/net-conf';
import type { CniResult } from './types/result';

const DEFAULT_DATA_DIR = '/run/cni/tuning';

interface TuningConf extends NetConf {
  readonly dataDir: string;
  readonly sysctl: ReadonlyMap<string, string>;
  readonly mac: string;
  readonly promisc: boolean;
  readonly mtu: number;
  readonly allmulti: boolean | undefined;
}

const readSettings = (f: Fields) => ({
  sysctl: f.stringMap('sysctl') ?? new Map<string, string>(),
  mac: f.optionalString('mac'),
  promisc: f.optionalBool('promisc'),
  mtu: f.optionalInt('mtu'),
  allmulti: f.optionalBool('allmulti'),
});

const readConf = (f: Fields) => ({
  net: readNetConf(f),
  dataDir: f.string('dataDir'),
  own: readSettings(f),
  runtimeMac: f.struct('runtimeConfig', 'struct', (one) => one.string('mac')),
  args: f.struct('args', 'struct', (a) => a.struct('cni', 'main.IPAMArgs', readSettings)),
});

/** parseConf() of plugins/meta/tuning: CNI_ARGS, then runtimeConfig, then `args` win. */
function loadConf(call: Call): Result<TuningConf, CniError> {
  const read = unmarshal(call.stdin, 'main.TuningConf', readConf);
  if (!read.ok) return fail(`failed to load netconf: ${read.error}`);
  const env = loadArgs(call.args, ['MAC']);
  if (!env.ok) return fail(env.error);
  const { net, dataDir, own, runtimeMac, args } = read.value;
  return ok({
    ...net,
    dataDir: dataDir === '' ? DEFAULT_DATA_DIR : dataDir,
    sysctl: new Map([...own.sysctl, ...args.sysctl]),
    mac: args.mac ?? (runtimeMac || env.value.get('MAC') || (own.mac ?? '')),
    promisc: args.promisc ?? own.promisc ?? false,
    mtu: args.mtu ?? own.mtu ?? 0,
    allmulti: args.allmulti ?? own.allmulti,
  });
}

const linkOf = (net: Netns, ifName: string): Result<NetDevice, CniError> => {
  const dev = net.deviceByName(ifName);
  return dev ? ok(dev) : fail(`failed to get ${goQuote(ifName)}: Link not found`);
};

const change = (dev: NetDevice, attrs: LinkAttributes): Result<undefined, CniError> => {
  const changed = changeLink(dev.netns, dev, attrs);
  return changed.ok ? OK : fail(netlinkError(changed));
};

function changeMac(dev: NetDevice, text: string): Result<undefined, CniError> {
  const mac = parseGoMac(text);
  if (!mac.ok) return fail(`invalid args ${text} for MAC addr: ${mac.error}`);
  return change(dev, { address: mac.value });
}

const nameOf = (key: string): string => key.replaceAll('.', '/');

/** Only what is below /proc/sys/net may be set. */
function setSysctls(net: Netns, ifName: string, conf: TuningConf): Result<undefined, CniError> {
  for (const [template, value] of conf.sysctl) {
    const key = template.replace('IFNAME', () => ifName);
    if (!nameOf(key).startsWith('net/') || nameOf(key).includes('..')) {
      return fail(`invalid net sysctl key: ${goQuote(key)}`);
    }
    const set = setSysctl(net, nameOf(key), value);
    if (!set.ok) return fail(set.error);
  }
  return OK;
}

function tune(call: Call, net: Netns, conf: TuningConf): Result<undefined, CniError> {
  const sysctls = setSysctls(net, call.ifName, conf);
  if (!sysctls.ok) return sysctls;
  const { mac, mtu, promisc, allmulti } = conf;
  if (mac === '' && mtu === 0 && !promisc && allmulti === undefined) return OK;
  const dev = linkOf(net, call.ifName);
  if (!dev.ok) return dev;
  const steps = [
    () => createBackup(call, dev.value, conf),
    () => (mac === '' ? OK : changeMac(dev.value, mac)),
    () => (promisc ? change(dev.value, { promisc }) : OK),
    () => (mtu === 0 ? OK : change(dev.value, { mtu })),
    () => (allmulti === undefined ? OK : change(dev.value, { allmulticast: allmulti })),
  ];
  for (const step of steps) {
    const done = step();
    if (!done.ok) return done;
  }
  return OK;
}

const backupPath = (call: Call, conf: TuningConf): string =>
  `${conf.dataDir}/${call.containerId}_${call.ifName}.json`;

/** createBackup(): what DEL gives back. */
function createBackup(call: Call, dev: NetDevice, conf: TuningConf): Result<undefined, CniError> {
  const made = mkdirAll(call.proc, conf.dataDir, 0o700);
  if (made !== undefined) return fail(`failed to create backup directory: ${goErrno(made)}`);
  const backup = {
    mac: conf.mac === '' ? undefined : macOf(dev),
    promisc: conf.promisc ? (dev.flags & IFF_PROMISC) !== 0 : undefined,
    mtu: conf.mtu === 0 ? undefined : dev.mtu,
    allmulti: conf.allmulti === undefined ? undefined : (dev.flags & IFF_ALLMULTI) !== 0,
  };
  const text = marshal(backup, ' ');
  const written = writeFileAt(call.proc, backupPath(call, conf), text, 0o600);
  if (written === undefined) return OK;
  return fail(`failed to save file ${call.ifName}.json: ${goErrno(written)}`);
}

/** restoreBackup(); its errors are nobody's. */
function restoreBackup(call: Call, net: Netns, conf: TuningConf): void {
  const path = backupPath(call, conf);
  const text = readTextAt(call.proc, path);
  const dev = net.deviceByName(call.ifName);
  if (typeof text === 'string' || !dev) return;
  const read = unmarshal(text.text, 'main.configToRestore', readSettings);
  if (!read.ok) return;
  const { mac, mtu, promisc, allmulti } = read.value;
  const done = [
    mtu ? change(dev, { mtu }) : OK,
    mac ? changeMac(dev, mac) : OK,
    promisc === undefined ? OK : change(dev, { promisc }),
    allmulti === undefined ? OK : change(dev, { allmulticast: allmulti }),
  ];
  if (done.every((one) => one.ok)) unlink(call.proc, path);
}

function* add(call: Call): Step<string> {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const result = previous(call, conf.value);
  if (!result.ok) return result;
  const netns = getNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const tuned = tune(call, netns.value.net, conf.value);
  if (!tuned.ok) return tuned;
  return print(call, withMac(result.value, call.ifName, conf.value.mac), conf.value.cniVersion);
}

/** updateResultsMacAddr(). */
function withMac(result: CniResult, ifName: string, mac: string): CniResult {
  if (mac === '') return result;
  const interfaces = result.interfaces.map((one) => (one.name === ifName ? { ...one, mac } : one));
  return { ...result, interfaces };
}

function* del(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const netns = getNetns(call.proc, call.netns);
  if (netns.ok) restoreBackup(call, netns.value.net, conf.value);
  return OK;
}

function* check(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const result = previous(call, conf.value);
  if (!result.ok) return result;
  const netns = getNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const { net } = netns.value;
  for (const [key, value] of conf.value.sysctl) {
    const now = getSysctl(net, nameOf(key));
    if (!now.ok) return fail(now.error);
    if (now.value === value) continue;
    const what = `value of /proc/sys/${nameOf(key)} is ${value}, current value is ${now.value}`;
    return fail(`Error: Tuning configured ${what}`);
  }
  const dev = net.deviceByName(call.ifName);
  return dev ? checkLink(dev, conf.value) : fail(`Cannot find container link ${call.ifName}`);
}

function checkLink(dev: NetDevice, conf: TuningConf): Result<undefined, CniError> {
  const { name } = dev;
  const differs = (what: string, wanted: unknown, now: unknown) =>
    fail(`Error: Tuning ${what} is ${wanted}, current value is ${now}`);
  if (conf.mac !== '' && conf.mac !== macOf(dev)) {
    return differs(`configured Ethernet of ${name}`, conf.mac, macOf(dev));
  }
  const promisc = (dev.flags & IFF_PROMISC) !== 0;
  if (conf.promisc !== promisc) {
    return differs(`link ${name} configured promisc`, conf.promisc, Number(promisc));
  }
  if (conf.mtu !== 0 && conf.mtu !== dev.mtu) {
    return differs(`configured MTU of ${name}`, conf.mtu, dev.mtu);
  }
  const allmulti = (dev.flags & IFF_ALLMULTI) !== 0;
  if (conf.allmulti === undefined || conf.allmulti === allmulti) return OK;
  return differs(`configured all-multicast mode of ${name}`, '0xc000012345', allmulti);
}

/** plugins/meta/tuning: sysctls and attributes of an interface that another plugin made. */
export const tuning: Plugin = { name: 'tuning', add, check, del };
