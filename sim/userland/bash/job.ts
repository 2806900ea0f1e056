import { exitCode, type Proc, type Status } from '../../linux/process';
import { pollChild, printError, waitOn } from '../../linux/process-io';
import type { Signal } from '../../linux/signal';
import type { Blocking } from '../../linux/wait-queue';
import type { Shell } from './shell';
import { collectSignals } from './trap';

export interface JobProcess {
  readonly pid: number;
  status: Status | 'running' | 'stopped';
}

/** A pipeline that runs, or ran, beside or in front of the shell (jobs.h, JOB). */
export interface Job {
  readonly id: number;
  readonly pgid: number;
  readonly processes: readonly JobProcess[];
  readonly text: string;
  foreground: boolean;
  /** The shell has told of its last change. */
  notified: boolean;
  disowned?: boolean;
  /** Of the shell that this one was forked from: shown, but not waited for. */
  readonly foreign?: boolean;
  stopSignal?: Signal | undefined;
}

export interface Jobs {
  list: Job[];
  /** `%+` and `%-`, newest last. */
  recent: number[];
  /** Statuses of background children that ended, for a later `wait`. */
  statuses: Map<number, Status>;
  substitutions: Set<number>;
}

export const newJobs = (): Jobs => ({
  list: [],
  recent: [],
  statuses: new Map(),
  substitutions: new Set(),
});

/** How many ended background children a shell remembers (CHILD_MAX). */
const MAX_REMEMBERED = 1024;

export function addJob(sh: Shell, pids: readonly number[], text: string, foreground: boolean): Job {
  if (!foreground) forgetDone(sh);
  const used = sh.jobs.list.map((job) => job.id);
  const id = Math.max(0, ...used) + 1;
  const processes = pids.map((pid): JobProcess => ({ pid, status: 'running' }));
  const job: Job = { id, pgid: pids[0] ?? 0, processes, text, foreground, notified: foreground };
  sh.jobs.list.push(job);
  if (!foreground) sh.jobs.recent.push(id);
  return job;
}

/** cleanup_dead_jobs(): jobs that ended and were told of. */
export function forgetDone(sh: Shell): void {
  for (const job of [...sh.jobs.list]) {
    if (job.notified && !job.foreground && jobState(job) === 'Done') removeJob(sh, job);
  }
}

/** wait_for() of a shell that runs a string (`-c`): background jobs that ended leave the table; `wait PID` still knows them. */
function dropDead(sh: Shell): void {
  reap(sh);
  for (const job of [...sh.jobs.list]) {
    if (!job.foreground && !job.foreign && jobState(job) === 'Done') removeJob(sh, job);
  }
}

export function removeJob(sh: Shell, job: Job): void {
  sh.jobs.list = sh.jobs.list.filter((one) => one !== job);
  sh.jobs.recent = sh.jobs.recent.filter((id) => id !== job.id);
}

export type JobState = 'Running' | 'Stopped' | 'Done';

export function jobState(job: Job): JobState {
  if (job.processes.some((one) => one.status === 'running')) return 'Running';
  if (job.processes.some((one) => one.status === 'stopped')) return 'Stopped';
  return 'Done';
}

/** Takes notice of all children that changed (waitchld). */
export function reap(sh: Shell): void {
  for (;;) {
    const found = pollChild(sh.proc, 'any', true);
    if (typeof found === 'string') return;
    note(sh, found.proc, found.status);
  }
}

function note(sh: Shell, proc: Proc, status: Status | 'stopped' | 'continued'): void {
  const { pid } = proc;
  if (typeof status !== 'string') {
    sh.jobs.statuses.set(pid, status);
    const oldest = sh.jobs.statuses.keys().next().value;
    if (sh.jobs.statuses.size > MAX_REMEMBERED && oldest !== undefined) {
      sh.jobs.statuses.delete(oldest);
    }
  }
  for (const job of sh.jobs.list) {
    for (const one of job.processes) {
      if (one.pid !== pid) continue;
      one.status = status === 'continued' ? 'running' : status;
      if (status === 'stopped') job.stopSignal = proc.stopSignal;
      if (!job.foreground) job.notified = false;
    }
  }
}

/** Waits for one child; its job table entry is kept up. */
export function* waitPid(sh: Shell, child: Proc): Blocking<Status> {
  for (;;) {
    reap(sh);
    const status = sh.jobs.statuses.get(child.pid);
    if (status) {
      sh.jobs.statuses.delete(child.pid);
      return status;
    }
    yield* waitOn([sh.proc.childChanged]);
    collectSignals(sh);
  }
}

/**
 * Waits until a foreground job ends or stops (wait_for). The status is that of its last process.
 */
