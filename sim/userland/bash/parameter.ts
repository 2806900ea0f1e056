import type { Blocking } from '../../linux/wait-queue';
import { arrayIndex, assign, parseTarget } from './assign';
import { SET_OPTIONS } from './option';
import { changeCase, removeMatch, replaceMatches, slice } from './parameter-operation';
import { transform } from './parameter-transform';
import { compilePattern } from './pattern';
import type { Shell } from './shell';
import { arrayKeys, assocKeys } from './variables';
import type { Parameter } from './word';

export type Expanded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly values: readonly string[]; readonly star: boolean }
  /** `${x:-word}`: the word is still to be expanded, with its own quotes. */
  | { readonly kind: 'word'; readonly text: string };

/** What a parameter holds before its operator. */
interface Held {
  /** Undefined: unset. */
  readonly text: string | undefined;
  readonly list?: readonly string[] | undefined;
  /** Keys of the list, for ${!a[@]} and slices of sparse arrays. */
  readonly keys?: readonly string[] | undefined;
  readonly star?: boolean | undefined;
}

const NOTHING: Expanded = { kind: 'text', text: '' };

/** parameter_brace_expand() and the plain `$x`. */
export function* expandParameter(sh: Shell, p: Parameter, quoted: boolean): Blocking<Expanded> {
  if (p.prefix === '!') return yield* indirect(sh, p, quoted);
  const held = yield* hold(sh, p.name, p.subscript);
  if (sh.unwind) return NOTHING;
  if (p.prefix === '#') return yield* length(sh, p, held);
  return yield* operate(sh, p, held, quoted);
}

function* hold(sh: Shell, name: string, subscript: string | undefined): Blocking<Held> {
  if (name === '@' || name === '*') {
    const list = sh.positional;
    return { text: list.length > 0 ? list.join(' ') : undefined, list, star: name === '*' };
  }
  const special = specialParameter(sh, name);
  if (special !== null) return { text: special };
  const dynamic = sh.vars.dynamic.get(name);
  if (dynamic && !(dynamic.isArray && subscript !== undefined)) return { text: dynamic.get() };
  if (dynamic?.isArray)
    return yield* element(sh, name, subscript ?? '', arrayOf(dynamic.isArray()));
  const target = sh.vars.target(name);
  const open = target.indexOf('[');
  if (open > 0 && subscript === undefined) {
    const place = parseTarget(target);
    if (place) return yield* hold(sh, place.name, place.subscript);
  }
  const variable = sh.vars.lookup(name);
  if (subscript === undefined) return { text: sh.get(name) };
  if (!variable) {
    if (subscript !== '@' && subscript !== '*') return { text: undefined };
    return { text: undefined, list: [], keys: [], star: subscript === '*' };
  }
  if (variable.assoc) return yield* assocElement(sh, subscript, variable.assoc);
  const scalarArray = variable.value === undefined ? [] : [variable.value];
  return yield* element(sh, name, subscript, variable.array ?? arrayOf(scalarArray));
}

const arrayOf = (values: readonly string[]): ReadonlyMap<number, string> =>
  new Map(values.entries());

/** `$1`, `$?`, `$$` …; null when `name` is a variable. */
function specialParameter(sh: Shell, name: string): string | undefined | null {
  if (/^\d+$/.test(name)) return name === '0' ? sh.arg0 : sh.positional[Number(name) - 1];
  switch (name) {
    case '#':
      return String(sh.positional.length);
    case '?':
      return String(sh.status);
    case '$':
      return String(sh.pid);
    case '!':
      return sh.lastBackground === undefined ? undefined : String(sh.lastBackground);
    case '-':
      return flags(sh);
    case '_':
      return sh.lastArgument;
    default:
      return null;
  }
}

const flags = (sh: Shell): string => {
  const letters = SET_OPTIONS.filter(([name, letter]) => letter !== '' && sh.has(name))
    .map(([, letter]) => letter)
    .sort((a, b) => FLAG_ORDER.indexOf(a) - FLAG_ORDER.indexOf(b));
  return (
    letters.join('') + (sh.interactive ? 'i' : '') + (sh.fromString ? 'c' : sh.fromStdin ? 's' : '')
  );
};
/** The order of shell_flags[] in flags.c. */
const FLAG_ORDER = 'abefhkmnptuvxBCEHPT';

