import { spawnProgram } from '../../linux/exec';
import { installProgram } from '../../linux/filesystem';
import type { Host } from '../../linux/host';
import type { Netns } from '../../linux/netns';
import type { Proc } from '../../linux/process';
import { dockerOnDemand } from '../on-demand';

/** Installs the client, the engine and its proxy on a machine. */
export function installDocker(host: Host): void {
  for (const [path, program] of dockerOnDemand) installProgram(host, path, program);
}

export interface DockerdOptions {
  /** Names its socket and directories: `/run/NAME.sock`, `/run/NAME`, `/var/lib/NAME`. */
  readonly name: string;
  readonly netns: Netns;
  readonly hostname: string;
}

const ENV: ReadonlyMap<string, string> = new Map([
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
  ['LANG', 'C.UTF-8'],
]);

/** Starts an engine in a namespace, as an init system would. */
export function startDockerd(host: Host, options: DockerdOptions): Proc | undefined {
  const { name } = options;
  const argv = ['dockerd'];
  if (name !== 'docker') {
    argv.push(
      '-H',
      `unix:///run/${name}.sock`,
      '--exec-root',
      `/run/${name}`,
      '--data-root',
      `/var/lib/${name}`,
    );
  }
  const proc = spawnProgram(host.init, {
    path: '/usr/sbin/dockerd',
    argv,
    env: ENV,
    cwd: '/',
    pgid: 'own',
    netns: options.netns,
    fds: new Map(),
  });
  if (typeof proc === 'string') return undefined;
  proc.uts = { hostname: options.hostname };
  return proc;
}
