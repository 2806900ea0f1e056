import { err, ok, type Result } from '../../base/result';
import type { Ip } from '../../wire/frame';
import type { IpNet } from '../types/ip-net';
import { parseGoCidr, parseGoIp } from '../types/ip-net';
import { type Json, type JsonNumber, type JsonObject, parseJson } from './scan';

const EMPTY: JsonObject = new Map();

export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map;
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isNumber = (value: Json): value is JsonNumber =>
  typeof value === 'object' && value !== null && 'literal' in value;

/** Where a value stands: the name of the innermost struct and the path of field names (errorContext). */
interface Place {
  readonly struct: string;
  readonly path: string;
  readonly errors: string[];
}

/**
 * json.Unmarshal into a struct: `read` takes the fields it knows, of Go type `type`. The first wrong one is the error,
 * as in encoding/json.
 */
export function unmarshal<T>(
  text: string,
  type: string,
  read: (fields: Fields) => T,
): Result<T, string> {
  const json = parseJson(text);
  return json.ok ? unmarshalValue(json.value, type, read) : json;
}

export function unmarshalValue<T>(
  json: Json,
  type: string,
  read: (fields: Fields) => T,
): Result<T, string> {
  const errors: string[] = [];
  const map = isObject(json) ? json : EMPTY;
  if (!isObject(json) && json !== null) {
    return err(`json: cannot unmarshal ${kindOf(json)} into Go value of type ${type}`);
  }
  const struct = type.startsWith('struct') ? '' : type.replace(/^.*\./, '');
  const value = read(new Fields(map, { struct, path: '', errors }));
  const [first] = errors;
  return first === undefined ? ok(value) : err(first);
}

/** The fields of one struct; a field that is absent or null has its zero value. */
export class Fields {
  readonly #map: JsonObject;
  readonly #place: Place;

  constructor(map: JsonObject, place: Place) {
    this.#map = map;
    this.#place = place;
  }

  /** The value as it stands; names are compared exactly, then without case. */
  raw(name: string): Json | undefined {
    const exact = this.#map.get(name);
    if (exact !== undefined) return exact;
    for (const [key, value] of this.#map) {
      if (key.toLowerCase() === name.toLowerCase()) return value;
    }
    return undefined;
  }

  string(name: string): string {
    return this.optionalString(name) ?? '';
  }

  optionalString(name: string, type = 'string'): string | undefined {
    const value = this.raw(name) ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    return this.#mismatch(name, value, type);
  }

  bool(name: string): boolean {
    return this.optionalBool(name) ?? false;
  }

  optionalBool(name: string): boolean | undefined {
    const value = this.raw(name) ?? undefined;
    if (value === undefined || typeof value === 'boolean') return value;
    return this.#mismatch(name, value, 'bool');
  }

  int(name: string, type?: string): number {
    return this.optionalInt(name, type) ?? 0;
  }

  optionalInt(name: string, type = 'int'): number | undefined {
    const value = this.raw(name) ?? undefined;
    if (value === undefined) return undefined;
    if (isNumber(value) && /^-?\d{1,15}$/.test(value.literal)) return Number(value.literal);
    return this.#mismatch(name, value, type, isNumber(value) ? ` ${value.literal}` : '');
  }

  /** A struct by value, of Go type `type`. */
  struct<T>(name: string, type: string, read: (fields: Fields) => T): T {
    return read(this.#inner(name, type) ?? this.#below(name, type, EMPTY));
  }

  /** A pointer to a struct. */
  pointer<T>(name: string, type: string, read: (fields: Fields) => T): T | undefined {
    const inner = this.#inner(name, type);
    return inner && read(inner);
  }

  #inner(name: string, type: string): Fields | undefined {
    const value = this.raw(name) ?? undefined;
    if (value === undefined) return undefined;
    if (isObject(value)) return this.#below(name, type, value);
    return this.#mismatch(name, value, type);
  }

