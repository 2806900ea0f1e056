import type { AndOr, Command, CommandNode, Pipeline, PipelineNode, Statement } from 'unbash';
import { type Proc, tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { runCompound } from './compound';
import { addJob } from './job';
import { nodeText } from './node-text';
import type { Source } from './parse';
import { runPipeline, startPipeline } from './pipeline';
import { MAX_NESTING, type Shell } from './shell';
import { forkShell } from './shell-fork';
import { runSimple } from './simple';
import { runPendingTraps, runTrap } from './trap';

/** execute_command() over a list; stops when something unwinds. */
export function* runStatements(sh: Shell, statements: readonly Statement[]): Blocking<number> {
  if (sh.nesting >= MAX_NESTING) {
    yield* sh.error(`maximum function nesting level exceeded`);
    sh.giveUp(1, false);
    return 1;
  }
  sh.nesting += 2;
  for (const statement of statements) {
    yield* tick(sh.proc, 2);
    if (sh.has('noexec') && !sh.interactive) continue;
    if (statement.background) yield* background(sh, statement);
    else yield* runAndOr(sh, statement.command);
    if (sh.proc.pending.length > 0 || sh.pendingSignals.length > 0) yield* runPendingTraps(sh);
    if (sh.unwind) break;
  }
  sh.nesting -= 2;
  return sh.status;
}

function* runAndOr(sh: Shell, node: PipelineNode | AndOr): Blocking<number> {
  if (node.type !== 'AndOr') return yield* runPipelineNode(sh, node);
  const last = node.commands.length - 1;
  for (let i = 0; i <= last; i++) {
    const operator = node.operators[i - 1];
    if (operator === '&&' && sh.status !== 0) continue;
    if (operator === '||' && sh.status === 0) continue;
    const command = node.commands[i];
    if (!command) break;
    if (i < last) sh.noErrexit++;
    yield* runPipelineNode(sh, command);
    if (i < last) sh.noErrexit--;
    if (sh.unwind) break;
  }
  return sh.status;
}

function* runPipelineNode(sh: Shell, node: PipelineNode): Blocking<number> {
  if (node.type === 'Pipeline') return yield* prefixed(sh, node);
  yield* runCommand(sh, node);
  return sh.status;
}

/** `time` and `!` before a pipeline. */
function* prefixed(sh: Shell, node: Pipeline): Blocking<number> {
  const negated = node.prefixes.filter((one) => one.type === 'Negation').length % 2 === 1;
  const hasNegation = node.prefixes.some((one) => one.type === 'Negation');
  const time = node.prefixes.find((one) => one.type === 'Time');
  const start = sh.proc.host.nowUs;
  if (hasNegation) sh.noErrexit++;
  if (node.commands.length === 1 && node.commands[0]) yield* runCommand(sh, node.commands[0]);
  else if (node.commands.length > 1) {
    yield* runPipeline(sh, node);
    if (!sh.unwind) yield* afterFailure(sh);
  } else sh.status = 0;
  if (hasNegation) sh.noErrexit--;
  if (time && time.type === 'Time') yield* tellTime(sh, start, time.posix !== undefined);
  if (negated && !sh.unwind) sh.status = sh.status === 0 ? 1 : 0;
  return sh.status;
}

function* tellTime(sh: Shell, startUs: number, posix: boolean): Blocking<void> {
  const us = sh.proc.host.nowUs - startUs;
  const text = (value: number): string => {
    const seconds = value / 1_000_000;
    if (posix) return seconds.toFixed(2);
    const minutes = Math.floor(seconds / 60);
    return `${minutes}m${(seconds - minutes * 60).toFixed(3)}s`;
  };
  const format = posix ? undefined : sh.get('TIMEFORMAT');
  if (format === '') return;
  const gap = posix ? ' ' : '\t';
  const lead = posix ? '' : '\n';
  const out =
    format === undefined
      ? `${lead}real${gap}${text(us)}\nuser${gap}${text(0)}\nsys${gap}${text(0)}\n`
      : `${format.replace(/%(\d?)l?([RUS%])/g, (_all, digits: string, what: string) => {
          if (what === '%') return '%';
          const value = what === 'R' ? us / 1_000_000 : 0;
          return value.toFixed(digits === '' ? 3 : Number(digits));
        })}\n`;
  yield* sh.raw(2, out);
}

/** One command of a pipeline, with what follows a failure (set -e, ERR). */
export function* runCommand(sh: Shell, node: CommandNode): Blocking<number> {
  if (sh.source) {
    sh.wordLine = sh.source.lineAt(node.pos);
    sh.line = node.type === 'Command' ? simpleLine(sh.source, node) : sh.wordLine;
  }
  switch (node.type) {
    case 'Command':
      yield* runSimple(sh, node);
      break;
    default:
      yield* runCompound(sh, node);
  }
  if (sh.status !== 0 && !sh.unwind && failureCounts(node)) yield* afterFailure(sh);
  return sh.status;
}

/**
 * The line of a simple command is where the parser stood when it made it: behind its first word
 * and the token after that, which it needs to see (`name (` begins a function).
 */
function simpleLine(source: Source, node: Command): number {
  if (!node.name || node.prefix.length > 0) return source.lineAt(node.pos);
  const next = node.suffix[0];
  if (!next) return source.lineAt(node.name.end);
  const isWord = next.type === 'Word' || next.type === 'Assignment';
  return source.lineAt(isWord ? next.end : next.pos);
}

/** Commands whose failure set -e looks at; the others pass on what happened inside. */
function failureCounts(node: CommandNode): boolean {
  switch (node.type) {
    case 'Command':
    case 'TestCommand':
    case 'ArithmeticCommand':
    case 'Subshell':
      return true;
    case 'Redirected':
      return failureCounts(node.command);
    default:
      return false;
  }
}

/** The ERR trap, then set -e. */
export function* afterFailure(sh: Shell): Blocking<void> {
  if (sh.status === 0 || sh.noErrexit > 0) return;
  const inFunction = sh.functionDepth > 0 && !sh.has('errtrace');
  if (sh.traps.has('ERR') && !inFunction && sh.inTrap === 0) yield* runTrap(sh, 'ERR');
  if (sh.has('errexit') && !sh.unwind) sh.unwind = { kind: 'exit' };
}

/** `… &`. */
function* background(sh: Shell, statement: Statement): Blocking<void> {
  const { command } = statement;
  const text = nodeText(sh, command);
  const parts = command.type === 'Pipeline' && command.prefixes.length === 0;
  const children = parts
    ? (yield* startPipeline(sh, command, { background: true })).children
    : [backgroundShell(sh, command)].filter((child) => child !== undefined);
  const last = children.at(-1);
  if (!last) {
    yield* sh.error('fork: retry: Resource temporarily unavailable');
    sh.status = 254;
    return;
  }
  const pids = children.map((child) => child.pid);
  const job = addJob(sh, pids, text, false);
  sh.lastBackground = last.pid;
  sh.status = 0;
  if (sh.interactive) yield* sh.raw(2, `[${job.id}] ${last.pid}\n`);
}

/** A child for anything but a pipeline. It becomes a simple command: `$!` and `kill %1` then mean the command itself. */
function backgroundShell(sh: Shell, command: Statement['command']): Proc | undefined {
  return forkShell(sh, {
    background: true,
    body: (inner) => {
      inner.mayExec = command.type === 'Command';
      return runAndOr(inner, command);
    },
  });
}
