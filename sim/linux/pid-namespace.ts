import type { Proc } from './process';

/**
 * A PID namespace below the machine's own, kernel/pid_namespace.c: its first process is 1 inside. Processes keep the
 * machine's numbers in every call; `vpidOf` gives the number inside.
 */
export class PidNamespace {
  init: Proc | undefined;
  readonly #numbers = new Map<Proc, number>();
  #last = 0;

  constructor(readonly id: number) {}

  /** alloc_pid(): the first process becomes the namespace's init. */
  attach(proc: Proc): void {
    this.init ??= proc;
    this.#numbers.set(proc, ++this.#last);
  }

  detach(proc: Proc): void {
    this.#numbers.delete(proc);
  }

  vpidOf(proc: Proc): number | undefined {
    return this.#numbers.get(proc);
  }

  /** find_task_by_pid_ns(). */
  find(vpid: number): Proc | undefined {
    for (const [proc, number] of this.#numbers) if (number === vpid) return proc;
    return undefined;
  }

  get members(): readonly Proc[] {
    return [...this.#numbers.keys()];
  }
}

/** task_pid_vnr(): the number that a process has in its own PID namespace. */
export const vpid = (proc: Proc): number => proc.pidns?.vpidOf(proc) ?? proc.pid;

/**
 * find_task_by_vpid(): the process that `number` means to `proc`. What fork() returned to a process inside is the
 * machine's number, so that this is found too.
 */
export function findVpid(proc: Proc, number: number): Proc | undefined {
  const own = proc.host.procs.get(number);
  if (!proc.pidns) return own;
  return proc.pidns.find(number) ?? (own?.pidns === proc.pidns ? own : undefined);
}

/** The processes that a process sees. */
export const visibleProcs = (proc: Proc): readonly Proc[] =>
  proc.pidns ? proc.pidns.members : [...proc.host.procs.values()];