  #below(name: string, type: string, map: JsonObject): Fields {
    const { path, errors } = this.#place;
    const struct = type.startsWith('struct') ? '' : type.replace(/^.*\./, '');
    return new Fields(map, { struct, path: path === '' ? name : `${path}.${name}`, errors });
  }

  /** A slice, of Go type `type`. */
  list<T>(
    name: string,
    type: string,
    read: (item: Item) => T | undefined,
  ): readonly T[] | undefined {
    const value = this.raw(name) ?? undefined;
    if (value === undefined) return undefined;
    if (!isArray(value)) return this.#mismatch(name, value, type);
    const { path, errors, struct } = this.#place;
    const place = { struct, errors, path: path === '' ? name : `${path}.${name}` };
    return value.flatMap((one) => {
      const got = read(new Item(one, place));
      return got === undefined ? [] : [got];
    });
  }

  strings(name: string): readonly string[] | undefined {
    return this.list(name, '[]string', (item) => item.string());
  }

  stringMap(name: string): ReadonlyMap<string, string> | undefined {
    const value = this.raw(name) ?? undefined;
    if (value === undefined) return undefined;
    if (!isObject(value)) return this.#mismatch(name, value, 'map[string]string');
    const found = new Map<string, string>();
    for (const [key, one] of value) {
      if (typeof one === 'string') found.set(key, one);
      else if (one !== null) this.#mismatch(name, one, 'string');
    }
    return found;
  }

  /** A map[string]interface{}. */
  object(name: string): JsonObject | undefined {
    const value = this.raw(name) ?? undefined;
    if (value === undefined || isObject(value)) return value;
    return this.#mismatch(name, value, 'map[string]interface {}');
  }

  boolMap(name: string): ReadonlyMap<string, boolean> {
    const value = this.raw(name) ?? undefined;
    const found = new Map<string, boolean>();
    if (value === undefined) return found;
    if (!isObject(value)) return this.#mismatch(name, value, 'map[string]bool') ?? found;
    for (const [key, one] of value) {
      if (typeof one === 'boolean') found.set(key, one);
      else if (one !== null) this.#mismatch(name, one, 'bool');
    }
    return found;
  }

  ip(name: string, type = 'net.IP'): Ip | undefined {
    const text = this.optionalString(name, type);
    if (text === undefined || text === '') return undefined;
    const parsed = parseGoIp(text);
    if (parsed === undefined) this.fail(`invalid IP address: ${text}`);
    return parsed;
  }

  cidr(name: string): IpNet | undefined {
    const text = this.optionalString(name);
    return text === undefined ? undefined : this.#cidrOf(text);
  }

  #cidrOf(text: string): IpNet | undefined {
    const parsed = parseGoCidr(text);
    if (parsed === undefined) this.fail(`invalid CIDR address: ${text}`);
    return parsed;
  }

  /** An error of a type's own UnmarshalText or UnmarshalJSON. */
  fail(text: string): undefined {
    this.#place.errors.push(text);
    return undefined;
  }

  #mismatch(name: string, value: Json, type: string, more = ''): undefined {
    const { struct, path, errors } = this.#place;
    const field = path === '' ? name : `${path}.${name}`;
    errors.push(
      `json: cannot unmarshal ${kindOf(value)}${more} into Go struct field ${struct}.${field} of type ${type}`,
    );
    return undefined;
  }
}

/** An element of a slice. */
export class Item {
  readonly #value: Json;
  readonly #place: Place;

  constructor(value: Json, place: Place) {
    this.#value = value;
    this.#place = place;
  }

  string(type = 'string'): string | undefined {
    if (typeof this.#value === 'string') return this.#value;
    return this.#value === null ? '' : this.#mismatch(type);
  }

  struct<T>(type: string, read: (fields: Fields) => T): T | undefined {
    if (this.#value !== null && !isObject(this.#value)) return this.#mismatch(type);
    const struct = type.replace(/^.*\./, '');
    return read(new Fields(this.#value ?? EMPTY, { ...this.#place, struct }));
  }

  list<T>(type: string, read: (item: Item) => T | undefined): readonly T[] | undefined {
    if (this.#value === null) return [];
    if (!isArray(this.#value)) return this.#mismatch(type);
    return this.#value.flatMap((one) => {
      const got = read(new Item(one, this.#place));
      return got === undefined ? [] : [got];
    });
  }

  fail(text: string): undefined {
    this.#place.errors.push(text);
    return undefined;
  }

  #mismatch(type: string): undefined {
    const { struct, path, errors } = this.#place;
    const kind = kindOf(this.#value);
    errors.push(
      `json: cannot unmarshal ${kind} into Go struct field ${struct}.${path} of type ${type}`,
    );
    return undefined;
  }
}

/** UnmarshalTypeError.Value. */
function kindOf(value: Json): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return isNumber(value) ? 'number' : 'object';
}
