import type { Program } from '../../linux/inode';
import { printError } from '../../linux/process-io';

/** Commands that a machine of the course would have and that are not simulated yet: they say so. A data table. */
const PATHS = [
  '/usr/sbin/arptables',
  '/usr/bin/cilium',
  '/usr/local/bin/calicoctl',
  '/usr/local/bin/cnitool',
  '/usr/local/bin/crictl',
  '/usr/bin/docker',
  '/usr/sbin/ebtables',
  '/usr/sbin/ipvsadm',
  '/usr/bin/journalctl',
  '/usr/local/bin/kubectl',
  '/usr/bin/man',
  '/usr/bin/mtr',
  '/usr/bin/socat',
  '/usr/bin/ssh',
  '/usr/bin/systemctl',
  '/usr/bin/top',
] as const;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const saysSo = (name: string): Program =>
  function* (proc) {
    yield* printError(proc, `hopwise: ${name}: the command is not simulated\n`);
    return 2;
  };

/** Names of the commands that only say that they are not simulated. */
export const absentCommands: readonly string[] = PATHS.map(nameOf);

export const programs: readonly (readonly [path: string, program: Program])[] = PATHS.map(
  (path) => [path, saysSo(nameOf(path))] as const,
);
