import type { Blocking } from '../../linux/wait-queue';
import { execInContainer } from '../daemon/exec';
import { stream } from './attach';
import { type Client, daemonError, objectError } from './client';
import { atLeast, type Command } from './command';
import { bool, type Flags, list, text } from './flags';
import { environmentOf } from './run-options';

function* runExec(client: Client, flags: Flags): Blocking<number> {
  for (const absent of ['env-file', 'detach-keys']) {
    if (!flags.has(absent)) continue;
    yield* client.error(`hopwise: docker: exec --${absent} is not simulated\n`);
    return 2;
  }
  const [name = '', ...argv] = flags.args;
  const detached = flags.on('detach');
  const tty = flags.on('tty');
  const stdin = flags.on('interactive') && !detached;
  const found = yield* client.ask((engine) => engine.container(name));
  if (!found) return 1;
  if (!found.ok) {
    yield* client.error(`${objectError(found.error, 'container', name)}\n`);
    return 1;
  }
  if (tty && stdin && client.proc.fds.get(0)?.ops.kind !== 'tty') {
    yield* client.error('the input device is not a TTY\n');
    return 1;
  }
  const session = yield* client.call((engine) =>
    execInContainer(engine, found.value, {
      user: flags.value('user'),
      argv,
      env: environmentOf(flags.list('env'), client.proc.env),
      workingDir: flags.value('workdir'),
      tty,
      stdin,
      privileged: flags.on('privileged'),
    }),
  );
  if (!session) return 1;
  if (!session.ok) {
    yield* client.error(`${daemonError(session.error)}\n`);
    return 1;
  }
  const { value } = session;
  if (value.failure !== undefined) {
    if (detached) {
      yield* client.error(`${daemonError({ status: 400, message: value.failure })}\n`);
      return 1;
    }
    yield* client.out(`${value.failure}\n`);
    return value.code ?? 126;
  }
  if (detached) return 0;
  const { output, ended } = value;
  const how = yield* stream(client.proc, {
    output,
    stdin: value.stdin,
    console: stdin ? value.console?.tty : undefined,
    ended,
    isOver: () => output.ended,
  });
  if (how === 'detached') return 0;
  while (value.code === undefined) yield { kind: 'wait', on: [ended] };
  return value.code;
}

export const execCommand: Command = {
  usage: 'exec [OPTIONS] CONTAINER COMMAND [ARG...]',
  short: 'Run a command in a running container',
  args: atLeast(2),
  flags: [
    bool('detach', 'd'),
    text('detach-keys'),
    list('env', 'e'),
    list('env-file'),
    bool('interactive', 'i'),
    bool('privileged'),
    bool('tty', 't'),
    text('user', 'u'),
    text('workdir', 'w'),
  ],
  interspersed: false,
  run: runExec,
};
