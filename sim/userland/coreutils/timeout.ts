import { strerror } from '../../linux/errno';
import { findInPath, spawnProgram } from '../../linux/exec';
import type { Program } from '../../linux/inode';
import { exitCode } from '../../linux/process';
import { pollChild, printError, waitOn } from '../../linux/process-io';
import { parseSignal } from '../../linux/signal';
import { parseArgs, quote, usageError } from '../args';
import { parseDuration } from './sleep';

/** timeout of coreutils 9.1, src/timeout.c. */
export const timeout: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: '+k:s:v',
    long: ['foreground', 'preserve-status', 'kill-after=:k', 'signal=:s', 'verbose:v'],
    status: 125,
  });
  if (typeof args === 'number') return args;
  const [duration, name, ...rest] = args.operands;
  if (duration === undefined || name === undefined) {
    return yield* usageError(proc, args.program, 'missing operand', 125);
  }
  const seconds = parseDuration(duration);
  const killAfter = parseDuration(args.value('k') ?? '0');
  if (seconds === undefined || killAfter === undefined) {
    const bad = seconds === undefined ? duration : (args.value('k') ?? '');
    return yield* usageError(proc, args.program, `invalid time interval ${quote(bad)}`, 125);
  }
  const signal = parseSignal(args.value('s') ?? 'TERM');
  if (!signal) {
    return yield* usageError(
      proc,
      args.program,
      `${quote(args.value('s') ?? '')}: invalid signal`,
      125,
    );
  }
  const found = findInPath(proc, name, proc.env.get('PATH') ?? '/usr/bin:/bin');
  const child =
    typeof found === 'string'
      ? found
      : spawnProgram(proc, { path: found.path, argv: [name, ...rest] });
  if (typeof child === 'string') {
    const what = `failed to run command ${quote(name)}: ${strerror(child)}`;
    yield* printError(proc, `${args.program}: ${what}\n`);
    return child === 'ENOENT' ? 127 : 126;
  }
  let deadline = seconds > 0 ? proc.host.nowUs + Math.round(seconds * 1e6) : undefined;
  let sent = signal;
  let fired = false;
  for (;;) {
    const ended = pollChild(proc, child.pid);
    if (typeof ended === 'object' && typeof ended.status === 'object') {
      if (!fired || args.has('preserve-status')) return exitCode(ended.status);
      return sent === 'KILL' ? 137 : 124;
    }
    const left = deadline === undefined ? undefined : Math.max(0, deadline - proc.host.nowUs);
    const woke = yield* waitOn([proc.childChanged], left);
    if (woke !== 'timeout') continue;
    if (args.has('v')) {
      yield* printError(
        proc,
        `${args.program}: sending signal ${sent} to command ${quote(name)}\n`,
      );
    }
    if (fired) sent = 'KILL';
    fired = true;
    child.kill(sent);
    if (sent !== 'KILL') child.kill('CONT');
    deadline =
      killAfter > 0 && sent !== 'KILL' ? proc.host.nowUs + Math.round(killAfter * 1e6) : undefined;
  }
};
