import { err, OK, ok, type Result } from '../../base/result';
import type { Ip } from '../../wire/frame';
import {
  addressBits,
  broadcastOf,
  contains,
  familyOf,
  formatCidr,
  formatIp,
  networkOf,
} from '../../wire/ip';
import { type IpNet, isV4, nextIp } from '../types/ip-net';

/** A range as it is configured: allocator.Range. */
export interface RangeConf {
  readonly subnet: IpNet | undefined;
  readonly rangeStart: Ip | undefined;
  readonly rangeEnd: Ip | undefined;
  readonly gateway: Ip | undefined;
}

/** A range with everything filled in (Canonicalize). */
export interface Range {
  readonly subnet: IpNet;
  readonly start: Ip;
  readonly end: Ip;
  readonly gateway: Ip;
}

export type RangeSet = readonly Range[];

/** Range.Canonicalize(). */
export function canonicalRange(conf: RangeConf): Result<Range, string> {
  const { subnet } = conf;
  if (!subnet) return err('IP <nil> not v4 nor v6');
  const { address, prefixLen } = subnet;
  const bits = addressBits(familyOf(address));
  if (prefixLen > bits - 2) {
    return err(`Network ${formatCidr(subnet)} too small to allocate from`);
  }
  const network = networkOf(address, prefixLen);
  if (network !== address) {
    const where = `For a subnet mask of length ${prefixLen} the network address is ${formatIp(network)}`;
    return err(`Network has host bits set. ${where}`);
  }
  const first = nextIp(address);
  const { rangeStart, rangeEnd } = conf;
  const within = (ip: Ip): boolean =>
    contains(subnet, ip) && (rangeEnd === undefined || ip <= rangeEnd);
  if (rangeStart !== undefined && !within(rangeStart)) {
    return err(`RangeStart ${formatIp(rangeStart)} not in network ${formatCidr(subnet)}`);
  }
  const start = rangeStart ?? first;
  if (rangeEnd !== undefined && (!contains(subnet, rangeEnd) || rangeEnd < start)) {
    return err(`RangeEnd ${formatIp(rangeEnd)} not in network ${formatCidr(subnet)}`);
  }
  return ok({ subnet, start, end: rangeEnd ?? lastIp(subnet), gateway: conf.gateway ?? first });
}

/** lastIP(): IPv4 keeps its broadcast address. */
function lastIp({ address, prefixLen }: IpNet): Ip {
  if (isV4(address)) return broadcastOf(address, prefixLen) - 1;
  return address | ((1n << BigInt(128 - prefixLen)) - 1n);
}

export const inRange = (range: Range, ip: Ip): boolean =>
  contains(range.subnet, ip) && ip >= range.start && ip <= range.end;

export const rangeFor = (set: RangeSet, ip: Ip): Range | undefined =>
  set.find((range) => inRange(range, ip));

export const formatRangeSet = (set: RangeSet): string =>
  set.map((range) => `${formatIp(range.start)}-${formatIp(range.end)}`).join(',');

const rangesOverlap = (a: Range, b: Range): boolean =>
  inRange(a, b.start) || inRange(a, b.end) || inRange(b, a.start) || inRange(b, a.end);

export const setsOverlap = (a: RangeSet, b: RangeSet): boolean =>
  a.some((one) => b.some((other) => rangesOverlap(one, other)));

/** RangeSet.Canonicalize(). */
export function canonicalSet(confs: readonly RangeConf[]): Result<RangeSet, string> {
  if (confs.length === 0) return err('empty range set');
  const set: Range[] = [];
  for (const conf of confs) {
    const range = canonicalRange(conf);
    if (!range.ok) return range;
    const [first] = set;
    if (first && isV4(first.start) !== isV4(range.value.start))
      return err('mixed address families');
    set.push(range.value);
  }
  const apart = checkOverlaps(set);
  return apart.ok ? ok(set) : apart;
}

function checkOverlaps(set: RangeSet): Result<undefined, string> {
  for (const [i, one] of set.entries()) {
    const other = set.slice(i + 1).find((next) => rangesOverlap(one, next));
    if (!other) continue;
    return err(`subnets ${formatRangeSet([one])} and ${formatRangeSet([other])} overlap`);
  }
  return OK;
}
