import { type Cidr, contains, familyOf, networkOf } from '../../../wire/ip';
import type { ConfigSymbol } from '../config';
import type { Route } from '../route';
import type { Command, Filter, Term } from './ast';
import {
  changeAttribute,
  getAttribute,
  getStatic,
  setAttribute,
  setStatic,
  unsetAttribute,
} from './attributes';
import { matches, matchesMask, setContains } from './match';
import { memberOf } from './member';
import { type FilterValue, formatValue, type PathMaskItem, VOID } from './value';

export type Symbols = ReadonlyMap<string, ConfigSymbol>;

/** What f_run() gave; `output` is what it printed, line by line. */
export interface FilterResult {
  readonly verdict: 'accept' | 'reject' | 'error';
  readonly route: Route;
  readonly output: readonly string[];
}

/** Commands that one run of a filter may execute. */
const MAX_STEPS = 100_000;
const MAX_DEPTH = 100;

/** f_run(), filter/filter.c. Where a filter ends without a verdict, it is an error. */
export function runFilter(filter: Filter, route: Route, symbols: Symbols): FilterResult {
  const run = new Run(route, symbols);
  const verdict = run.block(filter.body);
  return {
    verdict: verdict === 'accept' || verdict === 'reject' ? verdict : 'error',
    route: run.route ?? route,
    output: run.output,
  };
}

/** A term without a route; undefined where it cannot be known. */
export function constantOf(term: Term, symbols: Symbols): FilterValue | undefined {
  const run = new Run(undefined, symbols);
  const value = run.term(term);
  return run.failed ? undefined : value;
}

type Ended = 'accept' | 'reject' | 'return' | 'error' | undefined;

class Run {
  failed = false;
  readonly output: string[] = [];
  #line = '';
  #steps = 0;
  #depth = 0;
  #result: FilterValue = VOID;
  #variables = new Map<string, FilterValue>();

  constructor(
    public route: Route | undefined,
    readonly symbols: Symbols,
  ) {}

  block(body: readonly Command[]): Ended {
    for (const command of body) {
      if (++this.#steps > MAX_STEPS) return 'error';
      const ended = this.#command(command);
      if (this.failed) return 'error';
      if (ended) return ended;
    }
    return undefined;
  }

  #command(c: Command): Ended {
    switch (c.kind) {
      case 'block':
        return this.block(c.body);
      case 'if':
        return this.#condition(c);
      case 'var':
      case 'assign':
        this.#variables.set(c.name, c.value ? this.term(c.value) : VOID);
        return undefined;
      case 'set':
        return this.#change((route) => setAttribute(route, c.attribute, this.term(c.value)));
      case 'setStatic':
        return this.#change((route) => setStatic(route, c.attribute, this.term(c.value)));
      case 'unset':
        return this.#change((route) => unsetAttribute(route, c.attribute));
      case 'change': {
        const value = c.value && this.term(c.value);
        return this.#change((route) => changeAttribute(route, c, value));
      }
      case 'die':
        if (c.print.length > 0) this.#print(c.print, true);
        return c.verdict;
      case 'print':
        this.#print(c.print, c.newline);
        return undefined;
      case 'return':
        this.#result = this.term(c.value);
        return 'return';
      case 'call':
        this.term(c.call);
        return this.#died;
      case 'case':
        return this.#case(c);
    }
  }

  /** A verdict inside a called function ends the filter. */
  #died: Ended;

  #condition(c: Extract<Command, { kind: 'if' }>): Ended {
    const test = this.term(c.test);
    if (this.#died) return this.#died;
    if (test.type !== 'bool') return this.#fail();
    if (test.value) return this.#command(c.yes);
    return c.no && this.#command(c.no);
  }

