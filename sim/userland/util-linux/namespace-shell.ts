import { strerror } from '../../linux/errno';
import { execvp } from '../../linux/exec';
import type { Proc } from '../../linux/process';
import type { Process } from '../../linux/wait-queue';

/** exec of the program that was named, or of a login shell (exec_shell, lib/exec_shell.c). */
export function* execProgram(proc: Proc, tool: string, argv: readonly string[]): Process {
  const shell = proc.env.get('SHELL') ?? '/bin/sh';
  const words = argv.length > 0 ? argv : [shell];
  return yield* execvp(proc, words, (errno) => ({
    text: `${tool}: failed to execute ${words[0] ?? ''}: ${strerror(errno)}\n`,
    code: errno === 'ENOENT' ? 127 : 126,
  }));
}
