import type { Assignment, Command, Redirection } from 'unbash';
import type { Blocking } from '../../linux/wait-queue';
import { assignArray } from './array-assign';
import { assign, readonlyError } from './assign';
import { BUILTINS, SPECIAL_BUILTINS } from './builtin-table';
import { isDeclaration } from './declaration-builtin';
import { expandOne, expandWords } from './expand';
import { runExternal } from './external';
import { callFunction } from './function';
import { keep, redirectAll, type Saved, undo } from './redirect';
import type { Shell } from './shell';
import { closeSubstitutions } from './substitution';
import { traceAssignment, traceCommand } from './trace';
import { runDebugTrap } from './trap';
import { newVariable } from './variables';

/** execute_simple_command() of execute_cmd.c. */
export function* runSimple(sh: Shell, node: Command): Blocking<number> {
  const mayExec = sh.mayExec;
  sh.mayExec = false;
  const substitutions = sh.openSubstitutions.length;
  yield* runDebugTrap(sh, sh.source && { node, source: sh.source });
  if (sh.unwind) return sh.status;
  sh.substitutionStatus = undefined;
  sh.arrayWords.clear();
  const words = yield* commandWords(sh, node);
  const assignments = node.prefix.filter((one): one is Assignment => one.type === 'Assignment');
  if (!sh.unwind) {
    const redirects = node.redirects;
    if (words.length === 0) yield* onlyAssignments(sh, assignments, redirects);
    else yield* withWords(sh, { words, assignments, redirects, mayExec, node });
  }
  if (sh.openSubstitutions.length > substitutions) closeSubstitutions(sh, substitutions);
  if (words.length > 0) sh.lastArgument = words.at(-1) ?? '';
  else sh.lastArgument = '';
  sh.setArray('PIPESTATUS', [String(sh.status)]);
  return sh.status;
}

/** The expanded words; arguments of declare and its kin that are assignments stay whole. */
function* commandWords(sh: Shell, node: Command): Blocking<string[]> {
  if (!node.name) return [];
  const words = yield* expandWords(sh, [node.name.text]);
  if (sh.unwind) return [];
  const declaring =
    words[0] !== undefined &&
    isDeclaration(
      words[0],
      node.args.map((arg) => arg.text),
    );
  const run: string[] = [];
  for (const argument of node.args) {
    if (declaring && argument.type === 'Assignment') {
      for (const word of yield* expandWords(sh, run.splice(0))) words.push(word);
      words.push(yield* declarationWord(sh, argument));
    } else run.push(argument.text);
    if (sh.unwind) return [];
  }
  if (run.length > 0) for (const word of yield* expandWords(sh, run)) words.push(word);
  return words;
}

/** `name=value` with the value expanded but not split; array values keep their source. */
function* declarationWord(sh: Shell, argument: Assignment): Blocking<string> {
  const { value, text } = argument;
  if (value.type === 'ArrayValue') {
    sh.arrayWords.add(text);
    return text;
  }
  const head = text.slice(0, text.length - value.text.length);
  return head + (yield* expandOne(sh, value.text, true));
}

function* onlyAssignments(
  sh: Shell,
  assignments: readonly Assignment[],
  redirects: readonly Redirection[],
): Blocking<void> {
  const saved: Saved[] = [];
  const redirected = yield* redirectAll(sh, redirects, saved);
  undo(sh, saved);
  if (sh.unwind) return;
  let ok = true;
  for (const one of assignments) {
    ok = (yield* assignOne(sh, one)) && ok;
    if (sh.unwind) return;
    if (!ok) break;
  }
  sh.status = ok && redirected ? (sh.substitutionStatus ?? 0) : 1;
  if (!ok) sh.giveUp(1, sh.has('posix'));
}

