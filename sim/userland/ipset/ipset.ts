import { concat, utf8Decode } from '../../base/bytes';
import { ok } from '../../base/result';
import { strerror } from '../../linux/errno';
import { readTextAt, writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError, readAll } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type CommandLine, type Options, parseCommandLine } from './command-line';
import { type Answer, runCommand } from './commands';
import { failure, type Parsed, type Problem } from './problem';
import { splitLine } from './restore-line';

/** main() of src/ipset.c, ipset_parse_argv() of lib/ipset.c. */
export const ipset: Program = function* (proc, argv) {
  const line = parseCommandLine(argv.slice(1));
  if (!line.ok) return yield* fail(proc, line.error, false);
  const { options } = line.value;
  const restoring = line.value.command === 'restore';
  const done = yield* restoring ? restore(proc, options) : runCommand(proc, line.value);
  if (!done.ok) return yield* fail(proc, done.error, options.quiet);
  return yield* tell(proc, line.value, done.value);
};

/** What a command has to say; lists may go to a file. */
function* tell(proc: Proc, { command, options }: CommandLine, answer: Answer): Blocking<number> {
  const { code = 0, notice, out } = answer;
  if (notice !== undefined && !options.quiet) yield* printError(proc, notice);
  if (out === undefined) return code;
  const lists = command === 'list' || command === 'save';
  if (!lists || options.file === undefined) {
    yield* print(proc, out);
    return code;
  }
  const errno = writeFileAt(proc, options.file, out);
  if (errno === undefined) return code;
  const text = `Cannot open ${options.file} for writing: ${strerror(errno)}`;
  return yield* fail(proc, { status: 1, text }, options.quiet);
}

/** ipset_custom_error(), the exit status with it. */
function* fail(proc: Proc, problem: Problem, quiet: boolean): Blocking<number> {
  const { absent, status, text } = problem;
  if (absent) yield* printError(proc, `hopwise: ipset: ${text} is not simulated\n`);
  else if (!quiet) {
    const hint = status === 2 ? "Try `ipset help' for more information.\n" : '';
    yield* printError(proc, `ipset v7.17: ${text}\n${hint}`);
  }
  return status;
}

/** ipset_parse_stream(): a command a line; the first that fails ends it. */
function* restore(proc: Proc, options: Options): Blocking<Parsed<Answer>> {
  const input = yield* restoreText(proc, options.file);
  if (!input.ok) return input;
  for (const [i, text] of input.value.split('\n').entries()) {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed === 'COMMIT') continue;
    const done = yield* restoreLine(proc, trimmed, options);
    if (done.ok) continue;
    const { error } = done;
    const where = error.absent ? '' : `Error in line ${i + 1}: `;
    return { ok: false, error: { ...error, text: where + error.text } };
  }
  return ok({});
}

function* restoreLine(proc: Proc, text: string, options: Options): Blocking<Parsed<Answer>> {
  const words = splitLine(text);
  if (!words.ok) return failure(words.error);
  const line = parseCommandLine(words.value, options);
  if (!line.ok) return line;
  if (line.value.command === 'restore') return failure('Internal error: restore in restore');
  return yield* runCommand(proc, line.value);
}

function* restoreText(proc: Proc, path: string | undefined): Blocking<Parsed<string>> {
  if (path === undefined) {
    const stdin = proc.fds.get(0);
    const parts = stdin ? yield* readAll(proc, stdin) : 'EBADF';
    return typeof parts === 'string' ? failure(strerror(parts)) : ok(utf8Decode(concat(parts)));
  }
  const file = readTextAt(proc, path);
  if (typeof file !== 'string') return ok(file.text);
  return failure(`Cannot open ${path} for reading: ${strerror(file)}`);
}
