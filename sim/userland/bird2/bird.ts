import { strerror } from '../../linux/errno';
import { unlink, writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { getopt } from '../glibc/getopt';
import type { Config } from './config';
import { ControlSocket } from './control';
import { Daemon } from './daemon';
import { untold } from './debug';
import { parseProblem } from './parse-config';

const DEFAULT_CONFIG = '/etc/bird/bird.conf';
const DEFAULT_SOCKET = '/run/bird/bird.ctl';
const LINE = 'Usage: bird [--version] [--help] [-c <config-file>] [OPTIONS]\n';
const HELP = `${LINE}
Options: 
  -c <config-file>     Use given configuration file instead of
                       /etc/bird/bird.conf
  -d                   Enable debug messages and run bird in foreground
  -D <debug-file>      Log debug messages to given file instead of stderr
  -f                   Run bird in foreground
  -g <group>           Use given group ID
  -h, --help           Display this information
  -l                   Look for a configuration file and a control socket
                       in the current working directory
  -p                   Test configuration file and exit without start
  -P <pid-file>        Create a PID file with given filename
  -R                   Apply graceful restart recovery after start
  -s <control-socket>  Use given filename for a control socket
  -u <user>            Drop privileges and use given user ID
  --version            Display version of BIRD
`;

/** bird(8) 2.0.12: sysdep/unix/main.c. */
export const bird: Program = function* (proc, argv) {
  if (argv.length === 2 && (argv[1] === '--help' || argv[1] === '-h')) {
    yield* printError(proc, HELP);
    return 0;
  }
  if (argv.length === 2 && argv[1] === '--version') {
    yield* printError(proc, 'BIRD version 2.0.12\n');
    return 0;
  }
  const parsed = getopt(argv, 'c:dD:ps:P:u:g:flRh', []);
  if (!parsed.ok) {
    yield* printError(proc, `${parsed.error}\n${LINE}`);
    return 1;
  }
  const has = (name: string): boolean => parsed.options.some((o) => o.name === name);
  const value = (name: string): string | undefined =>
    parsed.options.find((o) => o.name === name)?.value;
  if (has('R') || has('D')) {
    yield* printError(proc, `hopwise: bird: -${has('R') ? 'R' : 'D'} is not simulated\n`);
    return 2;
  }
  const path = value('c') ?? (has('l') ? 'bird.conf' : DEFAULT_CONFIG);
  const control = new ControlSocket(
    proc,
    value('s') ?? (has('l') ? './bird.ctl' : DEFAULT_SOCKET),
    path,
  );
  const failed = has('p') ? undefined : control.listen();
  if (failed !== undefined) {
    yield* printError(proc, `bird: ${failed}\n`);
    return 1;
  }
  const config = yield* readConfig(proc, control);
  if (typeof config === 'number') return config;
  if (has('p')) return 0;
  const pidFile = value('P');
  if (has('f') || has('d')) return yield* serve(proc, { control, config, pidFile });
  return yield* background(proc, argv, { control, config, pidFile });
};

interface Start {
  readonly control: ControlSocket;
  readonly config: Config;
  readonly pidFile: string | undefined;
}

function* readConfig(proc: Proc, control: ControlSocket): Blocking<Config | number> {
  const path = control.configFile;
  const parsed = control.read();
  if (parsed.kind === 'config') {
    yield* warnOfDebug(proc, parsed.config);
    return parsed.config;
  }
  if (parsed.kind === 'missing') {
    yield* printError(proc, `${parseProblem(parsed, path)}\n`);
    return 2;
  }
  const text =
    parsed.kind === 'unreadable'
      ? `Unable to open configuration file ${path}: ${parsed.text}`
      : parseProblem(parsed, path);
  yield* printError(proc, `bird: ${text}\n`);
  return 1;
}

/** Debug classes that would be written but are not. */
function* warnOfDebug(proc: Proc, config: Config): Blocking<void> {
  if (!config.logs.some((log) => log.classes.has('trace'))) return;
  const wanted = config.protos.flatMap((proto) => [...(proto.debug ?? config.debug)]);
  const missing = untold(new Set(wanted));
  if (missing.length === 0) return;
  yield* printError(proc, `hopwise: bird: debug ${missing.join(', ')} is not simulated\n`);
}

/** daemon(3): the socket was opened before; the child has its descriptors. */
function* background(proc: Proc, argv: readonly string[], start: Start): Blocking<number> {
  const { path, configFile } = start.control;
  const child = proc.host.spawn(proc, {
    argv,
    pgid: 'own',
    fds: new Map(),
    main: function* (own) {
      const control = new ControlSocket(own, path, configFile);
      if (control.listen() !== undefined) return 1;
      return yield* serve(own, { ...start, control });
    },
  });
  if (child === 'EAGAIN') {
    yield* printError(proc, `bird: fork: ${strerror('EAGAIN')}\n`);
    return 1;
  }
  return 0;
}

function* serve(proc: Proc, { control, config, pidFile }: Start): Blocking<number> {
  if (pidFile !== undefined) writeFileAt(proc, pidFile, `${proc.pid}\n`, 0o664);
  const daemon = new Daemon(proc, config, control);
  daemon.boot();
  if (daemon.routerId === 0) {
    yield* printError(
      proc,
      'bird: Cannot determine router ID (no suitable network interface found), please configure it manually\n',
    );
    return 1;
  }
  yield* daemon.run();
  daemon.log('fatal', 'Shutdown completed');
  control.close();
  if (pidFile !== undefined) unlink(proc, pidFile);
  return 0;
}
