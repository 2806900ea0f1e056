import type { Ip } from '../../wire/frame';
import type { Family } from '../../wire/ip';

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

/** The rules of one family in one namespace, in order. */
export interface FibRules {
  readonly family: Family;
  readonly rules: readonly FibRule[];
}
