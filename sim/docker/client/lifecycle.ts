import { ok } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import type { ApiResult } from '../daemon/api-error';
import type { Container } from '../daemon/container';
import { renameContainer } from '../daemon/create';
import type { Engine } from '../daemon/engine';
import { startContainer } from '../daemon/start';
import {
  killContainer,
  pauseContainer,
  removeContainer,
  restartContainer,
  stopContainer,
  unpauseContainer,
  waitStopped,
} from '../daemon/stop';
import { type Client, daemonError, objectError } from './client';
import { atLeast, type Command, exactly } from './command';
import { bool, type Flag, type Flags, int, text } from './flags';
import { attached } from './run';
import { parseRestart } from './run-options';

type Work = (engine: Engine, container: Container, flags: Flags) => Blocking<ApiResult<string>>;

/** Names, one after the other; what fails is said in the order of the names, and the status is 1. */
function* forEach(
  client: Client,
  flags: Flags,
  work: Work,
  notFound = daemonError,
): Blocking<number> {
  const errors: string[] = [];
  for (const name of flags.args) {
    const done = yield* client.call(function* (engine) {
      const found = engine.container(name);
      return found.ok ? yield* work(engine, found.value, flags) : found;
    });
    if (!done) return 1;
    if (!done.ok)
      errors.push(done.error.status === 404 ? notFound(done.error) : daemonError(done.error));
    else yield* client.out(done.value === '' ? `${name}\n` : `${done.value}\n`);
  }
  yield* client.error(errors.map((line) => `${line}\n`).join(''));
  return errors.length > 0 ? 1 : 0;
}

const said = (result: ApiResult<undefined>): ApiResult<string> => (result.ok ? ok('') : result);

const each = (name: string, short: string, flags: readonly Flag[], work: Work): Command => ({
  usage: `${name} ${flags.length > 0 ? '[OPTIONS] ' : ''}CONTAINER [CONTAINER...]`,
  short,
  args: atLeast(1),
  flags,
  run: (client, given) => forEach(client, given, work),
});

export const stopCommand = each(
  'stop',
  'Stop one or more running containers',
  [int('time', 't')],
  function* (engine, container, flags) {
    return said(yield* stopContainer(engine, container, flags.number('time', 10)));
  },
);

export const restartCommand = each(
  'restart',
  'Restart one or more containers',
  [int('time', 't')],
  function* (engine, container, flags) {
    return said(yield* restartContainer(engine, container, flags.number('time', 10)));
  },
);

export const killCommand = each(
  'kill',
  'Kill one or more running containers',
  [text('signal', 's')],
  function* (engine, container, flags) {
    return said(yield* killContainer(engine, container, flags.value('signal', 'KILL')));
  },
);

export const pauseCommand = each(
  'pause',
  'Pause all processes within one or more containers',
  [],
  function* (_engine, container) {
    return said(pauseContainer(container));
  },
);

export const unpauseCommand = each(
  'unpause',
  'Unpause all processes within one or more containers',
  [],
  function* (_engine, container) {
    return said(unpauseContainer(container));
  },
);

export const waitCommand = each(
  'wait',
  'Block until one or more containers stop, then print their exit codes',
  [],
  function* (engine, container) {
    yield* waitStopped(engine, container);
    return ok(String(container.state.exitCode));
  },
);

export const updateCommand: Command = {
  usage: 'update [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Update configuration of one or more containers',
  args: atLeast(1),
  flags: [text('restart')],
  *run(client, flags) {
    const policy = parseRestart(flags.value('restart'));
    if (!policy.ok) {
      yield* client.error(`${policy.error}\n`);
      return 1;
    }
    return yield* forEach(client, flags, function* (_engine, container) {
      container.restartPolicy = policy.value;
      return ok('');
    });
  },
};

