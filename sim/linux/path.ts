import type { Errno } from './errno';
import type { Inode } from './inode';
import type { Proc } from './process';

/** MAXSYMLINKS and NAME_MAX, PATH_MAX of Linux. */
const MAX_LINKS = 40;
const NAME_MAX = 255;
const PATH_MAX = 4096;

/** Where a path leads: the directory that holds the last name, and the inode if it exists. */
export interface Found {
  readonly dir: Inode;
  readonly dirPath: string;
  readonly name: string;
  readonly inode: Inode | undefined;
  /** Canonical absolute path. */
  readonly path: string;
}

export const joinPath = (dir: string, name: string): string =>
  dir === '/' ? `/${name}` : `${dir}/${name}`;

/** The absolute form of `path` for a process, not canonicalised. */
export const absolute = (proc: Proc, path: string): string =>
  path.startsWith('/') ? path : joinPath(proc.cwd, path);

/** `a/b/../c//d/.` without looking at links. */
export function normalisePath(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return `/${out.join('/')}`;
}

/** What is inside a directory inode under `name`. */
export function lookup(proc: Proc, dir: Inode, name: string): Inode | undefined {
  if (dir.body.kind === 'dir') return dir.body.entries.get(name);
  if (dir.body.kind === 'handler-dir') return dir.body.lookup(proc, name);
  return undefined;
}

export const isDirectory = (inode: Inode): boolean =>
  inode.body.kind === 'dir' || inode.body.kind === 'handler-dir';

const linkTarget = (proc: Proc, inode: Inode): string | undefined => {
  if (inode.body.kind === 'symlink') return inode.body.target;
  if (inode.body.kind === 'handler-link') return inode.body.target(proc);
  return undefined;
};

/** The root inode of the mount at `path`, or `inode` itself. */
const crossMount = (proc: Proc, path: string, inode: Inode | undefined): Inode | undefined =>
  proc.mounts.at(path)?.root ?? inode;

interface Step {
  readonly inode: Inode;
  readonly path: string;
}

/**
 * link_path_walk(), fs/namei.c: follows `path` to its last name. `follow`: a symbolic link as last component is
 * followed (open, stat) or not (lstat, unlink, rename).
 */
export function resolve(proc: Proc, path: string, follow = true): Found | Errno {
  if (path === '') return 'ENOENT';
  if (path.length > PATH_MAX) return 'ENAMETOOLONG';
  return walk(proc, absolute(proc, path), follow, { links: 0 });
}

function walk(proc: Proc, path: string, follow: boolean, count: { links: number }): Found | Errno {
  const root = crossMount(proc, '/', proc.mounts.root) ?? proc.mounts.root;
  const stack: Step[] = [{ inode: root, path: '/' }];
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const wantsDir = /\/\.?$/.test(path);
  for (let i = 0; i < parts.length; i++) {
    const name = parts[i] ?? '';
    const here = stack[stack.length - 1] ?? { inode: root, path: '/' };
    if (!isDirectory(here.inode)) return 'ENOTDIR';
    if (name.length > NAME_MAX) return 'ENAMETOOLONG';
    if (name === '..') {
      if (stack.length > 1) stack.pop();
      continue;
    }
    const last = i === parts.length - 1;
    const childPath = joinPath(here.path, name);
    const entry = lookup(proc, here.inode, name);
    const child = proc.mounts.mayCover(name) ? crossMount(proc, childPath, entry) : entry;
    if (!child) {
      if (!last) return 'ENOENT';
      return { dir: here.inode, dirPath: here.path, name, inode: undefined, path: childPath };
    }
    const target = last && !follow && !wantsDir ? undefined : linkTarget(proc, child);
    if (target !== undefined) {
      if (++count.links > MAX_LINKS) return 'ELOOP';
      const rest = parts.slice(i + 1).join('/');
      const base = target.startsWith('/') ? target : joinPath(here.path, target);
      return walk(
        proc,
        rest === '' ? base + (wantsDir ? '/' : '') : `${base}/${rest}`,
        follow,
        count,
      );
    }
    stack.push({ inode: child, path: childPath });
  }
  const at = stack[stack.length - 1] ?? { inode: root, path: '/' };
  if (wantsDir && !isDirectory(at.inode)) return 'ENOTDIR';
  const up = stack[stack.length - 2] ?? at;
  const name = at.path === '/' ? '/' : at.path.slice(at.path.lastIndexOf('/') + 1);
  return { dir: up.inode, dirPath: up.path, name, inode: at.inode, path: at.path };
}

/** The inode at `path`. */
export function lookupPath(proc: Proc, path: string, follow = true): Inode | Errno {
  const found = resolve(proc, path, follow);
  if (typeof found === 'string') return found;
  return found.inode ?? 'ENOENT';
}

/** realpath(3) of something that exists. */
export function realpath(proc: Proc, path: string): { readonly path: string } | Errno {
  const found = resolve(proc, path);
  if (typeof found === 'string') return found;
  return found.inode ? { path: found.path } : 'ENOENT';
}
