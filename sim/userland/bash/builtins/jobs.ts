import { findVpid, visibleProcs } from '../../../linux/pid-namespace';
import { exitCode } from '../../../linux/process';
import { waitOn } from '../../../linux/process-io';
import { parseSignal, type Signal, signalOfNumber } from '../../../linux/signal';
import type { Blocking } from '../../../linux/wait-queue';
import { assign } from '../assign';
import { type Builtin, fail, optionProblem, out, parseOptions, usage } from '../builtin';
import {
  findJob,
  forgetDone,
  type Job,
  jobLine,
  jobState,
  reap,
  removeJob,
  stateText,
  tellKilled,
  waitJob,
} from '../job';
import { giveTerminal } from '../pipeline';
import type { Shell } from '../shell';
import { collectSignals } from '../trap';
import { decodeSignal, signalList } from './trap';

/** jobs.def. */
function* jobs(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'lpnxrs');
  const problem = optionProblem(options);
  if (problem)
    return yield* usage(
      sh,
      'jobs',
      problem,
      'jobs [-lnprs] [jobspec ...] or jobs -x command [args]',
    );
  reap(sh);
  forgetDone(sh);
  let text = '';
  let status = 0;
  let list: Job[] = sh.jobs.list;
  if (options.rest.length > 0) {
    list = [];
    for (const spec of options.rest) {
      const job = findJob(sh, spec);
      if (typeof job === 'string') status = yield* fail(sh, 'jobs', `${spec}: no such job`);
      else list.push(job);
    }
  }
  for (const job of list) {
    const state = jobState(job);
    if (options.flags.has('r') && state !== 'Running') continue;
    if (options.flags.has('s') && state !== 'Stopped') continue;
    text += options.flags.has('p')
      ? `${job.pgid}\n`
      : `${jobLine(sh, job, options.flags.has('l'))}\n`;
    if (state === 'Done') job.notified = true;
  }
  for (const job of [...sh.jobs.list])
    if (jobState(job) === 'Done' && job.notified) removeJob(sh, job);
  yield* out(sh, 'jobs', text);
  return status;
}

function* resolveJob(sh: Shell, name: string, spec: string | undefined): Blocking<Job | undefined> {
  const job = findJob(sh, spec ?? '');
  if (typeof job !== 'string') return job;
  const shown = spec ?? 'current';
  yield* sh.error(
    job === 'ambiguous'
      ? `${name}: ${shown}: ambiguous job spec`
      : `${name}: ${shown}: no such job`,
  );
  return undefined;
}

/** fg_bg.def. */
const resume = (name: 'fg' | 'bg'): Builtin =>
  function* (sh, words) {
    if (!sh.has('monitor')) return yield* fail(sh, name, 'no job control');
    reap(sh);
    const job = yield* resolveJob(sh, name, words[1]);
    if (!job) return 1;
    const stoppedBefore = jobState(job) === 'Stopped';
    for (const one of job.processes) if (one.status === 'stopped') one.status = 'running';
    sh.jobs.recent = [...sh.jobs.recent.filter((id) => id !== job.id), job.id];
    if (name === 'bg') {
      const mark = '+';
      if (!stoppedBefore) return yield* fail(sh, 'bg', `job ${job.id} already in background`, 0);
      yield* sh.raw(1, `[${job.id}]${mark} ${job.text} &\n`);
      job.foreground = false;
      signalGroup(sh, job, 'CONT');
      return 0;
    }
    yield* sh.raw(1, `${job.text}\n`);
    job.foreground = true;
    giveTerminal(sh, job.pgid);
    signalGroup(sh, job, 'CONT');
    const statuses = yield* waitJob(sh, job);
    yield* tellKilled(sh, job);
    return statuses.at(-1) ?? 0;
  };

function signalGroup(sh: Shell, job: Job, signal: Signal): void {
  if (sh.has('monitor')) {
    for (const proc of [...sh.proc.host.procs.values()])
      if (proc.pgid === job.pgid) proc.kill(signal);
    return;
  }
  for (const one of job.processes) sh.proc.host.procs.get(one.pid)?.kill(signal);
}