  #case(c: Extract<Command, { kind: 'case' }>): Ended {
    const value = this.term(c.of);
    const found = c.cases.find(
      (one) => one.set?.type === 'set' && setContains(one.set.value, value),
    );
    return this.block((found ?? c.cases.find((one) => !one.set))?.body ?? []);
  }

  #change(change: (route: Route) => Route | undefined): Ended {
    if (!this.route) return this.#fail();
    const changed = change(this.route);
    if (!changed) return this.#fail();
    this.route = changed;
    return undefined;
  }

  #fail(): Ended {
    this.failed = true;
    return 'error';
  }

  #print(terms: readonly Term[], newline: boolean): void {
    this.#line += terms.map((term) => formatValue(this.term(term))).join('');
    if (!newline) return;
    this.output.push(this.#line);
    this.#line = '';
  }

  term(t: Term): FilterValue {
    if (this.#depth > MAX_DEPTH || ++this.#steps > MAX_STEPS) this.failed = true;
    if (this.failed) return VOID;
    switch (t.kind) {
      case 'constant':
        return t.value;
      case 'binary':
        return this.#checked(binary(t.op, this.term(t.left), this.term(t.right)));
      case 'and':
      case 'or':
        return this.#logic(t);
      case 'not': {
        const of = this.term(t.of);
        return this.#checked(of.type === 'bool' ? { type: 'bool', value: !of.value } : undefined);
      }
      case 'defined':
        return { type: 'bool', value: this.term(t.of).type !== 'void' };
      case 'variable':
        return this.#variables.get(t.name) ?? VOID;
      case 'attribute':
        return this.#checked(this.route && getAttribute(this.route, t.name));
      case 'static':
        return this.#checked(this.route && getStatic(this.route, t.name));
      case 'tuple':
        return this.#checked(tuple(t.items.map((item) => this.term(item))));
      case 'mask':
        return { type: 'mask', value: t.items.flatMap((item) => this.#maskItem(item)) };
      case 'member':
        return this.#checked(
          memberOf(
            this.term(t.of),
            t.name,
            t.args.map((arg) => this.term(arg)),
          ),
        );
      case 'call':
        return this.#call(t);
    }
  }

  #checked(value: FilterValue | undefined): FilterValue {
    if (!value) this.failed = true;
    return value ?? VOID;
  }

  #logic(t: Extract<Term, { kind: 'and' | 'or' }>): FilterValue {
    const left = this.term(t.left);
    if (left.type !== 'bool') return this.#checked(undefined);
    if (left.value === (t.kind === 'or')) return left;
    const right = this.term(t.right);
    return this.#checked(right.type === 'bool' ? right : undefined);
  }

  #maskItem(
    item: PathMaskItem | { readonly kind: 'term'; readonly term: Term },
  ): readonly PathMaskItem[] {
    if (item.kind !== 'term') return [item];
    const value = this.term(item.term);
    if (value.type === 'int') return [{ kind: 'asn', low: value.value, high: value.value }];
    if (value.type === 'mask') return value.value;
    this.failed = true;
    return [];
  }

  #call(t: Extract<Term, { kind: 'call' }>): FilterValue {
    const symbol = this.symbols.get(t.function);
    if (symbol?.kind !== 'function') return this.#checked(undefined);
    const args = t.args.map((arg) => this.term(arg));
    const outer = this.#variables;
    this.#variables = new Map(symbol.function.parameters.map((name, i) => [name, args[i] ?? VOID]));
    this.#result = VOID;
    this.#depth++;
    const ended = this.block(symbol.function.body);
    this.#depth--;
    this.#variables = outer;
    if (ended === 'accept' || ended === 'reject') this.#died = ended;
    return this.#result;
  }
}

function tuple(items: readonly FilterValue[]): FilterValue | undefined {
  const numbers = items.map((item) => (item.type === 'int' ? item.value : undefined));
  const [a, b, c] = numbers;
  if (a === undefined || b === undefined) return undefined;
  if (items.length === 2) return { type: 'pair', value: ((a << 16) | (b & 0xffff)) >>> 0 };
  return items.length === 3 && c !== undefined ? { type: 'lc', value: [a, b, c] } : undefined;
}

function binary(op: string, a: FilterValue, b: FilterValue): FilterValue | undefined {
  const bool = (value: boolean | undefined): FilterValue | undefined =>
    value === undefined ? undefined : { type: 'bool', value };
  if (op === '~' || op === '!~') {
    const found = matches(a, b);
    return bool(found === undefined ? undefined : found === (op === '~'));
  }
  if (op === '=' || op === '!=') return bool(equal(a, b) === (op === '='));
  if ((a.type === 'ip' && b.type === 'ip') || (a.type === 'pair' && b.type === 'pair')) {
    return bool(op === '<' ? a.value < b.value : op === '<=' ? a.value <= b.value : undefined);
  }
  if (a.type !== 'int' || b.type !== 'int') return undefined;
  if (op === '<') return bool(a.value < b.value);
  if (op === '<=') return bool(a.value <= b.value);
  const result = arithmetic(op, a.value, b.value);
  return result === undefined ? undefined : { type: 'int', value: result >>> 0 };
}

function arithmetic(op: string, a: number, b: number): number | undefined {
  if (op === '+') return a + b;
  if (op === '-') return a - b;
  if (op === '*') return Math.imul(a, b);
  return b === 0 ? undefined : Math.trunc(a / b);
}

/** val_same(); a path equals the mask that matches it. */
function equal(a: FilterValue, b: FilterValue): boolean {
  if (a.type === 'path' && b.type === 'mask') return matchesMask(a.value, b.value);
  return a.type === b.type && formatValue(a) === formatValue(b);
}

/** Whether one prefix lies in another. */
export const netInNet = (inner: Cidr, outer: Cidr): boolean =>
  familyOf(inner.address) === familyOf(outer.address) &&
  inner.prefixLen >= outer.prefixLen &&
  contains(
    { address: networkOf(outer.address, outer.prefixLen), prefixLen: outer.prefixLen },
    inner.address,
  );
