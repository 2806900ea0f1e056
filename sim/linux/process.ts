import { utf8Encode } from '../base/bytes';
import { ALL_CAPABILITIES, type Capability } from './capability';
import type { Host } from './host';
import type { MountNamespace } from './mount-namespace';
import type { Netns } from './netns';
import type { OpenFile } from './open-file';
import type { PidNamespace } from './pid-namespace';
import { type Disposition, defaultAction, SIGNALS, type Signal } from './signal';
import type { Tty } from './tty';
import { type Blocking, type Process, type Wait, WaitQueue, type Wake } from './wait-queue';

/** How a process ended or changed; `code` is 0..255. */
export type Status =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signaled'; readonly signal: Signal };

export type ProcState = 'ready' | 'running' | 'waiting' | 'stopped' | 'zombie' | 'dead';

/** The uts namespace. */
export interface Uts {
  hostname: string;
}

/** What a new process starts with; whatever is absent comes from the parent (fork). */
export interface Spawn {
  readonly main: (proc: Proc) => Process;
  readonly argv: readonly string[];
  readonly env?: ReadonlyMap<string, string> | undefined;
  readonly cwd?: string | undefined;
  /** Descriptors of the child; each is shared (as dup), not moved. */
  readonly fds?: ReadonlyMap<number, OpenFile> | undefined;
  readonly pgid?: 'own' | number | undefined;
  readonly netns?: Netns | undefined;
  readonly mounts?: MountNamespace | undefined;
  readonly uts?: Uts | undefined;
  /** A PID namespace to be in; its first process is its init. */
  readonly pidns?: PidNamespace | undefined;
  readonly capabilities?: ReadonlySet<Capability> | undefined;
  /** Caught signals return to default in the child, ignored ones stay (exec); default true. */
  readonly resetCaught?: boolean | undefined;
}

/** CPU time that a process may use before others get their turn, µs. */
const SLICE_US = 200;
/** What fork and exec cost in virtual time, µs; keeps a fork bomb inside the budgets. */
const FORK_US = 400;

/** struct task_struct. A process is a generator; this is what the kernel keeps of it. */
export class Proc {
  state: ProcState = 'ready';
  status: Status | undefined;
  argv: readonly string[];
  /** Environment handed to the next exec; the shell owns its variables itself. */
  env: ReadonlyMap<string, string>;
  cwd: string;
  umask = 0o022;
  pgid: number;
  sid: number;
  tty: Tty | undefined;
  netns: Netns;
  mounts: MountNamespace;
  uts: Uts;
  readonly pidns: PidNamespace | undefined;
  capabilities: ReadonlySet<Capability>;
  ppid: number;
  readonly uid = 0;
  readonly fds = new Map<number, OpenFile>();
  readonly children = new Map<number, Proc>();
  /** Woken when a child ends, stops or goes on. */
  readonly childChanged = new WaitQueue();
  readonly startUs: number;
  cpuUs = 0;
  #sliceUs = 0;
  #gen: Process | undefined;
  #waitingOn: readonly WaitQueue[] = [];
  #timer: { cancel(): void } | undefined;
  #wake: Wake | undefined;
  #dying: Status | undefined;
  readonly #dispositions = new Map<Signal, Disposition>();
  readonly #pending: Signal[] = [];
  /** A child's stop or continue that its parent has not yet seen. */
  change: 'stopped' | 'continued' | undefined;
  stopSignal: Signal | undefined;