export function* waitJob(sh: Shell, job: Job): Blocking<number[]> {
  for (;;) {
    reap(sh);
    const state = jobState(job);
    if (state !== 'Running') break;
    yield* waitOn([sh.proc.childChanged]);
    collectSignals(sh);
  }
  if (sh.has('monitor') && sh.proc.tty) sh.proc.tty.foreground = sh.proc.pgid;
  if (jobState(job) === 'Stopped') return yield* stopped(sh, job);
  removeJob(sh, job);
  if (sh.fromString) dropDead(sh);
  for (const one of job.processes) sh.jobs.statuses.delete(one.pid);
  return job.processes.map((one) => (typeof one.status === 'string' ? 0 : exitCode(one.status)));
}

function* stopped(sh: Shell, job: Job): Blocking<number[]> {
  job.foreground = false;
  job.notified = true;
  sh.jobs.recent = [...sh.jobs.recent.filter((id) => id !== job.id), job.id];
  yield* printError(sh.proc, `\n${jobLine(sh, job)}\n`);
  return job.processes.map(() => 148);
}

const SIGNAL_TEXT: Readonly<Partial<Record<Signal, string>>> = {
  HUP: 'Hangup', INT: 'Interrupt', QUIT: 'Quit', ILL: 'Illegal instruction', TRAP: 'Trace/breakpoint trap',
  ABRT: 'Aborted', BUS: 'Bus error', FPE: 'Floating point exception', KILL: 'Killed', USR1: 'User defined signal 1',
  SEGV: 'Segmentation fault', USR2: 'User defined signal 2', PIPE: 'Broken pipe', ALRM: 'Alarm clock',
  TERM: 'Terminated', STKFLT: 'Stack fault', XCPU: 'CPU time limit exceeded', VTALRM: 'Virtual timer expired',
  PROF: 'Profiling timer expired', IO: 'I/O possible', PWR: 'Power failure', SYS: 'Bad system call',
}; // biome-ignore format: a table

export const signalText = (signal: Signal): string => SIGNAL_TEXT[signal] ?? `Signal ${signal}`;

/** printable_job_status(). */
export function stateText(job: Job): string {
  const state = jobState(job);
  if (state === 'Stopped') {
    return job.stopSignal && job.stopSignal !== 'TSTP'
      ? `Stopped(SIG${job.stopSignal})`
      : 'Stopped';
  }
  if (state === 'Running') return 'Running';
  const last = job.processes.at(-1)?.status;
  if (!last || typeof last === 'string') return 'Done';
  if (last.kind === 'signaled') return signalText(last.signal);
  return last.code === 0 ? 'Done' : `Exit ${last.code}`;
}

/** pretty_print_job(): `[1]+  Running                 sleep 5 &`. */
export function jobLine(sh: Shell, job: Job, withPid = false): string {
  const current = sh.jobs.recent.at(-1);
  const previous = sh.jobs.recent.at(-2);
  const mark = job.id === current ? '+' : job.id === previous ? '-' : ' ';
  const text = stateText(job).padEnd(23);
  const tail = jobState(job) === 'Running' && !job.foreground ? ' &' : '';
  const pid = withPid ? `${String(job.pgid).padStart(5)} ` : '';
  return `[${job.id}]${mark}  ${pid}${text} ${job.text}${tail}`;
}

/** What a killed foreground child leaves on stderr (notify_of_job_status). */
export function* tellKilled(sh: Shell, job: Job): Blocking<void> {
  const status = job.processes.at(-1)?.status;
  if (!status || typeof status === 'string' || status.kind !== 'signaled') return;
  const { signal } = status;
  // the cursor still stands behind the ^C that the terminal echoed
  if (signal === 'INT' && sh.interactive && job.foreground) yield* sh.raw(2, '\n');
  if (signal === 'INT' || signal === 'PIPE' || sh.fromString) return;
  if (sh.interactive || (signal === 'TERM' && job.foreground)) {
    yield* printError(sh.proc, `${signalText(signal)}\n`);
  } else if (signal !== 'TERM') {
    const pid = String(job.processes.at(-1)?.pid ?? 0).padStart(5);
    yield* sh.error(`${pid} ${signalText(signal).padEnd(23)} ${job.text}`);
  }
}

/** `%1`, `%+`, `%name`, `%?part`: the job, or why not. */
export function findJob(sh: Shell, spec: string): Job | 'none' | 'ambiguous' {
  const rest = spec.replace(/^%/, '');
  const byId = (id: number | undefined): Job | 'none' =>
    sh.jobs.list.find((job) => job.id === id) ?? 'none';
  if (rest === '' || rest === '+' || rest === '%') return byId(sh.jobs.recent.at(-1));
  if (rest === '-') return byId(sh.jobs.recent.at(-2) ?? sh.jobs.recent.at(-1));
  if (/^\d+$/.test(rest)) return byId(Number(rest));
  const found = sh.jobs.list.filter((job) =>
    rest.startsWith('?') ? job.text.includes(rest.slice(1)) : job.text.startsWith(rest),
  );
  if (found.length > 1) return 'ambiguous';
  return found[0] ?? 'none';
}