/** One assignment before or without a command. */
export function* assignOne(sh: Shell, node: Assignment): Blocking<boolean> {
  const target = { name: node.name, subscript: node.index?.text };
  if (node.value.type === 'ArrayValue') {
    return yield* assignArray(
      sh,
      target.name,
      node.value.elements.map((one) => one.text),
      {
        append: node.append ?? false,
      },
    );
  }
  const value = yield* expandOne(sh, node.value.text, true);
  if (sh.unwind) return false;
  if (sh.has('xtrace')) yield* traceAssignment(sh, node, value);
  return yield* assign(sh, target, value, node.append);
}

export interface Prepared {
  readonly words: readonly string[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirection[];
  readonly mayExec: boolean;
  readonly node: Command;
}

function* withWords(sh: Shell, prepared: Prepared): Blocking<void> {
  const { words, assignments, redirects } = prepared;
  const name = words[0] ?? '';
  const definition = sh.functions.get(name);
  const builtin = definition ? undefined : BUILTINS.get(name);
  const special = builtin !== undefined && SPECIAL_BUILTINS.has(name);
  const saved: Saved[] = [];
  const temporary = yield* temporaryEnvironment(sh, assignments);
  if (!temporary) return;
  if (sh.has('xtrace')) yield* traceCommand(sh, words);
  const redirected = yield* redirectAll(sh, redirects, saved);
  if (!redirected) {
    undo(sh, saved);
    if (!sh.unwind) sh.status = sh.dash ? 2 : 1;
    if (special && sh.has('posix')) sh.giveUp(1, true);
    return;
  }
  if (definition) {
    sh.status = yield* scoped(sh, temporary, callFunction(sh, definition, words));
  } else if (builtin) {
    const lasting = special && sh.has('posix');
    if (lasting) for (const [key, value] of temporary) sh.setPlain(key, value);
    sh.keepRedirects = false;
    const body = builtin(sh, words);
    sh.status = (yield* lasting ? body : scoped(sh, temporary, body)) & 255;
    if (sh.keepRedirects) {
      keep(saved);
      sh.keepRedirects = false;
    }
  } else {
    const exec = prepared.mayExec && sh.traps.size === 0;
    sh.status = yield* runExternal(sh, { words, env: temporary, exec, node: prepared.node });
  }
  undo(sh, saved);
}

/** Runs with the assignments before a command as variables of their own scope. */
function* scoped(
  sh: Shell,
  temporary: ReadonlyMap<string, string>,
  body: Blocking<number>,
): Blocking<number> {
  if (temporary.size === 0) return yield* body;
  const scope = sh.vars.push();
  sh.temporaryScopes.add(scope);
  for (const [name, value] of temporary) {
    const variable = newVariable(value);
    variable.exported = true;
    scope.set(name, variable);
  }
  const status = yield* body;
  sh.vars.drop(scope);
  sh.temporaryScopes.delete(scope);
  return status;
}

/** `A=1 B=2` before a command; undefined after an error. */
function* temporaryEnvironment(
  sh: Shell,
  assignments: readonly Assignment[],
): Blocking<Map<string, string> | undefined> {
  const env = new Map<string, string>();
  if (assignments.length === 0) return env;
  const scope = sh.vars.push();
  for (const node of assignments) {
    const { value: given } = node;
    const value =
      given.type === 'ArrayValue'
        ? node.text.slice(node.text.indexOf('('))
        : yield* expandOne(sh, given.text, true);
    if (sh.unwind) break;
    if (sh.has('xtrace')) yield* traceAssignment(sh, node, value);
    const known = sh.vars.find(node.name);
    if (known?.readonly) {
      yield* readonlyError(sh, node.name);
      if (!sh.has('posix')) continue;
      sh.giveUp(1, true);
      break;
    }
    const before = node.append ? (sh.get(node.name) ?? '') : '';
    env.set(node.name, before + value);
    scope.set(node.name, { ...newVariable(before + value), exported: true });
  }
  sh.vars.drop(scope);
  return sh.unwind ? undefined : env;
}
