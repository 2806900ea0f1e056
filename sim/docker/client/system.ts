import type { Blocking } from '../../linux/wait-queue';
import type { Engine } from '../daemon/engine';
import { removeContainer } from '../daemon/stop';
import { swarmInfo } from '../swarm/info';
import { Template } from '../template/execute';
import { type GoStruct, struct } from '../template/value';
import type { Client } from './client';
import { type Command, NO_ARGS } from './command';
import { parseFilters } from './filter';
import { bool, type Flags, list, text } from './flags';
import { confirmed } from './network';
import { labelMatches } from './ps';

/** The version of Debian 12's docker.io that the recordings were made with. */
export const DOCKER_VERSION = '20.10.24+dfsg1';
const GO_VERSION = 'go1.19.8';
const BUILT = 'Thu May  7 21:09:36 2026';

const CLIENT_TEXT = `Client:
 Version:           ${DOCKER_VERSION}
 API version:       1.41
 Go version:        ${GO_VERSION}
 Git commit:        297e128
 Built:             ${BUILT}
 OS/Arch:           linux/amd64
 Context:           default
 Experimental:      true
`;
const SERVER_TEXT = `
Server:
 Engine:
  Version:          ${DOCKER_VERSION}
  API version:      1.41 (minimum version 1.12)
  Go version:       ${GO_VERSION}
  Git commit:       5d6db84
  Built:            ${BUILT}
  OS/Arch:          linux/amd64
  Experimental:     false
 containerd:
  Version:          1.6.20~ds1
  GitCommit:        1.6.20~ds1-1+deb12u3
 runc:
  Version:          1.1.5+ds1
  GitCommit:        1.1.5+ds1-1+deb12u1
 docker-init:
  Version:          0.19.0
  GitCommit:        
`;

const versionValue = (): GoStruct => {
  const common = {
    Version: DOCKER_VERSION,
    'APIVersion:ApiVersion': '1.41',
    GitCommit: '5d6db84',
    GoVersion: GO_VERSION,
    Os: 'linux',
    Arch: 'amd64',
  };
  return struct('system.versionInfo', {
    Client: struct('system.clientVersion', common),
    Server: struct('types.Version', common),
  });
};

/** A value through `--format`; what is wrong with the template goes to stderr. */
function* printFormat(client: Client, format: string, value: GoStruct): Blocking<number> {
  const template = Template.parse(format);
  if (!template.ok) {
    yield* client.error(`Template parsing error: ${template.error}\n`);
    return 64;
  }
  const done = template.value.execute(value);
  yield* client.out(`${done.text}\n`);
  if (done.error !== undefined) yield* client.error(`${done.error}\n`);
  return done.error === undefined ? 0 : 1;
}

export const versionCommand: Command = {
  usage: 'version [OPTIONS]',
  short: 'Show the Docker version information',
  args: NO_ARGS,
  flags: [text('format', 'f')],
  *run(client, flags) {
    if (flags.has('format')) {
      const engine = yield* client.connect();
      return engine ? yield* printFormat(client, flags.value('format'), versionValue()) : 1;
    }
    yield* client.out(CLIENT_TEXT);
    const engine = yield* client.connect();
    if (!engine) return 1;
    yield* client.out(SERVER_TEXT);
    return 0;
  },
};

function infoValue(engine: Engine): GoStruct {
  const all = [...engine.containers.values()];
  const count = (status: string): number => all.filter((one) => one.state.status === status).length;
  const running = count('running');
  const paused = count('paused');
  return struct('types.Info', {
    Containers: all.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: all.length - running - paused,
    Images: engine.images.length,
    Driver: 'overlay2',
    IPv4Forwarding: engine.net.sysctl.get('net/ipv4/ip_forward')?.read() === '1',
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '1',
    KernelVersion: '6.18.0',
    OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    OSType: 'linux',
    Architecture: 'x86_64',
    DockerRootDir: engine.options.dataRoot,
    Name: engine.proc.uts.hostname,
    ServerVersion: DOCKER_VERSION,
    DefaultRuntime: 'runc',
    Swarm: swarmInfo(engine),
    LiveRestoreEnabled: false,
  });
}

function infoText(engine: Engine): string {
  const value = infoValue(engine);
  const field = (name: string): string => String(value.get(name));
  const state = engine.swarm ? 'active' : 'inactive';
  return `Client:
 Context:    default
 Debug Mode: false

Server:
 Containers: ${field('Containers')}
  Running: ${field('ContainersRunning')}
  Paused: ${field('ContainersPaused')}
  Stopped: ${field('ContainersStopped')}
 Images: ${field('Images')}
 Server Version: ${DOCKER_VERSION}
 Storage Driver: overlay2
 Logging Driver: json-file
 Cgroup Driver: cgroupfs
 Cgroup Version: 1
 Swarm: ${state}
 Default Runtime: runc
 Kernel Version: ${field('KernelVersion')}
 Operating System: ${field('OperatingSystem')}
 OSType: linux
 Architecture: x86_64
 Name: ${field('Name')}
 Docker Root Dir: ${field('DockerRootDir')}
`;
}

export const infoCommand: Command = {
  usage: 'info [OPTIONS]',
  short: 'Display system-wide information',
  args: NO_ARGS,
  flags: [text('format', 'f')],
  *run(client, flags) {
    const engine = yield* client.connect();
    if (!engine) return 1;
    if (flags.has('format'))
      return yield* printFormat(client, flags.value('format'), infoValue(engine));
    yield* client.out(infoText(engine));
    return 0;
  },
};

/** ContainersPrune(). */
function* prune(engine: Engine, labels: readonly string[]): Blocking<readonly string[]> {
  const ids: string[] = [];
  for (const container of [...engine.containers.values()].sort((a, b) => b.serial - a.serial)) {
    if (container.running || container.state.status === 'restarting') continue;
    if (!labels.every((one) => labelMatches(container.config.labels, one))) continue;
    yield* removeContainer(engine, container, false);
    ids.push(container.id);
  }
  return ids;
}

export const containerPruneCommand: Command = {
  usage: 'container prune [OPTIONS]',
  short: 'Remove all stopped containers',
  args: NO_ARGS,
  flags: [list('filter'), bool('force', 'f')],
  *run(client: Client, flags: Flags) {
    const filters = parseFilters(flags.list('filter'), ['label', 'until']);
    if (!filters.ok) {
      yield* client.error(`${filters.error}\n`);
      return 1;
    }
    const warning = 'WARNING! This will remove all stopped containers.';
    if (!flags.on('force') && !(yield* confirmed(client, warning))) return 0;
    const ids = yield* client.call((engine) => prune(engine, filters.value.get('label') ?? []));
    if (!ids) return 1;
    if (ids.length > 0) yield* client.out(`Deleted Containers:\n${ids.join('\n')}\n\n`);
    yield* client.out('Total reclaimed space: 0B\n');
    return 0;
  },
};
