import { ok, type Result } from '../../base/result';
import type { Ip } from '../../wire/frame';
import { type Fields, type Item, unmarshal } from '../gojson/fields';
import type { Call } from '../skel';
import { loadArgs } from '../types/args';
import { type CniError, fail, goQuote } from '../types/error';
import { isV4, parseGoCidr, parseGoIp } from '../types/ip-net';
import { type CniRoute, readRoutes } from '../types/result';
import { versionAtLeast } from '../version';
import { canonicalSet, type RangeConf, type RangeSet, setsOverlap } from './range';

/** allocator.IPAMConfig, checked. */
export interface HostLocalConf {
  readonly name: string;
  readonly cniVersion: string;
  readonly routes: readonly CniRoute[];
  readonly dataDir: string;
  readonly resolvConf: string;
  readonly ranges: readonly RangeSet[];
  /** Addresses that were asked for, in CNI_ARGS, `args` and `runtimeConfig`. */
  readonly requested: readonly Ip[];
}

type RawSet = readonly RangeConf[];

const readRange = (f: Fields): RangeConf => ({
  rangeStart: f.ip('rangeStart'),
  rangeEnd: f.ip('rangeEnd'),
  subnet: f.cidr('subnet'),
  gateway: f.ip('gateway'),
});

const readSets = (f: Fields, name: string): readonly RawSet[] =>
  f.list(name, '[]allocator.RangeSet', (set) =>
    set.list('allocator.RangeSet', (range) => range.struct('allocator.Range', readRange)),
  ) ?? [];

/** ip.IP's UnmarshalText: with or without a prefix length. */
function readIp(item: Item): Ip | undefined {
  const text = item.string('ip.IP');
  if (text === undefined || text === '') return undefined;
  const ip = parseGoCidr(text)?.address ?? parseGoIp(text);
  return ip ?? item.fail(`invalid IP address ${text}`);
}

const readIps = (f: Fields): readonly Ip[] => f.list('ips', '[]*ip.IP', readIp) ?? [];

const readConf = (f: Fields) => ({
  name: f.string('name'),
  cniVersion: f.string('cniVersion'),
  ipam: f.pointer('ipam', 'allocator.IPAMConfig', (ipam) => ({
    range: readRange(ipam),
    routes: readRoutes(ipam, 'routes') ?? [],
    dataDir: ipam.string('dataDir'),
    resolvConf: ipam.string('resolvConf'),
    ranges: readSets(ipam, 'ranges'),
  })),
  runtime: f.struct('runtimeConfig', 'struct', (one) => ({
    ranges: readSets(one, 'ipRanges'),
    ips: readIps(one),
  })),
  args: f.struct('args', 'struct', (args) => args.struct('cni', 'allocator.IPAMArgs', readIps)),
});

/** allocator.LoadIPAMConfig(). */
export function loadHostLocalConf(call: Call): Result<HostLocalConf, CniError> {
  const read = unmarshal(call.stdin, 'allocator.Net', readConf);
  if (!read.ok) return fail(read.error);
  const { ipam, runtime, args, name, cniVersion } = read.value;
  if (!ipam) return fail("IPAM config missing 'ipam' key");
  const fromEnv = requestedInArgs(call);
  if (!fromEnv.ok) return fromEnv;
  const single: readonly RawSet[] = ipam.range.subnet ? [[ipam.range]] : [];
  const ranges = checkRanges([...runtime.ranges, ...single, ...ipam.ranges], cniVersion);
  if (!ranges.ok) return ranges;
  return ok({
    name,
    cniVersion,
    routes: ipam.routes,
    dataDir: ipam.dataDir,
    resolvConf: ipam.resolvConf,
    ranges: ranges.value,
    requested: [...fromEnv.value, ...args, ...runtime.ips],
  });
}

function requestedInArgs(call: Call): Result<readonly Ip[], CniError> {
  const args = loadArgs(call.args, ['IP']);
  if (!args.ok) return fail(args.error);
  const text = args.value.get('IP') ?? '';
  if (text === '') return ok([]);
  const ip = parseGoCidr(text)?.address ?? parseGoIp(text);
  if (ip !== undefined) return ok([ip]);
  const pair = goQuote(`IP=${text}`);
  return fail(`ARGS: error parsing value of pair ${pair}: invalid IP address ${text}`);
}

function checkRanges(
  raw: readonly RawSet[],
  cniVersion: string,
): Result<readonly RangeSet[], CniError> {
  if (raw.length === 0) return fail('no IP ranges specified');
  const sets: RangeSet[] = [];
  for (const [i, one] of raw.entries()) {
    const set = canonicalSet(one);
    if (!set.ok) return fail(`invalid range set ${i}: ${set.error}`);
    sets.push(set.value);
  }
  const v4 = sets.filter(([range]) => range && isV4(range.start)).length;
  if (!manyAllowed(v4, sets.length - v4, cniVersion)) {
    return fail(`CNI version ${cniVersion} does not support more than 1 address per family`);
  }
  for (const [i, set] of sets.entries()) {
    const other = sets.findIndex((next, j) => j > i && setsOverlap(set, next));
    if (other >= 0) return fail(`range set ${i} overlaps with ${other}`);
  }
  return ok(sets);
}

/** Versions up to 0.2.0 have one address of each family. */
export function manyAllowed(v4: number, v6: number, cniVersion: string): boolean {
  if (v4 <= 1 && v6 <= 1) return true;
  const allowed = versionAtLeast(cniVersion, '0.3.0');
  return allowed.ok && allowed.value;
}
