import type { Blocking } from '../../linux/wait-queue';
import { expandAliases } from './alias';
import { readCommand } from './grammar';
import { CommandStream } from './parse';
import { reportProblem, runParsed } from './run-text';
import type { Shell } from './shell';
import { runPendingTraps } from './trap';

/** Where a shell gets its lines from; undefined: end of file. */
export interface LineInput {
  readLine(continued: boolean): Blocking<string | undefined>;
}

/** reader_loop(): reads complete commands and runs them until the end or `exit`. */
export function* runInput(sh: Shell, input: LineInput): Blocking<number> {
  let line = 1;
  for (;;) {
    const first = yield* input.readLine(false);
    if (first === undefined) break;
    let text = first;
    while (needsMore(text)) {
      const next = yield* input.readLine(true);
      if (next === undefined) break;
      text += next;
    }
    if (sh.interrupted) {
      sh.interrupted = false;
      continue;
    }
    yield* runLines(sh, text, line);
    line += text.split('\n').length - 1;
    if (sh.unwind?.kind === 'exit') break;
    sh.unwind = undefined;
  }
  return sh.status;
}

/** Runs the commands of a text; a mistake or an abandoned command ends that text only. */
export function* runLines(sh: Shell, text: string, line: number): Blocking<void> {
  const stream = new CommandStream(
    text,
    line,
    (one) => expandAliases(sh, one),
    () => sh.shoptOn('extglob'),
  );
  for (;;) {
    const parsed = stream.next();
    if (parsed.kind === 'end') return;
    if (parsed.kind === 'failed') {
      yield* reportProblem(sh, parsed.problem, '');
      if (!sh.interactive) sh.unwind = { kind: 'exit' };
      return;
    }
    yield* runParsed(sh, parsed);
    yield* runPendingTraps(sh);
    if (sh.unwind?.kind === 'exit') return;
    const stop = sh.unwind !== undefined && sh.interactive;
    sh.unwind = undefined;
    if (stop) return;
  }
}

/** Is the text the beginning of a command that goes on in the next line (PS2)? */
export function needsMore(text: string): boolean {
  if (/(^|[^\\])(\\\\)*\\\n$/.test(text)) return true;
  for (let pos = 0; pos < text.length; ) {
    const reading = readCommand(text, pos);
    if (reading.kind === 'failed') return reading.failure.kind === 'more';
    if (reading.kind === 'command' && reading.open) return true;
    pos = reading.end;
  }
  return false;
}
