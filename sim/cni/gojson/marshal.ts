import { isArray, isObject } from './fields';
import type { Json } from './scan';

/** What a program builds to be printed: fields in order, undefined ones left out (omitempty). */
export type Output =
  | null
  | undefined
  | boolean
  | number
  | string
  | readonly Output[]
  | { readonly [field: string]: Output };

/** json.MarshalIndent, or json.Marshal without an indent: <, > and & are escaped. */
export const marshal = (value: Output, indent = ''): string =>
  JSON.stringify(value, undefined, indent).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** json.Marshal of a map[string]interface{}: keys sorted. */
export function marshalRaw(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return marshal(value);
  if (isArray(value)) return `[${value.map(marshalRaw).join(',')}]`;
  if (!isObject(value)) return marshalNumber(value.literal);
  const keys = [...value.keys()].sort();
  return `{${keys.map((key) => `${marshal(key)}:${marshalRaw(value.get(key) ?? null)}`).join(',')}}`;
}

/** A float64 as Go prints it: exponents below 1e-6 and from 1e21 on, as in JavaScript. */
const marshalNumber = (literal: string): string => String(Number(literal));

/** The same value for `marshalRaw` and `Fields`. */
export function toJson(value: Output): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return { literal: String(value) };
  if (isList(value)) return value.map(toJson);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return new Map(entries.map(([key, one]) => [key, toJson(one)]));
}

const isList = (value: Output): value is readonly Output[] => Array.isArray(value);
