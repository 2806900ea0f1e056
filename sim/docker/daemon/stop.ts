import { err, ok } from '../../base/result';
import { parseSignal, type Signal } from '../../linux/signal';
import type { Blocking } from '../../linux/wait-queue';
import { type ApiResult, conflict, invalidParameter } from './api-error';
import type { Container } from './container';
import type { Engine } from './engine';
import { releaseNetwork, runContainer } from './start';

/** restartmanager: the first wait, and how long a run must last for the wait to start anew. */
const BACKOFF_US = 100_000;
const BACKOFF_MAX_US = 60_000_000;
const RESET_US = 10_000_000;
/** How long output of a dead process may still come. */
const DRAIN_US = 3_000_000;

/** handleContainerExit(), daemon/monitor.go: called when the first process has ended. */
export function containerExited(engine: Engine, container: Container, code: number): void {
  engine.routines.go(finish(engine, container, code));
}

function* finish(engine: Engine, container: Container, code: number): Blocking<void> {
  const { streams, state } = container;
  container.console?.close();
  container.console = undefined;
  const until = engine.nowUs + DRAIN_US;
  while (streams.open > 0 && engine.nowUs < until) {
    yield { kind: 'wait', on: [streams.closed], timeoutUs: until - engine.nowUs };
  }
  const ranUs = engine.nowUs - (state.startedUs ?? engine.nowUs);
  container.shim?.kill('KILL');
  container.shim = undefined;
  container.init = undefined;
  container.stdin?.close();
  container.stdin = undefined;
  yield* releaseNetwork(engine, container);
  state.pid = 0;
  state.exitCode = code;
  state.finishedUs = engine.nowUs;
  const again = shouldRestart(container, code);
  state.status = again ? 'restarting' : 'exited';
  if (!again) streams.end();
  if (!again && container.hostConfig.autoRemove) discard(engine, container);
  container.changed.wake();
  if (again) yield* restartLater(engine, container, ranUs);
}

/** ShouldRestart(), restartmanager/restartmanager.go. */
function shouldRestart(container: Container, code: number): boolean {
  const { name, maximumRetryCount } = container.restartPolicy;
  if (container.manuallyStopped || container.removed) return false;
  if (name === 'always' || name === 'unless-stopped') return true;
  if (name !== 'on-failure' || code === 0) return false;
  return maximumRetryCount === 0 || container.restartCount < maximumRetryCount;
}

function* restartLater(engine: Engine, container: Container, ranUs: number): Blocking<void> {
  if (ranUs > RESET_US) container.backoffUs = BACKOFF_US;
  else container.backoffUs = Math.min(container.backoffUs * 2 || BACKOFF_US, BACKOFF_MAX_US);
  const until = engine.nowUs + container.backoffUs;
  while (engine.nowUs < until && !container.manuallyStopped && !container.removed) {
    yield { kind: 'wait', on: [container.changed], timeoutUs: until - engine.nowUs };
  }
  if (container.manuallyStopped || container.removed) {
    container.state.status = 'exited';
    container.streams.end();
    container.changed.wake();
    return;
  }
  container.restartCount++;
  const started = yield* runContainer(engine, container);
  if (!started.ok) container.state.status = 'exited';
  container.changed.wake();
}

function discard(engine: Engine, container: Container): void {
  container.removed = true;
  engine.containers.delete(container.id);
}

/** Waits until a container does not run any more; false when the time is over. */
export function* waitStopped(
  engine: Engine,
  container: Container,
  timeoutUs?: number,
): Blocking<boolean> {
  const until = timeoutUs === undefined ? undefined : engine.nowUs + timeoutUs;
  while (container.running || container.state.status === 'restarting') {
    const left = until === undefined ? undefined : until - engine.nowUs;
    if (left !== undefined && left <= 0) return false;
    yield { kind: 'wait', on: [container.changed], timeoutUs: left };
  }
  return true;
}

function stopManually(container: Container): void {
  container.manuallyStopped = true;
  container.changed.wake();
}

/** ContainerStop(): the stop signal, then after `seconds` SIGKILL. */
export function* stopContainer(
  engine: Engine,
  container: Container,
  seconds: number,
): Blocking<ApiResult<undefined>> {
  stopManually(container);
  if (!container.running && container.state.status !== 'restarting') return ok(undefined);
  unfreeze(container);
  container.init?.kill(parseSignal(container.config.stopSignal || 'TERM') ?? 'TERM');
  const timeoutUs = seconds < 0 ? undefined : seconds * 1_000_000;
  const stopped = yield* waitStopped(engine, container, timeoutUs);
  if (!stopped) {
    container.init?.kill('KILL');
    yield* waitStopped(engine, container);
  }
  return ok(undefined);
}

/** ContainerKill(). */
export function* killContainer(
  engine: Engine,
  container: Container,
  name: string,
): Blocking<ApiResult<undefined>> {
  const signal = name === '' ? 'KILL' : parseSignal(name);
  if (signal === undefined) return invalidParameter(`Invalid signal: ${name}`);
  if (!container.running) {
    return conflict(
      `Cannot kill container: ${container.name}: Container ${container.id} is not running`,
    );
  }
  if (signal !== 'KILL') {
    container.init?.kill(signal);
    return ok(undefined);
  }
  stopManually(container);
  container.init?.kill('KILL');
  yield* waitStopped(engine, container);
  return ok(undefined);
}

/** ContainerRestart(). */
export function* restartContainer(
  engine: Engine,
  container: Container,
  seconds: number,
): Blocking<ApiResult<undefined>> {
  yield* stopContainer(engine, container, seconds);
  container.manuallyStopped = false;
  container.restartCount = 0;
  const started = yield* runContainer(engine, container);
  if (started.ok) return started;
  const { status, message } = started.error;
  return err({ status, message: `Cannot restart container ${container.name}: ${message}` });
}

/** The freezer: SIGSTOP to every process of the container is what can be seen of it. */
const signalAll = (container: Container, signal: Signal): void => {
  for (const proc of container.init?.pidns?.members ?? []) proc.kill(signal);
};

export function pauseContainer(container: Container): ApiResult<undefined> {
  if (!container.running) return conflict(`Container ${container.id} is not running`);
  if (container.state.status === 'paused')
    return conflict(`Container ${container.id} is already paused`);
  signalAll(container, 'STOP');
  container.state.status = 'paused';
  return ok(undefined);
}

export function unpauseContainer(container: Container): ApiResult<undefined> {
  if (container.state.status !== 'paused')
    return conflict(`Container ${container.id} is not paused`);
  unfreeze(container);
  return ok(undefined);
}

function unfreeze(container: Container): void {
  if (container.state.status !== 'paused') return;
  signalAll(container, 'CONT');
  container.state.status = 'running';
}

/** ContainerRm(). */
export function* removeContainer(
  engine: Engine,
  container: Container,
  force: boolean,
): Blocking<ApiResult<undefined>> {
  if (container.running || container.state.status === 'restarting') {
    if (!force) {
      const state =
        container.state.status === 'paused'
          ? 'paused'
          : container.state.status === 'restarting'
            ? 'restarting'
            : 'running';
      const advice =
        state === 'paused'
          ? 'Unpause and then stop the container before attempting removal or force remove'
          : 'Stop the container before attempting removal or force remove';
      return conflict(`You cannot remove a ${state} container ${container.id}. ${advice}`);
    }
    stopManually(container);
    unfreeze(container);
    container.init?.kill('KILL');
    yield* waitStopped(engine, container);
  }
  discard(engine, container);
  container.changed.wake();
  return ok(undefined);
}
