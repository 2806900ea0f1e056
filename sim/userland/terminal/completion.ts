import { readdir } from '../../linux/files';
import type { Netns } from '../../linux/netns';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { commandNames } from '../bash/completion';
import { interactiveShells } from '../bash/interactive';
import type { Completion } from './line-editor';

/** Words after which a command name stands again. */
const COMMAND_STARTS = new Set([
  '|',
  '||',
  '&&',
  ';',
  '&',
  '(',
  '{',
  'then',
  'do',
  'else',
  '!',
  'sudo',
  'time',
  'watch',
  'timeout',
  'xargs',
]);

/** What may stand in place of the word before the cursor: commands, variables, names of the network, paths. */
export function complete(proc: Proc, before: string): Completion | undefined {
  const start = wordStart(before);
  const word = before.slice(start);
  const words = before
    .slice(0, start)
    .split(/\s+/)
    .filter((one) => one !== '');
  const variable = /\$(\w*)$/.exec(word);
  if (variable) {
    const at = before.length - (variable[1] ?? '').length;
    return found(at, variables(proc), variable[1] ?? '', '');
  }
  const named = networkNames(proc, words);
  if (named) return found(start, named, word, ' ');
  if (isCommandPlace(words) && !word.includes('/')) return found(start, commands(proc), word, ' ');
  return paths(proc, start, word);
}

/** Where the word under the cursor begins; `=` and `:` do not part words here. */
function wordStart(before: string): number {
  let at = before.length;
  while (at > 0 && !/[\s|&;()<>'"`]/.test(before[at - 1] ?? '')) at--;
  return at;
}

function found(start: number, names: readonly string[], word: string, suffix: string): Completion {
  const candidates = [...new Set(names)].filter((name) => name.startsWith(word)).sort();
  return { start, candidates, suffix };
}

function isCommandPlace(words: readonly string[]): boolean {
  const last = words.at(-1);
  if (last === undefined || COMMAND_STARTS.has(last)) return true;
  if (/[|&;({]$/.test(last)) return true;
  return words.length >= 4 && words.slice(-4, -1).join(' ') === 'ip netns exec';
}

function variables(proc: Proc): readonly string[] {
  return interactiveShells.get(proc)?.vars.names() ?? [...proc.env.keys()];
}

function commands(proc: Proc): readonly string[] {
  const shell = interactiveShells.get(proc);
  if (shell) return commandNames(shell);
  const dirs = (proc.env.get('PATH') ?? '').split(':');
  return dirs.flatMap((dir) => namesIn(proc, dir));
}

const namesIn = (proc: Proc, dir: string): readonly string[] => {
  const names = readdir(proc, dir === '' ? '.' : dir);
  return typeof names === 'string' ? [] : names;
};

/** Names that ip, bridge, tcpdump and ping take after certain words. */
function networkNames(proc: Proc, words: readonly string[]): readonly string[] | undefined {
  const last = words.at(-1);
  const netnses = (): readonly string[] =>
    [...proc.host.netnses].map((netns) => netns.name).filter((name) => name !== '');
  if (last === 'netns' && words.at(-2) !== 'ip') return netnses();
  if ((last === 'exec' || last === 'delete' || last === 'del') && words.at(-2) === 'netns')
    return netnses();
  if (last === '-n' && words[0] === 'ip' && words.length === 2) return netnses();
  const isDevicePlace =
    ['dev', 'master', 'oif', 'iif'].includes(last ?? '') ||
    (last === '-i' && words.includes('tcpdump')) ||
    (last === 'set' && words.includes('link'));
  if (!isDevicePlace) return undefined;
  return netnsOf(proc, words)
    .devices()
    .map((dev) => dev.name);
}

/** The namespace that `ip netns exec NAME` or `ip -n NAME` on the line speaks of. */
function netnsOf(proc: Proc, words: readonly string[]): Netns {
  const at = Math.max(words.indexOf('exec'), words.indexOf('-n'));
  const name = at < 0 ? undefined : words[at + 1];
  for (const netns of proc.host.netnses) if (netns.name !== '' && netns.name === name) return netns;
  return proc.netns;
}

function paths(proc: Proc, start: number, word: string): Completion {
  const slash = word.lastIndexOf('/');
  const dir = word.slice(0, slash + 1);
  const shown = dir.startsWith('~/') ? `${proc.env.get('HOME') ?? '/root'}/${dir.slice(2)}` : dir;
  const prefix = word.slice(slash + 1);
  const candidates = namesIn(proc, shown === '' ? '.' : shown)
    .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
    .sort()
    .map((name) => dir + name + (isDir(proc, shown + name) ? '/' : ''));
  const suffix = candidates.length === 1 && candidates[0]?.endsWith('/') ? '' : ' ';
  return { start, candidates, suffix };
}

function isDir(proc: Proc, path: string): boolean {
  const inode = lookupPath(proc, path);
  return typeof inode !== 'string' && isDirectory(inode);
}
