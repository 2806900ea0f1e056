import type { Program } from '../../linux/inode';
import { debianPrograms } from '../../userland/debian';
import {
  busyboxPs,
  busyboxTimeout,
  containerServe,
  hostnameRefusal,
  iptablesRefusal,
  sysctlRefusal,
  tcpdumpAsRoot,
  wanting,
} from './image-programs';

/** An image of the local store: what its configuration says. */
export interface Image {
  readonly id: string;
  readonly tags: string[];
  readonly cmd: readonly string[];
  readonly entrypoint: readonly string[] | undefined;
  readonly env: readonly string[];
  readonly exposedPorts: readonly string[];
  readonly workingDir: string;
  readonly createdUs: number;
  readonly sizeBytes: number;
}

/** Where an image keeps each program that a Debian machine has elsewhere: busybox applets lie in /bin. */
const USR_BIN = ['curl', 'dig', 'getent', 'nc', 'nslookup', 'ping', 'serve'];
const USR_SBIN = [
  'bridge',
  'conntrack',
  'ip',
  'ip6tables',
  'iptables',
  'iptables-save',
  'ss',
  'tcpdump',
];
const BIN = [
  'arp',
  'awk',
  'basename',
  'cat',
  'chmod',
  'chown',
  'cmp',
  'cp',
  'cut',
  'date',
  'dd',
  'df',
  'diff',
  'dirname',
  'dmesg',
  'du',
  'echo',
  'egrep',
  'env',
  'expr',
  'false',
  'fgrep',
  'find',
  'fold',
  'free',
  'grep',
  'head',
  'hexdump',
  'hostname',
  'id',
  'ifconfig',
  'kill',
  'killall',
  'less',
  'ln',
  'ls',
  'md5sum',
  'mkdir',
  'mktemp',
  'mv',
  'netstat',
  'nsenter',
  'od',
  'paste',
  'pidof',
  'printf',
  'ps',
  'pwd',
  'readlink',
  'realpath',
  'rev',
  'rm',
  'rmdir',
  'route',
  'sed',
  'seq',
  'sh',
  'sha256sum',
  'sleep',
  'sort',
  'stat',
  'sync',
  'sysctl',
  'tac',
  'tail',
  'tee',
  'test',
  'timeout',
  'touch',
  'tr',
  'true',
  'tty',
  'uname',
  'uniq',
  'unshare',
  'uptime',
  'vi',
  'watch',
  'wc',
  'which',
  'whoami',
  'xargs',
  'yes',
];

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The programs of both images, under the image's own paths. */
export function imagePrograms(): readonly (readonly [path: string, program: Program])[] {
  const known = new Map(debianPrograms.map(([path, program]) => [nameOf(path), program]));
  known.set('serve', containerServe);
  known.set('ps', busyboxPs);
  const guard = (name: string, wrap: (program: Program) => Program): void => {
    const program = known.get(name);
    if (program) known.set(name, wrap(program));
  };
  for (const name of ['iptables', 'iptables-save', 'ip6tables']) {
    guard(name, (program) => wanting('NET_ADMIN', program, iptablesRefusal, 4));
  }
  guard('tcpdump', tcpdumpAsRoot);
  guard('timeout', busyboxTimeout);
  guard('hostname', (program) => wanting('SYS_ADMIN', program, hostnameRefusal, 1));
  guard('sysctl', (program) => wanting('SYS_ADMIN', program, sysctlRefusal, 1));
  const at = (directory: string, names: readonly string[]) =>
    names.flatMap((name) => {
      const program = known.get(name);
      return program ? [[`${directory}/${name}`, program] as const] : [];
    });
  return [...at('/bin', BIN), ...at('/usr/bin', USR_BIN), ...at('/usr/sbin', USR_SBIN)];
}

const SIZE_BYTES = 106_800_000;

/** What a fresh machine of the course has pulled: `net` sleeps, `web` serves its host name. */
export function courseImages(createdUs: number): Image[] {
  const common = {
    entrypoint: undefined,
    env: [],
    workingDir: '',
    createdUs,
    sizeBytes: SIZE_BYTES,
  };
  return [
    {
      ...common,
      id: '8e60583bfd0a9dad17ba4f4299f0fdcb95b07ab17f3594d56ec92ba6161c241c',
      tags: ['web:latest'],
      cmd: ['sh', '-c', 'exec serve 80 "hello from $HOSTNAME"'],
      exposedPorts: ['80/tcp'],
    },
    {
      ...common,
      id: '6150bac42dda5f1b2e1be3e9b7c0bb1a35d30c68e1f4b2f0cfbb4a3c2a9d7e11',
      tags: ['net:latest'],
      cmd: ['sleep', 'infinity'],
      exposedPorts: [],
    },
  ];
}
