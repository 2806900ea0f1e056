import type { Proc } from '../../linux/process';
import { civilOf, clockTime } from '../../userland/glibc/civil-date';
import { conflict } from '../daemon/api-error';
import { daemonError } from './client';
import { atLeast, type Command } from './command';
import { alignColumns } from './table';

const HEADINGS = ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'];

const row = (proc: Proc): readonly string[] => [
  'root',
  String(proc.pid),
  String(proc.ppid),
  '0',
  clockTime(civilOf(proc.host.clockUs - proc.host.nowUs + proc.startUs)).slice(0, 5),
  '?',
  '00:00:00',
  proc.argv.join(' '),
];

/** `docker top`: ps -ef of the machine, the processes of one container. */
export const topCommand: Command = {
  usage: 'top CONTAINER [ps OPTIONS]',
  short: 'Display the running processes of a container',
  args: atLeast(1),
  flags: [],
  interspersed: false,
  *run(client, flags) {
    const [name = '', ...options] = flags.args;
    if (options.length > 0 && options.join(' ') !== '-ef') {
      yield* client.error('hopwise: docker: top with ps options is not simulated\n');
      return 2;
    }
    const found = yield* client.ask((engine) => {
      const container = engine.container(name);
      if (!container.ok) return container;
      if (!container.value.running)
        return conflict(`Container ${container.value.id} is not running`);
      return { ok: true, value: container.value.init?.pidns?.members ?? [] } as const;
    });
    if (!found) return 1;
    if (!found.ok) {
      yield* client.error(`${daemonError(found.error)}\n`);
      return 1;
    }
    const lines = [HEADINGS, ...found.value.map(row)].map((cells) => cells.join('\t'));
    yield* client.out(`${alignColumns(lines.join('\n'), 20, 3)}\n`);
    return 0;
  },
};
