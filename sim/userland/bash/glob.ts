import { readdir } from '../../linux/files';
import { isDirectory, joinPath, lookupPath } from '../../linux/path';
import { tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { compilePattern, isPattern } from './pattern';
import type { Shell } from './shell';

/**
 * Pathname expansion (glob_filename of lib/glob/glob.c): the existing paths in order, none if
 * nothing matches.
 */
export function* expandPath(sh: Shell, pattern: string): Blocking<string[]> {
  const absolute = pattern.startsWith('/');
  const parts = splitPath(pattern);
  let bases: string[] = [absolute ? '/' : ''];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    const last = i === parts.length - 1;
    if (part === '') {
      if (last) bases = bases.filter((base) => isDir(sh, base)).map((base) => `${base}/`);
      continue;
    }
    const next: string[] = [];
    for (const base of bases) {
      yield* tick(sh.proc, 5);
      if (part === '**' && sh.shoptOn('globstar')) yield* descend(sh, base, last, next);
      else if (isPattern(part, sh.shoptOn('extglob'))) yield* matchIn(sh, base, part, last, next);
      else addPlain(sh, base, part.replace(/\\(.)/gs, '$1'), last, next);
    }
    bases = next;
  }
  return [...new Set(bases)].filter((path) => path !== '').sort(compareNames);
}

/** strcoll in C.UTF-8: by code points. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Parts between slashes; brackets hide none. */
const splitPath = (pattern: string): string[] => pattern.replace(/^\/+/, '').split(/\/+/);

const isDir = (sh: Shell, path: string): boolean => {
  const inode = lookupPath(sh.proc, path === '' ? '.' : path);
  return typeof inode !== 'string' && isDirectory(inode);
};

const join = (base: string, name: string): string => (base === '' ? name : joinPath(base, name));

function addPlain(sh: Shell, base: string, name: string, last: boolean, out: string[]): void {
  const path = join(base, name);
  const inode = lookupPath(sh.proc, path, !last);
  if (typeof inode !== 'string') out.push(path);
}

function* matchIn(
  sh: Shell,
  base: string,
  part: string,
  last: boolean,
  out: string[],
): Blocking<void> {
  const names = readdir(sh.proc, base === '' ? '.' : base);
  if (typeof names === 'string') return;
  const nocase = sh.shoptOn('nocaseglob');
  const pattern = compilePattern(part, { ...sh.pattern, nocase });
  const dotted = /^\\?\./.test(part);
  const listed = dotted && !sh.shoptOn('globskipdots') ? ['.', '..', ...names] : names;
  for (const name of listed) {
    yield* tick(sh.proc, 1);
    if (name.startsWith('.') && !dotted && !sh.shoptOn('dotglob')) continue;
    if (!pattern.test(name) || ignored(sh, name)) continue;
    const path = join(base, name);
    if (last || isDir(sh, path)) out.push(path);
  }
}

/** GLOBIGNORE: patterns of names that are left out. */
function ignored(sh: Shell, name: string): boolean {
  const list = sh.get('GLOBIGNORE');
  if (list === undefined || list === '') return false;
  return list.split(':').some((one) => compilePattern(one, sh.pattern).test(name));
}

/** `**`: the directory itself and all below; as the last part files too. */
function* descend(sh: Shell, base: string, last: boolean, out: string[]): Blocking<void> {
  if (!last || base !== '') out.push(last ? `${base}/` : base);
  const stack = [base];
  for (let dir = stack.pop(); dir !== undefined; dir = stack.pop()) {
    const names = readdir(sh.proc, dir === '' ? '.' : dir);
    if (typeof names === 'string') continue;
    for (const name of names) {
      yield* tick(sh.proc, 2);
      if (name.startsWith('.') && !sh.shoptOn('dotglob')) continue;
      const path = join(dir, name);
      const inode = lookupPath(sh.proc, path, false);
      const directory = typeof inode !== 'string' && isDirectory(inode);
      if (last || directory) out.push(path);
      if (directory) stack.push(path);
    }
  }
}