export const rmCommand: Command = {
  usage: 'rm [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Remove one or more containers',
  args: atLeast(1),
  flags: [bool('force', 'f'), bool('link', 'l'), bool('volumes', 'v')],
  *run(client, flags) {
    const failures: string[] = [];
    for (const name of flags.args) {
      const done = yield* client.call(function* (engine) {
        const found = engine.container(name);
        return found.ok ? yield* removeContainer(engine, found.value, flags.on('force')) : found;
      });
      if (!done) return 1;
      if (done.ok) yield* client.out(`${name}\n`);
      else {
        const missing = done.error.status === 404;
        yield* missing && flags.on('force')
          ? client.error(`${objectError(done.error, 'container', name)}\n`)
          : client.out('');
        if (!missing || !flags.on('force'))
          failures.push(objectError(done.error, 'container', name));
      }
    }
    yield* client.error(failures.map((line) => `${line}\n`).join(''));
    return failures.length > 0 ? 1 : 0;
  },
};

export const renameCommand: Command = {
  usage: 'rename CONTAINER NEW_NAME',
  short: 'Rename a container',
  args: exactly(2),
  flags: [],
  *run(client, flags) {
    const [old = '', name = ''] = flags.args;
    const done = yield* client.ask((engine) => {
      const found = engine.container(old);
      return found.ok ? renameContainer(engine, found.value, name) : found;
    });
    if (!done) return 1;
    if (done.ok) return 0;
    yield* client.error(
      `${daemonError(done.error)}\nError: failed to rename container named ${old}\n`,
    );
    return 1;
  },
};

export const startCommand: Command = {
  usage: 'start [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Start one or more stopped containers',
  args: atLeast(1),
  flags: [bool('attach', 'a'), bool('interactive', 'i')],
  run: (client, flags) =>
    flags.on('attach') || flags.on('interactive')
      ? startAttached(client, flags)
      : startAll(client, flags),
};

function* startAll(client: Client, flags: Flags): Blocking<number> {
  const failed: string[] = [];
  for (const name of flags.args) {
    const done = yield* client.call(function* (engine) {
      const found = engine.container(name);
      return found.ok ? yield* startContainer(engine, found.value) : found;
    });
    if (!done) return 1;
    if (done.ok) yield* client.out(`${name}\n`);
    else {
      yield* client.error(`${daemonError(done.error)}\n`);
      failed.push(name);
    }
  }
  if (failed.length === 0) return 0;
  yield* client.error(`Error: failed to start containers: ${failed.join(', ')}\n`);
  return 1;
}

function* startAttached(client: Client, flags: Flags): Blocking<number> {
  const [name = '', more] = flags.args;
  if (more !== undefined) {
    yield* client.error('you cannot start and attach multiple containers at once\n');
    return 1;
  }
  const found = yield* client.ask((engine) => engine.container(name));
  if (!found) return 1;
  if (!found.ok) {
    yield* client.error(`${objectError(found.error, 'container', name)}\n`);
    return 1;
  }
  const container = found.value;
  const output = container.streams.attach();
  const started = yield* client.call((engine) => startContainer(engine, container));
  if (!started?.ok) {
    if (started) yield* client.error(`${daemonError(started.error)}\n`);
    return 1;
  }
  return yield* attached(client, container, output, { stdin: flags.on('interactive') });
}

export const attachCommand: Command = {
  usage: 'attach [OPTIONS] CONTAINER',
  short: 'Attach local standard input, output, and error streams to a running container',
  args: exactly(1),
  flags: [bool('no-stdin'), bool('sig-proxy'), text('detach-keys')],
  *run(client, flags) {
    const [name = ''] = flags.args;
    const found = yield* client.ask((engine) => engine.container(name));
    if (!found) return 1;
    if (!found.ok) {
      yield* client.error(`${objectError(found.error, 'container', name)}\n`);
      return 1;
    }
    if (!found.value.running) {
      yield* client.error('You cannot attach to a stopped container, start it first\n');
      return 1;
    }
    return yield* attached(client, found.value, found.value.streams.attach(), {
      stdin: !flags.on('no-stdin'),
    });
  },
};
