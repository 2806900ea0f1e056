import { CAPABILITIES, type Capability } from '../../linux/capability';
import { type Errno, strerror } from '../../linux/errno';
import { execve, findInPath } from '../../linux/exec';
import { isDirectory, resolve } from '../../linux/path';
import type { Proc, Spawn } from '../../linux/process';
import { type Blocking, type Process, WaitQueue } from '../../linux/wait-queue';
import type { Console } from './console';
import type { HostConfig } from './container';

/** caps.DefaultCapabilities() of moby's oci package. */
const DEFAULT_CAPABILITIES: readonly Capability[] = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'MKNOD',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
  'KILL',
  'AUDIT_WRITE',
];

/** TweakCapabilities(). */
export function containerCapabilities(hostConfig: HostConfig): ReadonlySet<Capability> {
  if (hostConfig.privileged) return new Set(CAPABILITIES);
  const names = (list: readonly string[] | undefined): ReadonlySet<string> =>
    new Set((list ?? []).map((one) => one.toUpperCase().replace(/^CAP_/, '')));
  const added = names(hostConfig.capAdd);
  const dropped = names(hostConfig.capDrop);
  const base = added.has('ALL') ? CAPABILITIES : dropped.has('ALL') ? [] : DEFAULT_CAPABILITIES;
  return new Set(
    CAPABILITIES.filter((one) => added.has(one) || (base.includes(one) && !dropped.has(one))),
  );
}

/** What `runc create` or `runc exec` starts. */
export interface RuncSpec {
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  /** The working directory is made when it is not there. */
  readonly makeCwd: boolean;
  /** The terminal that it gets. */
  readonly console: Console | undefined;
  readonly spawn: Omit<Spawn, 'main' | 'argv'>;
}

export interface Started {
  readonly proc: Proc | undefined;
  /** In runc's words, when the program could not be started. */
  readonly error: string | undefined;
}

/** Starts a process in a container and waits until it is the program that was asked for. */
export function* runc(
  parent: Proc,
  spec: RuncSpec,
  mkdir: (proc: Proc, path: string) => void,
): Blocking<Started> {
  const reported = new WaitQueue();
  let report: { readonly error: string | undefined } | undefined;
  const tell = (error: string | undefined): void => {
    report = { error };
    reported.wake();
  };
  const main = function* (proc: Proc): Process {
    spec.console?.take(proc);
    if (spec.makeCwd) mkdir(proc, spec.cwd);
    const next = load(proc, spec);
    if (typeof next === 'string') {
      tell(next);
      return 1;
    }
    tell(undefined);
    return yield* next;
  };
  const proc = parent.host.spawn(parent, {
    ...spec.spawn,
    main,
    argv: ['runc', 'init'],
    env: spec.env,
    cwd: '/',
    pgid: 'own',
  });
  if (proc === 'EAGAIN')
    return { proc: undefined, error: 'fork/exec: resource temporarily unavailable' };
  while (!report) yield { kind: 'wait', on: [reported] };
  return { proc: report.error === undefined ? proc : undefined, error: report.error };
}

/** runc's init: chdir, then exec with the PATH of the container's own environment. */
function load(proc: Proc, spec: RuncSpec): Process | string {
  const cwd = resolve(proc, spec.cwd);
  if (typeof cwd === 'string' || !cwd.inode || !isDirectory(cwd.inode)) {
    return `chdir to cwd ("${spec.cwd}") set in config.json failed: no such file or directory`;
  }
  proc.cwd = cwd.path;
  const name = spec.argv[0] ?? '';
  const quoted = JSON.stringify(name);
  const found = findInPath(proc, name, spec.env.get('PATH') ?? '');
  if (typeof found === 'string') return `exec: ${quoted}: executable file not found in $PATH`;
  const next = execve(proc, found.path, spec.argv, spec.env);
  if (typeof next !== 'string') return next;
  return `exec: ${quoted}: ${execError(proc, found.path, next)}`;
}

function execError(proc: Proc, path: string, errno: Errno): string {
  const found = resolve(proc, path);
  if (typeof found !== 'string' && found.inode && isDirectory(found.inode))
    return 'permission denied';
  if (errno === 'ENOENT' || errno === 'ENOTDIR')
    return `stat ${path}: ${strerror(errno).toLowerCase()}`;
  return strerror(errno).toLowerCase();
}
