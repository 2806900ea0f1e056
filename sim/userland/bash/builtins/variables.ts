import type { Blocking } from '../../../linux/wait-queue';
import { assignArray } from '../array-assign';
import { assignVariable, parseTarget } from '../assign';
import { type Builtin, fail, out, usage } from '../builtin';
import { arrayText, declareLine, setLine } from '../declaration';
import { printFunction } from '../function-print';
import { wordEnd } from '../grammar';
import type { Shell } from '../shell';
import type { Variable } from '../variables';

/** What `declare` and its kin were told to do. */
export interface Declaration {
  readonly command: string;
  /** `-x`: true, `+x`: false. */
  readonly letters: ReadonlyMap<string, boolean>;
  readonly rest: readonly string[];
  readonly bad?: string;
}

export function parseDeclaration(words: readonly string[], spec: string): Declaration {
  const letters = new Map<string, boolean>();
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (!/^[-+]./.test(word)) break;
    for (const letter of word.slice(1)) {
      if (!spec.includes(letter)) {
        return { command: words[0] ?? '', letters, rest: [], bad: `${word[0]}${letter}` };
      }
      letters.set(letter, word[0] === '-');
    }
  }
  return { command: words[0] ?? '', letters, rest: words.slice(at) };
}

const DECLARE_USAGE =
  'declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]';

/** declare.def: declare, typeset, local. */
function* declare(sh: Shell, words: readonly string[]): Blocking<number> {
  const d = parseDeclaration(words, 'aAfFgiIlcnrtuxp');
  if (d.bad) {
    const text =
      d.command === 'local'
        ? 'local [option] name[=value] ...'
        : DECLARE_USAGE.replace(/^declare/, d.command);
    return yield* usage(sh, d.command, `${d.bad}: invalid option`, text);
  }
  if (d.command === 'local' && sh.functionScopes.length === 0) {
    return yield* fail(sh, 'local', 'can only be used in a function');
  }
  if (d.letters.get('f') || d.letters.get('F')) return yield* declareFunctions(sh, d);
  if (d.letters.has('p')) return yield* printVariables(sh, d);
  if (d.rest.length === 0) return yield* listVariables(sh, d);
  let status = 0;
  for (const word of d.rest) {
    if (d.command === 'local' && word === '-') {
      const scope = sh.functionScopes.at(-1);
      if (scope && !sh.savedOptions.has(scope)) sh.savedOptions.set(scope, new Set(sh.options));
      continue;
    }
    if (!(yield* declareOne(sh, d, word))) status = 1;
    if (sh.unwind) return sh.status;
  }
  return status;
}

interface Given {
  readonly name: string;
  readonly subscript: string | undefined;
  readonly value: string | undefined;
  readonly append: boolean;
}

function parseGiven(word: string): Given | undefined {
  const equals = /^([A-Za-z_]\w*(?:\[[^=]*\])?)(\+?)=/s.exec(word);
  const target = parseTarget(equals?.[1] ?? word);
  if (!target) return undefined;
  const value = equals ? word.slice(equals[0].length) : undefined;
  return { name: target.name, subscript: target.subscript, value, append: equals?.[2] === '+' };
}

function* declareOne(sh: Shell, d: Declaration, word: string): Blocking<boolean> {
  const given = parseGiven(word);
  if (!given) {
    yield* sh.error(`${d.command}: \`${word}': not a valid identifier`);
    return false;
  }
  const global = d.letters.get('g') === true;
  const local =
    sh.functionScopes.length > 0 && !global && d.command !== 'export' && d.command !== 'readonly';
  const nameref = d.letters.get('n') !== undefined;
  const name =
    local || nameref ? given.name : (parseTarget(sh.vars.target(given.name))?.name ?? given.name);
  const outer = sh.vars.find(name);
  if (local && outer?.readonly) {
    yield* sh.error(`${d.command}: ${name}: readonly variable`);
    return false;
  }
  const variable = local
    ? sh.vars.obtainLocal(sh.functionScopes.at(-1), name).variable
    : global
      ? sh.vars.obtainGlobal(name)
      : sh.vars.obtain(name);
  if (local && outer && outer !== variable && sh.shoptOn('localvar_inherit'))
    Object.assign(variable, outer);
  return yield* applyDeclaration(sh, d, variable, { ...given, name });
}

