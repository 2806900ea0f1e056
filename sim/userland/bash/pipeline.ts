import type { CommandNode, Pipeline } from 'unbash';
import type { OpenFile } from '../../linux/open-file';
import { Pipe } from '../../linux/pipe';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { addJob, type Job, tellKilled, waitJob } from './job';
import { nodeText } from './node-text';
import type { Shell } from './shell';
import { type ForkOptions, forkShell } from './shell-fork';

export interface Started {
  readonly children: readonly Proc[];
  /** What the part that was left out is to read. */
  readonly input: OpenFile | undefined;
}

export interface StartOptions {
  readonly background?: boolean;
  /** The last part is not started: `lastpipe` runs it in this shell. */
  readonly leaveLast?: boolean;
}

/** Starts all parts of a pipeline at once, each a child of this shell. */
export function* startPipeline(
  sh: Shell,
  node: Pipeline,
  { background = false, leaveLast = false }: StartOptions,
): Blocking<Started> {
  const count = node.commands.length;
  const children: Proc[] = [];
  let input: OpenFile | undefined;
  for (let i = 0; i < count - (leaveLast ? 1 : 0); i++) {
    const command = node.commands[i];
    if (!command) break;
    const pipe = i < count - 1 ? new Pipe(sh.proc.host.nextIno()) : undefined;
    const fds = new Map(sh.proc.fds);
    if (input) fds.set(0, input);
    const output = pipe?.open('write', 'pipe').get();
    const next = pipe?.open('read', 'pipe').get();
    if (output) fds.set(1, output);
    if (output && node.operators[i] === '|&') fds.set(2, output);
    const pgid = children[0]?.pid ?? 'own';
    const child = startPart(sh, command, { fds, pgid, background });
    input?.put();
    output?.put();
    input = next;
    if (child) children.push(child);
    else yield* sh.error('fork: retry: Resource temporarily unavailable');
  }
  return { children, input };
}

/** execute_pipeline(): the status is that of the last part, or of pipefail. */
export function* runPipeline(sh: Shell, node: Pipeline): Blocking<number> {
  const lastHere = sh.shoptOn('lastpipe') && !sh.has('monitor');
  const { children, input } = yield* startPipeline(sh, node, { leaveLast: lastHere });
  const job = addJob(
    sh,
    children.map((child) => child.pid),
    nodeText(sh, node),
    true,
  );
  giveTerminal(sh, job.pgid);
  if (lastHere && input) yield* runLast(sh, node.commands.at(-1), input);
  const lastStatus = sh.status;
  return yield* finishPipeline(sh, job, lastHere ? lastStatus : undefined);
}

function startPart(
  sh: Shell,
  command: CommandNode,
  options: Omit<ForkOptions, 'body'>,
): Proc | undefined {
  return forkShell(sh, {
    ...options,
    body: (inner) => {
      inner.mayExec = command.type === 'Command';
      return inner.interpreter.runCommand(inner, command);
    },
  });
}

/** shopt -s lastpipe: the last part runs in this shell. */
function* runLast(sh: Shell, command: CommandNode | undefined, input: OpenFile): Blocking<void> {
  if (!command) return;
  const before = sh.savedFile(0);
  sh.proc.dup2(input, 0);
  input.put();
  yield* sh.interpreter.runCommand(sh, command);
  if (before) {
    sh.proc.dup2(before, 0);
    before.put();
  } else sh.proc.close(0);
}

export function giveTerminal(sh: Shell, pgid: number): void {
  if (sh.has('monitor') && sh.proc.tty) sh.proc.tty.foreground = pgid;
}

function* finishPipeline(sh: Shell, job: Job, own: number | undefined): Blocking<number> {
  const statuses = yield* waitJob(sh, job);
  yield* tellKilled(sh, job);
  if (own !== undefined) statuses.push(own);
  sh.setArray('PIPESTATUS', statuses.map(String));
  const failed = sh.has('pipefail') ? [...statuses].reverse().find((one) => one !== 0) : undefined;
  sh.status = failed ?? statuses.at(-1) ?? 0;
  interruptIfKilled(sh, job);
  return sh.status;
}

/** A foreground child died of ^C: the shell gives its list up too (wait_sigint_handler). */
export function interruptIfKilled(sh: Shell, job: Job): void {
  const status = job.processes.at(-1)?.status;
  if (!status || typeof status === 'string' || status.kind !== 'signaled') return;
  if (status.signal === 'INT' && sh.interactive) sh.unwind ??= { kind: 'discard' };
}
