import { OK } from '../../base/result';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from '../rtnetlink/netlink-error';
import type { RouteFlags, RouteRequest } from '../rtnetlink/route';
import {
  type FibRoute,
  type Nexthop,
  RT_SCOPE_NOWHERE,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
} from './fib';
import { fibCreateInfo, validKeyLength } from './fib-semantics';

/** fib_new_table(): without custom rules `local` is an alias of `main`, which then exists too. */
export function fibNewTable(net: Netns, table: number): void {
  net.fib4.create(table);
  if (table === RT_TABLE_LOCAL && !net.rules4.custom) net.fib4.create(RT_TABLE_MAIN);
}

/** fib_table_insert(), net/ipv4/fib_trie.c. */
export function fibTableInsert(net: Netns, req: RouteRequest, flags: RouteFlags): Rtnl {
  const valid = validKeyLength(req);
  if (!valid.ok) return valid;
  const made = fibCreateInfo(net, req);
  if (!made.ok) return made;
  const route = made.value;
  fibNewTable(net, route.table);
  const aliases = [...net.fib4.aliases(route.table, route.dst, route.prefixLen)];
  const first = aliases.findIndex((a) => a.tos === route.tos && a.priority === route.priority);
  let at = first;
  let replaced = 0;
  if (first >= 0) {
    if (flags.excl) return nlErr('EEXIST');
    const same = aliases.findIndex((a, i) => i >= first && sameAlias(a, route));
    if (flags.replace) {
      if (same >= 0) return same === first ? OK : nlErr('EEXIST');
      replaced = 1;
    } else if (same >= 0) {
      return nlErr('EEXIST');
    } else if (flags.append) {
      at = lastOf(aliases, route) + 1;
    }
  } else {
    at = aliases.findIndex((a) => comesAfter(a, route));
    if (at < 0) at = aliases.length;
  }
  if (replaced === 0 && !flags.create) return nlErr('ENOENT');
  aliases.splice(at, replaced, route);
  net.fib4.setAliases(route.table, route, aliases);
  net.rtnlNotify({ kind: 'newroute', route, replace: replaced > 0 });
  return OK;
}

/** Aliases of a prefix are kept by falling TOS, then rising priority: fib_find_alias(). */
const comesAfter = (a: FibRoute, route: FibRoute): boolean =>
  a.tos < route.tos || (a.tos === route.tos && a.priority > route.priority);

function lastOf(aliases: readonly FibRoute[], route: FibRoute): number {
  let last = -1;
  for (const [i, a] of aliases.entries()) {
    if (a.tos === route.tos && a.priority === route.priority) last = i;
  }
  return last;
}

/** Same type and the same fib_info: fib_find_info(). */
function sameAlias(a: FibRoute, b: FibRoute): boolean {
  return (
    a.tos === b.tos &&
    a.priority === b.priority &&
    a.type === b.type &&
    a.scope === b.scope &&
    a.protocol === b.protocol &&
    a.prefSrc === b.prefSrc &&
    a.nexthops.length === b.nexthops.length &&
    a.nexthops.every((nh, i) => sameNexthop(nh, b.nexthops[i])) &&
    JSON.stringify(a.metrics) === JSON.stringify(b.metrics)
  );
}

const sameNexthop = (a: Nexthop, b: Nexthop | undefined): boolean =>
  b !== undefined &&
  a.dev === b.dev &&
  a.via === b.via &&
  a.weight === b.weight &&
  a.onlink === b.onlink;

/** fib_table_delete(): the first alias that nothing in the request contradicts. */
export function fibTableDelete(net: Netns, req: RouteRequest): Rtnl {
  const valid = validKeyLength(req);
  if (!valid.ok) return valid;
  const table = req.table ?? RT_TABLE_MAIN;
  if (!net.fib4.has(table)) return nlErr('ESRCH', 'FIB table does not exist');
  const aliases = net.fib4.aliases(table, req.dst, req.prefixLen);
  const tos = req.tos ?? 0;
  const victim = aliases.find((a) => a.tos === tos && deleteMatches(a, req));
  if (!victim) return nlErr('ESRCH');
  const rest = aliases.filter((a) => a !== victim);
  net.fib4.setAliases(table, victim, rest);
  net.rtnlNotify({ kind: 'delroute', route: victim, replace: false });
  return OK;
}

function deleteMatches(a: FibRoute, req: RouteRequest): boolean {
  if (req.type !== undefined && a.type !== req.type) return false;
  if (req.scope !== undefined && req.scope !== RT_SCOPE_NOWHERE && a.scope !== req.scope) {
    return false;
  }
  if (req.prefSrc !== undefined && a.prefSrc !== req.prefSrc) return false;
  if (req.protocol !== undefined && req.protocol !== 0 && a.protocol !== req.protocol) return false;
  if (req.priority !== undefined && req.priority !== 0 && a.priority !== req.priority) return false;
  return nexthopsMatch(a, req) && metricsMatch(a, req);
}

/** fib_nh_match(). */
function nexthopsMatch(a: FibRoute, req: RouteRequest): boolean {
  if (req.oif || req.via !== undefined) {
    const [first] = a.nexthops;
    if (req.oif && first?.dev?.ifindex !== req.oif) return false;
    return req.via === undefined || first?.via === req.via;
  }
  if (!req.nexthops) return true;
  if (req.nexthops.length !== a.nexthops.length) return false;
  return req.nexthops.every((want, i) => {
    const nh = a.nexthops[i];
    if (want.oif && nh?.dev?.ifindex !== want.oif) return false;
    if (want.weight !== undefined && nh?.weight !== want.weight) return false;
    return want.via === undefined || nh?.via === want.via;
  });
}

/** fib_metrics_match(). */
function metricsMatch(a: FibRoute, req: RouteRequest): boolean {
  const { mtu, advmss } = req.metrics ?? {};
  return (
    (mtu === undefined || a.metrics.mtu === mtu) &&
    (advmss === undefined || a.metrics.advmss === advmss)
  );
}
