import { concat, utf8Decode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { open } from '../../linux/files';
import { readAll } from '../../linux/process-io';
import type { Step } from './command';
import type { ToolContext } from './context';

/** do_batch(), lib/utils.c: one command a line from a file or, for `-`, standard input. */
export function* runBatch(
  ctx: ToolContext,
  name: string,
  command: (argv: readonly string[]) => Step<number>,
): Step<number> {
  const file = name === '-' ? ctx.proc.fds.get(0) : open(ctx.proc, name, { read: true });
  if (!file || typeof file === 'string') {
    const reason = strerror(typeof file === 'string' ? file : 'EBADF');
    ctx.stdio.error(`Cannot open file "${name}" for reading: ${reason}\n`);
    return 1;
  }
  file.get();
  const parts = yield* readAll(ctx.proc, file);
  file.put();
  const text = typeof parts === 'string' ? '' : utf8Decode(concat(parts));
  let failed = 0;
  for (const { line, number } of joinLines(text)) {
    const argv = splitArguments(line);
    if (argv.length === 0 || (yield* command(argv)) === 0) continue;
    ctx.stdio.error(`Command failed ${name}:${number}\n`);
    failed = 1;
    if (!ctx.options.force) break;
  }
  return failed;
}

/** getcmdline(): comments end at `#`, a backslash at the end joins lines. */
function joinLines(text: string): { readonly line: string; readonly number: number }[] {
  const lines: { line: string; number: number }[] = [];
  let open = '';
  text.split('\n').forEach((raw, i) => {
    const line = open + raw.replace(/#.*/, '');
    open = '';
    if (line.endsWith('\\')) open = line.slice(0, -1);
    else lines.push({ line, number: i + 1 });
  });
  return lines;
}

/** makeargs(): words between blanks; quotes keep them together. */
function splitArguments(line: string): readonly string[] {
  const words: string[] = [];
  const pattern = /'([^']*)'|"([^"]*)"|(\S+)/g;
  for (const match of line.matchAll(pattern)) words.push(match[1] ?? match[2] ?? match[3] ?? '');
  return words;
}
