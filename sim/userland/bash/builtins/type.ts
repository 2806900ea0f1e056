import { isDirectory, joinPath, lookupPath } from '../../../linux/path';
import type { Blocking } from '../../../linux/wait-queue';
import { optionProblem, parseOptions, usage } from '../builtin';
import { printFunction } from '../function-print';
import { RESERVED } from '../grammar';
import { singleQuote } from '../quote';
import type { Shell } from '../shell';

export interface Describe {
  /** `type`, `type -t`, `type -p`, and `command -v`. */
  readonly style: 'verbose' | 'short' | 'path' | 'reusable';
  readonly all?: boolean;
  readonly noFunctions?: boolean;
  readonly pathOnly?: boolean;
  /** The builtin that asks, for the message. */
  readonly command: string;
}

/** describe_command() of type.def; prints and says whether anything was found. */
export function* describe(sh: Shell, name: string, how: Describe): Blocking<boolean> {
  const lines: string[] = [];
  if (!how.pathOnly) words(sh, name, how, lines);
  if (lines.length === 0 || how.all) files(sh, name, how, lines);
  if (lines.length === 0) {
    if (how.style === 'verbose') yield* sh.error(`${how.command}: ${name}: not found`);
    return false;
  }
  yield* sh.raw(1, `${(how.all ? lines : lines.slice(0, 1)).join('\n')}\n`);
  return true;
}

function words(sh: Shell, name: string, how: Describe, lines: string[]): void {
  const add = (verbose: string, short: string, reusable: string): void => {
    if (how.style === 'verbose') lines.push(verbose);
    else if (how.style === 'short') lines.push(short);
    else if (how.style === 'reusable') lines.push(reusable);
    else lines.push('');
  };
  const alias = sh.shoptOn('expand_aliases') ? sh.aliases.get(name) : undefined;
  if (alias !== undefined) {
    add(`${name} is aliased to \`${alias}'`, 'alias', `alias ${name}=${singleQuote(alias)}`);
  }
  if (RESERVED.has(name)) add(`${name} is a shell keyword`, 'keyword', name);
  const definition = how.noFunctions ? undefined : sh.functions.get(name);
  if (definition) {
    add(`${name} is a function\n${printFunction(name, definition)}`, 'function', name);
  }
  if (sh.interpreter.builtins.has(name)) add(`${name} is a shell builtin`, 'builtin', name);
}

function files(sh: Shell, name: string, how: Describe, lines: string[]): void {
  const hashed = sh.hash.get(name);
  if (hashed && !how.all && how.style === 'verbose') {
    lines.push(`${name} is hashed (${hashed.path})`);
    return;
  }
  for (const path of executables(sh, name)) {
    if (how.style === 'verbose') lines.push(`${name} is ${path}`);
    else lines.push(how.style === 'short' ? 'file' : path);
    if (!how.all) return;
  }
}

function executables(sh: Shell, name: string): string[] {
  const runs = (path: string): boolean => {
    const inode = lookupPath(sh.proc, path);
    return typeof inode !== 'string' && !isDirectory(inode) && (inode.mode & 0o111) !== 0;
  };
  if (name.includes('/')) return runs(name) ? [name] : [];
  const dirs = (sh.get('PATH') ?? '').split(':');
  return dirs.map((dir) => joinPath(dir === '' ? '.' : dir, name)).filter(runs);
}

/** type.def. */
export function* typeBuiltin(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'afptP');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'type', problem, 'type [-afptP] name [name ...]');
  const has = (letter: string): boolean => options.flags.has(letter);
  const path = has('p') || has('P');
  let status = 0;
  for (const name of options.rest) {
    if (
      has('p') &&
      !has('P') &&
      (sh.interpreter.builtins.has(name) || sh.functions.has(name) || RESERVED.has(name))
    )
      continue;
    const found = yield* describe(sh, name, {
      style: has('t') ? 'short' : path ? 'path' : 'verbose',
      all: has('a'),
      noFunctions: has('f'),
      pathOnly: has('P'),
      command: 'type',
    });
    if (!found) status = 1;
  }
  return status;
}
