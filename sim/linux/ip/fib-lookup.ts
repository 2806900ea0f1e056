import { err, ok, type Result } from '../../base/result';
import type { Ip } from '../../wire/frame';
import { type Family, familyOf } from '../../wire/ip';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import type { Flow } from './dst';
import {
  FIB_ERRORS,
  type FibMatch,
  type FibResult,
  type FibTables,
  type Nexthop,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_DEFAULT,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
} from './fib';
import { type FibRules, type RuleFlow, ruleMatches } from './rule';

export interface FibLookupOptions {
  readonly scope?: number | undefined;
  readonly ignoreLinkstate?: boolean | undefined;
}

const MERGED = [RT_TABLE_LOCAL, RT_TABLE_MAIN];
const DEFAULT_ONLY = [RT_TABLE_DEFAULT];
/** A chain of goto rules longer than this is taken for a loop. */
const MAX_RULES_WALKED = 4096;

export const fibTables = (net: Netns, family: Family): FibTables =>
  family === 4 ? net.fib4 : net.fib6;
export const fibRules = (net: Netns, family: Family): FibRules =>
  family === 4 ? net.rules4 : net.rules6;

/**
 * fib_lookup(), include/net/ip_fib.h; fib6_rule_lookup(). Without custom rules IPv4's `local` and `main`
 * are one trie, so the longest prefix of both wins and the result says `main`.
 */
export function fibLookup(
  net: Netns,
  flow: Flow,
  options: FibLookupOptions = {},
): Result<FibResult, Errno> {
  const family = familyOf(flow.dst);
  const tables = fibTables(net, family);
  const match: FibMatch = {
    dst: flow.dst,
    tos: (flow.tos ?? 0) & 0xfc,
    scope: options.scope ?? RT_SCOPE_UNIVERSE,
    oif: flow.oif ?? 0,
    ignoreLinkstate: options.ignoreLinkstate,
  };
  const rules = fibRules(net, family);
  if (family === 4 && !rules.custom) {
    const merged = tables.lookup(MERGED, match);
    const found = merged ? asMain(merged) : tables.lookup(DEFAULT_ONLY, match);
    return found ? resultOf(found) : err('ENETUNREACH');
  }
  return lookupByRules({ net, rules, tables, match }, flow);
}

const asMain = ({ route, nexthop }: FibResult): FibResult => ({
  route,
  nexthop,
  table: RT_TABLE_MAIN,
});

interface RuleSearch {
  readonly net: Netns;
  readonly rules: FibRules;
  readonly tables: FibTables;
  readonly match: FibMatch;
}

/** fib_rules_lookup(), net/core/fib_rules.c. */
function lookupByRules(search: RuleSearch, flow: Flow): Result<FibResult, Errno> {
  const { net, rules, tables, match } = search;
  const key = ruleFlow(net, flow);
  let from = 0;
  let walked = 0;
  for (const rule of rules.rules) {
    if (rule.priority < from || ++walked > MAX_RULES_WALKED) continue;
    if (!ruleMatches(rule, key)) continue;
    switch (rule.action.kind) {
      case 'goto':
        from = rule.action.target;
        continue;
      case 'nop':
        continue;
      case 'blackhole':
        return err('EINVAL');
      case 'unreachable':
        return err('ENETUNREACH');
      case 'prohibit':
        return err('EACCES');
      case 'table': {
        const found = tables.lookup([rule.action.table], match);
        if (!found || found.route.type === 'throw') continue;
        if (suppressed(rule.suppressPrefixLen, found)) continue;
        return resultOf(found);
      }
    }
  }
  return err('ENETUNREACH');
}

const suppressed = (limit: number | undefined, found: FibResult): boolean =>
  limit !== undefined && found.route.prefixLen <= limit;

function resultOf(found: FibResult): Result<FibResult, Errno> {
  const error = FIB_ERRORS[found.route.type];
  return error ? err(error === 'EAGAIN' ? 'ENETUNREACH' : error) : ok(found);
}

const ruleFlow = (net: Netns, flow: Flow): RuleFlow => ({
  src: flow.src,
  dst: flow.dst,
  iif: flow.iif ? net.deviceByIndex(flow.iif)?.name : 'lo',
  oif: flow.oif ? net.deviceByIndex(flow.oif)?.name : undefined,
  mark: flow.mark ?? 0,
  tos: (flow.tos ?? 0) & 0xfc,
  protocol: flow.protocol ?? 0,
  srcPort: flow.srcPort ?? 0,
  dstPort: flow.dstPort ?? 0,
});

/** fib_select_multipath(): next hops share the hash space by weight; the same flow keeps its hop. */
export function selectMultipath(net: Netns, result: FibResult, flow: Flow): Nexthop | undefined {
  const alive = result.route.nexthops.filter((nh) => !nh.dead && !nh.linkdown);
  const hops = alive.length > 0 ? alive : result.route.nexthops.filter((nh) => !nh.dead);
  if (hops.length <= 1) return hops[0] ?? result.nexthop;
  const total = hops.reduce((sum, nh) => sum + nh.weight, 0);
  let point = multipathHash(net, flow) % total;
  for (const nh of hops) {
    point -= nh.weight;
    if (point < 0) return nh;
  }
  return hops[0];
}

/** fib_multipath_hash(): policy 0 looks at addresses, policy 1 at ports as well. */
function multipathHash(net: Netns, flow: Flow): number {
  let hash = mixIp(mixIp(net.multipathSeed, flow.src ?? 0), flow.dst);
  if (net.ipv4.sysctl.fib_multipath_hash_policy === 1) {
    hash = mix(mix(hash, flow.protocol ?? 0), (flow.srcPort ?? 0) * 65_536 + (flow.dstPort ?? 0));
  }
  return hash >>> 1;
}

function mixIp(hash: number, ip: Ip): number {
  if (typeof ip === 'number') return mix(hash, ip);
  let mixed = hash;
  for (let shift = 0n; shift < 128n; shift += 32n) {
    mixed = mix(mixed, Number((ip >> shift) & 0xffff_ffffn));
  }
  return mixed;
}

/** One round of murmur3. */
function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) >>> 0;
}
