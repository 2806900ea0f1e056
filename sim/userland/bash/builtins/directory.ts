import { strerror } from '../../../linux/errno';
import { isDirectory, joinPath, lookupPath, normalisePath, realpath } from '../../../linux/path';
import type { Blocking } from '../../../linux/wait-queue';
import { type Builtin, fail, optionProblem, out, parseOptions, usage } from '../builtin';
import type { Shell } from '../shell';

/** change_to_directory(): moves the shell and its PWD; an error text otherwise. */
function changeTo(sh: Shell, path: string, physical: boolean): string | undefined {
  const here = sh.get('PWD') ?? sh.proc.cwd;
  const logical = normalisePath(path.startsWith('/') ? path : joinPath(here, path));
  const inode = lookupPath(sh.proc, physical ? path : logical);
  const direct = typeof inode === 'string' ? lookupPath(sh.proc, path) : inode;
  if (typeof direct === 'string') return strerror(direct);
  if (!isDirectory(direct)) return strerror('ENOTDIR');
  const real = realpath(sh.proc, typeof inode === 'string' || physical ? path : logical);
  const target = physical && typeof real !== 'string' ? real.path : logical;
  sh.setPlain('OLDPWD', here, true);
  sh.proc.cwd = typeof real === 'string' ? target : real.path;
  sh.setPlain('PWD', target, true);
  return undefined;
}

/** cd.def. */
function* cd(sh: Shell, words: readonly string[]): Blocking<number> {
  const options =
    words[1] === '-'
      ? { flags: new Set<string>(), values: new Map(), rest: words.slice(1) }
      : parseOptions(words.slice(1), 'LPe@');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'cd', problem, 'cd [-L|[-P [-e]] [-@]] [dir]');
  if (options.rest.length > 1) return yield* fail(sh, 'cd', 'too many arguments');
  let target = options.rest[0];
  let show = false;
  if (target === undefined) {
    target = sh.get('HOME');
    if (target === undefined) return yield* fail(sh, 'cd', 'HOME not set');
  } else if (target === '-') {
    target = sh.get('OLDPWD');
    if (target === undefined) return yield* fail(sh, 'cd', 'OLDPWD not set');
    show = true;
  }
  if (target === '') return 0;
  const physical = options.flags.has('P') || sh.has('physical');
  const cdpath = /^\.{0,2}\//.test(target) || target.startsWith('.') ? undefined : sh.get('CDPATH');
  for (const base of cdpath?.split(':') ?? []) {
    const candidate = base === '' ? target : joinPath(base, target);
    if (changeTo(sh, candidate, physical) === undefined) {
      return base === '' ? 0 : yield* out(sh, 'cd', `${sh.get('PWD') ?? ''}\n`);
    }
  }
  const error = changeTo(sh, target, physical);
  if (error !== undefined) return yield* fail(sh, 'cd', `${target}: ${error}`);
  return show ? yield* out(sh, 'cd', `${sh.get('PWD') ?? ''}\n`) : 0;
}

function* pwd(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'LP');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'pwd', problem, 'pwd [-LP]');
  const physical = options.flags.has('P') || sh.has('physical');
  return yield* out(sh, 'pwd', `${physical ? sh.proc.cwd : (sh.get('PWD') ?? sh.proc.cwd)}\n`);
}

const stack = (sh: Shell): string[] => [sh.get('PWD') ?? sh.proc.cwd, ...sh.directories];

const shortened = (sh: Shell, path: string): string => {
  const home = sh.get('HOME') ?? '';
  if (home === '' || home === '/') return path;
  if (path === home) return '~';
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
};

/** pushd.def. */
function* dirs(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'clpv');
  if (options.flags.has('c')) {
    sh.directories = [];
    return 0;
  }
  const all = stack(sh).map((path) => (options.flags.has('l') ? path : shortened(sh, path)));
  const index = /^[+-]\d+$/.test(options.rest[0] ?? '')
    ? rotation(all.length, options.rest[0] ?? '')
    : undefined;
  if (index !== undefined) return yield* out(sh, 'dirs', `${all[index] ?? ''}\n`);
  if (options.flags.has('v')) {
    return yield* out(
      sh,
      'dirs',
      all.map((path, i) => `${String(i).padStart(2)}  ${path}\n`).join(''),
    );
  }
  return yield* out(sh, 'dirs', `${all.join(options.flags.has('p') ? '\n' : ' ')}\n`);
}

const rotation = (size: number, text: string): number | undefined => {
  const n = Number(text.slice(1));
  const index = text.startsWith('+') ? n : size - 1 - n;
  return index >= 0 && index < size ? index : undefined;
};

function* pushd(sh: Shell, words: readonly string[]): Blocking<number> {
  const args = words.slice(1).filter((word) => word !== '-n' && word !== '--');
  const quiet = words.includes('-n');
  const all = stack(sh);
  const arg = args[0];
  if (arg === undefined) {
    if (all.length < 2) return yield* fail(sh, 'pushd', 'no other directory');
    return yield* enter(sh, 'pushd', [all[1] ?? '', all[0] ?? '', ...all.slice(2)]);
  }
  if (/^[+-]\d+$/.test(arg)) {
    const index = rotation(all.length, arg);
    if (index === undefined)
      return yield* fail(sh, 'pushd', `${arg}: directory stack index out of range`);
    return yield* enter(sh, 'pushd', [...all.slice(index), ...all.slice(0, index)]);
  }
  if (quiet) {
    sh.directories = [arg, ...sh.directories];
    return yield* dirs(sh, ['dirs']);
  }
  const error = changeTo(sh, arg, false);
  if (error !== undefined) return yield* fail(sh, 'pushd', `${arg}: ${error}`);
  sh.directories = all;
  return yield* dirs(sh, ['dirs']);
}

/** Goes to the first of a new stack. */
function* enter(sh: Shell, name: string, next: readonly string[]): Blocking<number> {
  const error = changeTo(sh, next[0] ?? '', false);
  if (error !== undefined) return yield* fail(sh, name, `${next[0] ?? ''}: ${error}`);
  sh.directories = next.slice(1);
  return yield* dirs(sh, ['dirs']);
}

function* popd(sh: Shell, words: readonly string[]): Blocking<number> {
  const all = stack(sh);
  if (all.length < 2) return yield* fail(sh, 'popd', 'directory stack empty');
  const arg = words.slice(1).find((word) => /^[+-]\d+$/.test(word)) ?? '+0';
  const index = rotation(all.length, arg);
  if (index === undefined)
    return yield* fail(sh, 'popd', `${arg}: directory stack index out of range`);
  if (index === 0 && !words.includes('-n')) return yield* enter(sh, 'popd', all.slice(1));
  const at = index === 0 ? 1 : index;
  sh.directories = sh.directories.filter((_path, i) => i !== at - 1);
  return yield* dirs(sh, ['dirs']);
}

export const directoryBuiltins: readonly (readonly [string, Builtin])[] = [
  ['cd', cd],
  ['pwd', pwd],
  ['pushd', pushd],
  ['popd', popd],
  ['dirs', dirs],
];
