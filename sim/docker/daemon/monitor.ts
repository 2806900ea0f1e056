import type { OpenFile } from '../../linux/open-file';
import { Pipe } from '../../linux/pipe';
import type { Proc } from '../../linux/process';
import { exitCode } from '../../linux/process';
import { readFile, waitChild } from '../../linux/process-io';
import type { Blocking, Process } from '../../linux/wait-queue';
import type { Container, LogLine } from './container';
import type { Engine } from './engine';
import { type ContainerStreams, StdinPipe } from './stream';

/** What the json-file log of one container keeps. */
const MAX_LOG_LINES = 10_000;

const SHIM = '/usr/bin/containerd-shim-runc-v2';

type Exited = (proc: Proc, code: number) => void;

/** The process that holds a container's processes and tells the engine when one ends. */
export function startShim(engine: Engine, id: string, exited: Exited): Proc | undefined {
  const { host } = engine.proc;
  const address = `${engine.options.execRoot}/containerd/containerd.sock`;
  const argv = [SHIM, '-namespace', 'moby', '-id', id, '-address', address];
  const main = function* (proc: Proc): Process {
    let started = false;
    for (;;) {
      const found = yield* waitChild(proc, 'any');
      if (typeof found !== 'string') {
        started = true;
        if (typeof found.status === 'object') exited(found.proc, exitCode(found.status));
        continue;
      }
      if (started && proc.children.size === 0) yield { kind: 'wait', on: [proc.childChanged] };
      else yield { kind: 'wait', on: [proc.childChanged], timeoutUs: 100_000 };
    }
  };
  const shim = host.spawn(host.init, {
    main,
    argv,
    pgid: 'own',
    netns: engine.net,
    fds: new Map(),
  });
  return shim === 'EAGAIN' ? undefined : shim;
}

/** The three pipes of a process without a terminal. */
export interface Stdio {
  readonly fds: ReadonlyMap<number, OpenFile>;
  /** The engine's ends. */
  readonly stdin: StdinPipe | undefined;
  readonly stdout: OpenFile;
  readonly stderr: OpenFile | undefined;
}

/** Pipes between a new process and the engine; a terminal has one stream for both outputs. */
export function makeStdio(
  proc: Proc,
  options: { readonly stdin: boolean; readonly tty: boolean },
): Stdio {
  const { host } = proc;
  const pair = (): { readonly read: OpenFile; readonly write: OpenFile } => {
    const pipe = new Pipe(host.nextIno());
    return { read: pipe.open('read', 'pipe').get(), write: pipe.open('write', 'pipe').get() };
  };
  const input = pair();
  const out = pair();
  const error = options.tty ? undefined : pair();
  if (!options.stdin) input.write.put();
  return {
    fds: new Map([
      [0, input.read],
      [1, out.write],
      [2, error?.write ?? out.write],
    ]),
    stdin: options.stdin ? new StdinPipe(input.write) : undefined,
    stdout: out.read,
    stderr: error?.read,
  };
}

/** The engine's copies of the process' ends go once it has them. */
export function closeChildEnds(stdio: Stdio): void {
  for (const file of new Set(stdio.fds.values())) file.put();
}

/** Reads a process' output to its end: to whoever is attached, and to `line` for the log. */
export function copyOutput(
  engine: Engine,
  stdio: Stdio,
  target: {
    readonly streams: ContainerStreams;
    readonly tty: boolean;
    readonly log: ((line: LogLine) => void) | undefined;
  },
): void {
  const { streams } = target;
  const copy = (file: OpenFile, stream: 1 | 2): void => {
    streams.open++;
    engine.routines.go(copyOne(engine, file, { ...target, stream }));
  };
  copy(stdio.stdout, 1);
  if (stdio.stderr) copy(stdio.stderr, 2);
}

function* copyOne(
  engine: Engine,
  file: OpenFile,
  target: {
    readonly streams: ContainerStreams;
    readonly stream: 1 | 2;
    readonly tty: boolean;
    readonly log: ((line: LogLine) => void) | undefined;
  },
): Blocking<void> {
  const { streams, stream, log } = target;
  let rest: Uint8Array = new Uint8Array(0);
  for (;;) {
    const got = yield* readFile(engine.proc, file);
    if (typeof got === 'string' || got.length === 0) break;
    const bytes = target.tty ? withCarriageReturns(got) : got.slice();
    streams.push({ stream, bytes });
    if (!log) continue;
    const lines = splitLines(rest, bytes);
    rest = lines.rest;
    for (const line of lines.whole) log({ stream, bytes: line, atUs: engine.nowUs });
  }
  if (log && rest.length > 0) log({ stream, bytes: rest, atUs: engine.nowUs });
  file.put();
  streams.open--;
  streams.closed.wake();
}

/** ONLCR of a terminal's output. */
function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte === 10) out.push(13);
    out.push(byte);
  }
  return Uint8Array.from(out);
}

function splitLines(
  rest: Uint8Array,
  bytes: Uint8Array,
): { readonly whole: readonly Uint8Array[]; readonly rest: Uint8Array } {
  const all = new Uint8Array(rest.length + bytes.length);
  all.set(rest);
  all.set(bytes, rest.length);
  const whole: Uint8Array[] = [];
  let from = 0;
  for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
    whole.push(all.slice(from, end + 1));
    from = end + 1;
  }
  return { whole, rest: all.slice(from) };
}

/** Adds a line to the container's log; the oldest go when it is full. */
export function appendLog(container: Container, line: LogLine): void {
  container.log.push(line);
  if (container.log.length > MAX_LOG_LINES) container.log.shift();
  container.logged.wake();
}