  constructor(
    readonly host: Host,
    readonly pid: number,
    readonly parent: Proc | undefined,
    spawn: Spawn,
  ) {
    this.argv = spawn.argv;
    this.env = spawn.env ?? parent?.env ?? new Map();
    this.cwd = spawn.cwd ?? parent?.cwd ?? '/';
    this.ppid = parent?.pid ?? 0;
    this.pgid = pid;
    if (spawn.pgid !== 'own') this.pgid = spawn.pgid ?? parent?.pgid ?? pid;
    this.sid = parent?.sid ?? pid;
    this.tty = parent?.tty;
    this.netns = spawn.netns ?? parent?.netns ?? host.netns;
    this.mounts = spawn.mounts ?? parent?.mounts ?? host.mounts;
    this.uts = spawn.uts ?? parent?.uts ?? host.uts;
    this.pidns = spawn.pidns ?? parent?.pidns;
    this.pidns?.attach(this);
    this.capabilities = spawn.capabilities ?? parent?.capabilities ?? ALL_CAPABILITIES;
    this.umask = parent?.umask ?? 0o022;
    this.startUs = host.nowUs;
    for (const [fd, file] of spawn.fds ?? parent?.fds ?? []) this.fds.set(fd, file.get());
    if (parent) this.#inheritDispositions(parent, spawn.resetCaught ?? true);
    parent?.children.set(pid, this);
    this.#gen = spawn.main(this);
    this.#wake = { kind: 'woken' };
    host.kernel.scheduler.after(parent ? FORK_US : 0, this.#run);
  }

  /** The name in `ps`: argv[0] without its directories, 15 bytes as in the kernel. */
  get comm(): string {
    return (this.argv[0] ?? '').replace(/^-/, '').replace(/^.*\//, '').slice(0, 15);
  }

  get alive(): boolean {
    return this.state !== 'zombie' && this.state !== 'dead';
  }

  /** capable(), kernel/capability.c. */
  capable(capability: Capability): boolean {
    return this.capabilities.has(capability);
  }

  /** SIGNAL_UNKILLABLE: the init of a PID namespace gets only the signals that it catches, and SIGKILL from above. */
  get #unkillable(): boolean {
    return this.pidns?.init === this;
  }

  /** Names of the signals that wait to be taken. */
  get pending(): readonly Signal[] {
    return this.#pending;
  }

  disposition(signal: Signal): Disposition {
    return this.#dispositions.get(signal) ?? 'default';
  }

  /** sigaction(2). A caught signal interrupts waits (`Wake` 'signal') until it is taken. */
  setDisposition(signal: Signal, disposition: Disposition): void {
    if (signal === 'KILL' || signal === 'STOP') return;
    this.#dispositions.set(signal, disposition);
  }

  /** The next caught signal, if one is pending. */
  takeSignal(): Signal | undefined {
    return this.#pending.shift();
  }

  /** exec resets caught signals, keeps ignored ones. */
  resetCaught(): void {
    for (const [signal, how] of this.#dispositions) {
      if (how === 'catch') this.#dispositions.delete(signal);
    }
    this.#pending.length = 0;
  }

  /** send_signal(), kernel/signal.c. `from`: who sends it; a PID namespace's init is safe from its own. */
  kill(signal: Signal, from?: Proc): void {
    if (!this.alive) return;
    if (this.#unkillable && from?.pidns === this.pidns && this.disposition(signal) === 'default')
      return;
    if (signal === 'CONT' || signal === 'KILL') this.#continue();
    const how = signal === 'KILL' || signal === 'STOP' ? 'default' : this.disposition(signal);
    if (how === 'ignore') return;
    if (how === 'catch') {
      if (!this.#pending.includes(signal)) this.#pending.push(signal);
      this.#interrupt({ kind: 'signal' });
      return;
    }
    if (this.#unkillable && signal !== 'KILL' && signal !== 'STOP') return;
    const action = defaultAction(signal);
    if (action === 'stop') this.#stop(signal);
    if (action === 'terminate') this.#die({ kind: 'signaled', signal });
  }

  /** Ends the process from inside: `yield` right after (or return). */
  exitNow(code: number): void {
    this.#die({ kind: 'exited', code: code & 255 });
  }

  /** Charges CPU time; call it in loops, then `yield* preempt(proc)`. */
  charge(us: number): boolean {
    this.cpuUs += us;
    this.#sliceUs += us;
    this.host.usage.takeCpu(us);
    return this.#sliceUs >= SLICE_US;
  }

  /** The time charged since the last turn, which the process now has to let pass. */
  takeSlice(): number {
    const us = this.#sliceUs;
    this.#sliceUs = 0;
    return us;
  }

  /** The driver answers a `host` wait. */
  settle(result: unknown): void {
    if (this.state !== 'waiting') return;
    this.#interrupt({ kind: 'host', result });
  }

  /** Takes the status away (wait4): the zombie is gone. */
  reap(): Status | undefined {
    this.state = 'dead';
    this.parent?.children.delete(this.pid);
    this.host.forget(this);
    return this.status;
  }

  /** The lowest free descriptor at or above `from`. */
  install(file: OpenFile, from = 0): number {
    let fd = from;
    while (this.fds.has(fd)) fd++;
    this.fds.set(fd, file.get());
    return fd;
  }

  /** dup2: `fd` becomes `file`; what was there is closed. */
  dup2(file: OpenFile, fd: number): void {
    file.get();
    this.fds.get(fd)?.put();
    this.fds.set(fd, file);
  }

  close(fd: number): boolean {
    const file = this.fds.get(fd);
    if (!file) return false;
    this.fds.delete(fd);
    file.put();
    return true;
  }

  readonly #run = (): void => {
    const wake = this.#wake;
    if (!this.#gen || !wake || this.state !== 'ready') return;
    this.#wake = undefined;
    this.state = 'running';
    const step = this.#step(this.#gen, wake);
    if (!step) return;
    if (this.#dying) this.#finish(this.#dying);
    else if (step.done) this.#finish({ kind: 'exited', code: step.value & 255 });
    else this.#block(step.value);
  };

  /**
   * A program that runs out of stack or memory, or trips over a bug of ours, dies alone, as the kernel kills a process
   * that faults (docs/decisions/0007). What went wrong is said on its standard error.
   */
  #step(gen: Process, wake: Wake): IteratorResult<Wait, number> | undefined {
    try {
      return gen.next(wake);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const text =
        error instanceof RangeError ? 'out of stack or memory' : `internal error: ${why}`;
      this.host.kernel.fault(`${this.comm}: ${stackOf(error)}`);
      const file = this.fds.get(2);
      file?.ops.write(file, utf8Encode(`hopwise: ${this.comm}: ${text}\n`));
      this.#gen = undefined;
      this.#finish({ kind: 'signaled', signal: 'SEGV' });
      return undefined;
    }
  }

  #block(wait: Wait): void {
    this.state = 'waiting';
    if (wait.kind === 'host') {
      this.host.requestHost(this, wait.service, wait.request);
      return;
    }
    if (this.#pending.length > 0) {
      this.#interrupt({ kind: 'signal' });
      return;
    }
    this.#waitingOn = wait.on;
    for (const queue of wait.on) queue.add(this.#woken);
    if (wait.timeoutUs !== undefined) {
      this.#timer = this.host.kernel.scheduler.after(wait.timeoutUs, this.#timedOut);
    }
  }

  readonly #woken = (): void => this.#interrupt({ kind: 'woken' });
  readonly #timedOut = (): void => this.#interrupt({ kind: 'timeout' });

  #interrupt(wake: Wake): void {
    if (this.state === 'stopped') {
      this.#wake ??= wake;
      return;
    }
    if (this.state !== 'waiting') return;
    this.#unhook();
    this.#wake = wake;
    this.state = 'ready';
    this.host.kernel.scheduler.after(0, this.#run);
  }

  #unhook(): void {
    for (const queue of this.#waitingOn) queue.remove(this.#woken);
    this.#waitingOn = [];
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #stop(signal: Signal): void {
    if (this.state === 'stopped') return;
    if (this.state === 'waiting') this.#unhook();
    this.#wake ??= { kind: 'signal' };
    this.state = 'stopped';
    this.stopSignal = signal;
    this.#report('stopped');
  }

  #continue(): void {
    if (this.state !== 'stopped') return;
    this.state = 'ready';
    this.stopSignal = undefined;
    this.#report('continued');
    this.host.kernel.scheduler.after(0, this.#run);
  }

  #report(change: 'stopped' | 'continued'): void {
    this.change = change;
    this.parent?.kill('CHLD');
    this.parent?.childChanged.wake();
  }

  #die(status: Status): void {
    if (this.state === 'running') {
      this.#dying = status;
      return;
    }
    this.#finish(status);
  }

  #finish(status: Status): void {
    if (!this.alive) return;
    this.#unhook();
    const gen = this.#gen;
    this.#gen = undefined;
    this.state = 'zombie';
    gen?.return(0);
    this.status = status;
    for (const file of this.fds.values()) file.put();
    this.fds.clear();
    for (const child of this.children.values()) this.host.adopt(child);
    this.children.clear();
    this.#zapPidNamespace();
    this.host.exited(this);
  }

  /** zap_pid_ns_processes(): with its init a PID namespace ends. */
  #zapPidNamespace(): void {
    const { pidns } = this;
    if (!pidns) return;
    if (pidns.init === this) {
      for (const other of pidns.members) if (other !== this) other.kill('KILL');
    }
    pidns.detach(this);
  }

  #inheritDispositions(parent: Proc, resetCaught: boolean): void {
    for (const [signal, how] of parent.#dispositions) {
      if (how !== 'catch' || !resetCaught) this.#dispositions.set(signal, how);
    }
  }
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Lets the time pass that was charged, so that others run and budgets hold. Call after `charge` said true. */
export function* preempt(proc: Proc): Blocking<void> {
  yield { kind: 'wait', on: [], timeoutUs: proc.takeSlice() };
}

/** Charges `us` and takes a pause when the slice is used up. */
export function* tick(proc: Proc, us = 1): Blocking<void> {
  if (proc.charge(us)) yield* preempt(proc);
}

/** The exit status as a shell shows it: code, or 128 + signal. */
export const exitCode = (status: Status): number =>
  status.kind === 'exited' ? status.code : 128 + SIGNALS[status.signal];
