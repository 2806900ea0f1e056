import { mkdir, unlink } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import { parseArgs, quoteAlways, usageError } from '../args';
import { type Copy, copyOne, targets } from './copy';
import { parseMode } from './mode';
import { idOf } from './user';

/** install of coreutils 9.1, src/install.c. */
export const install: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'cdDg:m:o:pst:Tv',
    long: [
      'directory:d',
      'group=:g',
      'mode=:m',
      'owner=:o',
      'preserve-timestamps:p',
      'target-directory=:t',
      'no-target-directory:T',
      'verbose:v',
    ],
  });
  if (typeof args === 'number') return args;
  const mode = parseMode(args.value('m') ?? '755', 0);
  if (!mode) {
    yield* printError(
      proc,
      `${args.program}: invalid mode ${quoteAlways(args.value('m') ?? '')}\n`,
    );
    return 1;
  }
  const job: Copy = {
    proc,
    program: args.program,
    args,
    recursive: false,
    preserve: false,
    follow: 'always',
    verbose: args.has('v'),
  };
  const finish = (path: string): void => {
    const made = lookupPath(proc, path);
    if (typeof made === 'string') return;
    made.mode = mode(0, isDirectory(made));
    const [owner, group] = [args.value('o'), args.value('g')];
    if (owner !== undefined) made.uid = idOf(proc, '/etc/passwd', owner) ?? made.uid;
    if (group !== undefined) made.gid = idOf(proc, '/etc/group', group) ?? made.gid;
  };
  let code = 0;
  if (args.has('d')) {
    for (const name of args.operands) {
      makeParents(proc, `${name}/`);
      finish(name);
    }
    return args.operands.length > 0
      ? 0
      : yield* usageError(proc, args.program, 'missing file operand');
  }
  if (args.has('D'))
    makeParents(proc, args.value('t') ? `${args.value('t')}/` : (args.operands.at(-1) ?? ''));
  const pairs = yield* targets(job);
  if (typeof pairs === 'number') return pairs;
  for (const [from, to] of pairs) {
    if (lookupPath(proc, to) !== lookupPath(proc, from)) unlink(proc, to);
    if (yield* copyOne(job, from, to)) finish(to);
    else code = 1;
  }
  return code;
};

function makeParents(proc: Proc, path: string): void {
  for (const part of path.matchAll(/[^/]+(?=\/)/g))
    mkdir(proc, path.slice(0, part.index + part[0].length));
}
