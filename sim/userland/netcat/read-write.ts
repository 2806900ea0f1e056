import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { write } from '../../linux/process-io';
import type { Blocking, WaitQueue } from '../../linux/wait-queue';
import type { NcOptions } from './options';

/** A socket as readwrite() uses it: its descriptor, and how to close the sending side. */
export interface Network {
  readonly fd: number;
  readonly file: OpenFile;
  readonly shutdownWrite: () => void;
}

interface State {
  stdin: OpenFile | undefined;
  netIn: boolean;
  netOut: boolean;
  stdOut: boolean;
  /** Time at which -q ends it all. */
  quitAtUs: number | undefined;
}

const PLEN = 16_384;

/** readwrite(), netcat.c: copies both ways until both are done. */
export function* readWrite(proc: Proc, net: Network, options: NcOptions): Blocking<void> {
  const state: State = {
    stdin: options.noStdin ? undefined : proc.fds.get(0),
    netIn: true,
    netOut: true,
    stdOut: true,
    quitAtUs: undefined,
  };
  if (!state.stdin) endOfInput(proc, net, options, state);
  for (;;) {
    if (!state.stdin && !state.netIn) return;
    if (!state.netOut && !state.stdOut) return;
    if (options.listen && !state.netIn) return;
    // Both in one round, as one poll(2) finds both ready.
    const received = yield* fromNetwork(proc, net, state);
    const sent = yield* fromInput(proc, net, options, state);
    if (received || sent) continue;
    if (!(yield* waitForMore(proc, net, options, state))) return;
  }
}

function* fromNetwork(proc: Proc, net: Network, state: State): Blocking<boolean> {
  if (!state.netIn) return false;
  const got = net.file.ops.read(net.file, PLEN);
  if (got === 'EAGAIN') return false;
  if (typeof got === 'string' || got.length === 0) {
    state.netIn = false;
    state.stdOut = false;
    return true;
  }
  const put = yield* write(proc, 1, got);
  if (typeof put === 'string') state.stdOut = false;
  return true;
}

function* fromInput(proc: Proc, net: Network, options: NcOptions, state: State): Blocking<boolean> {
  if (!state.stdin) return false;
  const got = state.stdin.ops.read(state.stdin, PLEN);
  if (got === 'EAGAIN') return false;
  if (typeof got === 'string' || got.length === 0) {
    endOfInput(proc, net, options, state);
    return true;
  }
  const bytes = options.crlf ? withCrlf(got) : got;
  const put = yield* write(proc, net.fd, bytes);
  if (typeof put === 'string') {
    state.netOut = false;
    state.stdin = undefined;
  }
  if (options.intervalSec > 0) {
    yield { kind: 'wait', on: [], timeoutUs: options.intervalSec * 1_000_000 };
  }
  return true;
}

/** -C: a line feed becomes CR LF. */
function withCrlf(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const [i, b] of bytes.entries()) {
    if (b === 10 && bytes[i - 1] !== 13) out.push(13);
    out.push(b);
  }
  return Uint8Array.from(out);
}

function endOfInput(proc: Proc, net: Network, options: NcOptions, state: State): void {
  state.stdin = undefined;
  if (options.shutdownAtEof) net.shutdownWrite();
  state.netOut = false;
  const { quitSec } = options;
  if (quitSec !== undefined && quitSec >= 0) state.quitAtUs = proc.host.nowUs + quitSec * 1_000_000;
}

/** poll(2) of readwrite(): false when -w or -q has run out. */
function* waitForMore(
  proc: Proc,
  net: Network,
  options: NcOptions,
  state: State,
): Blocking<boolean> {
  const on: WaitQueue[] = [];
  if (state.netIn && net.file.ops.readable) on.push(net.file.ops.readable);
  if (state.stdin?.ops.readable) on.push(state.stdin.ops.readable);
  const idle = options.timeoutSec === undefined ? undefined : options.timeoutSec * 1_000_000;
  const quit = state.quitAtUs === undefined ? undefined : state.quitAtUs - proc.host.nowUs;
  const limit = quit === undefined ? idle : Math.min(quit, idle ?? quit);
  if (limit !== undefined && limit <= 0) return false;
  const wake = yield { kind: 'wait', on, timeoutUs: limit };
  return wake.kind !== 'timeout';
}
