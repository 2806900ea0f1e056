import { err, ok, type Result } from '../../base/result';
import { formatVerbs } from './format';
import { sprint, toJson } from './print';
import {
  GoMethods,
  GoStruct,
  type GoValue,
  isEmpty,
  isMap,
  isNil,
  isSlice,
  NIL,
  NIL_POINTER,
  NIL_SLICE,
} from './value';

export type Called = Result<GoValue, string>;
/** `raw`: the values came from plain JSON, where every map holds interfaces. */
export type TemplateFunction = (args: readonly GoValue[], raw: boolean) => Called;

/** A parameter was not of the type that the function takes: which one, and what it should have been. */
export interface WrongType {
  readonly argument: number;
  readonly expected: string;
}

/** Types of the parameters of functions that are strict about them. */
export const PARAMETERS: ReadonlyMap<string, readonly ('string' | '[]string' | 'int')[]> = new Map([
  ['join', ['[]string', 'string']],
  ['split', ['string', 'string']],
  ['title', ['string']],
  ['lower', ['string']],
  ['upper', ['string']],
  ['pad', ['string', 'int', 'int']],
  ['truncate', ['string', 'int']],
]);

const text = (value: GoValue | undefined): string => (typeof value === 'string' ? value : '');
const int = (value: GoValue | undefined): number => (typeof value === 'number' ? value : 0);

const join: TemplateFunction = ([list = NIL, separator], raw) => {
  if (raw) return err(`wrong type for value; expected []string; got ${kindOf(list)}`);
  return ok(isSlice(list) ? list.map(text).join(text(separator)) : '');
};

const split: TemplateFunction = ([value, separator]) => ok(text(value).split(text(separator)));

const title: TemplateFunction = ([value]) =>
  ok(
    text(value).replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_all, before, letter) => {
      return before + letter.toUpperCase();
    }),
  );

const PAD_MAX = 10_000;
const spaces = (count: number): string => ' '.repeat(Math.max(0, Math.min(count, PAD_MAX)));

const pad: TemplateFunction = ([value, before, after]) => {
  const inner = text(value);
  return ok(inner === '' ? '' : spaces(int(before)) + inner + spaces(int(after)));
};

/** length() of text/template/funcs.go. */
const len: TemplateFunction = ([value = NIL]) => {
  if (typeof value === 'string') return ok(utf8Length(value));
  if (typeof value !== 'object') return err(`len of type ${kindOf(value)}`);
  if (isNil(value)) return value.nil === 'interface' ? err('len of nil pointer') : ok(0);
  if (isSlice(value)) return ok(value.length);
  return isMap(value) ? ok(value.size) : err(`len of type ${kindOf(value)}`);
};

