import { tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import type { Machine } from './machine';
import type { Expr, Rule, Stmt } from './node';
import { sprintf } from './sprintf';
import { toText, truthy, type Value } from './value';

/** How a statement ended. */
export type Flow =
  | 'normal'
  | 'next'
  | 'nextfile'
  | 'break'
  | 'continue'
  | { readonly exit: number | undefined }
  | { readonly value: Value };

/** The body of a user's function. */
export function* runFunction(m: Machine, name: string): Blocking<Value> {
  const func = m.program.functions.get(name);
  if (!func) return undefined;
  const flow = yield* run(m, func.body);
  if (typeof flow === 'object' && 'value' in flow) return flow.value;
  if (typeof flow === 'object' || flow === 'next' || flow === 'nextfile') pending.set(m, flow);
  return undefined;
}

/** exit and next inside a function unwind to the rule that called it. */
const pending = new WeakMap<Machine, Flow>();

export function* run(m: Machine, stmt: Stmt): Blocking<Flow> {
  if (m.proc.charge(0.5)) yield* tick(m.proc, 0);
  const flow = yield* runInner(m, stmt);
  if (m.failed) return { exit: 2 };
  const left = pending.get(m);
  if (left === undefined) return flow;
  if (m.depth === 0) pending.delete(m);
  return left;
}

function* runInner(m: Machine, stmt: Stmt): Blocking<Flow> {
  switch (stmt.kind) {
    case 'expr':
      yield* m.eval(stmt.expr);
      return 'normal';
    case 'print':
    case 'printf':
      return yield* print(m, stmt);
    case 'block':
      for (const one of stmt.body) {
        const flow = yield* run(m, one);
        if (flow !== 'normal') return flow;
      }
      return 'normal';
    case 'if':
      if (truthy(yield* m.eval(stmt.test))) return yield* run(m, stmt.yes);
      return stmt.no ? yield* run(m, stmt.no) : 'normal';
    case 'while':
    case 'do':
      return yield* loop(m, stmt.body, {
        test: stmt.test,
        first: stmt.kind === 'do',
        step: undefined,
      });
    case 'for': {
      if (stmt.init) yield* run(m, stmt.init);
      return yield* loop(m, stmt.body, { test: stmt.test, first: false, step: stmt.step });
    }
    case 'forin':
      for (const key of iterationOrder([...m.array(stmt.array).keys()])) {
        yield* m.store(stmt.to, key);
        const flow = yield* run(m, stmt.body);
        if (flow === 'break') break;
        if (flow !== 'normal' && flow !== 'continue') return flow;
      }
      return 'normal';
    case 'delete':
      if (stmt.subscripts) m.array(stmt.array).delete(yield* m.key(stmt.subscripts));
      else m.array(stmt.array).clear();
      return 'normal';
    case 'exit':
      return { exit: stmt.value ? Math.trunc(yield* m.number(stmt.value)) : undefined };
    case 'return':
      return { value: stmt.value ? yield* m.eval(stmt.value) : undefined };
    case 'next':
    case 'nextfile':
    case 'break':
    case 'continue':
      return stmt.kind;
  }
}

/** for (x in a): integers ascending, then the others as they were made; mawk promises no order. */
function iterationOrder(keys: readonly string[]): readonly string[] {
  if (!keys.every((key) => /^(0|[1-9]\d{0,8})$/.test(key))) return keys;
  return [...keys].sort((a, b) => Number(a) - Number(b));
}

interface Loop {
  readonly test: Expr | undefined;
  readonly first: boolean;
  readonly step: Stmt | undefined;
}

function* loop(m: Machine, body: Stmt, how: Loop): Blocking<Flow> {
  let skip = how.first;
  for (;;) {
    if (!skip && how.test && !truthy(yield* m.eval(how.test))) return 'normal';
    if (m.failed) return { exit: 2 };
    skip = false;
    const flow = yield* run(m, body);
    if (flow === 'break') return 'normal';
    if (flow !== 'normal' && flow !== 'continue') return flow;
    if (how.step) yield* run(m, how.step);
  }
}

function* print(m: Machine, stmt: Extract<Stmt, { kind: 'print' | 'printf' }>): Blocking<Flow> {
  const values: Value[] = [];
  for (const arg of stmt.args) values.push(yield* m.eval(arg));
  let text: string;
  if (stmt.kind === 'print') {
    const shown = values.length === 0 ? [m.record.text] : values;
    const format = m.get('OFMT');
    text = shown.map((value) => toText(value, format)).join(m.get('OFS')) + m.get('ORS');
  } else {
    const made = sprintf(values, m.get('CONVFMT'), 'printf');
    if ('error' in made) {
      yield* m.streams.print(made.before);
      m.fail(`run time error: ${made.error}`);
      return { exit: 2 };
    }
    text = made.text;
  }
  if (!stmt.redirect) {
    yield* m.streams.print(text);
    return 'normal';
  }
  const name = m.text(yield* m.eval(stmt.redirect.to));
  const failed = yield* m.streams.printTo(stmt.redirect.kind, name, text);
  if (failed !== undefined) m.fail(failed);
  return 'normal';
}

/** All rules on the present record. `ranges`: which range patterns are open. */
export function* runRules(m: Machine, ranges: Set<Rule>): Blocking<Flow> {
  for (const rule of m.program.rules) {
    if (!(yield* selected(m, rule, ranges))) continue;
    const flow = rule.body ? yield* run(m, rule.body) : yield* print(m, PRINT);
    if (m.failed) return { exit: 2 };
    if (flow !== 'normal') return flow;
  }
  return 'normal';
}

const PRINT = { kind: 'print', args: [], redirect: undefined } as const;

function* selected(m: Machine, rule: Rule, ranges: Set<Rule>): Blocking<boolean> {
  if (!rule.pattern) return true;
  if (!rule.until) return truthy(yield* m.eval(rule.pattern));
  if (!ranges.has(rule)) {
    if (!truthy(yield* m.eval(rule.pattern))) return false;
    ranges.add(rule);
  }
  if (truthy(yield* m.eval(rule.until))) ranges.delete(rule);
  return true;
}
