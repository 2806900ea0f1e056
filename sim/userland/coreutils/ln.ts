import { link, symlink, unlink } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { print } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { parseArgs, quoteAlways, quoteName, usageError } from '../args';
import { baseName, type Copy, inDirectory, say } from './copy';

/** ln of coreutils 9.1, src/ln.c. */
export const ln: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'bfinst:vLPrS:T',
    long: [
      'force:f',
      'interactive:i',
      'no-dereference:n',
      'symbolic:s',
      'target-directory=:t',
      'no-target-directory:T',
      'verbose:v',
      'relative:r',
      'physical:P',
      'logical:L',
    ],
  });
  if (typeof args === 'number') return args;
  const soft = args.has('s');
  const names = args.operands;
  if (names.length === 0) return yield* usageError(proc, args.program, 'missing file operand');
  const last = args.value('t') ?? (names.length > 1 ? (names.at(-1) ?? '.') : '.');
  const sources = args.value('t') !== undefined || names.length === 1 ? names : names.slice(0, -1);
  const at = lookupPath(proc, last, !args.has('n'));
  const isDir = !args.has('T') && typeof at !== 'string' && isDirectory(at);
  const job: Copy = {
    proc,
    program: args.program,
    args,
    recursive: false,
    preserve: false,
    follow: 'never',
    verbose: args.has('v'),
  };
  if (sources.length > 1 && !isDir) {
    yield* say(job, `target ${quoteAlways(last)}`, 'ENOTDIR');
    return 1;
  }
  let code = 0;
  for (const source of sources) {
    const to = isDir
      ? last === '.' && names.length === 1
        ? baseName(source)
        : inDirectory(last, source)
      : last;
    if (!(yield* linkOne(job, { source, to, soft }))) code = 1;
  }
  return code;
};

function* linkOne(
  job: Copy,
  { source, to, soft }: { readonly source: string; readonly to: string; readonly soft: boolean },
): Blocking<boolean> {
  const { proc, args } = job;
  const kind = soft ? 'symbolic link' : 'hard link';
  if (!soft) {
    const inode = lookupPath(proc, source, args.has('L'));
    if (typeof inode === 'string') {
      yield* say(job, `failed to access ${quoteAlways(source)}`, inode);
      return false;
    }
    if (isDirectory(inode)) {
      yield* say(job, `${quoteName(source)}: hard link not allowed for directory`);
      return false;
    }
  }
  if (args.has('f')) {
    unlink(proc, to);
  }
  const goal = soft && args.has('r') ? relativeTo(proc, source, to) : source;
  const failed = soft ? symlink(proc, goal, to) : link(proc, source, to);
  if (failed) {
    const arrow = failed === 'EEXIST' || soft ? '' : ` => ${quoteAlways(source)}`;
    yield* say(job, `failed to create ${kind} ${quoteAlways(to)}${arrow}`, failed);
    return false;
  }
  if (job.verbose)
    yield* print(proc, `${quoteAlways(to)} ${soft ? '->' : '=>'} ${quoteAlways(goal)}\n`);
  return true;
}

/** -r: the way from the link's directory to the target. */
function relativeTo(proc: Proc, source: string, to: string): string {
  const parts = (path: string): string[] => {
    const full = path.startsWith('/') ? path : `${proc.cwd}/${path}`;
    const out: string[] = [];
    for (const part of full.split('/')) {
      if (part === '..') out.pop();
      else if (part !== '' && part !== '.') out.push(part);
    }
    return out;
  };
  const [a, b] = [parts(source), parts(to).slice(0, -1)];
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return [...b.slice(same).map(() => '..'), ...a.slice(same)].join('/') || '.';
}
