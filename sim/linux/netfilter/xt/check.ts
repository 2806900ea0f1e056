import type { Errno } from '../../errno';
import type { Netns } from '../../netns';
import type { NftBase, NftChain, NftTable } from '../nf-tables';
import type { XtEntry } from '../xt-rule';
import { conntrackUnuse, conntrackUse } from './conntrack-users';
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
  const restrictions = entry.matches.map(restrictionOfMatch);
  if (entry.target) restrictions.push(restrictionOfTarget(entry.target));
  if (restrictions.some((one) => !fits(one, table.name, entry))) return 'EINVAL';
  if (chain.base && xtValidate(entry, chain.base)) return 'EINVAL';
  const { target } = entry;
  const reset = target?.name === 'REJECT' && target.with === 'tcp-reset';
  if (reset && (entry.proto?.value !== 6 || entry.proto.invert)) return 'EINVAL';
  conntrackUse(place.net, table.family, entry);
  return undefined;
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
  conntrackUnuse(place.net, place.table.family, entry);
}
