import type { Errno } from '../../errno';
import type { Netns } from '../../netns';
import { setCheck, setDestroy } from '../ipset/xt-set';
import type { NftBase, NftChain, NftTable } from '../nf-tables';
import type { XtMatch } from '../xt-match';
import type { XtEntry } from '../xt-rule';
import { logRefusal } from './check-log';
import { conntrackUnuse, conntrackUse } from './conntrack-users';
import { hashlimitCheck, hashlimitDestroy } from './hashlimit';
import { comparesNothing, isNative } from './native';
import { recentCheck, recentDestroy } from './recent';
import { refusedValue } from './refuse-value';
import {
  matchRefusesHook,
  needsNatChain,
  restrictionOfMatch,
  restrictionOfTarget,
  targetRefusesHook,
  type XtRestriction,
} from './restrict';

/** Where a rule is put: struct xt_mtchk_param, xt_tgchk_param. */
export interface XtPlace {
  readonly net: Netns;
  readonly table: NftTable;
  readonly chain: NftChain;
}

/**
 * xt_check_match(), xt_check_target(), net/netfilter/x_tables.c, with the extensions' own checkentry():
 * whether the rule may be here; what it needs (a list, conntrack) is made.
 */
export function xtCheckEntry(place: XtPlace, entry: XtEntry): Errno | undefined {
  const { table, chain } = place;
  if (comparesNothing(entry.src) || comparesNothing(entry.dst)) return 'EINVAL';
  const compat = entry.matches.filter((match) => !isNative(match));
  const restrictions = compat.map(restrictionOfMatch);
  if (entry.target) restrictions.push(restrictionOfTarget(entry.target));
  const misplaced = restrictions.some((one) => !fits(one, table.name, entry));
  if (misplaced || (chain.base && xtValidate(entry, chain.base))) {
    logRefusal(place, entry);
    return 'EINVAL';
  }
  const { target } = entry;
  // ip_queue went in Linux 3.5: there is no such target.
  if (target?.name === 'QUEUE') return 'ENOENT';
  const reset = target?.name === 'REJECT' && target.with === 'tcp-reset';
  if (reset && (entry.proto?.value !== 6 || entry.proto.invert)) return 'EINVAL';
  const errno = refusedValue(place, entry) ?? checkMatches(place, entry);
  if (errno) return errno;
  conntrackUse(place.net, table.family, entry);
  return undefined;
}

/** What matches need that outlives packets: lists and tables of their own. */
function checkMatches({ net, table }: XtPlace, entry: XtEntry): Errno | undefined {
  for (const [i, match] of entry.matches.entries()) {
    if (match.name === 'hashlimit') hashlimitCheck(net, table.family, match);
    const errno = match.name === 'recent' ? recentCheck(net, match) : setCheck(net, match);
    if (!errno) continue;
    destroyMatches({ net, table }, entry.matches.slice(0, i));
    return errno;
  }
  const errno = entry.target && setCheck(net, entry.target);
  if (errno) destroyMatches({ net, table }, entry.matches);
  return errno;
}

function destroyMatches(
  { net, table }: Pick<XtPlace, 'net' | 'table'>,
  matches: readonly XtMatch[],
): void {
  for (const match of matches) {
    if (match.name === 'recent') recentDestroy(net, match);
    else if (match.name === 'hashlimit') hashlimitDestroy(net, table.family, match);
    else setDestroy(net, match);
  }
}

function fits(restriction: XtRestriction, table: string, entry: XtEntry): boolean {
  if (restriction.tables && !restriction.tables.includes(table)) return false;
  if (!restriction.proto) return true;
  const { proto } = entry;
  return proto !== undefined && !proto.invert && restriction.proto.includes(proto.value);
}

/** nft_match_validate(), nft_target_validate(): true if this base chain may not lead to the rule. */
export function xtValidate(entry: XtEntry, base: NftBase): boolean {
  const { hook } = base;
  for (const match of entry.matches) {
    const { hooks } = restrictionOfMatch(match);
    if ((hooks && !hooks.includes(hook)) || matchRefusesHook(match, hook)) return true;
  }
  const { target } = entry;
  if (!target) return false;
  const restriction = restrictionOfTarget(target);
  if (needsNatChain(restriction, base) || targetRefusesHook(target, hook)) return true;
  return restriction.hooks !== undefined && !restriction.hooks.includes(hook);
}

/** The rule is gone: xt_match.destroy(), xt_target.destroy(). */
export function xtDestroyEntry(place: XtPlace, entry: XtEntry): void {
  destroyMatches(place, entry.matches);
  if (entry.target) setDestroy(place.net, entry.target);
  conntrackUnuse(place.net, place.table.family, entry);
}
