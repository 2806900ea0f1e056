import { err, type Result } from '../../base/result';
import type { Signal } from '../../linux/signal';
import type { Blocking } from '../../linux/wait-queue';
import type { ApiError } from '../daemon/api-error';
import type { Container } from '../daemon/container';
import { type ContainerCreate, createContainer, createWarnings } from '../daemon/create';
import { startContainer } from '../daemon/start';
import type { AttachedStream } from '../daemon/stream';
import { stream } from './attach';
import { type Client, daemonError } from './client';
import { atLeast, type Command } from './command';
import { bool, type Flags } from './flags';
import { pullError } from './pull';
import { ABSENT_FLAGS, RUN_FLAGS } from './run-flags';
import { containerCreate } from './run-options';

/** reportError() of the client: one full stop at the end. */
const sentence = (message: string): string => `${message.replace(/\.$/, '')}.`;

const SEE = (name: string): string => `See 'docker ${name} --help'.\n`;

/** Options that are read but not simulated; true if one of them was given and is said. */
export function* refuseAbsent(client: Client, flags: Flags, name: string): Blocking<boolean> {
  for (const one of [...ABSENT_FLAGS, 'read-only']) {
    if (!flags.has(one)) continue;
    yield* client.error(`hopwise: docker: ${name} --${one} is not simulated\n`);
    return true;
  }
  return false;
}

/** createContainer() of the client: asks once more after a pull that cannot succeed here. */
export function* create(
  client: Client,
  request: ContainerCreate,
  pull: string,
): Blocking<Result<Container, ApiError> | undefined> {
  const answer = yield* client.ask((engine) => ({
    made: createContainer(engine, request),
    warnings: createWarnings(engine, request.hostConfig),
  }));
  const made = answer?.made;
  if (answer && made?.ok) {
    yield* client.error(answer.warnings.map((one) => `WARNING: ${one}\n`).join(''));
  }
  const missing = made && !made.ok && /^No such image/.test(made.error.message);
  if (!made || made.ok || !missing || pull === 'never') return made;
  const image = request.config.image;
  yield* client.error(
    `Unable to find image '${/:[^/]*$/.test(image) ? image : `${image}:latest`}' locally\n`,
  );
  return err({ status: 500, message: pullError(client.proc) });
}

/** runStartContainerErr(): the exit status that a failed start stands for. */
function startCode(message: string): number {
  if (/executable file not found|no such file or directory|system cannot find/.test(message))
    return 127;
  return /permission denied|is a directory/.test(message) ? 126 : 125;
}

function* runRun(client: Client, flags: Flags): Blocking<number> {
  if (yield* refuseAbsent(client, flags, 'run')) return 2;
  const request = containerCreate(flags, client.proc.env);
  if (!request.ok) {
    yield* client.error(`docker: ${sentence(request.error)}\n${SEE('run')}`);
    return 125;
  }
  const { tty, attachStdin } = request.value.config;
  if (tty && attachStdin && client.proc.fds.get(0)?.ops.kind !== 'tty') {
    yield* client.error('the input device is not a TTY\n');
    return 1;
  }
  if (
    request.value.hostConfig.networkMode === 'host' &&
    request.value.hostConfig.portBindings.size > 0
  ) {
    yield* client.error('WARNING: Published ports are discarded when using host network mode\n');
  }
  if (/[A-Z]/.test(request.value.config.image.split(':')[0] ?? '')) {
    yield* client.error(
      `docker: invalid reference format: repository name must be lowercase.\n${SEE('run')}`,
    );
    return 125;
  }
  const made = yield* create(client, request.value, flags.value('pull', 'missing'));
  if (!made) return 125;
  if (!made.ok) {
    yield* client.error(`docker: ${sentence(daemonError(made.error))}\n${SEE('run')}`);
    return 125;
  }
  return yield* startAndAttach(client, made.value, flags.on('detach'));
}

function* startAndAttach(
  client: Client,
  container: Container,
  detached: boolean,
): Blocking<number> {
  const output = detached ? undefined : container.streams.attach();
  const started = yield* client.call((engine) => startContainer(engine, container));
  if (detached) yield* client.out(`${container.id}\n`);
  if (!started) return 125;
  if (!started.ok) {
    yield* client.error(`docker: ${sentence(daemonError(started.error))}\n`);
    return startCode(started.error.message);
  }
  return output
    ? yield* attached(client, container, output, { stdin: container.config.attachStdin })
    : 0;
}

/** Stays with a container until it ends, and ends with its status, or until the detach keys. */
export function* attached(
  client: Client,
  container: Container,
  output: AttachedStream,
  wanted: { readonly stdin: boolean },
): Blocking<number> {
  const isOver = (): boolean =>
    output.ended || (!container.running && container.state.status !== 'restarting');
  const stdin = wanted.stdin && container.config.openStdin;
  const proxy = container.config.tty ? undefined : forwardAllSignals(client, container);
  const how = yield* stream(client.proc, {
    output,
    stdin: stdin ? container.stdin : undefined,
    console: stdin ? container.console?.tty : undefined,
    ended: container.changed,
    isOver,
    signalled: proxy,
  });
  if (how === 'detached') {
    container.streams.attached.delete(output);
    return 0;
  }
  while (container.running) yield { kind: 'wait', on: [container.changed] };
  return container.state.exitCode;
}

const FORWARDED: readonly Signal[] = [
  'HUP',
  'INT',
  'QUIT',
  'TERM',
  'USR1',
  'USR2',
  'WINCH',
  'TSTP',
];

/** ForwardAllSignals() (`--sig-proxy`): what the client is sent is sent to the container. */
function forwardAllSignals(client: Client, container: Container): () => void {
  const { proc } = client;
  for (const signal of FORWARDED) proc.setDisposition(signal, 'catch');
  return () => {
    for (let signal = proc.takeSignal(); signal; signal = proc.takeSignal()) {
      container.init?.kill(signal, container.shim);
    }
  };
}

export const runCommand: Command = {
  usage: 'run [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Run a command in a new container',
  args: atLeast(1),
  flags: [bool('detach', 'd'), ...RUN_FLAGS],
  interspersed: false,
  run: runRun,
};

export const createCommand: Command = {
  usage: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Create a new container',
  args: atLeast(1),
  flags: RUN_FLAGS,
  interspersed: false,
  *run(client, flags) {
    if (yield* refuseAbsent(client, flags, 'create')) return 2;
    const request = containerCreate(flags, client.proc.env);
    if (!request.ok) {
      yield* client.error(`${request.error}\n`);
      return 125;
    }
    const made = yield* create(client, request.value, flags.value('pull', 'missing'));
    if (!made) return 1;
    yield* made.ok
      ? client.out(`${made.value.id}\n`)
      : client.error(`${daemonError(made.error)}\n`);
    return made.ok ? 0 : 1;
  },
};