function* element(
  sh: Shell,
  name: string,
  subscript: string,
  array: ReadonlyMap<number, string>,
): Blocking<Held> {
  if (subscript === '@' || subscript === '*') {
    const keys = arrayKeys(array);
    const list = keys.map((key) => array.get(key) ?? '');
    const text = list.length > 0 ? list.join(' ') : undefined;
    return { text, list, keys: keys.map(String), star: subscript === '*' };
  }
  const index = yield* arrayIndex(sh, name, subscript, array);
  return { text: index === undefined ? undefined : array.get(index) };
}

function* assocElement(
  sh: Shell,
  subscript: string,
  assoc: ReadonlyMap<string, string>,
): Blocking<Held> {
  if (subscript === '@' || subscript === '*') {
    const keys = assocKeys(assoc);
    const list = keys.map((key) => assoc.get(key) ?? '');
    const text = list.length > 0 ? list.join(' ') : undefined;
    return { text, list, keys, star: subscript === '*' };
  }
  const key = yield* sh.interpreter.expandSubscript(sh, subscript, 'assoc');
  return { text: assoc.get(key) };
}

function* unbound(sh: Shell, p: Parameter): Blocking<Expanded> {
  const shown = p.subscript === undefined ? p.name : `${p.name}[${p.subscript}]`;
  yield* sh.error(`${/^\d+$/.test(p.name) ? `$${p.name}` : shown}: unbound variable`);
  sh.giveUp(sh.interactive ? 1 : sh.fromString ? 127 : 1, true);
  return NOTHING;
}

function* length(sh: Shell, p: Parameter, held: Held): Blocking<Expanded> {
  if (held.list) return { kind: 'text', text: String(held.list.length) };
  if (held.text === undefined && sh.has('nounset')) return yield* unbound(sh, p);
  return { kind: 'text', text: String([...(held.text ?? '')].length) };
}

const HANDLES_UNSET: ReadonlySet<string> = new Set([':-', '-', ':=', '=', ':?', '?', ':+', '+']);

function* operate(sh: Shell, p: Parameter, held: Held, quoted: boolean): Blocking<Expanded> {
  if (HANDLES_UNSET.has(p.operator)) return yield* defaults(sh, p, held, quoted);
  const positionalList = p.name === '@' || p.name === '*';
  const emptyList = held.list !== undefined && (positionalList || p.subscript !== undefined);
  if (held.text === undefined && sh.has('nounset') && !emptyList) {
    if (!(p.operator === '@' && sh.vars.lookup(p.name))) return yield* unbound(sh, p);
  }
  if (p.operator === '') return plainValue(held);
  if (p.operator === ':') return yield* slice(sh, p, held);
  if (p.operator === '@') return transform(sh, p, held);
  return yield* mapValues(sh, p, held);
}

const plainValue = (held: Held): Expanded =>
  held.list
    ? { kind: 'list', values: held.list, star: held.star ?? false }
    : { kind: 'text', text: held.text ?? '' };

function* defaults(sh: Shell, p: Parameter, held: Held, quoted: boolean): Blocking<Expanded> {
  const colon = p.operator.startsWith(':');
  const text = held.list && held.list.length === 1 ? held.list[0] : held.text;
  const missing = text === undefined || (colon && text === '');
  switch (p.operator.at(-1)) {
    case '-':
      return missing ? { kind: 'word', text: p.operand } : plainValue(held);
    case '+':
      if (!missing) return { kind: 'word', text: p.operand };
      return held.list ? { kind: 'list', values: [], star: false } : NOTHING;
    case '?':
      return missing ? yield* complain(sh, p, quoted) : plainValue(held);
    default:
      return missing ? yield* assignDefault(sh, p, quoted) : plainValue(held);
  }
}

function* complain(sh: Shell, p: Parameter, quoted: boolean): Blocking<Expanded> {
  const given = quoted
    ? yield* sh.interpreter.expandText(sh, p.operand, 'double')
    : yield* sh.interpreter.expandOne(sh, p.operand);
  if (sh.unwind) return NOTHING;
  const standard = p.operator === ':?' ? 'parameter null or not set' : 'parameter not set';
  const shown = p.subscript === undefined ? p.name : `${p.name}[${p.subscript}]`;
  yield* sh.error(`${shown}: ${given === '' ? standard : given}`);
  sh.giveUp(sh.fromString ? 127 : 1, true);
  return NOTHING;
}

