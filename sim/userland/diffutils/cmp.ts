import { concat } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError, readAll } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { parseArgs, quoteAlways, usageError } from '../args';
import { openOperand } from '../stream';

/** cmp of GNU diffutils 3.8. */
export const cmp: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'bi:ln:s',
    long: ['quiet:s', 'silent:s', 'verbose:l', 'print-bytes:b', 'bytes=:n', 'ignore-initial=:i'],
    status: 2,
    version: 'cmp (GNU diffutils) 3.8',
  });
  if (typeof args === 'number') return args;
  const [a, b = '-'] = args.operands;
  if (a === undefined)
    return yield* usageError(
      proc,
      args.program,
      `missing operand after ${quoteAlways(args.program)}`,
      2,
    );
  const left = yield* load(proc, args.program, a, args.has('s'));
  const right = left && (yield* load(proc, args.program, b, args.has('s')));
  if (!left || !right) return 2;
  const limit = Math.min(
    Number(args.value('n') ?? Number.POSITIVE_INFINITY),
    left.length,
    right.length,
  );
  let line = 1;
  let differs = false;
  for (let i = 0; i < limit; i++) {
    const [x = 0, y = 0] = [left[i], right[i]];
    if (x !== y) {
      if (args.has('s')) return 1;
      if (!args.has('l')) {
        yield* print(proc, `${a} ${b} differ: byte ${i + 1}, line ${line}\n`);
        return 1;
      }
      differs = true;
      const width = String(limit).length;
      yield* print(
        proc,
        `${String(i + 1).padStart(width)} ${x.toString(8).padStart(3)} ${y.toString(8).padStart(3)}\n`,
      );
    }
    if (x === 10) line++;
  }
  if (left.length === right.length || limit === Number(args.value('n'))) return differs ? 1 : 0;
  if (args.has('s')) return 1;
  const [short, name] = left.length < right.length ? [left, a] : [right, b];
  const ended = short.at(-1) === 10;
  const where =
    short.length === 0
      ? 'which is empty'
      : `after byte ${short.length}, ${ended ? `line ${line - 1}` : `in line ${line}`}`;
  yield* printError(proc, `${args.program}: EOF on ${name} ${where}\n`);
  return 1;
};

function* load(
  proc: Proc,
  program: string,
  name: string,
  quiet: boolean,
): Blocking<Uint8Array | undefined> {
  const file = openOperand(proc, name);
  const parts = typeof file === 'string' ? file : yield* readAll(proc, file);
  if (typeof file !== 'string') file.put();
  if (typeof parts !== 'string') return concat(parts);
  if (!quiet) yield* printError(proc, `${program}: ${name}: ${strerror(parts)}\n`);
  return undefined;
}
