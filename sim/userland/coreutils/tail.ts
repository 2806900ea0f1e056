import { concat, NO_BYTES } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { printError, sleep } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, failWith, parseArgs, quote, quoteAlways, quoteName } from '../args';
import { eachChunk, Out, openOperand } from '../stream';
import { obsolete } from './head';
import { parseSize } from './size';

const LONG = [
  'lines=:n',
  'bytes=:c',
  'quiet:q',
  'silent:q',
  'verbose:v',
  'zero-terminated:z',
  'follow=?:f',
  'retry',
  'sleep-interval=:s',
  'pid=',
];

interface Amount {
  readonly bytes: boolean;
  readonly count: number;
  readonly fromStart: boolean;
  readonly delimiter: number;
}

/** A file that is followed. */
interface Tailed {
  readonly name: string;
  file: OpenFile | undefined;
}

/** tail of coreutils 9.1, src/tail.c. */
export const tail: Program = function* (proc, argv) {
  const plus = /^\+(\d+)([lc]?)$/.exec(argv[1] ?? '');
  const given = plus
    ? [argv[0] ?? '', `-${plus[2] === 'c' ? 'c' : 'n'}+${plus[1]}`, ...argv.slice(2)]
    : obsolete(argv);
  const args = yield* parseArgs(proc, given, { short: 'c:n:fFqs:vz', long: LONG });
  if (typeof args === 'number') return args;
  const bytes = args.last('c', 'n') === 'c';
  const text = args.value('c', 'n') ?? '10';
  const count = parseSize(text.replace(/^[-+]/, ''));
  if (count === undefined) {
    const shown = quote(text.replace(/^-/, ''));
    const what = bytes ? 'bytes' : 'lines';
    return yield* failWith(proc, args.program, `invalid number of ${what}: ${shown}`);
  }
  const fromStart = text.startsWith('+');
  const amount: Amount = { bytes, count, fromStart, delimiter: args.has('z') ? 0 : 10 };
  return yield* tailAll(proc, args, amount);
};

function* tailAll(proc: Proc, args: Args, amount: Amount): Blocking<number> {
  const names = args.operands.length === 0 ? ['-'] : args.operands;
  const quiet = args.last('q', 'v');
  const headers = quiet === 'v' || (quiet !== 'q' && names.length > 1);
  const follow = args.has('f', 'F');
  const byName = args.has('F', 'retry') || args.value('f') === 'name';
  const out = new Out(proc);
  const tailed: Tailed[] = [];
  let code = 0;
  let first = true;
  for (const name of names) {
    const file = yield* openTail(proc, args.program, name);
    if (file || byName) tailed.push({ name, file });
    if (!file) {
      code = 1;
      continue;
    }
    if (headers) yield* out.text(header(name, first));
    first = false;
    if (!(yield* tailOf(proc, { program: args.program, name, file, out, amount }))) code = 1;
    if (!follow) file.put();
  }
  if (!follow || tailed.length === 0) {
    if (follow) yield* printError(proc, `${args.program}: no files remaining\n`);
    return yield* out.close(args.program, code);
  }
  yield* out.flush();
  return yield* followAll(proc, args, { tailed, headers, byName, out });
}

const header = (name: string, first: boolean): string =>
  `${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`;

function* openTail(proc: Proc, program: string, name: string): Blocking<OpenFile | undefined> {
  const file = openOperand(proc, name);
  if (typeof file !== 'string') return file;
  yield* printError(
    proc,
    `${program}: cannot open ${quoteAlways(name)} for reading: ${strerror(file)}\n`,
  );
  return undefined;
}

interface Job {
  readonly program: string;
  readonly name: string;
  readonly file: OpenFile;
  readonly out: Out;
  readonly amount: Amount;
}

