import { utf8Decode } from '../base/bytes';
import type { Errno } from './errno';
import { fileBytes, type Program } from './inode';
import type { OpenFile } from './open-file';
import { isDirectory, joinPath, resolve } from './path';
import type { Proc, Spawn } from './process';
import { printError } from './process-io';
import type { Process } from './wait-queue';

/** BINPRM_BUF_SIZE: how much of a `#!` line the kernel reads. */
const SHEBANG_MAX = 256;
/** How many interpreters may stand before each other (fs/exec.c exec_binprm: 5). */
const MAX_INTERPRETERS = 5;

/** What an exec of `path` comes down to. */
interface Image {
  readonly program: Program;
  readonly argv: readonly string[];
}

/** load_script() and the programs that files stand for; ENOEXEC for text without `#!`. */
function load(proc: Proc, path: string, argv: readonly string[], depth = 0): Image | Errno {
  if (depth > MAX_INTERPRETERS) return 'ELOOP';
  const found = resolve(proc, path);
  if (typeof found === 'string') return found;
  const inode = found.inode;
  if (!inode) return 'ENOENT';
  if (isDirectory(inode) || inode.body.kind !== 'file') return 'EACCES';
  if ((inode.mode & 0o111) === 0) return 'EACCES';
  if (inode.body.program) return { program: inode.body.program, argv };
  const head = utf8Decode(fileBytes(inode.body).subarray(0, SHEBANG_MAX));
  if (!head.startsWith('#!')) return 'ENOEXEC';
  const line = (head.slice(2).split('\n')[0] ?? '').trim();
  const [interpreter = '', argument] = splitFirst(line);
  if (interpreter === '') return 'ENOEXEC';
  const rest = [path, ...argv.slice(1)];
  const next = argument === undefined ? [interpreter, ...rest] : [interpreter, argument, ...rest];
  return load(proc, interpreter, next, depth + 1);
}

function splitFirst(line: string): readonly [string, string | undefined] {
  const at = line.search(/[ \t]/);
  if (at < 0) return [line, undefined];
  return [line.slice(0, at), line.slice(at).trim()];
}

/**
 * execve(2): what now runs in this process, to be delegated to: `return yield* next`. An errno if nothing was
 * replaced.
 */
export function execve(
  proc: Proc,
  path: string,
  argv: readonly string[],
  env: ReadonlyMap<string, string>,
): Process | Errno {
  const image = load(proc, path, argv);
  if (typeof image === 'string') return image;
  proc.argv = image.argv;
  proc.env = env;
  proc.resetCaught();
  return image.program(proc, image.argv);
}

export interface SpawnProgram {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env?: ReadonlyMap<string, string> | undefined;
  readonly fds?: ReadonlyMap<number, OpenFile> | undefined;
  readonly cwd?: string | undefined;
  readonly pgid?: Spawn['pgid'];
  readonly netns?: Spawn['netns'];
}

/** posix_spawn(3): fork and exec; the errno is that of a failed exec. */
export function spawnProgram(parent: Proc, spec: SpawnProgram): Proc | Errno {
  const image = load(parent, spec.path, spec.argv);
  if (typeof image === 'string') return image;
  return parent.host.spawn(parent, {
    main: (child) => image.program(child, image.argv),
    argv: image.argv,
    env: spec.env,
    fds: spec.fds,
    cwd: spec.cwd,
    pgid: spec.pgid,
    netns: spec.netns,
  });
}

/** Looks a command name up as execvp(3): ENOENT if nowhere, EACCES if only something not executable was there. */
export function findInPath(
  proc: Proc,
  name: string,
  path: string,
): { readonly path: string } | Errno {
  if (name.includes('/')) return { path: name };
  let error: Errno = 'ENOENT';
  for (const dir of path.split(':')) {
    const candidate = joinPath(dir === '' ? '.' : dir, name);
    const found = resolve(proc, candidate);
    if (typeof found === 'string' || !found.inode || isDirectory(found.inode)) continue;
    if ((found.inode.mode & 0o111) !== 0) return { path: candidate };
    error = 'EACCES';
  }
  return error;
}

/** Runs a program found in PATH in place of this process, as env, nohup and `ip netns exec` do. */
export function* execvp(
  proc: Proc,
  argv: readonly string[],
  whenFailed: (errno: Errno) => { readonly text: string; readonly code: number },
): Process {
  const name = argv[0] ?? '';
  const found = findInPath(proc, name, proc.env.get('PATH') ?? '/bin:/usr/bin');
  const next = typeof found === 'string' ? found : execve(proc, found.path, argv, proc.env);
  if (next === 'ENOEXEC' && typeof found !== 'string') {
    const shell = execve(proc, '/bin/sh', ['sh', found.path, ...argv.slice(1)], proc.env);
    if (typeof shell !== 'string') return yield* shell;
  }
  if (typeof next !== 'string') return yield* next;
  const failed = whenFailed(next);
  yield* printError(proc, failed.text);
  return failed.code;
}
