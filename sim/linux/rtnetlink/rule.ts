import type { Family } from '../../wire/ip';
import type { FibRule } from '../ip/rule';
import type { Netns } from '../netns';
import type { Rtnl } from './netlink-error';

/** A rule as asked for; without priority the kernel picks one below the first used one after 0. */
export type RuleRequest = Omit<FibRule, 'priority'> & { readonly priority: number | undefined };

/** fib_nl_newrule(), net/core/fib_rules.c. */
export declare function newRule(net: Netns, req: RuleRequest, excl: boolean): Rtnl;

/** What a deletion names; absent = not compared. */
export type RuleSelector = { readonly family: Family } & Partial<FibRule>;

/** fib_nl_delrule(). */
export declare function delRule(net: Netns, sel: RuleSelector): Rtnl;

export declare function dumpRules(net: Netns, family: Family): readonly FibRule[];
