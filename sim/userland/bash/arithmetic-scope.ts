import { type ArithmeticScope, evaluate } from './arithmetic';
import type { Shell } from './shell';
import { arrayKeys, scalar, type Variable } from './variables';

/**
 * The shell's variables as arithmetic sees them; problems wait in the shell until the caller
 * prints them.
 */
export function arithmeticScope(sh: Shell): ArithmeticScope {
  return {
    get: (name, subscript) => {
      const text = load(sh, name, subscript);
      if (text === undefined && sh.has('nounset')) {
        sh.arithmeticProblem = `${name}: unbound variable`;
        return undefined;
      }
      return text ?? '';
    },
    set: (name, subscript, value) => store(sh, name, subscript, String(value)),
  };
}

function load(sh: Shell, name: string, subscript: string | undefined): string | undefined {
  const dynamic = sh.vars.dynamic.get(name);
  if (dynamic) {
    const values = dynamic.isArray?.();
    return values
      ? values[subscript === undefined ? 0 : index(sh, subscript, undefined)]
      : dynamic.get();
  }
  const variable = sh.vars.lookup(name);
  if (!variable || subscript === undefined) return variable && scalar(variable);
  if (variable.assoc) return variable.assoc.get(unquote(subscript));
  const at = index(sh, subscript, variable);
  return variable.array ? variable.array.get(at) : at === 0 ? variable.value : undefined;
}

const unquote = (text: string): string => text.replace(/^(["'])(.*)\1$/s, '$2');

function index(sh: Shell, subscript: string, variable: Variable | undefined): number {
  const result = evaluate(subscript, arithmeticScope(sh));
  if (!result.ok) {
    sh.arithmeticProblem ??= result.text;
    return 0;
  }
  const number = Number(result.value);
  if (number >= 0) return number;
  return number + (arrayKeys(variable?.array ?? new Map()).at(-1) ?? -1) + 1;
}

function store(sh: Shell, name: string, subscript: string | undefined, value: string): boolean {
  const dynamic = sh.vars.dynamic.get(name);
  if (dynamic) {
    dynamic.set?.(value);
    return true;
  }
  const variable = sh.vars.obtain(sh.vars.target(name));
  if (variable.readonly) {
    sh.arithmeticProblem = `${name}: readonly variable`;
    return false;
  }
  if (variable.assoc) {
    variable.assoc.set(subscript === undefined ? '0' : unquote(subscript), value);
  } else if (subscript !== undefined || variable.array) {
    variable.array ??= variable.value === undefined ? new Map() : new Map([[0, variable.value]]);
    variable.value = undefined;
    variable.array.set(subscript === undefined ? 0 : index(sh, subscript, variable), value);
  } else variable.value = value;
  return true;
}
