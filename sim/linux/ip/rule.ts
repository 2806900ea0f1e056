import type { Ip } from '../../wire/frame';
import { contains, type Family } from '../../wire/ip';

/** FR_ACT_*. */
export type RuleAction =
  | { readonly kind: 'table'; readonly table: number }
  | { readonly kind: 'goto'; readonly target: number }
  | { readonly kind: 'nop' }
  | { readonly kind: 'blackhole' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'prohibit' };

/** struct fib_rule. */
export interface FibRule {
  readonly family: Family;
  readonly priority: number;
  /** FIB_RULE_INVERT. */
  readonly not: boolean;
  readonly src: { readonly address: Ip; readonly prefixLen: number } | undefined;
  readonly dst: { readonly address: Ip; readonly prefixLen: number } | undefined;
  readonly iif: string | undefined;
  readonly oif: string | undefined;
  readonly mark: number | undefined;
  readonly markMask: number;
  readonly tos: number;
  readonly ipProto: number | undefined;
  readonly sport: { readonly from: number; readonly to: number } | undefined;
  readonly dport: { readonly from: number; readonly to: number } | undefined;
  readonly uidRange: { readonly from: number; readonly to: number } | undefined;
  readonly suppressPrefixLen: number | undefined;
  readonly action: RuleAction;
  readonly protocol: number;
}

/** What a rule is compared with: fib4_rule_match(), fib6_rule_match(), fib_rule_match(). */
export interface RuleFlow {
  readonly src: Ip | undefined;
  readonly dst: Ip;
  readonly iif: string | undefined;
  readonly oif: string | undefined;
  readonly mark: number;
  readonly tos: number;
  readonly protocol: number;
  readonly srcPort: number;
  readonly dstPort: number;
}

export function ruleMatches(rule: FibRule, flow: RuleFlow): boolean {
  return ruleSelects(rule, flow) !== rule.not;
}

function ruleSelects(rule: FibRule, flow: RuleFlow): boolean {
  if (rule.iif !== undefined && rule.iif !== flow.iif) return false;
  if (rule.oif !== undefined && rule.oif !== flow.oif) return false;
  if (rule.mark !== undefined && ((rule.mark ^ flow.mark) & rule.markMask) !== 0) return false;
  if (rule.src) {
    const src = flow.src ?? (rule.family === 4 ? 0 : 0n);
    if (!contains(rule.src, src)) return false;
  }
  if (rule.dst && !contains(rule.dst, flow.dst)) return false;
  if (rule.tos !== 0 && rule.tos !== flow.tos) return false;
  if (rule.ipProto !== undefined && rule.ipProto !== flow.protocol) return false;
  if (rule.sport && !inRange(rule.sport, flow.srcPort)) return false;
  if (rule.dport && !inRange(rule.dport, flow.dstPort)) return false;
  return !rule.uidRange || inRange(rule.uidRange, 0);
}

const inRange = (range: { readonly from: number; readonly to: number }, value: number): boolean =>
  value >= range.from && value <= range.to;

/** The rules of one family in one namespace, in order: struct fib_rules_ops. */
export class FibRules {
  #rules: FibRule[];
  /** fib_has_custom_rules: any change since the defaults. */
  custom = false;

  constructor(readonly family: Family) {
    this.#rules = defaultRules(family);
  }

  get rules(): readonly FibRule[] {
    return this.#rules;
  }

  /** After rules of the same priority. */
  insert(rule: FibRule): void {
    const at = this.#rules.findIndex((other) => other.priority > rule.priority);
    this.#rules.splice(at < 0 ? this.#rules.length : at, 0, rule);
    this.custom = true;
  }

  remove(rule: FibRule): void {
    this.#rules = this.#rules.filter((other) => other !== rule);
    this.custom = true;
  }

  /** fib_default_rule_pref(): one below the second rule's, which follows the one of priority 0. */
  defaultPriority(): number {
    const second = this.#rules[1];
    return second && second.priority > 0 ? second.priority - 1 : 0;
  }
}

/** fib_default_rules_init() of net/ipv4/fib_rules.c; IPv6 has no table `default`. */
function defaultRules(family: Family): FibRule[] {
  const rules = [newRuleTo(family, 0, 255), newRuleTo(family, 32_766, 254)];
  if (family === 4) rules.push(newRuleTo(family, 32_767, 253));
  return rules;
}

const newRuleTo = (family: Family, priority: number, table: number): FibRule => ({
  family,
  priority,
  not: false,
  src: undefined,
  dst: undefined,
  iif: undefined,
  oif: undefined,
  mark: undefined,
  markMask: 0xffff_ffff,
  tos: 0,
  ipProto: undefined,
  sport: undefined,
  dport: undefined,
  uidRange: undefined,
  suppressPrefixLen: undefined,
  action: { kind: 'table', table },
  protocol: 2,
});
