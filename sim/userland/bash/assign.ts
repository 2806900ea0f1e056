import type { Blocking } from '../../linux/wait-queue';
import { evaluate } from './arithmetic';
import { arithmeticScope } from './arithmetic-scope';
import { isName } from './scanner';
import type { Shell } from './shell';
import { arrayKeys, type Variable } from './variables';
import { subscriptEnd } from './word';

/** Where a value goes: `name` or `name[subscript]`. */
export interface Target {
  readonly name: string;
  readonly subscript?: string | undefined;
}

/** `a[1]`, `x`; undefined if it is neither. */
export function parseTarget(text: string): Target | undefined {
  const open = text.indexOf('[');
  if (open < 0) return isName(text) ? { name: text } : undefined;
  const name = text.slice(0, open);
  const end = subscriptEnd(text.slice(open));
  if (!isName(name) || end < 0 || open + end !== text.length - 1) return undefined;
  return { name, subscript: text.slice(open + 1, -1) };
}

/** bind_variable(): assigns with the variable's attributes; false after a message. */
export function* assign(
  sh: Shell,
  target: Target,
  value: string,
  append = false,
): Blocking<boolean> {
  const real = parseTarget(sh.vars.target(target.name)) ?? { name: target.name };
  const dynamic = sh.vars.dynamic.get(real.name);
  if (dynamic) {
    if (dynamic.isReadonly) return yield* readonlyError(sh, real.name);
    dynamic.set?.(value);
    return true;
  }
  const variable = sh.vars.obtain(real.name);
  return yield* assignVariable(
    sh,
    { ...real, subscript: target.subscript ?? real.subscript },
    variable,
    {
      value,
      append,
    },
  );
}

export function* readonlyError(sh: Shell, name: string): Blocking<false> {
  yield* sh.error(`${name}: readonly variable`);
  return false;
}

export interface Value {
  readonly value: string;
  readonly append: boolean;
}

export function* assignVariable(
  sh: Shell,
  target: Target,
  variable: Variable,
  given: Value,
): Blocking<boolean> {
  if (variable.readonly) return yield* readonlyError(sh, target.name);
  if (sh.has('allexport')) variable.exported = true;
  if (target.subscript !== undefined) return yield* assignElement(sh, target, variable, given);
  const old = variable.array?.get(0) ?? variable.assoc?.get('0') ?? variable.value ?? '';
  const made = yield* converted(sh, variable, given, old);
  if (made === undefined) return false;
  if (variable.array) variable.array.set(0, made);
  else if (variable.assoc) variable.assoc.set('0', made);
  else variable.value = made;
  if (target.name === 'OPTIND') sh.getoptsColumn = 0;
  return true;
}

function* assignElement(
  sh: Shell,
  target: Target,
  variable: Variable,
  given: Value,
): Blocking<boolean> {
  const subscript = target.subscript ?? '';
  if (variable.assoc) {
    const key = yield* sh.interpreter.expandSubscript(sh, subscript, 'assoc');
    if (sh.unwind) return false;
    if (key === '') {
      yield* sh.error(`${target.name}[${subscript}]: bad array subscript`);
      return false;
    }
    const made = yield* converted(sh, variable, given, variable.assoc.get(key) ?? '');
    if (made === undefined) return false;
    variable.assoc.set(key, made);
    return true;
  }
  variable.array ??= variable.value === undefined ? new Map() : new Map([[0, variable.value]]);
  variable.value = undefined;
  const index = yield* arrayIndex(sh, target.name, subscript, variable.array);
  if (index === undefined) return false;
  const made = yield* converted(sh, variable, given, variable.array.get(index) ?? '');
  if (made === undefined) return false;
  variable.array.set(index, made);
  return true;
}

/** The number of an array's subscript; negative ones count from the end. */
export function* arrayIndex(
  sh: Shell,
  name: string,
  subscript: string,
  array: ReadonlyMap<number, string>,
): Blocking<number | undefined> {
  const index = yield* evaluateText(sh, subscript);
  if (index === undefined) return undefined;
  const last = arrayKeys(array).at(-1) ?? -1;
  const number = Number(index) < 0 ? Number(index) + last + 1 : Number(index);
  if (number >= 0) return number;
  yield* sh.error(`${name}[${subscript}]: bad array subscript`);
  return undefined;
}

/** Expands and evaluates an expression; undefined after a message (and with `sh.unwind` set). */
export function* evaluateText(sh: Shell, text: string, lead = ''): Blocking<bigint | undefined> {
  const expanded = /[$`"'\\]/.test(text)
    ? yield* sh.interpreter.expandSubscript(sh, text, 'arithmetic')
    : text;
  if (sh.unwind) return undefined;
  const result = evaluate(expanded, arithmeticScope(sh));
  const problem = sh.takeArithmeticProblem();
  if (result.ok && !problem) return result.value;
  const message = problem ?? (result.ok ? '' : result.text);
  yield* sh.error(`${lead}${message}`);
  sh.giveUp(1, problem?.endsWith('unbound variable') ?? false);
  return undefined;
}

/** The value after += and the attributes -i, -u, -l, -c. */
function* converted(
  sh: Shell,
  variable: Variable,
  given: Value,
  old: string,
): Blocking<string | undefined> {
  if (variable.integer) {
    const value = yield* evaluateText(sh, given.value);
    if (value === undefined) return undefined;
    if (!given.append) return String(value);
    return String(BigInt.asIntN(64, value + integerOf(old)));
  }
  const text = given.append ? old + given.value : given.value;
  if (variable.letters === 'upper') return text.toUpperCase();
  if (variable.letters === 'lower') return text.toLowerCase();
  if (variable.letters === 'capital') {
    return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
  }
  return text;
}

const integerOf = (text: string): bigint => (/^-?\d+$/.test(text) ? BigInt(text) : 0n);
