import { NO_BYTES } from '../../base/bytes';
import type { OpenFile } from '../../linux/open-file';
import { Pipe } from '../../linux/pipe';
import type { Proc } from '../../linux/process';
import { exitCode } from '../../linux/process';
import { readFile, waitChild } from '../../linux/process-io';
import type { Blocking, Process } from '../../linux/wait-queue';
import type { Console } from './console';
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

/** Standard input and output of a new process: three pipes, or a terminal. */
export interface Stdio {
  readonly fds: ReadonlyMap<number, OpenFile>;
  /** The engine's ends. */
  readonly stdin: StdinPipe | undefined;
  readonly outputs: readonly (readonly [stream: 1 | 2, file: OpenFile])[];
  readonly console: Console | undefined;
}

/** The terminal of a process with `-t`, else pipes between it and the engine. */
export function makeStdio(
  proc: Proc,
  options: { readonly stdin: boolean; readonly console: Console | undefined },
): Stdio {
  const { host } = proc;
  const { console } = options;
  if (console) return { fds: console.files(), stdin: undefined, outputs: [], console };
  const pair = (): { readonly read: OpenFile; readonly write: OpenFile } => {
    const pipe = new Pipe(host.nextIno());
    return { read: pipe.open('read', 'pipe').get(), write: pipe.open('write', 'pipe').get() };
  };
  const input = pair();
  const out = pair();
  const error = pair();
  if (!options.stdin) input.write.put();
  return {
    fds: new Map([
      [0, input.read],
      [1, out.write],
      [2, error.write],
    ]),
    stdin: options.stdin ? new StdinPipe(input.write) : undefined,
    outputs: [
      [1, out.read],
      [2, error.read],
    ],
    console,
  };
}

/** The engine's copies of the process' ends go once it has them. */
export function closeChildEnds(stdio: Stdio): void {
  for (const file of new Set(stdio.fds.values())) file.put();
}

/** The engine's own ends, when there is no process to use them. */
export function closeEngineEnds(stdio: Stdio): void {
  stdio.stdin?.close();
  for (const [, file] of stdio.outputs) file.put();
  stdio.console?.close();
}

interface Target {
  readonly streams: ContainerStreams;
  readonly log: ((line: LogLine) => void) | undefined;
}

/** Reads a process' output to its end: to whoever is attached, and to `log`. */
export function copyOutput(engine: Engine, stdio: Stdio, target: Target): void {
  const { console, outputs } = stdio;
  const start = (stream: 1 | 2, next: () => Blocking<Uint8Array>): void => {
    target.streams.open++;
    engine.routines.go(copyOne(engine, next, { ...target, stream }));
  };
  if (console) start(1, () => console.read());
  for (const [stream, file] of outputs) {
    start(stream, function* () {
      const got = yield* readFile(engine.proc, file);
      if (typeof got !== 'string' && got.length > 0) return got.slice();
      file.put();
      return NO_BYTES;
    });
  }
}

function* copyOne(
  engine: Engine,
  next: () => Blocking<Uint8Array>,
  target: Target & { readonly stream: 1 | 2 },
): Blocking<void> {
  const { streams, stream, log } = target;
  let rest: Uint8Array = NO_BYTES;
  for (let bytes = yield* next(); bytes.length > 0; bytes = yield* next()) {
    streams.push({ stream, bytes });
    if (!log) continue;
    const lines = splitLines(rest, bytes);
    rest = lines.rest;
    for (const line of lines.whole) log({ stream, bytes: line, atUs: engine.nowUs });
  }
  if (log && rest.length > 0) log({ stream, bytes: rest, atUs: engine.nowUs });
  streams.open--;
  streams.closed.wake();
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
