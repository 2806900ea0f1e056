import type { Errno } from '../../linux/errno';
import { findInPath, spawnProgram } from '../../linux/exec';
import type { OpenFile } from '../../linux/open-file';
import { exitCode, type Proc } from '../../linux/process';
import { waitChild } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';

export interface CommandSetting {
  readonly cwd?: string | undefined;
  readonly fds?: ReadonlyMap<number, OpenFile> | undefined;
}

/** fork and execvp; the child, or why it could not be run. */
export function startCommand(
  proc: Proc,
  argv: readonly string[],
  setting: CommandSetting,
): Proc | Errno {
  const found = findInPath(proc, argv[0] ?? '', proc.env.get('PATH') ?? '/usr/bin:/bin');
  if (typeof found === 'string') return found;
  const cwd =
    setting.cwd === undefined || setting.cwd.startsWith('/')
      ? setting.cwd
      : `${proc.cwd}/${setting.cwd}`;
  const made = spawnProgram(proc, { path: found.path, argv, cwd, fds: setting.fds });
  if (made !== 'ENOEXEC') return made;
  return spawnProgram(proc, {
    path: '/bin/sh',
    argv: ['sh', found.path, ...argv.slice(1)],
    cwd,
    fds: setting.fds,
  });
}

/** Runs a command to its end; its exit status as a shell shows it. */
export function* runCommand(
  proc: Proc,
  argv: readonly string[],
  setting: CommandSetting,
): Blocking<number | Errno> {
  const child = startCommand(proc, argv, setting);
  if (typeof child === 'string') return child;
  const ended = yield* waitChild(proc, child.pid);
  if (typeof ended === 'string') return 127;
  return typeof ended.status === 'object' ? exitCode(ended.status) : 0;
}
