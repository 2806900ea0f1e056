import type { FibRule } from '../../../linux/ip/rule';
import { delRule, dumpRules, newRule, type RuleSelector } from '../../../linux/rtnetlink/rule';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { parseUnsigned } from '../number';
import { parseOption } from '../option-table';
import { parseRouteType } from './route-type';
import { RULE_OPTIONS, type RuleParse } from './rule-options';
import { printRule } from './rule-print';
import { USAGE } from './usage';

const RT_TABLE_MAIN = 254;
const FULL_MASK = 0xffff_ffff;

/** do_iprule(), ip/iprule.c. */
export function* ruleCommand(ctx: ToolContext, args: Args): Step<number> {
  if (args.left < 1) return yield* listRules(ctx, args, 'list');
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  if (is('list') || is('lst') || is('show')) return yield* listRules(ctx, args, 'list');
  if (is('save') || is('restore')) return yield* args.notSimulated('ip rule', verb);
  if (is('add')) return yield* modifyRule(ctx, args, 'add');
  if (is('delete')) return yield* modifyRule(ctx, args, 'del');
  if (is('flush')) return yield* listRules(ctx, args, 'flush');
  if (is('help')) yield* ruleUsage(ctx);
  return yield* args.fail(`Command "${verb}" is unknown, try "ip rule help".\n`);
}

function* ruleUsage(ctx: ToolContext): Step<never> {
  ctx.stdio.error(USAGE.rule);
  return yield* exit(-1);
}

const emptyParse = (ctx: ToolContext): RuleParse => ({
  ctx,
  family: ctx.options.family === 6 ? 6 : 4,
  not: undefined,
  src: undefined,
  dst: undefined,
  priority: undefined,
  tos: undefined,
  mark: undefined,
  markMask: undefined,
  protocol: undefined,
  table: undefined,
  suppressPrefixLen: undefined,
  iif: undefined,
  oif: undefined,
  uidRange: undefined,
  ipProto: undefined,
  sport: undefined,
  dport: undefined,
  action: undefined,
  badFamily: false,
});

/** iprule_modify(). */
function* modifyRule(ctx: ToolContext, args: Args, verb: 'add' | 'del'): Step<number> {
  if (args.left === 0) {
    ctx.stdio.error(`"ip rule ${verb}" requires arguments.\n`);
    return -1;
  }
  const state = emptyParse(ctx);
  while (args.left > 0) {
    if (yield* parseOption(args, state, RULE_OPTIONS)) continue;
    yield* takeType(args, state);
  }
  if (state.badFamily) return ctx.answer({ ok: false, error: { errno: 'EINVAL' } });
  if (verb === 'del') return ctx.answer(ctx.rtnl(() => delRule(ctx.net, toSelector(state))));
  const rule = {
    family: state.family,
    priority: state.priority,
    not: state.not ?? false,
    src: state.src,
    dst: state.dst,
    iif: state.iif,
    oif: state.oif,
    mark: state.mark,
    markMask: state.markMask ?? (state.mark === undefined ? 0 : FULL_MASK),
    tos: state.tos ?? 0,
    ipProto: state.ipProto,
    sport: state.sport,
    dport: state.dport,
    uidRange: state.uidRange,
    suppressPrefixLen: state.suppressPrefixLen,
    action: state.action ?? { kind: 'table' as const, table: state.table ?? RT_TABLE_MAIN },
    protocol: state.protocol ?? 0,
  };
  return ctx.answer(ctx.rtnl(() => newRule(ctx.net, rule, true)));
}

/** The last branch: goto, nop, or a route type as action. */
function* takeType(args: Args, state: RuleParse): Step<void> {
  let word = args.take();
  if (word === 'type') word = yield* args.value();
  if (matches(word, 'help')) yield* ruleUsage(state.ctx);
  if (matches(word, 'goto')) {
    const value = yield* args.value();
    const target = parseUnsigned(value);
    if (target === undefined) return yield* args.invalid('invalid target\n', value);
    state.action = { kind: 'goto', target };
    return;
  }
  if (matches(word, 'nop')) {
    state.action = { kind: 'nop' };
    return;
  }
  const type = parseRouteType(word);
  if (!type) return yield* args.invalid('Failed to parse rule type', word);
  if (type === 'blackhole' || type === 'unreachable' || type === 'prohibit') {
    state.action = { kind: type };
  } else if (type === 'unicast') state.action = undefined;
  else state.badFamily = true;
}

/** Only what was named is compared. */
function toSelector(state: RuleParse): RuleSelector {
  const action =
    state.action ??
    (state.table === undefined ? undefined : { kind: 'table' as const, table: state.table });
  const named: { -readonly [K in keyof FibRule]?: FibRule[K] } = {};
  if (state.priority !== undefined) named.priority = state.priority;
  if (state.not) named.not = true;
  if (state.src) named.src = state.src;
  if (state.dst) named.dst = state.dst;
  if (state.iif !== undefined) named.iif = state.iif;
  if (state.oif !== undefined) named.oif = state.oif;
  if (state.mark !== undefined) named.mark = state.mark;
  if (state.markMask !== undefined) named.markMask = state.markMask;
  if (state.tos) named.tos = state.tos;
  if (state.ipProto !== undefined) named.ipProto = state.ipProto;
  if (state.sport) named.sport = state.sport;
  if (state.dport) named.dport = state.dport;
  if (state.uidRange) named.uidRange = state.uidRange;
  if (state.suppressPrefixLen !== undefined) named.suppressPrefixLen = state.suppressPrefixLen;
  if (state.protocol !== undefined) named.protocol = state.protocol;
  if (action) named.action = action;
  return { ...named, family: state.family };
}

/** iprule_list_flush_or_save(). */
function* listRules(ctx: ToolContext, args: Args, action: 'list' | 'flush'): Step<number> {
  const state = emptyParse(ctx);
  while (args.left > 0) {
    const word = args.current;
    if (matches(word, 'src')) {
      args.take();
      const option = RULE_OPTIONS.find((o) => o.names === 'from');
      if (option?.run) yield* option.run(state, yield* args.value(), args);
      continue;
    }
    if (yield* parseOption(args, state, RULE_OPTIONS)) continue;
    if (matches(word, 'help')) yield* ruleUsage(ctx);
    return yield* args.garbage('to', word);
  }
  const wanted = toSelector(state);
  const rules = dumpRules(ctx.net, state.family).filter((rule) => takes(wanted, rule));
  if (action === 'flush') {
    for (const rule of rules) {
      if (rule.priority === 0) continue;
      const code = ctx.answer(ctx.rtnl(() => delRule(ctx.net, rule)));
      if (code !== 0) return code;
    }
    return 0;
  }
  ctx.print.newJson();
  for (const rule of rules) printRule(ctx, rule);
  ctx.print.deleteJson();
  return 0;
}

/** filter_nlmsg(): a field that was named must be equal. */
function takes(wanted: RuleSelector, rule: FibRule): boolean {
  const named = Object.entries(wanted);
  const have = new Map(Object.entries(rule));
  return named.every(([key, value]) => {
    const other: unknown = have.get(key);
    if (value === undefined) return true;
    return typeof value === 'object' ? same(value, other) : value === other;
  });
}

function same(a: object, b: unknown): boolean {
  if (typeof b !== 'object' || b === null) return false;
  const other = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => other.get(key) === value);
}
