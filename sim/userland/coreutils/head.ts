import { type Errno, strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { printError, readFile } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { failWith, parseArgs, quote, quoteAlways } from '../args';
import { Lines, Out, openOperand } from '../stream';
import { parseSize } from './size';

const LONG = ['lines=:n', 'bytes=:c', 'quiet:q', 'silent:q', 'verbose:v', 'zero-terminated:z'];

/** `-5` and `-5c` of old, before getopt sees them. */
export function obsolete(argv: readonly string[]): readonly string[] {
  const found = /^-(\d+)([bkmc]?)([lqvf]*)$/.exec(argv[1] ?? '');
  if (!found) return argv;
  const [, count = '', unit = '', rest = ''] = found;
  const value = unit === '' ? `-n${count}` : `-c${count}${unit === 'c' ? '' : unit}`;
  const flags = [...rest].filter((c) => c !== 'l').map((c) => `-${c}`);
  return [argv[0] ?? '', value, ...flags, ...argv.slice(2)];
}

interface Amount {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** All but the last `count`. */
  readonly butLast: boolean;
}

/** head of coreutils 9.1, src/head.c. */
export const head: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, obsolete(argv), { short: 'c:n:qvz', long: LONG });
  if (typeof args === 'number') return args;
  const bytes = args.last('c', 'n') === 'c';
  const text = args.value('c', 'n') ?? '10';
  const count = parseSize(text.replace(/^[-+]/, ''));
  if (count === undefined) {
    const what = bytes ? 'bytes' : 'lines';
    return yield* failWith(
      proc,
      args.program,
      `invalid number of ${what}: ${quote(text.replace(/^-/, ''))}`,
    );
  }
  const amount: Amount = { unit: bytes ? 'bytes' : 'lines', count, butLast: text.startsWith('-') };
  const names = args.operands.length === 0 ? ['-'] : args.operands;
  const quiet = args.last('q', 'v');
  const headers = quiet === 'v' || (quiet !== 'q' && names.length > 1);
  const out = new Out(proc);
  let code = 0;
  let first = true;
  for (const name of names) {
    const file = openOperand(proc, name);
    if (typeof file === 'string') {
      const why = `cannot open ${quoteAlways(name)} for reading: ${strerror(file)}`;
      code = yield* failWith(proc, args.program, why);
      continue;
    }
    if (headers) {
      yield* out.text(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
    }
    first = false;
    if (!(yield* headOf(proc, args.program, name, { file, out, amount, zero: args.has('z') })))
      code = 1;
    file.put();
  }
  return yield* out.close(args.program, code);
};

interface Job {
  readonly file: OpenFile;
  readonly out: Out;
  readonly amount: Amount;
  readonly zero: boolean;
}

function* headOf(proc: Proc, program: string, name: string, job: Job): Blocking<boolean> {
  const { file, out, amount } = job;
  if (amount.unit === 'bytes') return yield* headBytes(proc, program, name, job);
  const lines = new Lines(proc, file, job.zero ? 0 : 10);
  const end = job.zero ? '\0' : '\n';
  const kept: string[] = [];
  for (let n = 0; amount.butLast || n < amount.count; n++) {
    const line = yield* lines.next();
    if (line === undefined) break;
    if (typeof line === 'string') {
      yield* readError(proc, program, name, line);
      return false;
    }
    const text = line.text + (line.ended ? end : '');
    if (!amount.butLast) {
      yield* out.text(text);
      continue;
    }
    kept.push(text);
    if (kept.length > amount.count) yield* out.text(kept.shift() ?? '');
  }
  // What was read too far is given back, as lseek does for a regular file.
  if (file.ops.kind === 'regular') file.offset -= lines.unread;
  return true;
}

const readError = (proc: Proc, program: string, name: string, errno: Errno): Blocking<unknown> =>
  printError(proc, `${program}: error reading ${quoteAlways(name)}: ${strerror(errno)}\n`);

function* headBytes(proc: Proc, program: string, name: string, job: Job): Blocking<boolean> {
  const { file, out, amount } = job;
  let held: Uint8Array = new Uint8Array(0);
  let left = amount.count;
  while (amount.butLast || left > 0) {
    const got = yield* readFile(proc, file, amount.butLast ? 65_536 : Math.min(left, 65_536));
    if (typeof got === 'string') {
      yield* readError(proc, program, name, got);
      return false;
    }
    if (got.length === 0) break;
    if (!amount.butLast) {
      left -= got.length;
      yield* out.bytes(got.slice());
      continue;
    }
    const all = new Uint8Array(held.length + got.length);
    all.set(held);
    all.set(got, held.length);
    const free = Math.max(0, all.length - amount.count);
    if (free > 0) yield* out.bytes(all.slice(0, free));
    held = all.slice(free);
  }
  return true;
}