function* applyDeclaration(
  sh: Shell,
  d: Declaration,
  variable: Variable,
  given: Given,
): Blocking<boolean> {
  const { name } = given;
  const removes = d.letters.get('r') === false;
  if (variable.readonly && (removes || given.value !== undefined)) {
    yield* sh.error(
      removes
        ? `${d.command}: ${name}: readonly variable`
        : `${d.command === 'declare' || d.command === 'typeset' || d.command === 'local' ? `${d.command}: ` : ''}${name}: readonly variable`,
    );
    return false;
  }
  if (!(yield* makeArray(sh, d, variable, name))) return false;
  if (d.letters.has('i')) variable.integer = d.letters.get('i') ?? false;
  if (d.letters.has('u')) variable.letters = d.letters.get('u') ? 'upper' : undefined;
  if (d.letters.has('l')) variable.letters = d.letters.get('l') ? 'lower' : undefined;
  if (d.letters.has('c')) variable.letters = d.letters.get('c') ? 'capital' : undefined;
  if (d.letters.has('t')) variable.trace = d.letters.get('t') ?? false;
  if (d.letters.has('n')) {
    if (!d.letters.get('n')) {
      variable.nameref = false;
      return true;
    }
    return yield* makeNameref(sh, d, variable, given);
  }
  let ok = true;
  if (given.value !== undefined) ok = yield* assignGiven(sh, variable, given, given.value);
  if (d.letters.has('x')) variable.exported = d.letters.get('x') ?? false;
  if (d.letters.get('r')) variable.readonly = true;
  return ok;
}

function* makeNameref(
  sh: Shell,
  d: Declaration,
  variable: Variable,
  given: Given,
): Blocking<boolean> {
  const { name, value } = given;
  if (value !== undefined && !parseTarget(value)) {
    yield* sh.error(`${d.command}: \`${value}': invalid variable name for name reference`);
    return false;
  }
  if (value === name) {
    yield* sh.error(`${d.command}: ${name}: nameref variable self references not allowed`);
    return false;
  }
  variable.nameref = true;
  if (value !== undefined) variable.value = value;
  if (d.letters.has('x')) variable.exported = d.letters.get('x') ?? false;
  if (d.letters.get('r')) variable.readonly = true;
  return true;
}

function* makeArray(
  sh: Shell,
  d: Declaration,
  variable: Variable,
  name: string,
): Blocking<boolean> {
  if (d.letters.get('A') && !variable.assoc) {
    if (variable.array) {
      yield* sh.error(`${d.command}: ${name}: cannot convert indexed to associative array`);
      return false;
    }
    variable.assoc = variable.value === undefined ? new Map() : new Map([['0', variable.value]]);
    variable.value = undefined;
  } else if (d.letters.get('a') && !variable.array) {
    if (variable.assoc) {
      yield* sh.error(`${d.command}: ${name}: cannot convert associative to indexed array`);
      return false;
    }
    variable.array = variable.value === undefined ? new Map() : new Map([[0, variable.value]]);
    variable.value = undefined;
  }
  const gone =
    (d.letters.get('a') === false && variable.array) ||
    (d.letters.get('A') === false && variable.assoc);
  if (!gone) return true;
  yield* sh.error(`${d.command}: ${name}: cannot destroy array variables in this way`);
  return false;
}

function* assignGiven(
  sh: Shell,
  variable: Variable,
  given: Given,
  value: string,
): Blocking<boolean> {
  const list = given.subscript === undefined && value.startsWith('(') && value.endsWith(')');
  const asArray =
    list &&
    (variable.array ||
      variable.assoc ||
      sh.arrayWords.has(`${given.name}${given.append ? '+' : ''}=${value}`));
  if (asArray) {
    return yield* assignArray(sh, given.name, splitElements(value.slice(1, -1)), {
      append: given.append,
      variable,
    });
  }
  const target = { name: given.name, subscript: given.subscript };
  return yield* assignVariable(sh, target, variable, { value, append: given.append });
}

/** The words between the parentheses of an array value, as written. */
export function splitElements(text: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] ?? '')) {
      at++;
      continue;
    }
    if (text[at] === '#') {
      while (at < text.length && text[at] !== '\n') at++;
      continue;
    }
    const end = Math.max(at + 1, elementEnd(text, at));
    words.push(text.slice(at, end));
    at = end;
  }
  return words;
}

/** A subscript may hold blanks: `[a b]=c`. */
function elementEnd(text: string, at: number): number {
  if (text[at] !== '[') return wordEnd(text, at);
  const close = text.indexOf(']=', at);
  return close < 0 ? wordEnd(text, at) : wordEnd(text, close + 2) || text.length;
}

function* declareFunctions(sh: Shell, d: Declaration): Blocking<number> {
  const namesOnly = d.letters.get('F') === true;
  if (d.rest.length === 0) {
    let text = '';
    for (const name of [...sh.functions.keys()].sort()) {
      const definition = sh.functions.get(name);
      if (!definition) continue;
      text += namesOnly
        ? `declare -f${definition.exported ? 'x' : ''} ${name}\n`
        : `${printFunction(name, definition)}\n`;
    }
    return yield* out(sh, d.command, text);
  }
  let status = 0;
  for (const name of d.rest) {
    const definition = sh.functions.get(name);
    if (!definition) status = 1;
    else if (d.letters.get('r')) sh.functions.set(name, { ...definition, readonly: true });
    else if (d.letters.has('x')) definition.exported = d.letters.get('x') ?? false;
    else
      yield* out(sh, d.command, namesOnly ? `${name}\n` : `${printFunction(name, definition)}\n`);
  }
  return status;
}

