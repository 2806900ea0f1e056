import type { Proc } from '../../linux/process';
import { SIGNALS, type Signal } from '../../linux/signal';
import type { Blocking } from '../../linux/wait-queue';
import type { Shell } from './shell';

/** Names that `trap` knows besides signals. */
export const PSEUDO = ['EXIT', 'DEBUG', 'RETURN', 'ERR'] as const;

const isSignal = (name: string): name is Signal => Object.hasOwn(SIGNALS, name);

/** run_exit_trap(). */
export function* runExitTrap(sh: Shell): Blocking<number> {
  const action = sh.traps.get('EXIT');
  if (!action || action.command === '') return sh.status;
  sh.traps.delete('EXIT');
  const status = sh.status;
  yield* sh.interpreter.runText(sh, action.command, { firstLine: 1, trap: true });
  const unwind = sh.unwind;
  if (unwind?.kind !== 'exit') sh.status = status;
  return sh.status;
}

/** _run_trap_internal() for ERR, DEBUG, RETURN and signals: `$?` is kept. */
export function* runTrap(sh: Shell, name: string): Blocking<number> {
  const action = sh.traps.get(name);
  if (!action || action.command === '') return 0;
  const { status, line } = sh;
  const loops = sh.noErrexit;
  sh.inTrap++;
  const result = yield* sh.interpreter.runText(sh, action.command, {
    firstLine: line || 1,
    trap: true,
  });
  sh.inTrap--;
  sh.noErrexit = loops;
  sh.line = line;
  if (!sh.unwind) sh.status = status;
  return result;
}

/** The DEBUG trap before a command; `text` is what $BASH_COMMAND then shows. */
export function* runDebugTrap(sh: Shell, current: Shell['current']): Blocking<void> {
  if (sh.inTrap > 0) return;
  sh.current = current;
  if (!sh.traps.has('DEBUG')) return;
  if (sh.functionDepth === 0 || sh.has('functrace')) yield* runTrap(sh, 'DEBUG');
}

/** run_pending_traps(): between commands. */
export function* runPendingTraps(sh: Shell): Blocking<void> {
  collectSignals(sh);
  while (sh.pendingSignals.length > 0 && !sh.unwind) {
    const signal = sh.pendingSignals.shift();
    if (!signal) return;
    if (sh.traps.has(signal)) yield* runTrap(sh, signal);
    else if (signal === 'INT' && sh.interactive) {
      sh.status = 130;
      sh.unwind = { kind: 'discard' };
    }
    collectSignals(sh);
  }
}

export function collectSignals(sh: Shell): void {
  for (let s = sh.proc.takeSignal(); s; s = sh.proc.takeSignal()) sh.pendingSignals.push(s);
}

/** Makes the kernel's dispositions those of the traps. */
export function setTrapSignal(sh: Shell, name: string): void {
  if (!isSignal(name)) return;
  const action = sh.traps.get(name);
  if (!action) sh.proc.setDisposition(name, defaultDisposition(sh, name));
  else sh.proc.setDisposition(name, action.command === '' ? 'ignore' : 'catch');
}

/** What an interactive shell does with signals that it does not trap (initialize_shell_signals). */
export function defaultDisposition(sh: Shell, name: Signal): 'default' | 'ignore' | 'catch' {
  if (!sh.interactive) return 'default';
  if (name === 'INT') return 'catch';
  return ['TERM', 'TSTP', 'TTIN', 'TTOU', 'QUIT'].includes(name) ? 'ignore' : 'default';
}

/** In a subshell caught signals get their default again; ignored ones stay ignored. */
export function resetTrapSignals(parent: Shell, child: Shell): void {
  for (const name of parent.traps.keys()) {
    if (!child.traps.has(name) && isSignal(name)) child.proc.setDisposition(name, 'default');
  }
  restoreSignals(parent, child.proc);
}

/** restore_original_signals(): what an interactive shell ignores, its children do not. */
export function restoreSignals(sh: Shell, child: Proc): void {
  if (!sh.interactive) return;
  for (const name of ['INT', 'TERM', 'TSTP', 'TTIN', 'TTOU', 'QUIT'] as const) {
    if (sh.traps.get(name)?.command !== '') child.setDisposition(name, 'default');
  }
}
