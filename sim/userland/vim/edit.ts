import type { Program } from '../../linux/inode';
import { normalisePath } from '../../linux/path';
import { print, printError } from '../../linux/process-io';

/** Our private OSC: the page opens the file in its editor pane. */
const OSC_EDIT = 7771;

/** A path that would end the control sequence early, or hide in it, is not sent. */
const CONTROL = /[\x00-\x1f\x7f-\x9f]/;

/**
 * vi(1), nano(1): no screen editor runs in the terminal; the file opens in the page's editor, and saving it there
 * writes it here. Omitted, and said so: options, more than one file, output that is not a terminal.
 */
export const edit: Program = function* (proc, argv) {
  const name = (argv[0] ?? 'vi').replace(/^.*\//, '');
  const [path, ...more] = argv.slice(1);
  const missing = whatIsMissing(path, more);
  if (missing !== undefined || path === undefined) {
    yield* printError(proc, `hopwise: ${name}: ${missing} is not simulated\n`);
    return 2;
  }
  if (proc.fds.get(1)?.ops.kind !== 'tty') {
    yield* printError(proc, `hopwise: ${name}: output that is not a terminal is not simulated\n`);
    return 2;
  }
  const absolute = normalisePath(path.startsWith('/') ? path : `${proc.cwd}/${path}`);
  if (CONTROL.test(absolute)) {
    yield* printError(proc, `hopwise: ${name}: a path with control characters is not simulated\n`);
    return 2;
  }
  yield* print(proc, `\x1b]${OSC_EDIT};${absolute}\x07`);
  return 0;
};

function whatIsMissing(path: string | undefined, more: readonly string[]): string | undefined {
  if (path === undefined) return 'an empty buffer';
  if (/^[-+]./.test(path)) return path;
  return more.length > 0 ? 'more than one file' : undefined;
}
