/** A value as a Go template sees it. `Map` is a Go map (its keys are walked sorted), an array a slice. */
export type GoValue =
  | string
  | number
  | boolean
  | GoNil
  | GoStruct
  | GoMethods
  | readonly GoValue[]
  | GoMap;

export type GoMap = ReadonlyMap<string, GoValue>;

/** A nil with its type, since `{{.}}` prints each kind differently. */
export interface GoNil {
  readonly nil: 'slice' | 'map' | 'pointer' | 'interface';
}

export const NIL_SLICE: GoNil = { nil: 'slice' };
export const NIL_MAP: GoNil = { nil: 'map' };
export const NIL_POINTER: GoNil = { nil: 'pointer' };
export const NIL: GoNil = { nil: 'interface' };

/** One member of a struct: its Go name, its name in JSON, and `omitempty`. */
export interface GoField {
  readonly name: string;
  readonly json: string;
  readonly omitEmpty: boolean;
  readonly value: GoValue;
}

/** A struct value, members in order of declaration. */
export class GoStruct {
  constructor(
    readonly type: string,
    readonly fields: readonly GoField[],
    /** Reached by a pointer: prints as an address when it is inside another value. */
    readonly pointer = false,
  ) {}

  get(name: string): GoValue | undefined {
    return this.fields.find((field) => field.name === name)?.value;
  }
}

/** A row of a table: a Go value with methods, each a column; `json` gives all of them. */
export class GoMethods {
  constructor(
    readonly type: string,
    readonly methods: ReadonlyMap<string, (argument?: string) => string>,
    /** Methods that `{{json .}}` leaves out, since they want an argument. */
    readonly hidden: ReadonlySet<string> = new Set(),
  ) {}
}

export type Shape = Readonly<Record<string, GoValue | undefined>>;

/**
 * A struct from its members in order. `Name:json` renames in JSON, `Name?` is omitempty; members given as undefined
 * are left out.
 */
export function struct(type: string, shape: Shape, pointer = false): GoStruct {
  const fields: GoField[] = [];
  for (const [key, value] of Object.entries(shape)) {
    if (value === undefined) continue;
    const omitEmpty = key.endsWith('?');
    const [name = '', json] = key.replace(/\?$/, '').split(':');
    fields.push({ name, json: json ?? name, omitEmpty, value });
  }
  return new GoStruct(type, fields, pointer);
}

export const isNil = (value: GoValue): value is GoNil =>
  typeof value === 'object' && 'nil' in value;
export const isMap = (value: GoValue): value is GoMap => value instanceof Map;
export const isSlice = (value: GoValue): value is readonly GoValue[] => Array.isArray(value);

/** A map from pairs, or nil when there is none. */
export const goMap = (entries: Iterable<readonly [string, GoValue]>): GoMap => new Map(entries);

export const sortedKeys = (map: GoMap): readonly string[] => [...map.keys()].sort(byBytes);

export const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** isEmptyValue() of encoding/json, which is also the falsehood of `if`. */
export function isEmpty(value: GoValue): boolean {
  if (typeof value === 'string') return value === '';
  if (typeof value === 'number') return value === 0;
  if (typeof value === 'boolean') return !value;
  if (isNil(value)) return true;
  if (isSlice(value)) return value.length === 0;
  if (isMap(value)) return value.size === 0;
  return false;
}

/** What encoding/json would give back for the value decoded into an interface{}. */
export function toRaw(value: GoValue): GoValue {
  if (typeof value !== 'object') return value;
  if (isNil(value)) return NIL;
  if (isSlice(value)) return value.map(toRaw);
  if (value instanceof GoStruct) {
    const kept = value.fields.filter((f) => !(f.omitEmpty && isEmpty(f.value)));
    return goMap(kept.map((f) => [f.json, toRaw(f.value)] as const));
  }
  if (isMap(value)) return goMap([...value].map(([key, inner]) => [key, toRaw(inner)] as const));
  return value;
}
