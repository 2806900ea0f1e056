import { ok } from '../../base/result';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';
import { type ApiResult, conflict } from './api-error';
import type { Console } from './console';
import type { Container } from './container';
import type { Engine } from './engine';
import { closeChildEnds, closeEngineEnds, copyOutput, makeStdio } from './monitor';
import { runc } from './runc';
import { containerEnv, onExecExit } from './start';
import { type AttachedStream, ContainerStreams, type StdinPipe } from './stream';

/** types.ExecConfig of the API. */
export interface ExecConfig {
  readonly argv: readonly string[];
  /** `-u`: only root is simulated. */
  readonly user: string;
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly privileged: boolean;
}

/** A process that runs beside the first one of a container. */
export interface ExecSession {
  readonly output: AttachedStream;
  readonly stdin: StdinPipe | undefined;
  readonly console: Console | undefined;
  readonly ended: WaitQueue;
  code: number | undefined;
  pid: number;
  /** runc's complaint, which goes to the client's output. */
  failure: string | undefined;
}

const EXEC_US = 60_000;

/** ContainerExecCreate() and ContainerExecStart(). */
export function* execInContainer(
  engine: Engine,
  container: Container,
  config: ExecConfig,
): Blocking<ApiResult<ExecSession>> {
  if (container.state.status === 'paused') {
    return conflict(`Container ${container.name} is paused, unpause the container before exec`);
  }
  if (container.state.status === 'restarting') {
    return conflict(`Container ${container.id} is restarting, wait until the container is running`);
  }
  const { shim, init } = container;
  if (!container.running || !shim || !init) {
    return conflict(`Container ${container.id} is not running`);
  }
  const streams = new ContainerStreams();
  const session: ExecSession = {
    output: streams.attach(),
    stdin: undefined,
    console: undefined,
    ended: new WaitQueue(),
    code: undefined,
    pid: 0,
    failure: undefined,
  };
  const wrongUser = userError(config.user);
  if (wrongUser !== undefined) return ok({ ...session, failure: wrongUser, code: 126 });
  yield { kind: 'wait', on: [], timeoutUs: EXEC_US };
  const console = config.tty ? container.newConsole(engine.proc.host) : undefined;
  const stdio = makeStdio(engine.proc, { stdin: config.stdin, console });
  const started = yield* runc(
    shim,
    {
      argv: config.argv,
      env: containerEnv(container, [...(config.tty ? ['TERM=xterm'] : []), ...config.env]),
      cwd: config.workingDir || container.config.workingDir || '/',
      makeCwd: false,
      console,
      spawn: {
        fds: stdio.fds,
        netns: init.netns,
        mounts: init.mounts,
        uts: init.uts,
        pidns: init.pidns,
        capabilities: config.privileged ? shim.capabilities : init.capabilities,
      },
    },
    () => undefined,
  );
  closeChildEnds(stdio);
  if (!started.proc) {
    closeEngineEnds(stdio);
    const reason = `exec failed: unable to start container process: ${started.error}: unknown`;
    return ok({ ...session, failure: `OCI runtime exec failed: ${reason}`, code: 126 });
  }
  const full: ExecSession = { ...session, stdin: stdio.stdin, console, pid: started.proc.pid };
  copyOutput(engine, stdio, { streams, log: undefined });
  onExecExit(started.proc, (code) => engine.routines.go(endExec(streams, full, code)));
  return ok(full);
}

/** getUser(), daemon/oci_linux.go: the images know root alone. */
export function userError(user: string): string | undefined {
  const [name = '', group = ''] = user.split(':');
  if (/^\d+$/.test(name) && name !== '0') return `hopwise: docker: user ${name} is not simulated`;
  if (!['', 'root', '0'].includes(name)) {
    return `unable to find user ${name}: no matching entries in passwd file`;
  }
  if (['', 'root', '0'].includes(group)) return undefined;
  return `unable to find group ${group}: no matching entries in group file`;
}

function* endExec(streams: ContainerStreams, session: ExecSession, code: number): Blocking<void> {
  session.stdin?.close();
  session.console?.close();
  while (streams.open > 0) yield { kind: 'wait', on: [streams.closed] };
  session.code = code;
  streams.end();
  session.ended.wake();
}
