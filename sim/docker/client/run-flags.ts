import { parseIp } from '../../wire/ip';
import { bool, type Flag, int, list, text } from './flags';

/** opts.ValidateExtraHost(). */
function extraHost(value: string): string | undefined {
  const at = value.indexOf(':');
  if (at <= 0) return `bad format for add-host: ${JSON.stringify(value)}`;
  const address = value.slice(at + 1);
  if (address === 'host-gateway' || parseIp(address) !== undefined) return undefined;
  return `invalid IP address in add-host: ${JSON.stringify(address)}`;
}

/** validateDomain(). */
const dnsSearch = (value: string): string | undefined =>
  value === '.' || /^[\w.-]+$/.test(value.trim()) ? undefined : `${value} is not a valid domain`;

/** ValidateEnv(). */
const environment = (value: string): string | undefined =>
  value.startsWith('=') ? `invalid environment variable: ${value}` : undefined;

const ipAddress = (value: string): string | undefined =>
  parseIp(value.trim()) === undefined ? `${value} is not an ip address` : undefined;

const SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.sem',
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
]);

/** ValidateSysctl(). */
function sysctl(value: string): string | undefined {
  const [name = '', setting] = value.split('=');
  const known = SYSCTLS.has(name) || name.startsWith('net.') || name.startsWith('fs.mqueue.');
  return known && setting !== undefined ? undefined : `sysctl '${value}' is not whitelisted`;
}

/** Options that are read and refused: they say so. */
export const ABSENT_FLAGS: readonly string[] = [
  'attach',
  'blkio-weight',
  'cgroup-parent',
  'cgroupns',
  'cidfile',
  'cpu-period',
  'cpu-quota',
  'cpu-shares',
  'cpus',
  'cpuset-cpus',
  'cpuset-mems',
  'device',
  'env-file',
  'gpus',
  'group-add',
  'health-cmd',
  'ipc',
  'isolation',
  'label-file',
  'link',
  'log-driver',
  'log-opt',
  'memory',
  'memory-swap',
  'mount',
  'oom-score-adj',
  'pid',
  'pids-limit',
  'platform',
  'runtime',
  'security-opt',
  'shm-size',
  'storage-opt',
  'tmpfs',
  'ulimit',
  'user',
  'userns',
  'uts',
  'volume',
  'volume-driver',
  'volumes-from',
];

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['attach', 'a'],
  ['cpu-shares', 'c'],
  ['memory', 'm'],
  ['user', 'u'],
  ['volume', 'v'],
]);

function absentFlags(): readonly Flag[] {
  return ABSENT_FLAGS.map((name) => list(name, LETTERS.get(name))).concat(
    bool('read-only'),
    bool('no-healthcheck'),
  );
}

/** Options of `docker run` and `docker create` that do something here. */
export const RUN_FLAGS: readonly Flag[] = [
  { name: 'add-host', kind: 'list', check: extraHost },
  list('cap-add'),
  list('cap-drop'),
  { name: 'dns', kind: 'list', check: ipAddress },
  list('dns-opt'),
  list('dns-option'),
  { name: 'dns-search', kind: 'list', check: dnsSearch },
  text('domainname'),
  text('entrypoint'),
  { name: 'env', short: 'e', kind: 'list', check: environment },
  list('expose'),
  text('hostname', 'h'),
  bool('init'),
  bool('interactive', 'i'),
  text('ip'),
  text('ip6'),
  list('label', 'l'),
  list('link-local-ip'),
  text('mac-address'),
  text('name'),
  list('network'),
  list('net'),
  list('network-alias'),
  list('net-alias'),
  bool('privileged'),
  list('publish', 'p'),
  bool('publish-all', 'P'),
  text('pull'),
  text('restart'),
  bool('rm'),
  text('stop-signal'),
  int('stop-timeout'),
  { name: 'sysctl', kind: 'list', check: sysctl },
  bool('tty', 't'),
  text('workdir', 'w'),
  ...absentFlags(),
];