function* assignDefault(sh: Shell, p: Parameter, quoted: boolean): Blocking<Expanded> {
  if (!/^[A-Za-z_]/.test(p.name)) {
    yield* sh.error(`$${p.name}: cannot assign in this way`);
    sh.giveUp(1, true);
    return NOTHING;
  }
  const value = quoted
    ? yield* sh.interpreter.expandText(sh, p.operand, 'double')
    : yield* sh.interpreter.expandOne(sh, p.operand, true);
  if (sh.unwind) return NOTHING;
  const ok = yield* assign(sh, { name: p.name, subscript: p.subscript }, value);
  if (!ok) sh.giveUp(1, true);
  return { kind: 'text', text: value };
}

/** Operators that work on each value: # ## % %% / ^ , */
function* mapValues(sh: Shell, p: Parameter, held: Held): Blocking<Expanded> {
  const change = yield* changer(sh, p);
  if (sh.unwind) return NOTHING;
  if (held.list) return { kind: 'list', values: held.list.map(change), star: held.star ?? false };
  return { kind: 'text', text: change(held.text ?? '') };
}

function* changer(sh: Shell, p: Parameter): Blocking<(text: string) => string> {
  const op = p.operator;
  if (op[0] === '/') return yield* replaceMatches(sh, p);
  const text = yield* sh.interpreter.expandPattern(sh, p.operand);
  const nocase = false;
  if (/^[\^,~]/.test(op)) {
    const pattern = text === '' ? undefined : compilePattern(text, { ...sh.pattern, nocase });
    return (value) => changeCase(value, op, pattern);
  }
  const pattern = compilePattern(text, sh.pattern);
  return (value) => removeMatch(value, op, pattern);
}

/** `${!x}`, `${!x*}`, `${!a[@]}`. */
function* indirect(sh: Shell, p: Parameter, quoted: boolean): Blocking<Expanded> {
  if (p.operand === '' && (p.operator === '@' || p.operator === '*')) {
    const all = new Set([...sh.vars.names(), ...sh.vars.dynamic.keys()]);
    const values = [...all].filter((name) => name.startsWith(p.name) && isSet(sh, name)).sort();
    return { kind: 'list', values, star: p.operator === '*' };
  }
  if (p.subscript === '@' || p.subscript === '*') {
    const held = yield* hold(sh, p.name, p.subscript);
    if (p.operator === '')
      return { kind: 'list', values: held.keys ?? [], star: held.star ?? false };
  }
  const variable = sh.vars.find(p.name);
  if (variable?.nameref && p.subscript === undefined && p.operator === '') {
    return { kind: 'text', text: variable.value ?? '' };
  }
  const pointer = yield* hold(sh, p.name, p.subscript);
  if (sh.unwind) return NOTHING;
  if (pointer.text === undefined || pointer.text === '') {
    if (pointer.text === undefined && HANDLES_UNSET.has(p.operator)) {
      return yield* operate(sh, p, { text: undefined }, quoted);
    }
    yield* sh.error(
      pointer.text === undefined
        ? `${p.name}: invalid indirect expansion`
        : `${pointer.text}: invalid variable name`,
    );
    sh.giveUp(1, true);
    return NOTHING;
  }
  const special = /^(?:\d+|[@*#?$!-])$/.test(pointer.text);
  const place = special ? { name: pointer.text, subscript: undefined } : parseTarget(pointer.text);
  if (!place) {
    yield* sh.error(`${pointer.text}: invalid variable name`);
    sh.giveUp(1, true);
    return NOTHING;
  }
  const held = yield* hold(sh, place.name, place.subscript);
  if (sh.unwind) return NOTHING;
  return yield* operate(sh, { ...p, ...place, prefix: '' }, held, quoted);
}

const isSet = (sh: Shell, name: string): boolean => {
  if (sh.vars.dynamic.has(name)) return true;
  const variable = sh.vars.find(name);
  return (
    variable !== undefined && (variable.value ?? variable.array ?? variable.assoc) !== undefined
  );
};

export type { Held };
