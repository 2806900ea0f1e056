import type { Command } from 'unbash';
import { type Errno, strerror } from '../../linux/errno';
import { execve, findInPath, spawnProgram } from '../../linux/exec';
import { readTextAt } from '../../linux/files';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Blocking, Process } from '../../linux/wait-queue';
import { callFunction } from './function';
import { addJob, tellKilled, waitJob } from './job';
import { nodeText } from './node-text';
import { giveTerminal, interruptIfKilled } from './pipeline';
import type { Shell } from './shell';
import { forkShell } from './shell-fork';
import { restoreSignals } from './trap';

export interface External {
  readonly words: readonly string[];
  /** Assignments before the command. */
  readonly env: ReadonlyMap<string, string>;
  /** Replace this process instead of forking. */
  readonly exec: boolean;
  readonly node?: Command | undefined;
}

/** What a command name leads to on disk, or the failure with its message. */
export type Located =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'failed'; readonly text: string; readonly code: number };

/** search_for_command() and the checks of shell_execve(). */
export function locate(sh: Shell, name: string, pathList?: string): Located {
  if (name.includes('/')) return checkFile(sh, name, name);
  const hashed = pathList === undefined ? sh.hash.get(name) : undefined;
  if (hashed && typeof lookupPath(sh.proc, hashed.path) !== 'string') {
    hashed.hits++;
    return { kind: 'file', path: hashed.path };
  }
  const found =
    name === '' ? 'ENOENT' : findInPath(sh.proc, name, pathList ?? sh.get('PATH') ?? '');
  if (typeof found !== 'string') {
    if (pathList === undefined && sh.has('hashall'))
      sh.hash.set(name, { path: found.path, hits: 1 });
    return { kind: 'file', path: found.path };
  }
  if (found === 'EACCES') {
    return { kind: 'failed', text: `${name}: Permission denied`, code: 126 };
  }
  const missing = sh.dash ? 'not found' : 'command not found';
  return { kind: 'failed', text: `${name}: ${missing}`, code: 127 };
}

function checkFile(sh: Shell, path: string, shown: string): Located {
  const inode = lookupPath(sh.proc, path);
  const failed = (errno: Errno | 'directory', code: number): Located => {
    const absent = sh.dash && errno === 'ENOENT' ? 'not found' : undefined;
    const text = absent ?? (errno === 'directory' ? 'Is a directory' : strerror(errno));
    return { kind: 'failed', text: `${shown}: ${text}`, code };
  };
  if (typeof inode === 'string') return failed(inode, inode === 'ENOENT' ? 127 : 126);
  if (isDirectory(inode)) return failed('directory', 126);
  if ((inode.mode & 0o111) === 0) return failed('EACCES', 126);
  return { kind: 'file', path };
}

/** execute_disk_command(). */
export function* runExternal(sh: Shell, command: External): Blocking<number> {
  const name = command.words[0] ?? '';
  const located = locate(sh, name, command.env.get('PATH'));
  if (located.kind === 'failed') {
    const handler = sh.functions.get('command_not_found_handle');
    if (located.code === 127 && handler && !name.includes('/')) {
      return yield* callFunction(sh, handler, ['command_not_found_handle', ...command.words]);
    }
    yield* sh.error(located.text);
    return located.code;
  }
  if (command.exec) return yield* replace(sh, located.path, command.words, command.env);
  return yield* forkExec(sh, located.path, command);
}

function* forkExec(sh: Shell, path: string, command: External): Blocking<number> {
  const env = sh.environment(command.env);
  env.set('_', path);
  const spec = {
    path,
    argv: command.words,
    env,
    fds: sh.proc.fds,
    pgid: sh.has('monitor') ? ('own' as const) : undefined,
  };
  const child = spawnProgram(sh.proc, spec);
  if (child === 'ENOEXEC') return yield* runScriptText(sh, path, command);
  if (typeof child === 'string') {
    yield* sh.error(execMessage(sh, path, command.words[0] ?? '', child));
    return child === 'ENOENT' ? 127 : child === 'EAGAIN' ? 254 : 126;
  }
  restoreSignals(sh, child);
  const text = command.node ? nodeText(sh, command.node) : command.words.join(' ');
  return yield* waitForeground(sh, child.pid, text);
}

export function* waitForeground(sh: Shell, pid: number, text: string): Blocking<number> {
  const job = addJob(sh, [pid], text, true);
  giveTerminal(sh, job.pgid);
  const statuses = yield* waitJob(sh, job);
  yield* tellKilled(sh, job);
  interruptIfKilled(sh, job);
  return statuses.at(-1) ?? 0;
}

/** The message of a failed exec: a missing interpreter is named (shell_execve). */
function execMessage(sh: Shell, path: string, shown: string, errno: Errno): string {
  if (errno === 'EAGAIN') return 'fork: retry: Resource temporarily unavailable';
  if (errno !== 'ENOENT') return `${shown}: ${strerror(errno)}`;
  const text = readTextAt(sh.proc, path);
  const interpreter = typeof text === 'string' ? undefined : /^#!\s*(\S+)/.exec(text.text)?.[1];
  if (interpreter === undefined) return `${shown}: ${strerror(errno)}`;
  return `${shown}: cannot execute: required file not found`;
}

/**
 * A file without `#!`: bash runs it as a script of its own (execute_shell_script,
 * initialize_subshell).
 */
function* runScriptText(sh: Shell, path: string, command: External): Blocking<number> {
  const child = forkShell(sh, {
    body: (inner) =>
      replace(inner, '/bin/bash', ['bash', path, ...command.words.slice(1)], command.env),
  });
  if (!child) return 254;
  return yield* waitForeground(sh, child.pid, command.words.join(' '));
}

/** exec in this very process; the shell is gone when it returns. */
export function* replace(
  sh: Shell,
  path: string,
  argv: readonly string[],
  extra: ReadonlyMap<string, string>,
): Blocking<number> {
  const env = sh.environment(extra);
  env.set('_', path);
  restoreSignals(sh, sh.proc);
  let next: Process | Errno = execve(sh.proc, path, argv, env);
  if (next === 'ENOEXEC') {
    next = execve(sh.proc, '/bin/bash', ['bash', path, ...argv.slice(1)], env);
  }
  if (typeof next === 'string') {
    yield* sh.error(execMessage(sh, path, argv[0] ?? '', next));
    return next === 'ENOENT' ? 127 : 126;
  }
  sh.status = yield* next;
  sh.unwind = { kind: 'exit', replaced: true };
  return sh.status;
}
