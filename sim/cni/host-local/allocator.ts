import { err, ok, type Result } from '../../base/result';
import { strerror } from '../../linux/errno';
import { type Proc, tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { nextIp } from '../types/ip-net';
import type { IpConfig } from '../types/result';
import { formatRangeSet, inRange, type Range, type RangeSet, rangeFor } from './range';
import type { Store } from './store';

/** allocator.IPAllocator: one range set of a network, for one interface of a container. */
export interface Allocation {
  readonly proc: Proc;
  readonly set: RangeSet;
  readonly store: Store;
  /** Index of the set, in `last_reserved_ip.N`. */
  readonly index: number;
  readonly id: string;
  readonly ifName: string;
}

/** IPAllocator.Get(). */
export function* allocate(
  from: Allocation,
  requested: Ip | undefined,
): Blocking<Result<IpConfig, string>> {
  if (requested !== undefined) return takeRequested(from, requested);
  const known = from.store
    .addressesOf(from.id, from.ifName)
    .find((ip) => rangeFor(from.set, ip) !== undefined);
  if (known !== undefined) {
    const text = `${formatIp(known)} has been allocated to ${from.id}`;
    return err(`${text}, duplicate allocation is not allowed`);
  }
  const walk = startAt(from);
  for (;;) {
    const range = step(from.set, walk);
    if (!range || walk.current === undefined) break;
    if (from.proc.charge(1)) yield* tick(from.proc, 0);
    const ip = walk.current;
    const taken = from.store.reserve(from.id, from.ifName, ip, from.index);
    if (typeof taken === 'string') return err(strerror(taken));
    if (taken) return ok(configOf(range, ip));
  }
  return err(`no IP addresses available in range set: ${formatRangeSet(from.set)}`);
}

const configOf = (range: Range, ip: Ip): IpConfig => ({
  address: { address: ip, prefixLen: range.subnet.prefixLen },
  gateway: range.gateway,
});

function takeRequested(from: Allocation, ip: Ip): Result<IpConfig, string> {
  const range = rangeFor(from.set, ip);
  if (!range) return err(`${formatIp(ip)} not in range set ${formatRangeSet(from.set)}`);
  if (ip === range.gateway) return err(`requested ip ${formatIp(ip)} is subnet's gateway`);
  const taken = from.store.reserve(from.id, from.ifName, ip, from.index);
  if (typeof taken === 'string') return err(strerror(taken));
  if (taken) return ok(configOf(range, ip));
  const where = `range set ${formatRangeSet(from.set)}`;
  return err(`requested IP address ${formatIp(ip)} is not available in ${where}`);
}

/** allocator.RangeIter. */
interface Walk {
  range: number;
  current: Ip | undefined;
  start: Ip | undefined;
}

/** GetIter(): round robin, from the address after the last one given. */
function startAt({ set, store, index }: Allocation): Walk {
  const last = store.lastReserved(index);
  const at = last === undefined ? -1 : set.findIndex((range) => inRange(range, last));
  if (at >= 0) return { range: at, current: last, start: undefined };
  return { range: 0, current: undefined, start: set[0]?.start };
}

/** RangeIter.Next(): the range that the next address is of; undefined when all were seen. */
function step(set: RangeSet, walk: Walk): Range | undefined {
  for (;;) {
    const range = set[walk.range];
    if (!range) return undefined;
    if (walk.current === undefined) {
      walk.current = range.start;
      walk.start = range.start;
    } else {
      advance(set, walk, range, walk.current);
      if (walk.start === undefined) walk.start = walk.current;
      else if (walk.current === walk.start) return undefined;
    }
    const now = set[walk.range];
    if (walk.current !== now?.gateway) return now;
  }
}

function advance(set: RangeSet, walk: Walk, range: Range, current: Ip): void {
  if (current !== range.end) {
    walk.current = nextIp(current);
    return;
  }
  walk.range = (walk.range + 1) % set.length;
  walk.current = set[walk.range]?.start;
}
