import type { Proc } from '../../linux/process';
import type { Blocking, Process } from '../../linux/wait-queue';
import type { Shell } from './shell';
import { resetTrapSignals, runExitTrap } from './trap';

/**
 * What runs in a forked child of the shell (execute_in_subshell): the copy is made at the fork,
 * not later.
 */
export function subshellMain(
  sh: Shell,
  proc: Proc,
  body: (inner: Shell) => Blocking<number>,
): Process {
  const inner = sh.fork(proc);
  resetTrapSignals(sh, inner);
  return run(inner, body);
}

function* run(inner: Shell, body: (inner: Shell) => Blocking<number>): Process {
  const status = yield* body(inner);
  return yield* finish(inner, status);
}

/** The end of a shell: its EXIT trap, then its status. */
export function* finish(sh: Shell, status: number): Process {
  const unwind = sh.unwind;
  sh.unwind = undefined;
  if (unwind?.kind === 'exit' && unwind.replaced) return sh.status & 255;
  sh.status = unwind ? sh.status : status;
  return (yield* runExitTrap(sh)) & 255;
}