/** wait.def. */
function* wait(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'fnp:');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'wait', problem, 'wait [-fn] [-p var] [id ...]');
  const variable = options.values.get('p');
  if (variable !== undefined) sh.vars.remove(variable);
  if (options.flags.has('n')) return yield* waitNext(sh, options.rest, variable);
  if (options.rest.length === 0) {
    return yield* waitFor(
      sh,
      () =>
        sh.jobs.list.every((job) => job.foreign || jobState(job) !== 'Running') ? 0 : undefined,
      true,
    );
  }
  let status = 0;
  for (const id of options.rest) {
    status = yield* waitOne(sh, id);
    if (sh.pendingSignals.length > 0) return status;
  }
  if (variable !== undefined) yield* assign(sh, { name: variable }, options.rest.at(-1) ?? '');
  return status;
}

/** Waits until `check` has a status; a trapped signal ends it with 128 + n. */
function* waitFor(sh: Shell, check: () => number | undefined, forget = false): Blocking<number> {
  for (;;) {
    reap(sh);
    const status = check();
    if (status !== undefined) {
      if (forget) {
        for (const job of [...sh.jobs.list]) {
          if (jobState(job) !== 'Done') continue;
          if (!sh.interactive) removeJob(sh, job);
        }
        sh.jobs.statuses.clear();
      }
      return status;
    }
    yield* waitOn([sh.proc.childChanged]);
    collectSignals(sh);
    const caught = sh.pendingSignals.find((signal) => sh.traps.has(signal) || signal === 'INT');
    if (caught) return exitCode({ kind: 'signaled', signal: caught });
  }
}

function* waitOne(sh: Shell, id: string): Blocking<number> {
  if (id.startsWith('%')) {
    const job = yield* resolveJob(sh, 'wait', id);
    if (!job) return 127;
    return yield* waitThen(sh, job);
  }
  if (!/^\d+$/.test(id)) {
    return yield* fail(sh, 'wait', `\`${id}': not a pid or valid job spec`);
  }
  const pid = Number(id);
  const job = sh.jobs.list.find(
    (one) => !one.foreign && one.processes.some((process) => process.pid === pid),
  );
  if (job) return yield* waitThen(sh, job, pid);
  const known = sh.jobs.statuses.get(pid);
  if (known) return exitCode(known);
  if (sh.proc.children.has(pid)) {
    return yield* waitFor(sh, () => {
      const status = sh.jobs.statuses.get(pid);
      return status && exitCode(status);
    });
  }
  return yield* fail(sh, 'wait', `pid ${id} is not a child of this shell`, 127);
}

function* waitThen(sh: Shell, job: Job, pid?: number): Blocking<number> {
  const status = yield* waitFor(sh, () => {
    const one =
      pid === undefined
        ? job.processes.at(-1)
        : job.processes.find((process) => process.pid === pid);
    if (one && typeof one.status !== 'string') return exitCode(one.status);
    return one?.status === 'stopped' ? 148 : undefined;
  });
  if (jobState(job) === 'Done') {
    if (!job.notified && !sh.interactive) yield* tellKilled(sh, job);
    job.notified = true;
  }
  return status;
}

/** wait -n: whichever ends next. */
function* waitNext(
  sh: Shell,
  ids: readonly string[],
  variable: string | undefined,
): Blocking<number> {
  const wanted = (job: Job): boolean =>
    ids.length === 0 ||
    ids.some((id) =>
      id.startsWith('%')
        ? findJob(sh, id) === job
        : job.processes.some((one) => one.pid === Number(id)),
    );
  if (!sh.jobs.list.some(wanted)) return 127;
  let ended: Job | undefined;
  const status = yield* waitFor(sh, () => {
    ended = sh.jobs.list.find((job) => wanted(job) && jobState(job) === 'Done');
    const last = ended?.processes.at(-1)?.status;
    return last && typeof last !== 'string' ? exitCode(last) : undefined;
  });
  if (!ended) return status;
  removeJob(sh, ended);
  if (variable !== undefined)
    yield* assign(sh, { name: variable }, String(ended.processes.at(-1)?.pid ?? ''));
  return status;
}

const KILL_USAGE =
  'kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]';

