import {
  GoMethods,
  GoStruct,
  type GoValue,
  isEmpty,
  isMap,
  isNil,
  isSlice,
  sortedKeys,
} from './value';

/** fmt.Sprint of a value (`%v`), as a template prints it. */
export function sprint(value: GoValue, inside = false): string {
  if (typeof value !== 'object') return String(value);
  if (isNil(value)) {
    if (value.nil === 'slice') return '[]';
    if (value.nil === 'map') return 'map[]';
    return value.nil === 'interface' && !inside ? '<no value>' : '<nil>';
  }
  if (isSlice(value)) return `[${value.map((one) => sprint(one, true)).join(' ')}]`;
  if (isMap(value)) {
    const pairs = sortedKeys(value).map((key) => `${key}:${sprint(value.get(key) ?? '', true)}`);
    return `map[${pairs.join(' ')}]`;
  }
  if (value instanceof GoMethods) return `{${[...value.methods.keys()].join(' ')}}`;
  if (value.pointer && inside) return '0xc000214000';
  return `{${value.fields.map((field) => sprint(field.value, true)).join(' ')}}`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
]);

/** A JSON string as encoding/json writes it without HTML escaping. */
export function jsonString(text: string): string {
  const escaped = text.replace(/["\\\u0000-\u001f\u2028\u2029]/g, (char) => {
    return ESCAPES.get(char) ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

type Pair = readonly [key: string, value: GoValue];

function members(value: Exclude<GoValue, string | number | boolean>): readonly Pair[] | undefined {
  if (value instanceof GoStruct) {
    return value.fields
      .filter((field) => !(field.omitEmpty && isEmpty(field.value)))
      .map((field) => [field.json, field.value] as const);
  }
  if (value instanceof GoMethods) {
    return [...value.methods]
      .filter(([name]) => !value.hidden.has(name))
      .map(([name, method]) => [name, method()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
  if (isMap(value)) return sortedKeys(value).map((key) => [key, value.get(key) ?? ''] as const);
  return undefined;
}

/** json.Marshal. */
export function toJson(value: GoValue): string {
  if (typeof value === 'string') return jsonString(value);
  if (typeof value !== 'object') return String(value);
  if (isNil(value)) return 'null';
  if (isSlice(value)) return `[${value.map(toJson).join(',')}]`;
  const pairs = members(value) ?? [];
  return `{${pairs.map(([key, inner]) => `${jsonString(key)}:${toJson(inner)}`).join(',')}}`;
}

/** json.Indent with four spaces, as `inspect` prints. */
export function toIndentedJson(value: GoValue, indent = ''): string {
  if (typeof value !== 'object' || isNil(value)) return toJson(value);
  const deeper = `${indent}    `;
  if (isSlice(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((one) => `${deeper}${toIndentedJson(one, deeper)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const pairs = members(value) ?? [];
  if (pairs.length === 0) return '{}';
  const lines = pairs.map(
    ([key, inner]) => `${deeper}${jsonString(key)}: ${toIndentedJson(inner, deeper)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
