import { utf8Encode } from '../base/bytes';
import type { Errno } from './errno';
import type { OpenFile } from './open-file';
import type { Proc, Status } from './process';
import type { Blocking, WaitQueue } from './wait-queue';

/** nanosleep(2): true when the time passed, false when a caught signal came first. */
export function* sleep(proc: Proc, us: number): Blocking<boolean> {
  const until = proc.host.nowUs + us;
  for (;;) {
    const left = until - proc.host.nowUs;
    if (left <= 0 && us > 0) return true;
    const wake = yield { kind: 'wait', on: [], timeoutUs: Math.max(0, left) };
    if (wake.kind === 'timeout') return true;
    if (proc.pending.length > 0) return false;
  }
}

/** Waits for a queue: 'woken', 'timeout', or 'signal' when a caught signal is pending. */
export function* waitOn(
  queues: readonly WaitQueue[],
  timeoutUs?: number,
): Blocking<'woken' | 'timeout' | 'signal'> {
  const wake = yield { kind: 'wait', on: queues, timeoutUs };
  return wake.kind === 'host' ? 'woken' : wake.kind;
}

/** tty_check_change(): a process of a background group of its terminal. */
const isInBackground = (proc: Proc): boolean =>
  proc.tty !== undefined && proc.tty.foreground !== 0 && proc.pgid !== proc.tty.foreground;

/** read(2) on an open file; empty at end of file. A background job that reads its terminal is stopped. */
export function* readFile(proc: Proc, file: OpenFile, max = 65_536): Blocking<Uint8Array | Errno> {
  if (!file.flags.read) return 'EBADF';
  for (;;) {
    if (file.ops.kind === 'tty' && isInBackground(proc)) {
      if (proc.disposition('TTIN') !== 'default') return 'EIO';
      proc.kill('TTIN');
      yield { kind: 'wait', on: [], timeoutUs: 0 };
      continue;
    }
    const got = file.ops.read(file, max);
    if (got !== 'EAGAIN' || file.nonblock || !file.ops.readable) return got;
    const wake = yield { kind: 'wait', on: [file.ops.readable] };
    if (wake.kind === 'signal' && proc.pending.length > 0) return 'EINTR';
  }
}

/** read(2). */
export function* read(proc: Proc, fd: number, max = 65_536): Blocking<Uint8Array | Errno> {
  const file = proc.fds.get(fd);
  if (!file) return 'EBADF';
  return yield* readFile(proc, file, max);
}

/** Writes everything; SIGPIPE is raised as write(2) does when nobody reads. */
export function* write(proc: Proc, fd: number, bytes: Uint8Array): Blocking<number | Errno> {
  const file = proc.fds.get(fd);
  if (!file?.flags.write) return 'EBADF';
  let done = 0;
  while (done < bytes.length) {
    const put = file.ops.write(file, done === 0 ? bytes : bytes.subarray(done));
    if (typeof put === 'number') {
      done += put;
      continue;
    }
    if (put === 'EPIPE') {
      proc.kill('PIPE');
      if (proc.disposition('PIPE') === 'default') yield { kind: 'wait', on: [], timeoutUs: 0 };
      return 'EPIPE';
    }
    if (put !== 'EAGAIN' || file.nonblock || !file.ops.writable) return put;
    const wake = yield { kind: 'wait', on: [file.ops.writable] };
    if (wake.kind === 'signal' && proc.pending.length > 0) return done > 0 ? done : 'EINTR';
  }
  return done;
}

/** Writes text to standard output. */
export const print = (proc: Proc, text: string): Blocking<number | Errno> =>
  write(proc, 1, utf8Encode(text));

/** Writes text to standard error. */
export const printError = (proc: Proc, text: string): Blocking<number | Errno> =>
  write(proc, 2, utf8Encode(text));

/** Reads to end of file; at most `limit` bytes. */
export function* readAll(
  proc: Proc,
  file: OpenFile,
  limit = 64 * 1024 * 1024,
): Blocking<Uint8Array[] | Errno> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const got = yield* readFile(proc, file);
    if (typeof got === 'string') return got;
    if (got.length === 0) return parts;
    parts.push(got.slice());
    size += got.length;
    if (size > limit) return 'EFBIG';
  }
}

/** What wait4 found. */
export interface ChildChange {
  readonly proc: Proc;
  readonly status: Status | 'stopped' | 'continued';
}

/** Looks for a changed child without waiting; a zombie found is reaped. `which`: its pid, or any child. */
export function pollChild(
  proc: Proc,
  which: number | 'any',
  stops = false,
): ChildChange | 'none' | 'ECHILD' {
  let known = false;
  for (const child of proc.children.values()) {
    if (which !== 'any' && child.pid !== which) continue;
    known = true;
    if (child.state === 'zombie' && child.status) {
      const status = child.status;
      child.reap();
      return { proc: child, status };
    }
    if (stops && child.change) {
      const status = child.change;
      child.change = undefined;
      return { proc: child, status };
    }
  }
  return known ? 'none' : 'ECHILD';
}

/** wait4(2). */
export function* waitChild(
  proc: Proc,
  which: number | 'any',
  stops = false,
): Blocking<ChildChange | 'ECHILD' | 'EINTR'> {
  for (;;) {
    const found = pollChild(proc, which, stops);
    if (found !== 'none') return found;
    const wake = yield { kind: 'wait', on: [proc.childChanged] };
    if (wake.kind === 'signal' && proc.pending.length > 0) return 'EINTR';
  }
}

/** Asks the driver's asynchronous service (jq in WebAssembly, say); the world stands still meanwhile. */
export function* askHost(service: string, request: unknown): Blocking<unknown> {
  const wake = yield { kind: 'host', service, request };
  return wake.kind === 'host' ? wake.result : undefined;
}
