import { open } from '../../linux/files';
import type { Host } from '../../linux/host';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import type { Blocking, Process } from '../../linux/wait-queue';
import { runLines } from './input';
import { newShell } from './main';
import type { Shell } from './shell';
import { finish } from './subshell';

export interface ShellSession {
  readonly stdout: OpenFile;
  readonly stderr: OpenFile;
  /** The next text to run, given the status of the one before; undefined: end of input. */
  readonly nextCommand: (status: number) => Blocking<string | undefined>;
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
}

/**
 * One bash that is not interactive, reads nothing from its stdin (/dev/null), and runs the texts
 * it is handed one
 * after another: variables, jobs, and the working directory last.
 */
export function startShell(host: Host, session: ShellSession): Proc | 'EAGAIN' {
  return host.spawn(host.init, {
    main: (proc) => main(proc, session),
    argv: ['bash'],
    env: session.env ?? host.init.env,
    cwd: session.cwd ?? '/root',
    fds: new Map([
      [1, session.stdout],
      [2, session.stderr],
    ]),
    pgid: 'own',
  });
}

function* main(proc: Proc, session: ShellSession): Process {
  const input = open(proc, '/dev/null', { read: true });
  if (typeof input !== 'string') proc.dup2(input, 0);
  const sh: Shell = newShell(proc, 'bash');
  sh.fromStdin = true;
  let line = 1;
  for (;;) {
    const text = yield* session.nextCommand(sh.status);
    if (text === undefined) break;
    const whole = text.endsWith('\n') ? text : `${text}\n`;
    yield* runLines(sh, whole, line);
    line += whole.split('\n').length - 1;
    if (sh.unwind?.kind === 'exit') break;
  }
  return yield* finish(sh, sh.status);
}
