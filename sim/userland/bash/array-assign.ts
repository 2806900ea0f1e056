import type { Blocking } from '../../linux/wait-queue';
import { arrayIndex, assignVariable, readonlyError } from './assign';
import { expandOne, expandSubscript, expandWords } from './expand';
import type { Shell } from './shell';
import { arrayKeys, type Variable } from './variables';
import { subscriptEnd } from './word';

/** assign_compound_array_list(): `a=(…)`, `a+=(…)`, with `[key]=value` elements. */
export function* assignArray(
  sh: Shell,
  name: string,
  elements: readonly string[],
  options: { readonly append: boolean; readonly variable?: Variable },
): Blocking<boolean> {
  const variable = options.variable ?? sh.vars.obtain(sh.vars.target(name));
  if (variable.readonly) return yield* readonlyError(sh, name);
  const made = variable.assoc
    ? yield* assocValues(sh, name, elements, options.append ? variable.assoc : new Map())
    : yield* indexedValues(sh, name, elements, startOf(variable, options.append));
  if (!made || sh.unwind) return false;
  variable.value = undefined;
  if (made.kind === 'assoc') variable.assoc = made.map;
  else {
    const plain = new Map<number, string>();
    variable.array = plain;
    for (const [index, element] of made.map) {
      if (!variable.integer && !variable.letters) plain.set(index, element);
      else {
        const target = { name, subscript: String(index) };
        if (!(yield* assignVariable(sh, target, variable, { value: element, append: false })))
          return false;
      }
    }
  }
  return true;
}

const startOf = (variable: Variable, append: boolean): Map<number, string> => {
  if (!append) return new Map();
  if (variable.array) return new Map(variable.array);
  return variable.value === undefined ? new Map() : new Map([[0, variable.value]]);
};

type Made =
  | { readonly kind: 'indexed'; readonly map: Map<number, string> }
  | { readonly kind: 'assoc'; readonly map: Map<string, string> };

interface Keyed {
  readonly key: string;
  readonly append: boolean;
  readonly value: string;
}

/** `[key]=value` or `[key]+=value`. */
function keyed(text: string): Keyed | undefined {
  if (!text.startsWith('[')) return undefined;
  const end = subscriptEnd(text);
  const rest = end < 0 ? null : /^(\+?)=/.exec(text.slice(end + 1));
  if (!rest) return undefined;
  const value = text.slice(end + 1 + rest[0].length);
  return { key: text.slice(1, end), append: rest[1] === '+', value };
}

function* indexedValues(
  sh: Shell,
  name: string,
  elements: readonly string[],
  map: Map<number, string>,
): Blocking<Made | undefined> {
  let next = (arrayKeys(map).at(-1) ?? -1) + 1;
  for (const text of elements) {
    const pair = keyed(text);
    if (!pair) {
      for (const word of yield* expandWords(sh, [text])) map.set(next++, word);
      if (sh.unwind) return undefined;
      continue;
    }
    const index = yield* arrayIndex(sh, name, pair.key, map);
    if (index === undefined) return undefined;
    const value = yield* expandOne(sh, pair.value, true);
    if (sh.unwind) return undefined;
    map.set(index, pair.append ? (map.get(index) ?? '') + value : value);
    next = index + 1;
  }
  return { kind: 'indexed', map };
}

function* assocValues(
  sh: Shell,
  name: string,
  elements: readonly string[],
  old: ReadonlyMap<string, string>,
): Blocking<Made | undefined> {
  const map = new Map(old);
  const loose: string[] = [];
  for (const text of elements) {
    const pair = keyed(text);
    if (!pair) {
      for (const word of yield* expandWords(sh, [text])) loose.push(word);
      if (sh.unwind) return undefined;
      continue;
    }
    const key = yield* expandSubscript(sh, pair.key, 'assoc');
    const value = yield* expandOne(sh, pair.value, true);
    if (sh.unwind) return undefined;
    if (key === '') yield* sh.error(`${name}: ${text}: bad array subscript`);
    else map.set(key, pair.append ? (map.get(key) ?? '') + value : value);
  }
  for (let i = 0; i < loose.length; i += 2) map.set(loose[i] ?? '', loose[i + 1] ?? '');
  return { kind: 'assoc', map };
}
