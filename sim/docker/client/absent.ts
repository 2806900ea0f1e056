/** Options of docker 20.10 that are not simulated, by command. A data table. */
const CREATE = `blkio-weight-device cpu-rt-period cpu-rt-runtime device-cgroup-rule device-read-bps
  device-read-iops device-write-bps device-write-iops disable-content-trust health-interval
  health-retries health-start-period health-timeout kernel-memory memory-reservation
  memory-swappiness oom-kill-disable`;
const FLAGS: Readonly<Record<string, string>> = {
  create: CREATE,
  'node update': 'label-add label-rm role',
  pull: 'disable-content-trust platform',
  run: `${CREATE} detach-keys sig-proxy`,
  'swarm init': `cert-expiry default-addr-pool-mask-length dispatcher-heartbeat max-snapshots
    snapshot-interval task-history-limit`,
  update: `blkio-weight cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares c cpus
    cpuset-cpus cpuset-mems kernel-memory memory m memory-reservation memory-swap pids-limit`,
  version: 'kubeconfig',
};

/** Commands of groups that are not simulated. A data table. */
const COMMANDS: Readonly<Record<string, string>> = {
  container: 'commit cp diff export stats',
  image: 'build history import load prune push save',
  node: 'demote promote ps',
  swarm: 'ca unlock unlock-key update',
};

const has = (table: Readonly<Record<string, string>>, key: string, name: string): boolean =>
  Object.hasOwn(table, key) && (table[key] ?? '').split(/\s+/).includes(name);

/** The option that pflag's error names, if it is a real one of this command. */
export function absentFlag(path: string, error: string): string | undefined {
  const [, long, short] =
    /^unknown flag: --(\S+)$|^unknown shorthand flag: '(.)'/.exec(error) ?? [];
  const name = long ?? short ?? '';
  const command = path.replace(/^container /, '').replace(/^image pull$/, 'pull');
  if (!has(FLAGS, command, name)) return undefined;
  return long === undefined ? `-${name}` : `--${name}`;
}

/** Is this a real command of the group? */
export const isAbsentCommand = (group: string, word: string): boolean => has(COMMANDS, group, word);