function* printVariables(sh: Shell, d: Declaration): Blocking<number> {
  let status = 0;
  if (d.rest.length === 0) {
    let text = '';
    for (const name of sh.vars.names()) {
      const variable = sh.vars.find(name);
      if (variable && fits(variable, d) && shown(variable))
        text += `${declareLine(name, variable)}\n`;
    }
    return yield* out(sh, d.command, text);
  }
  for (const name of d.rest) {
    const line = yield* printedLine(sh, name);
    if (line !== undefined) yield* out(sh, d.command, `${line}\n`);
    else status = yield* fail(sh, d.command, `${name}: not found`);
  }
  return status;
}

function* printedLine(sh: Shell, name: string): Blocking<string | undefined> {
  const dynamic = sh.vars.dynamic.get(name);
  if (dynamic) {
    const list = dynamic.isArray?.();
    if (list)
      return `declare -a ${name}=(${list.map((value, i) => `[${i}]="${value}"`).join(' ')})`;
    return `declare -${dynamic.isReadonly ? 'r' : ['RANDOM', 'SECONDS', 'LINENO'].includes(name) ? 'i' : '-'} ${name}="${dynamic.get() ?? ''}"`;
  }
  const variable = sh.vars.find(name);
  return variable && shown(variable) ? declareLine(name, variable) : undefined;
}

/** A variable that `unset` left hidden in a function does not exist. */
const shown = (variable: Variable): boolean =>
  variable.value !== undefined ||
  arrayText(variable) !== undefined ||
  variable.exported ||
  variable.integer ||
  variable.readonly ||
  variable.nameref ||
  variable.letters !== undefined ||
  !variable.hidden;

function fits(variable: Variable, d: Declaration): boolean {
  const tests: Readonly<Record<string, boolean>> = {
    a: variable.array !== undefined, A: variable.assoc !== undefined, i: variable.integer, n: variable.nameref,
    r: variable.readonly, x: variable.exported, l: variable.letters === 'lower', u: variable.letters === 'upper',
    t: variable.trace, c: variable.letters === 'capital',
  }; // biome-ignore format: a table
  return [...d.letters.keys()].every((letter) => tests[letter] ?? true);
}

function* listVariables(sh: Shell, d: Declaration): Blocking<number> {
  let text = '';
  const scope = d.command === 'local' ? sh.functionScopes.at(-1) : undefined;
  const names = scope ? [...scope.keys()].sort() : sh.vars.names();
  for (const name of names) {
    const variable = sh.vars.find(name);
    if (!variable || !fits(variable, d)) continue;
    const line = d.letters.size > 0 ? declareLine(name, variable) : setLine(name, variable);
    if (line !== undefined) text += `${line}\n`;
  }
  return yield* out(sh, d.command, text);
}

/** setattr.def: export and readonly. */
const attribute = (letter: 'x' | 'r'): Builtin =>
  function* (sh, words) {
    const d = parseDeclaration(words, letter === 'x' ? 'fnp' : 'aAfp');
    const help =
      letter === 'x'
        ? 'export [-fn] [name[=value] ...] or export -p'
        : 'readonly [-aAf] [name[=value] ...] or readonly -p';
    if (d.bad) return yield* usage(sh, d.command, `${d.bad}: invalid option`, help);
    const letters = new Map(d.letters);
    letters.delete('p');
    letters.delete('n');
    letters.set(letter, !d.letters.has('n'));
    const declaration = { ...d, letters };
    if (d.letters.get('f')) return yield* attributeFunctions(sh, declaration);
    if (d.rest.length === 0)
      return yield* listVariables(sh, { ...declaration, letters: new Map([[letter, true]]) });
    let status = 0;
    for (const word of d.rest) if (!(yield* declareOne(sh, declaration, word))) status = 1;
    return status;
  };

function* attributeFunctions(sh: Shell, d: Declaration): Blocking<number> {
  let status = 0;
  for (const name of d.rest) {
    const definition = sh.functions.get(name);
    if (!definition) status = yield* fail(sh, d.command, `${name}: not a function`);
    else if (d.letters.has('r')) sh.functions.set(name, { ...definition, readonly: true });
    else definition.exported = d.letters.get('x') ?? true;
  }
  return status;
}

export const variableBuiltins: readonly (readonly [string, Builtin])[] = [
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['export', attribute('x')],
  ['readonly', attribute('r')],
];
