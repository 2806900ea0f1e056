import { utf8Decode } from '../base/bytes';
import { dockerHosts, setUpDockerWorld } from '../docker/world/recording';
import { Capture, inputOf } from '../lab/capture';
import { advance, advanceWhile, type Driven } from '../lab/drive';
import { machinePrograms } from '../lab/programs';
import { spawnProgram } from '../linux/exec';
import { mkdir, readFileAt } from '../linux/files';
import { installFilesystem, placeText } from '../linux/filesystem';
import type { Host } from '../linux/host';
import type { Limits } from '../linux/limits';
import { World } from '../linux/world';
import { parseScenario } from './scenario';

export interface Recorded {
  readonly cmd: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** The recorder's own shell loop: one bash runs all commands, each with its files and no input. */
const RUNNER = `
__w=/run/.lab __n=$1 __settle=$2 __v6=$3
cd /root
__noipv6() {
  [ "$__v6" = off ] || return 0
  [ -e /run/.v6.root ] || { sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1; : > /run/.v6.root; }
  local f
  for f in /run/netns/*; do
    [ -e "$f" ] && ! [ -e "/run/.v6.\${f##*/}.$(stat -Lc %i "$f")" ] || continue
    nsenter --net="$f" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 2>/dev/null &&
      : > "/run/.v6.\${f##*/}.$(stat -Lc %i "$f")"
  done
}
__noipv6
for ((__i = 0; __i < __n; __i++)); do
  eval "$(< $__w/cmd.$__i)" > $__w/out.$__i 2> $__w/err.$__i < /dev/null
  echo "$?" > $__w/rc.$__i
  cp $__w/out.$__i $__w/out.$__i.now; cp $__w/err.$__i $__w/err.$__i.now
  __noipv6
  sleep "$__settle"
done 2>$__w/runner.err
exit 0
`;

const ENV: ReadonlyMap<string, string> = new Map([
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
  ['LANG', 'C.UTF-8'],
  ['LC_ALL', 'C.UTF-8'],
  ['TERM', 'dumb'],
  ['USER', 'root'],
  ['PAGER', 'cat'],
]);

/** As long as the recorder waits for a whole script. */
const LIMIT_US = 240_000_000;
/** When every dockerd of a fresh world listens. */
const DOCKER_READY_US = 2_000_000;

export interface RecordOptions {
  readonly seed?: string;
  /** Called after each event (a capture looks for new namespaces). */
  readonly watch?: (host: Host) => void;
}

/** A fresh host as the recordings started from: only `lo`, down; host name `lab`; br_netfilter there. */
export function recordingHost(
  seed: string,
  limits: Partial<Limits> = {},
): { readonly world: World; readonly host: Host } {
  const world = new World({ seed, limits });
  const host = world.addHost('lab');
  installFilesystem(host, machinePrograms);
  placeText(
    host,
    '/etc/hosts',
    '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n',
  );
  placeText(
    host,
    '/etc/nsswitch.conf',
    'hosts: files dns\nservices: files\nprotocols: files\nnetworks: files\npasswd: files\ngroup: files\nethers: files\n',
  );
  return { world, host };
}

/** Runs a script as the recorder of truth/linux does and gives what each command printed. */
export function* recordScenario(
  text: string,
  options: RecordOptions = {},
): Driven<readonly Recorded[]> {
  const { meta, commands } = parseScenario(text);
  const { world, host } = recordingHost(options.seed ?? 'recording');
  mkdir(host.init, '/run/netns');
  if (meta.needs !== '') {
    const names = dockerHosts(meta.needs);
    if (!names) throw new Error(`hopwise: "# needs: ${meta.needs}" is not simulated`);
    if (!setUpDockerWorld(host, names, { ipv6: meta.ipv6 !== 'off' })) {
      throw new Error('dockerd did not start');
    }
    yield* advance(world, world.nowUs + DOCKER_READY_US);
  }
  for (const [i, command] of commands.entries())
    placeText(host, `/run/.lab/cmd.${i}`, `${command}\n`);
  const noise = new Capture();
  const argv = ['bash', '--norc', '--noprofile', '-c', RUNNER, 'bash'];
  const proc = spawnProgram(host.init, {
    path: '/bin/bash',
    argv: [...argv, String(commands.length), meta.settle, meta.ipv6],
    env: ENV,
    cwd: '/root',
    fds: new Map([
      [0, inputOf(new Uint8Array(0))],
      [1, noise.file],
      [2, noise.file],
    ]),
    pgid: 'own',
  });
  if (typeof proc === 'string') throw new Error(`bash: ${proc}`);
  const busy = (): boolean => {
    options.watch?.(host);
    return proc.alive;
  };
  const state = yield* advanceWhile(world, busy, LIMIT_US);
  const trouble = state.kind === 'stopped' ? state.text : noise.text;
  return commands.map((cmd, i) => resultOf(host, cmd, i, trouble));
}

function resultOf(host: Host, cmd: string, i: number, trouble: string): Recorded {
  const read = (name: string): string | undefined => {
    const bytes = readFileAt(host.init, `/run/.lab/${name}`);
    return typeof bytes === 'string' ? undefined : utf8Decode(bytes);
  };
  const code = read(`rc.${i}`);
  if (code === undefined) {
    return { cmd, stdout: '', stderr: `the command did not finish\n${trouble}`, code: 255 };
  }
  return {
    cmd,
    stdout: read(`out.${i}.now`) ?? '',
    stderr: cleanStderr(read(`err.${i}.now`) ?? ''),
    code: Number(code),
  };
}

/** Takes away what belongs to a non-interactive shell: `bash: line 7: x` -> `bash: x`, job notices. */
function cleanStderr(text: string): string {
  return text
    .split(/(?<=\n)/)
    .filter((line) => !/^bash: line \d+: +\d+ (Terminated|Killed|Hangup|Interrupt|Done)/.test(line))
    .map((line) => line.replace(/^bash: (?:eval: )?line \d+: /, 'bash: '))
    .join('');
}