function* tailOf(proc: Proc, job: Job): Blocking<boolean> {
  const { amount, out } = job;
  const skip = { left: Math.max(0, amount.count - 1) };
  let kept: Uint8Array = NO_BYTES;
  const failed = yield* eachChunk(proc, job.file, function* (bytes) {
    if (amount.fromStart) {
      const rest = skipStart(bytes, amount, skip);
      if (rest.length > 0) yield* out.bytes(rest.slice());
      return true;
    }
    kept = lastPart(concat([kept, bytes]), amount);
    return true;
  });
  if (failed !== undefined) {
    const text = `error reading ${quoteAlways(job.name)}: ${strerror(failed)}`;
    yield* printError(proc, `${job.program}: ${text}\n`);
    return false;
  }
  if (kept.length > 0) yield* out.bytes(kept);
  return true;
}

function skipStart(bytes: Uint8Array, amount: Amount, skip: { left: number }): Uint8Array {
  if (amount.bytes) {
    const part = Math.min(skip.left, bytes.length);
    skip.left -= part;
    return bytes.subarray(part);
  }
  let at = 0;
  while (skip.left > 0) {
    const end = bytes.indexOf(amount.delimiter, at);
    if (end < 0) return NO_BYTES;
    at = end + 1;
    skip.left--;
  }
  return bytes.subarray(at);
}

/** The last `count` lines or bytes. */
function lastPart(bytes: Uint8Array, amount: Amount): Uint8Array {
  if (amount.count === 0) return NO_BYTES;
  if (amount.bytes) return bytes.slice(Math.max(0, bytes.length - amount.count));
  let at = bytes.length - 1;
  for (let n = 0; n < amount.count; n++) {
    at = at <= 0 ? -1 : bytes.lastIndexOf(amount.delimiter, at - 1);
    if (at < 0) return bytes.slice();
  }
  return bytes.slice(at + 1);
}

interface Following {
  readonly tailed: readonly Tailed[];
  readonly headers: boolean;
  readonly byName: boolean;
  readonly out: Out;
}

/** tail -f looks again every second (inotify would tell at once; a tenth of a second stands for that). */
const LOOK_US = 100_000;

function* followAll(proc: Proc, args: Args, job: Following): Blocking<number> {
  let last = job.tailed.at(-1)?.name;
  const pid = Number(args.value('pid') ?? 0);
  for (;;) {
    let live = 0;
    for (const one of job.tailed) {
      if (job.byName) yield* reopen(proc, args.program, one);
      if (!one.file) continue;
      if (one.file.ops.kind === 'regular') live++;
      const size = one.file.inode?.body.kind === 'file' ? one.file.inode.body.size : undefined;
      if (size !== undefined && size < one.file.offset) {
        yield* printError(proc, `${args.program}: ${quoteName(one.name)}: file truncated\n`);
        one.file.offset = 0;
      }
      yield* eachChunk(proc, one.file, function* (bytes) {
        if (job.headers && last !== one.name) yield* job.out.text(header(one.name, false));
        last = one.name;
        yield* job.out.bytes(bytes.slice());
        return true;
      });
    }
    yield* job.out.flush();
    if (job.out.error) return 1;
    if (live === 0 && !job.byName) return 0;
    if (pid > 0 && !proc.host.procs.get(pid)?.alive) return 0;
    yield* sleep(proc, LOOK_US);
  }
}

/** -F: the name may lead to another file than before. */
function* reopen(proc: Proc, program: string, one: Tailed): Blocking<void> {
  if (one.name === '-') return;
  const file = openOperand(proc, one.name);
  if (typeof file === 'string') {
    if (one.file) {
      yield* printError(
        proc,
        `${program}: ${quoteName(one.name)} has become inaccessible: No such file or directory\n`,
      );
      one.file.put();
      one.file = undefined;
    }
    return;
  }
  if (one.file?.inode === file.inode) {
    file.put();
    return;
  }
  const said = one.file
    ? 'has been replaced;  following new file'
    : 'has appeared;  following new file';
  yield* printError(proc, `${program}: ${quoteName(one.name)} ${said}\n`);
  one.file?.put();
  one.file = file;
}
