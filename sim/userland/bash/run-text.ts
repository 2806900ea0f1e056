import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { expandAliases } from './alias';
import { CommandStream, type Parsed, type Problem } from './parse';
import { runStatements } from './run';
import type { Shell } from './shell';

export interface RunTextOptions {
  readonly firstLine: number;
  /** A mistake in the text of a trap or of PROMPT_COMMAND does not end the shell. */
  readonly trap?: boolean;
  /** `eval: line 1:` and the like before syntax errors. */
  readonly label?: string;
}

/** parse_and_execute(): the commands of a text one by one, in this shell. */
export function* runText(sh: Shell, text: string, options: RunTextOptions): Blocking<number> {
  const stream = new CommandStream(
    text,
    options.firstLine,
    (line) => expandAliases(sh, line),
    () => sh.shoptOn('extglob'),
  );
  const before = sh.source;
  sh.status = text.trim() === '' ? 0 : sh.status;
  for (;;) {
    const parsed = stream.next();
    if (parsed.kind === 'end') break;
    if (parsed.kind === 'failed') {
      yield* reportProblem(sh, parsed.problem, options.label ?? (sh.fromString ? '-c: ' : ''));
      break;
    }
    yield* runParsed(sh, parsed);
    if (sh.unwind) break;
  }
  sh.source = before;
  return sh.status;
}

/** Runs one complete command; `discard` ends it and no more at the top level of a shell. */
export function* runParsed(
  sh: Shell,
  parsed: Extract<Parsed, { kind: 'command' }>,
): Blocking<number> {
  if (sh.has('verbose')) {
    yield* sh.raw(2, parsed.raw.endsWith('\n') ? parsed.raw : `${parsed.raw}\n`);
  }
  if (parsed.open) {
    sh.line = parsed.open.endLine;
    const where = `here-document at line ${parsed.open.line} delimited by end-of-file`;
    yield* sh.error(`warning: ${where} (wanted \`${parsed.open.doc.delimiter}')`);
  }
  sh.source = parsed.source;
  return yield* runStatements(sh, parsed.statements);
}

/** report_syntax_error() of parse.y. */
export function* reportProblem(sh: Shell, problem: Problem, label: string): Blocking<void> {
  const { failure } = problem;
  const say = (line: number, text: string): Blocking<unknown> => {
    const name = sh.prefix.replace(/(line \d+: )?$/, '');
    const where = sh.interactive ? '' : `${label}line ${line}: `;
    return printError(sh.proc, `${name}${where}${text}\n`);
  };
  sh.status = 2;
  if (failure.kind === 'more') {
    if (failure.wanted === undefined) {
      yield* say(problem.endLine, 'syntax error: unexpected end of file');
      return;
    }
    yield* say(problem.line, `unexpected EOF while looking for matching \`${failure.wanted}'`);
    return;
  }
  if (failure.kind === 'message') {
    yield* say(problem.line, failure.text);
    yield* say(problem.line, `syntax error near \`${failure.near}'`);
  } else yield* say(problem.line, `syntax error near unexpected token \`${failure.near}'`);
  if (!sh.interactive) yield* say(problem.line, `\`${problem.text}'`);
}
