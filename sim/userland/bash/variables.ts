/** Shell variables, their attributes and scopes (variables.c, array.c, assoc.c). */
export interface Variable {
  /** Undefined: declared, but without a value. */
  value: string | undefined;
  array: Map<number, string> | undefined;
  assoc: Map<string, string> | undefined;
  exported: boolean;
  readonly: boolean;
  integer: boolean;
  nameref: boolean;
  letters: 'upper' | 'lower' | 'capital' | undefined;
  trace: boolean;
  /** What `unset` left of a local: it hides an outer one, but is not there. */
  hidden: boolean;
}

export const newVariable = (value?: string): Variable => ({
  value,
  array: undefined,
  assoc: undefined,
  exported: false,
  readonly: false,
  integer: false,
  nameref: false,
  letters: undefined,
  trace: false,
  hidden: false,
});

const copyVariable = (variable: Variable): Variable => ({
  ...variable,
  array: variable.array && new Map(variable.array),
  assoc: variable.assoc && new Map(variable.assoc),
});

/** A variable that bash computes when it is read ($RANDOM, $SECONDS, $BASHPID …). */
export interface DynamicVariable {
  get(): string | undefined;
  set?(value: string): void;
  readonly isReadonly?: boolean;
  readonly isArray?: () => readonly string[];
}

export type Scope = Map<string, Variable>;

/** Names that refer to each other at most so often (NAMEREF_MAX). */
const MAX_NAMEREFS = 8;

/** Dynamic scopes: what `local` makes hides what callers have. */
export class Variables {
  #scopes: Scope[] = [new Map()];
  readonly dynamic = new Map<string, DynamicVariable>();

  get depth(): number {
    return this.#scopes.length;
  }

  push(): Scope {
    const scope: Scope = new Map();
    this.#scopes.push(scope);
    return scope;
  }

  /** Ends a scope, wherever it stands. */
  drop(scope: Scope): void {
    this.#scopes = this.#scopes.filter((one) => one !== scope);
  }

  /** The variable itself, a nameref not followed. */
  find(name: string): Variable | undefined {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const found = this.#scopes[i]?.get(name);
      if (found) return found;
    }
    return undefined;
  }

  /** The name that a nameref stands for, itself otherwise; may be `a[1]`. */
  target(name: string): string {
    let at = name;
    for (let i = 0; i < MAX_NAMEREFS; i++) {
      const variable = this.find(at);
      if (!variable?.nameref || variable.value === undefined || variable.value === '') return at;
      at = variable.value;
    }
    return at;
  }

  lookup(name: string): Variable | undefined {
    return this.find(this.target(name));
  }

  /** The variable to write to: where it is, else a new global one. */
  obtain(name: string): Variable {
    const found = this.find(name);
    if (found) return found;
    return this.inScope(this.#scopes[0], name);
  }

  obtainGlobal(name: string): Variable {
    return this.#scopes[0]?.get(name) ?? this.inScope(this.#scopes[0], name);
  }

  /** A variable of the function whose scope this is. */
  obtainLocal(scope: Scope | undefined, name: string): { variable: Variable; fresh: boolean } {
    const known = scope?.get(name);
    if (known) return { variable: known, fresh: false };
    return { variable: this.inScope(scope, name), fresh: true };
  }

  inScope(scope: Scope | undefined, name: string): Variable {
    const variable = newVariable();
    scope?.set(name, variable);
    return variable;
  }

  /** unset: the innermost one; a local stays as a hidden, unset one. */
  remove(name: string): boolean {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const scope = this.#scopes[i];
      if (!scope?.has(name)) continue;
      if (i > 0 && i === this.#scopes.length - 1)
        scope.set(name, { ...newVariable(), hidden: true });
      else scope.delete(name);
      return true;
    }
    return this.dynamic.delete(name);
  }

  names(): string[] {
    const all = new Set<string>();
    for (const scope of this.#scopes) for (const name of scope.keys()) all.add(name);
    return [...all].sort();
  }

  environment(): Map<string, string> {
    const env = new Map<string, string>();
    for (const scope of this.#scopes) {
      for (const [name, variable] of scope) {
        const text = scalar(variable);
        if (variable.exported && text !== undefined) env.set(name, text);
        else if (env.has(name) && !variable.exported) env.delete(name);
      }
    }
    return env;
  }

  /** fork(): a copy that shares nothing. */
  clone(): Variables {
    const copy = new Variables();
    copy.#scopes = this.#scopes.map((scope) => {
      const out: Scope = new Map();
      for (const [name, variable] of scope) out.set(name, copyVariable(variable));
      return out;
    });
    return copy;
  }
}

/** `$name` of a variable: of an array its element 0. */
export function scalar(variable: Variable): string | undefined {
  if (variable.array) return variable.array.get(0);
  if (variable.assoc) return variable.assoc.get('0');
  return variable.value;
}

/** Indices in ascending order. */
export const arrayKeys = (array: ReadonlyMap<number, string>): number[] =>
  [...array.keys()].sort((a, b) => a - b);

/** ASSOC_HASH_BUCKETS of assoc.h. */
const BUCKETS = 1024;

/**
 * hash_string() of hashlib.c (FNV-1), which decides in which order an associative array shows its
 * keys.
 */
function bucket(key: string): number {
  let hash = 2166136261;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash, 16777619) ^ (key.charCodeAt(i) & 255);
  return hash & (BUCKETS - 1);
}

/** Keys in the order of bash's hash table; of one bucket the newest first. */
export const assocKeys = (assoc: ReadonlyMap<string, string>): string[] =>
  [...assoc.keys()]
    .map((key, i) => ({ key, i, at: bucket(key) }))
    .sort((a, b) => a.at - b.at || b.i - a.i)
    .map((one) => one.key);
