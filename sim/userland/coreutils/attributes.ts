import { strerror } from '../../linux/errno';
import {
  mkfifo as mkfifoCall,
  readdir,
  truncate as truncateCall,
  writeFileAt,
} from '../../linux/files';
import type { Inode, Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import { type Proc, tick } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, failWith, parseArgs, quote, quoteAlways, usageError } from '../args';
import { parseDate } from './date-parse';
import { modeString, parseMode } from './mode';
import { parseSize } from './size';
import { idOf } from './user';

/** Every operand, and with -R all that is below. */
function* eachPath(
  proc: Proc,
  paths: readonly string[],
  recursive: boolean,
  each: (path: string, inode: ReturnType<typeof lookupPath>) => Blocking<void>,
): Blocking<void> {
  for (const path of paths) {
    yield* tick(proc, 2);
    const inode = lookupPath(proc, path, !recursive);
    yield* each(path, inode);
    if (!recursive || typeof inode === 'string' || !isDirectory(inode)) continue;
    const names = readdir(proc, path);
    if (typeof names === 'string') continue;
    yield* eachPath(
      proc,
      names.map((name) => `${path.replace(/\/$/, '')}/${name}`),
      true,
      each,
    );
  }
}

/** chmod of coreutils 9.1, src/chmod.c. */
export const chmod: Program = function* (proc, argv) {
  const guarded = argv.map((arg, i) => (i > 0 && /^-[rwxXst]+$/.test(arg) ? `\u0001${arg}` : arg));
  const args = yield* parseArgs(proc, guarded, {
    short: 'Rcfv',
    long: ['recursive:R', 'changes:c', 'silent:f', 'quiet:f', 'verbose:v', 'reference='],
  });
  if (typeof args === 'number') return args;
  const operands = args.operands.map((name) => name.replace('\u0001', ''));
  const reference = args.value('reference');
  const [text = '', ...files] = reference === undefined ? operands : ['', ...operands];
  if (text === '' && files.length === 0)
    return yield* usageError(proc, args.program, 'missing operand');
  const model = reference === undefined ? undefined : lookupPath(proc, reference);
  const change = typeof model === 'object' ? () => model.mode : parseMode(text, proc.umask);
  if (!change) {
    return yield* usageError(proc, args.program, `invalid mode: ${quote(text)}`);
  }
  if (files.length === 0) {
    return yield* usageError(proc, args.program, `missing operand after ${quote(text)}`);
  }
  let code = 0;
  yield* eachPath(proc, files, args.has('R'), function* (path, inode) {
    if (typeof inode === 'string') {
      code = 1;
      if (args.has('f')) return;
      yield* printError(
        proc,
        `${args.program}: cannot access ${quoteAlways(path)}: ${strerror(inode)}\n`,
      );
      return;
    }
    if (inode.body.kind === 'symlink') return;
    const before = modeText(inode);
    inode.mode = change(inode.mode, isDirectory(inode));
    inode.ctimeUs = proc.host.clockUs;
    if (!args.has('v', 'c') || (before === modeText(inode) && !args.has('v'))) return;
    const changed =
      before === modeText(inode)
        ? `retained as ${before}`
        : `changed from ${before} to ${modeText(inode)}`;
    yield* print(proc, `mode of ${quoteAlways(path)} ${changed}\n`);
  });
  return code;
};

const modeText = (inode: Inode): string =>
  `${inode.mode.toString(8).padStart(4, '0')} (${modeString(inode).slice(1)})`;

/** chown and chgrp of coreutils 9.1, src/chown.c. */
const changeOwner = (group: boolean): Program =>
  function* (proc, argv) {
    const args = yield* parseArgs(proc, argv, {
      short: 'Rcfhv',
      long: ['recursive:R', 'changes:c', 'quiet:f', 'silent:f', 'no-dereference:h', 'verbose:v'],
    });
    if (typeof args === 'number') return args;
    const [spec, ...files] = args.operands;
    if (spec === undefined) return yield* usageError(proc, args.program, 'missing operand');
    if (files.length === 0) {
      return yield* usageError(proc, args.program, `missing operand after ${quote(spec)}`);
    }
    const [user = '', groupPart] = group ? ['', spec] : spec.split(/[:.]/);
    const uid = user === '' ? undefined : idOf(proc, '/etc/passwd', user);
    const gid = groupPart ? idOf(proc, '/etc/group', groupPart) : undefined;
    if ((user !== '' && uid === undefined) || (groupPart && gid === undefined)) {
      const what =
        user !== '' && uid === undefined && !groupPart
          ? 'user'
          : group
            ? 'group'
            : uid === undefined && user !== ''
              ? 'user'
              : 'group';
      return yield* failWith(proc, args.program, `invalid ${what}: ${quote(spec)}`);
    }
    let code = 0;
    yield* eachPath(proc, files, args.has('R'), function* (path, inode) {
      if (typeof inode !== 'string') {
        inode.uid = uid ?? inode.uid;
        inode.gid = gid ?? inode.gid;
        return;
      }
      code = 1;
      yield* printError(
        proc,
        `${args.program}: cannot access ${quoteAlways(path)}: ${strerror(inode)}\n`,
      );
    });
    return code;
  };

