import { readdir } from '../../linux/files';
import { isDirectory, joinPath, lookupPath } from '../../linux/path';
import type { Options } from './builtin';
import { RESERVED } from './grammar';
import type { Shell } from './shell';

/** What `compgen` makes of its actions (gen_compspec_completions). */
export function completions(sh: Shell, options: Options, word: string): string[] {
  const { flags, values } = options;
  const action = values.get('A');
  const wants = (letter: string, name: string): boolean => flags.has(letter) || action === name;
  const all: string[] = [];
  if (wants('W', 'wordlist'))
    all.push(...(values.get('W') ?? '').split(/\s+/).filter((one) => one !== ''));
  if (wants('a', 'alias')) all.push(...sh.aliases.keys());
  if (wants('b', 'builtin')) all.push(...sh.interpreter.builtins.keys());
  if (wants('k', 'keyword')) all.push(...RESERVED);
  if (action === 'function') all.push(...sh.functions.keys());
  if (wants('c', 'command')) all.push(...commandNames(sh));
  if (wants('v', 'variable')) all.push(...sh.vars.names());
  if (wants('e', 'export')) all.push(...sh.vars.environment().keys());
  if (wants('f', 'file')) all.push(...paths(sh, word, false));
  if (wants('d', 'directory')) all.push(...paths(sh, word, true));
  if (action === 'shopt') all.push(...sh.shopt.keys());
  const found = all.filter((one) => one.startsWith(word));
  return flags.has('W') ? found : [...new Set(found)];
}

/** Everything that can stand as a command: keywords, functions, builtins, files of PATH. */
export function commandNames(sh: Shell): string[] {
  const names = new Set<string>([
    ...sh.aliases.keys(),
    ...RESERVED,
    ...sh.functions.keys(),
    ...sh.interpreter.builtins.keys(),
  ]);
  for (const dir of (sh.get('PATH') ?? '').split(':')) {
    const entries = readdir(sh.proc, dir === '' ? '.' : dir);
    if (typeof entries === 'string') continue;
    for (const name of entries) names.add(name);
  }
  return [...names];
}

/** Paths that start with `word`. */
export function paths(sh: Shell, word: string, directoriesOnly: boolean): string[] {
  const slash = word.lastIndexOf('/');
  const lead = word.slice(0, slash + 1);
  const dir = lead === '' ? '.' : lead.replace(/^~(?=\/)/, sh.get('HOME') ?? '~');
  const entries = readdir(sh.proc, dir);
  if (typeof entries === 'string') return [];
  const prefix = word.slice(slash + 1);
  return entries
    .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
    .filter((name) => !directoriesOnly || isDirectoryAt(sh, joinPath(dir, name)))
    .map((name) => lead + name);
}

export function isDirectoryAt(sh: Shell, path: string): boolean {
  const inode = lookupPath(sh.proc, path.replace(/^~(?=\/|$)/, sh.get('HOME') ?? '~'));
  return typeof inode !== 'string' && isDirectory(inode);
}
