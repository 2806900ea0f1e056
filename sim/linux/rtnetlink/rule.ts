import { OK } from '../../base/result';
import type { Family } from '../../wire/ip';
import { fibRules } from '../ip/fib-lookup';
import type { FibRule } from '../ip/rule';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from './netlink-error';

/** A rule as asked for; without priority the kernel picks one below the first used one after 0. */
export type RuleRequest = Omit<FibRule, 'priority'> & { readonly priority: number | undefined };

/** fib_nl_newrule(), net/core/fib_rules.c. */
export function newRule(net: Netns, req: RuleRequest, excl: boolean): Rtnl {
  const rules = fibRules(net, req.family);
  const priority = req.priority ?? rules.defaultPriority();
  const rule: FibRule = { ...req, priority };
  if (rule.action.kind === 'goto' && rule.action.target <= priority) {
    return nlErr('EINVAL', 'Backward goto not supported');
  }
  const twin = rules.rules.find((other) => same({ ...other, protocol: rule.protocol }, rule));
  if (excl && twin) return nlErr('EEXIST');
  // fib4_rule_configure(): the table named by a rule comes to be.
  if (rule.action.kind === 'table' && req.family === 4) net.fib4.create(rule.action.table);
  if (rule.action.kind === 'table' && req.family === 6) net.fib6.create(rule.action.table);
  rules.insert(rule);
  net.rtnlNotify({ kind: 'newrule', rule });
  return OK;
}

/** rule_exists(): everything but the protocol is compared. */
const same = (a: FibRule, b: FibRule): boolean => JSON.stringify(key(a)) === JSON.stringify(key(b));

const key = (rule: FibRule): readonly unknown[] => [
  rule.priority,
  rule.not,
  String(rule.src?.address),
  rule.src?.prefixLen,
  String(rule.dst?.address),
  rule.dst?.prefixLen,
  rule.iif,
  rule.oif,
  rule.mark,
  rule.markMask,
  rule.tos,
  rule.ipProto,
  rule.sport,
  rule.dport,
  rule.uidRange,
  rule.suppressPrefixLen,
  rule.action,
];

/** What a deletion names; absent = not compared. */
export type RuleSelector = { readonly family: Family } & Partial<FibRule>;

/** fib_nl_delrule(): the first rule that nothing in the request contradicts. */
export function delRule(net: Netns, sel: RuleSelector): Rtnl {
  const rules = fibRules(net, sel.family);
  const rule = rules.rules.find((one) => selects(sel, one));
  if (!rule) return nlErr('ENOENT');
  rules.remove(rule);
  net.rtnlNotify({ kind: 'delrule', rule });
  return OK;
}

function selects(sel: RuleSelector, rule: FibRule): boolean {
  const plain = ['priority', 'iif', 'oif', 'mark', 'ipProto', 'suppressPrefixLen'] as const;
  for (const name of plain) if (sel[name] !== undefined && sel[name] !== rule[name]) return false;
  if (sel.protocol && sel.protocol !== rule.protocol) return false;
  if (sel.tos && sel.tos !== rule.tos) return false;
  if (sel.mark !== undefined && sel.markMask !== undefined && sel.markMask !== rule.markMask) {
    return false;
  }
  if (sel.action && JSON.stringify(sel.action) !== JSON.stringify(rule.action)) return false;
  for (const side of ['src', 'dst'] as const) {
    const want = sel[side];
    if (!want) continue;
    const have = rule[side];
    if (have?.address !== want.address || have.prefixLen !== want.prefixLen) return false;
  }
  for (const range of ['sport', 'dport', 'uidRange'] as const) {
    const want = sel[range];
    if (!want) continue;
    if (want.from !== rule[range]?.from || want.to !== rule[range]?.to) return false;
  }
  return sel.not === undefined || sel.not === rule.not;
}

export const dumpRules = (net: Netns, family: Family): readonly FibRule[] =>
  fibRules(net, family).rules;