export const chown = changeOwner(false);
export const chgrp = changeOwner(true);

/** touch of coreutils 9.1, src/touch.c. */
export const touch: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'acd:fhmr:t:',
    long: ['no-create:c', 'date=:d', 'reference=:r', 'time=', 'no-dereference:h'],
  });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) {
    return yield* usageError(proc, args.program, 'missing file operand');
  }
  const when = timeOf(proc, args);
  if (typeof when === 'string') return yield* failWith(proc, args.program, when);
  let code = 0;
  for (const name of args.operands) {
    let inode = lookupPath(proc, name, !args.has('h'));
    if (inode === 'ENOENT') {
      if (args.has('c', 'h')) continue;
      const failed = writeFileAt(proc, name, '');
      inode = failed ?? lookupPath(proc, name);
    }
    if (typeof inode === 'string') {
      yield* printError(
        proc,
        `${args.program}: cannot touch ${quoteAlways(name)}: ${strerror(inode)}\n`,
      );
      code = 1;
      continue;
    }
    if (!args.has('m') || args.has('a')) inode.atimeUs = when;
    if (!args.has('a') || args.has('m')) inode.mtimeUs = when;
    inode.ctimeUs = proc.host.clockUs;
  }
  return code;
};

function timeOf(proc: Proc, args: Args): number | string {
  const now = proc.host.clockUs;
  const reference = args.value('r');
  if (reference !== undefined) {
    const inode = lookupPath(proc, reference);
    if (typeof inode !== 'string') return inode.mtimeUs;
    return `failed to get attributes of ${quoteAlways(reference)}: ${strerror(inode)}`;
  }
  const date = args.value('d');
  if (date !== undefined) {
    const parsed = parseDate(date, now * 1000);
    return parsed === undefined ? `invalid date format ${quote(date)}` : parsed.seconds * 1e6;
  }
  const stamp = args.value('t');
  if (stamp === undefined) return now;
  const found = /^(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.(\d\d))?$/.exec(stamp);
  if (!found) return `invalid date format ${quote(stamp)}`;
  const wide = found[6] !== undefined;
  const digits = stamp.replace(/\..*/, '');
  const tail = digits.slice(-8);
  const year = wide
    ? digits.slice(0, 4)
    : digits.length === 10
      ? `20${digits.slice(0, 2)}`
      : '2026';
  const text = `${year}-${tail.slice(0, 2)}-${tail.slice(2, 4)} ${tail.slice(4, 6)}:${tail.slice(6, 8)}:${found[7] ?? '00'}`;
  return (parseDate(text, now * 1000)?.seconds ?? 0) * 1e6;
}

/** truncate of coreutils 9.1, src/truncate.c. */
export const truncate: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'cor:s:',
    long: ['no-create:c', 'io-blocks:o', 'reference=:r', 'size=:s'],
  });
  if (typeof args === 'number') return args;
  const text = args.value('s');
  const reference = args.value('r');
  if (text === undefined && reference === undefined) {
    return yield* usageError(
      proc,
      args.program,
      "you must specify either '--size' or '--reference'",
    );
  }
  if (args.operands.length === 0)
    return yield* usageError(proc, args.program, 'missing file operand');
  const [, how = '', digits = ''] = /^([-+<>/%]?)(.*)$/.exec(text ?? '0') ?? [];
  const model = reference === undefined ? undefined : lookupPath(proc, reference);
  const amount =
    typeof model === 'object' && model.body.kind === 'file' ? model.body.size : parseSize(digits);
  if (amount === undefined) {
    return yield* failWith(proc, args.program, `Invalid number: ${quote(text ?? '')}`);
  }
  let code = 0;
  for (const name of args.operands) {
    const inode = lookupPath(proc, name);
    if (inode === 'ENOENT' && args.has('c')) continue;
    const made = inode === 'ENOENT' ? writeFileAt(proc, name, '') : undefined;
    const old = typeof inode !== 'string' && inode.body.kind === 'file' ? inode.body.size : 0;
    const sizes: Readonly<Record<string, number>> = {
      '+': old + amount,
      '-': Math.max(0, old - amount),
      '<': Math.min(old, amount),
      '>': Math.max(old, amount),
      '/': Math.floor(old / (amount || 1)) * amount,
      '%': Math.ceil(old / (amount || 1)) * amount,
    };
    const failed = made ?? truncateCall(proc, name, sizes[how] ?? amount);
    if (!failed) continue;
    yield* printError(
      proc,
      `${args.program}: cannot open ${quoteAlways(name)} for writing: ${strerror(failed)}\n`,
    );
    code = 1;
  }
  return code;
};

/** mkfifo of coreutils 9.1, src/mkfifo.c. */
export const mkfifo: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'm:Z', long: ['mode=:m'] });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  let code = 0;
  for (const name of args.operands) {
    const failed = mkfifoCall(proc, name);
    if (!failed) {
      const made = lookupPath(proc, name);
      const mode = parseMode(args.value('m') ?? '', proc.umask);
      if (mode && typeof made !== 'string') made.mode = mode(0o666, false);
      continue;
    }
    yield* printError(
      proc,
      `${args.program}: cannot create fifo ${quoteAlways(name)}: ${strerror(failed)}\n`,
    );
    code = 1;
  }
  return code;
};
