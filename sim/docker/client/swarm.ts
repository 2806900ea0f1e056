import type { Blocking } from '../../linux/wait-queue';
import { formatIp } from '../../wire/ip';
import { type ApiResult, unavailable } from '../daemon/api-error';
import type { Engine } from '../daemon/engine';
import type { Cluster } from '../swarm/cluster';
import { initSwarm, joinSwarm, leaveSwarm, SWARM_PORT } from '../swarm/membership';
import { NOT_A_MANAGER } from '../swarm/networks';
import { type Client, daemonError } from './client';
import { type Command, exactly, NO_ARGS } from './command';
import { bool, type Flags, list, text } from './flags';

const NOT_A_MANAGER_WORKER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";

/** The swarm, if this engine may speak for it: errSwarmNotManager and its kin. */
export function managedCluster(engine: Engine): ApiResult<Cluster> {
  const { swarm } = engine;
  if (!swarm) return unavailable(NOT_A_MANAGER);
  if (swarm.node.role !== 'manager') return unavailable(NOT_A_MANAGER_WORKER);
  return { ok: true, value: swarm.cluster };
}

function managerAddress(cluster: Cluster): string {
  const { manager } = cluster;
  return manager ? `${formatIp(manager.address)}:${SWARM_PORT}` : '';
}

const joinText = (role: string, token: string, address: string): string =>
  `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${token} ${address}\n\n`;

function* runInit(client: Client, flags: Flags): Blocking<number> {
  for (const absent of [
    'autolock',
    'data-path-addr',
    'data-path-port',
    'default-addr-pool',
    'external-ca',
  ]) {
    if (!flags.has(absent)) continue;
    yield* client.error(`hopwise: docker: swarm init --${absent} is not simulated\n`);
    return 2;
  }
  const done = yield* client.call((engine) => initSwarm(engine, flags.value('advertise-addr')));
  if (!done) return 1;
  if (!done.ok) {
    yield* client.error(`${daemonError(done.error)}\n`);
    return 1;
  }
  const { cluster, id } = done.value;
  yield* client.out(`Swarm initialized: current node (${id}) is now a manager.\n\n`);
  yield* client.out(joinText('worker', cluster.workerToken, managerAddress(cluster)));
  yield* client.out(
    "To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.\n\n",
  );
  return 0;
}

const initCommand: Command = {
  usage: 'swarm init [OPTIONS]',
  short: 'Initialize a swarm',
  args: NO_ARGS,
  flags: [
    text('advertise-addr'),
    bool('autolock'),
    text('availability'),
    text('data-path-addr'),
    text('data-path-port'),
    list('default-addr-pool'),
    list('external-ca'),
    bool('force-new-cluster'),
    text('listen-addr'),
  ],
  run: runInit,
};

const joinCommand: Command = {
  usage: 'swarm join [OPTIONS] HOST:PORT',
  short: 'Join a swarm as a node and/or manager',
  args: exactly(1),
  flags: [
    text('advertise-addr'),
    text('availability'),
    text('data-path-addr'),
    text('listen-addr'),
    text('token'),
  ],
  *run(client, flags) {
    const [remote = ''] = flags.args;
    const request = {
      token: flags.value('token'),
      remote,
      advertise: flags.value('advertise-addr'),
    };
    const done = yield* client.call((engine) => joinSwarm(engine, request));
    if (!done) return 1;
    yield* done.ok
      ? client.out(`This node joined a swarm as a ${done.value}.\n`)
      : client.error(`${daemonError(done.error)}\n`);
    return done.ok ? 0 : 1;
  },
};

const joinTokenCommand: Command = {
  usage: 'swarm join-token [OPTIONS] (worker|manager)',
  short: 'Manage join tokens',
  args: exactly(1),
  flags: [bool('quiet', 'q'), bool('rotate')],
  *run(client, flags) {
    const [role = ''] = flags.args;
    if (role !== 'worker' && role !== 'manager') {
      yield* client.error(`unknown role ${role}\n`);
      return 1;
    }
    if (flags.on('rotate')) {
      yield* client.error('hopwise: docker: swarm join-token --rotate is not simulated\n');
      return 2;
    }
    const found = yield* client.ask(managedCluster);
    if (!found) return 1;
    if (!found.ok) {
      yield* client.error(`${daemonError(found.error)}\n`);
      return 1;
    }
    const { value } = found;
    const token = role === 'worker' ? value.workerToken : value.managerToken;
    yield* client.out(
      flags.on('quiet') ? `${token}\n` : joinText(role, token, managerAddress(value)),
    );
    return 0;
  },
};

const leaveCommand: Command = {
  usage: 'swarm leave [OPTIONS]',
  short: 'Leave the swarm',
  args: NO_ARGS,
  flags: [bool('force', 'f')],
  *run(client, flags) {
    const done = yield* client.call((engine) => leaveSwarm(engine, flags.on('force')));
    if (!done) return 1;
    yield* done.ok
      ? client.out('Node left the swarm.\n')
      : client.error(`${daemonError(done.error)}\n`);
    return done.ok ? 0 : 1;
  },
};

export const swarmCommands: ReadonlyMap<string, Command> = new Map([
  ['init', initCommand],
  ['join', joinCommand],
  ['join-token', joinTokenCommand],
  ['leave', leaveCommand],
]);