const utf8Length = (value: string): number => {
  let bytes = 0;
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

/** index() of text/template/funcs.go. */
const index: TemplateFunction = ([item = NIL, ...keys], raw) => {
  let value = item;
  for (const key of keys) {
    if (isNilInterface(value)) return err('index of untyped nil');
    const next = indexOne(value, key, raw);
    if (!next.ok) return next;
    value = next.value;
  }
  return ok(value);
};

const isNilInterface = (value: GoValue): boolean =>
  typeof value === 'object' && isNil(value) && value.nil === 'interface';

function indexOne(value: GoValue, key: GoValue, raw: boolean): Called {
  if (typeof value === 'object') {
    if (isNil(value)) {
      if (value.nil === 'map') return ok('');
      return value.nil === 'slice' ? outOfRange(key) : err('index of nil pointer');
    }
    if (isMap(value)) {
      if (typeof key !== 'string') return err(`value has type ${kindOf(key)}; should be string`);
      return ok(value.get(key) ?? (raw ? NIL : zeroLike(value.values().next().value)));
    }
    if (isSlice(value)) {
      if (typeof key !== 'number') return err(`cannot index slice/array with type ${kindOf(key)}`);
      const found = value[key];
      return found === undefined ? outOfRange(key) : ok(found);
    }
  }
  if (typeof value === 'string') {
    const code = value.charCodeAt(int(key));
    return Number.isNaN(code) ? outOfRange(key) : ok(code);
  }
  return err(`can't index item of type ${kindOf(value)}`);
}

const outOfRange = (key: GoValue): Called => err(`index out of range: ${sprint(key)}`);

/** reflect.Zero() of a map's element, as far as another element shows its type. */
function zeroLike(sample: GoValue | undefined): GoValue {
  if (sample === undefined || typeof sample === 'string') return '';
  if (typeof sample === 'number') return 0;
  if (typeof sample === 'boolean') return false;
  return isSlice(sample) ? NIL_SLICE : NIL_POINTER;
}

/** slice() of text/template/funcs.go. */
const slice: TemplateFunction = ([item = NIL, from = 0, to]) => {
  if (typeof item !== 'string' && !(typeof item === 'object' && isSlice(item))) {
    return isNilInterface(item)
      ? err('slice of untyped nil')
      : err(`can't slice item of type ${kindOf(item)}`);
  }
  const end = typeof to === 'number' ? to : item.length;
  const start = int(from);
  if (start < 0 || start > item.length) return outOfRange(start);
  if (end < 0 || end > item.length) return outOfRange(end);
  if (start > end) return err(`invalid slice index: ${start} > ${end}`);
  return ok(item.slice(start, end));
};

type Order = (a: number | string, b: number | string) => boolean;

const compare =
  (order: Order): TemplateFunction =>
  ([a = NIL, b = NIL]) => {
    if (typeof a !== typeof b) return err('incompatible types for comparison');
    if (typeof a === 'number' && typeof b === 'number') return ok(order(a, b));
    if (typeof a === 'string' && typeof b === 'string') return ok(order(a, b));
    return err('invalid type for comparison');
  };

/** eq() and ne(): the first against any of the others. */
function equal(args: readonly GoValue[]): Result<boolean, string> {
  const [first = NIL, ...others] = args;
  if (others.length === 0) return err('missing argument for comparison');
  for (const other of others) {
    const same = equalPair(first, other);
    if (!same.ok || same.value) return same;
  }
  return ok(false);
}

function equalPair(a: GoValue, b: GoValue): Result<boolean, string> {
  if (typeof a === 'object' || typeof b === 'object') {
    if (typeof a === 'object' && typeof b === 'object' && isNil(a) && isNil(b)) return ok(true);
    if (isNilInterface(a) || isNilInterface(b)) return ok(false);
    return err('incompatible types for comparison');
  }
  return typeof a === typeof b ? ok(a === b) : err('incompatible types for comparison');
}

/** fmt.Sprint: a space between operands when neither is a string. */
function sprintAll(args: readonly GoValue[]): string {
  let out = '';
  for (const [i, arg] of args.entries()) {
    const before = args[i - 1];
    if (before !== undefined && typeof arg !== 'string' && typeof before !== 'string') out += ' ';
    out += sprint(arg, true);
  }
  return out;
}

const HTML: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&#34;'],
  ["'", '&#39;'],
]);

/** The built-in functions, and those of docker's templates package. `and` and `or` are evaluated by the executor. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['len', len],
  ['index', index],
  ['slice', slice],
  ['not', ([value = NIL]) => ok(isEmpty(value))],
  ['eq', (args) => equal(args)],
  [
    'ne',
    (args) => {
      const same = equal(args);
      return same.ok ? ok(!same.value) : same;
    },
  ],
  ['lt', compare((a, b) => a < b)],
  ['le', compare((a, b) => a <= b)],
  ['gt', compare((a, b) => a > b)],
  ['ge', compare((a, b) => a >= b)],
  ['print', (args) => ok(sprintAll(args))],
  ['println', (args) => ok(`${args.map((arg) => sprint(arg, true)).join(' ')}\n`)],
  ['printf', ([format = '', ...args]) => ok(formatVerbs(text(format), args))],
  ['html', (args) => ok(sprintAll(args).replace(/[&<>"']/g, (char) => HTML.get(char) ?? char))],
  [
    'urlquery',
    (args) =>
      ok(encodeURIComponent(sprintAll(args).replace(/\p{Cs}/gu, '\ufffd')).replaceAll('%20', '+')),
  ],
  ['js', (args) => ok(toJson(sprintAll(args)).slice(1, -1))],
  ['json', ([value = NIL]) => ok(toJson(value))],
  ['split', split],
  ['join', join],
  ['title', title],
  ['lower', ([value]) => ok(text(value).toLowerCase())],
  ['upper', ([value]) => ok(text(value).toUpperCase())],
  ['pad', pad],
  ['truncate', ([value, length]) => ok(text(value).slice(0, Math.max(0, int(length))))],
]);

export const FUNCTION_NAMES: ReadonlySet<string> = new Set([
  ...FUNCTIONS.keys(),
  'and',
  'or',
  'call',
]);

/** The Go type of a value that came from JSON, as errors name it. */
export function kindOf(value: GoValue): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'json.Number';
  if (isNil(value)) return 'nil';
  if (isSlice(value)) return '[]interface {}';
  if (value instanceof GoStruct || value instanceof GoMethods) return value.type;
  return 'map[string]interface {}';
}
