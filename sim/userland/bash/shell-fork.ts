import { open } from '../../linux/files';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import type { Shell } from './shell';
import { subshellMain } from './subshell';

export interface ForkOptions {
  readonly body: (inner: Shell) => Blocking<number>;
  readonly background?: boolean;
  readonly fds?: ReadonlyMap<number, OpenFile>;
  /**
   * The process group of the pipeline's first process, or 'own' for that first one; job control
   * only.
   */
  readonly pgid?: number | 'own';
}

/** make_child(): a copy of the shell that runs `body`. */
export function forkShell(sh: Shell, options: ForkOptions): Proc | undefined {
  const monitor = sh.has('monitor');
  let fds: ReadonlyMap<number, OpenFile> = options.fds ?? sh.proc.fds;
  const ownInput = fds.get(0) === sh.proc.fds.get(0);
  if (options.background && !monitor && ownInput) fds = withoutInput(sh, fds);
  const child = sh.proc.host.spawn(sh.proc, {
    main: (proc) => subshellMain(sh, proc, options.body),
    argv: sh.proc.argv,
    env: sh.proc.env,
    fds,
    pgid: monitor ? (options.pgid ?? 'own') : undefined,
  });
  if (child === 'EAGAIN') return undefined;
  if (options.background && !monitor) {
    child.setDisposition('INT', 'ignore');
    child.setDisposition('QUIT', 'ignore');
  }
  return child;
}

/** Background commands without job control read from /dev/null. */
function withoutInput(
  sh: Shell,
  fds: ReadonlyMap<number, OpenFile>,
): ReadonlyMap<number, OpenFile> {
  const file = open(sh.proc, '/dev/null', { read: true });
  return typeof file === 'string' ? fds : new Map(fds).set(0, file);
}