/** kill.def. */
function* kill(sh: Shell, words: readonly string[]): Blocking<number> {
  let args = words.slice(1);
  let signal: Signal | 'none' | undefined = 'TERM';
  const first = args[0] ?? '';
  if (first === '-l' || first === '-L') return yield* listSignals(sh, args.slice(1));
  if (first === '-s' || first === '-n') {
    signal = signalNamed(args[1] ?? '');
    if (!signal) return yield* fail(sh, 'kill', `${args[1] ?? ''}: invalid signal specification`);
    args = args.slice(2);
  } else if (/^-./.test(first) && first !== '--') {
    signal = signalNamed(first.slice(1));
    if (!signal) return yield* fail(sh, 'kill', `${first.slice(1)}: invalid signal specification`);
    args = args.slice(1);
  }
  if (args[0] === '--') args = args.slice(1);
  if (args.length === 0) {
    yield* sh.raw(2, `kill: usage: ${KILL_USAGE}\n`);
    return 2;
  }
  let failed = 0;
  for (const id of args) if (!(yield* killOne(sh, id, signal))) failed++;
  return failed === 0 ? 0 : 1;
}

function signalNamed(text: string): Signal | 'none' | undefined {
  if (text === '0' || text.toUpperCase() === 'EXIT') return 'none';
  return parseSignal(text);
}

function* killOne(sh: Shell, id: string, signal: Signal | 'none'): Blocking<boolean> {
  if (id.startsWith('%')) {
    reap(sh);
    const job = yield* resolveJob(sh, 'kill', id);
    if (!job) return false;
    if (signal === 'none') return true;
    signalGroup(sh, job, signal);
    if (stateText(job).startsWith('Stopped') && (signal === 'TERM' || signal === 'HUP'))
      signalGroup(sh, job, 'CONT');
    return true;
  }
  if (!/^-?\d+$/.test(id)) {
    yield* sh.error(`kill: ${id}: arguments must be process or job IDs`);
    return false;
  }
  const pid = Number(id);
  const group = pid === 0 ? sh.proc.pgid : -pid;
  const one = pid > 0 ? findVpid(sh.proc, pid) : undefined;
  const all = pid > 0 ? (one ? [one] : []) : visibleProcs(sh.proc).filter((p) => p.pgid === group);
  if (all.length === 0) {
    yield* sh.error(`kill: (${id}) - No such process`);
    return false;
  }
  if (signal !== 'none') for (const proc of all) proc.kill(signal, sh.proc);
  if (all.includes(sh.proc)) yield { kind: 'wait', on: [], timeoutUs: 0 };
  return true;
}

function* listSignals(sh: Shell, args: readonly string[]): Blocking<number> {
  if (args.length === 0) return yield* out(sh, 'kill', signalList());
  let status = 0;
  for (const arg of args) {
    const number = Number(arg);
    const name = /^\d+$/.test(arg)
      ? signalOfNumber(number > 128 ? number - 128 : number)
      : undefined;
    const decoded = decodeSignal(arg);
    if (/^\d+$/.test(arg) ? name : decoded) {
      const signal = decoded && parseSignal(decoded);
      const shown = /^\d+$/.test(arg)
        ? (name ?? '')
        : String(signal ? exitCode({ kind: 'signaled', signal }) - 128 : 0);
      yield* out(sh, 'kill', `${shown}\n`);
    } else status = yield* fail(sh, 'kill', `${arg}: invalid signal specification`);
  }
  return status;
}

function* disown(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'ahr');
  const problem = optionProblem(options);
  if (problem)
    return yield* usage(sh, 'disown', problem, 'disown [-h] [-ar] [jobspec ... | pid ...]');
  if (options.flags.has('a')) {
    sh.jobs.list = [];
    sh.jobs.recent = [];
    return 0;
  }
  let status = 0;
  for (const spec of options.rest.length > 0 ? options.rest : ['%+']) {
    const byPid = sh.jobs.list.find((one) =>
      one.processes.some((process) => String(process.pid) === spec),
    );
    const job = byPid ?? findJob(sh, spec);
    if (typeof job === 'string') {
      const shown = options.rest.length > 0 ? spec : 'current';
      status = yield* fail(sh, 'disown', `${shown}: no such job`);
    } else if (options.flags.has('h')) job.disowned = true;
    else removeJob(sh, job);
  }
  return status;
}

function* suspend(sh: Shell): Blocking<number> {
  if (!sh.has('monitor')) return yield* fail(sh, 'suspend', 'cannot suspend: no job control');
  sh.proc.kill('STOP');
  yield { kind: 'wait', on: [], timeoutUs: 0 };
  return 0;
}

export const jobBuiltins: readonly (readonly [string, Builtin])[] = [
  ['jobs', jobs],
  ['fg', resume('fg')],
  ['bg', resume('bg')],
  ['wait', wait],
  ['kill', kill],
  ['disown', disown],
  ['suspend', suspend],
];
