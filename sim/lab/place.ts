import { utf8Encode } from '../base/bytes';
import { err, ok, type Result } from '../base/result';
import { findInPath, spawnProgram } from '../linux/exec';
import type { Host } from '../linux/host';
import type { Netns } from '../linux/netns';
import { exitCode } from '../linux/process';
import type { RunState, World } from '../linux/world';
import { Capture, inputOf } from './capture';
import { advanceWhile, type Driven } from './drive';
import { type Words, words } from './words';

/** A host and one of its network namespaces: `node01`, `node01/red`. */
export interface Place {
  readonly host: Host;
  readonly netns: Netns;
}

/** Finds a place; in words what is missing. */
export function placeOf(world: World, text: string): Result<Place, Words> {
  const [hostName = '', netnsName] = text.split('/');
  const host = world.hosts.get(hostName);
  if (!host)
    return err(
      words((l) => (l === 'en' ? `there is no host ${hostName}` : `${hostName} 호스트가 없어요`)),
    );
  if (netnsName === undefined) return ok({ host, netns: host.netns });
  for (const netns of host.netnses) if (netns.name === netnsName) return ok({ host, netns });
  return err(
    words((l) =>
      l === 'en'
        ? `there is no network namespace ${netnsName} on ${hostName}`
        : `${hostName}에 네트워크 네임스페이스 ${netnsName}이(가) 없어요`,
    ),
  );
}

/** What root's programs find in their environment. */
export const ROOT_ENV: ReadonlyMap<string, string> = new Map([
  ['HOME', '/root'],
  ['LANG', 'C.UTF-8'],
  ['LOGNAME', 'root'],
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['SHELL', '/bin/bash'],
  ['TERM', 'xterm-256color'],
  ['USER', 'root'],
]);

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** As a shell would show it; undefined if it did not end in time. */
  readonly code: number | undefined;
  readonly state: RunState;
}

export interface RunOptions {
  readonly stdin?: string | undefined;
  readonly timeoutUs?: number | undefined;
  readonly cwd?: string | undefined;
}

/** Runs a program in a place, as init's child, until it ends. */
export function* runProgram(
  world: World,
  place: Place,
  argv: readonly string[],
  options: RunOptions = {},
): Driven<Ran> {
  const stdout = new Capture();
  const stderr = new Capture();
  const init = place.host.init;
  const path = findInPath(init, argv[0] ?? '', ROOT_ENV.get('PATH') ?? '');
  const proc =
    typeof path === 'string'
      ? path
      : spawnProgram(init, {
          path: path.path,
          argv,
          env: ROOT_ENV,
          cwd: options.cwd ?? '/root',
          pgid: 'own',
          netns: place.netns,
          fds: new Map([
            [0, inputOf(utf8Encode(options.stdin ?? ''))],
            [1, stdout.file],
            [2, stderr.file],
          ]),
        });
  if (typeof proc === 'string') {
    return { stdout: '', stderr: `${argv[0]}: ${proc}\n`, code: 127, state: { kind: 'idle' } };
  }
  const untilUs = world.nowUs + (options.timeoutUs ?? 60_000_000);
  const state = yield* advanceWhile(world, () => proc.alive, untilUs);
  const code = proc.status && exitCode(proc.status);
  if (proc.alive) proc.kill('KILL');
  return { stdout: stdout.text, stderr: stderr.text, code, state };
}
