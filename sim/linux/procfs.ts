import { err, ok, type Result } from '../base/result';
import { type Capability, capabilityMask } from './capability';
import type { Errno } from './errno';
import type { Host } from './host';
import { Inode, type InodeBody } from './inode';
import type { Mount, MountNamespace } from './mount-namespace';
import { conntrackStatText } from './netfilter/conntrack/procfs';
import { type XtProcFile, xtProcDirs } from './netfilter/xt/procfs';
import type { Netns } from './netns';
import { findVpid, vpid } from './pid-namespace';
import type { Proc } from './process';
import { procNetFiles } from './procfs-net';
import { SIGNALS } from './signal';

/** /proc, fs/proc/: made anew at each look, so that it shows what is. */
export function procfs(host: Host): Inode {
  return node(host, {
    kind: 'handler-dir',
    list: (proc) => [...visiblePids(host, proc).map(String), ...TOP_NAMES],
    lookup: (proc, name) => {
      if (/^\d+$/.test(name)) return pidDir(host, findVpid(proc, Number(name)));
      return topNode(host, proc, name);
    },
  });
}

/** The numbers of the processes that a process's PID namespace shows. */
const visiblePids = (host: Host, proc: Proc): readonly number[] =>
  (proc.pidns ? proc.pidns.members.map(vpid) : [...host.procs.keys()]).sort((a, b) => a - b);

const TOP_NAMES = [
  'cpuinfo',
  'filesystems',
  'loadavg',
  'meminfo',
  'mounts',
  'net',
  'self',
  'stat',
  'sys',
  'thread-self',
  'uptime',
  'version',
];

const node = (host: Host, body: InodeBody): Inode => {
  const dir = body.kind === 'handler-dir';
  return new Inode(host.nextIno(), body, dir ? 0o555 : 0o444, host.clockUs);
};

const text = (host: Host, make: (proc: Proc) => string): Inode =>
  node(host, { kind: 'handler', read: (proc) => ok(make(proc)) });

const directory = (host: Host, entries: () => ReadonlyMap<string, Inode>): Inode =>
  node(host, {
    kind: 'handler-dir',
    list: () => [...entries().keys()],
    lookup: (_proc, name) => entries().get(name),
  });

function topNode(host: Host, proc: Proc, name: string): Inode | undefined {
  switch (name) {
    case 'self':
    case 'thread-self':
      return node(host, { kind: 'handler-link', target: (p) => String(vpid(p)) });
    case 'net':
      return node(host, { kind: 'handler-link', target: () => 'self/net' });
    case 'mounts':
      return node(host, { kind: 'handler-link', target: () => 'self/mounts' });
    case 'sys':
      return sysctlDir(host, proc.netns, '');
    case 'uptime':
      return text(host, () => `${seconds(host.nowUs)} ${seconds(host.nowUs)}\n`);
    case 'loadavg':
      return text(
        host,
        () => `0.00 0.00 0.00 1/${host.procs.size} ${Math.max(...host.procs.keys())}\n`,
      );
    case 'version':
      return text(host, () => `${KERNEL_VERSION}\n`);
    case 'cpuinfo':
      return text(host, () => 'processor\t: 0\nmodel name\t: simulated\n\n');
    case 'meminfo':
      return text(host, () => 'MemTotal:        2048000 kB\nMemFree:         1024000 kB\n');
    case 'filesystems':
      return text(host, () => 'nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\n\text4\nnodev\toverlay\n');
    case 'stat':
      return text(host, () => `btime ${Math.floor((host.clockUs - host.nowUs) / 1_000_000)}\n`);
    default:
      return undefined;
  }
}

/** What uname -a and /proc/version show: the kernel of Debian 12's time that the recordings ran on. */
export const KERNEL_RELEASE = '6.18.0';
const KERNEL_VERSION = `Linux version ${KERNEL_RELEASE} (hopwise simulation) #1 SMP PREEMPT_DYNAMIC`;

const seconds = (us: number): string => (us / 1_000_000).toFixed(2);

function pidDir(host: Host, proc: Proc | undefined): Inode | undefined {
  if (!proc) return undefined;
  return directory(host, () => pidEntries(host, proc));
}

function pidEntries(host: Host, proc: Proc): ReadonlyMap<string, Inode> {
  return new Map([
    ['cmdline', text(host, () => proc.argv.map((arg) => `${arg}\0`).join(''))],
    ['comm', text(host, () => `${proc.comm}\n`)],
    ['cwd', node(host, { kind: 'handler-link', target: () => proc.cwd })],
    ['environ', text(host, () => [...proc.env].map(([k, v]) => `${k}=${v}\0`).join(''))],
    ['exe', node(host, { kind: 'handler-link', target: () => proc.argv[0] ?? '' })],
    ['fd', fdDir(host, proc)],
    ['mounts', text(host, () => mountsText(proc.mounts))],
    ['net', directory(host, () => netEntries(host, proc.netns))],
    ['ns', nsDir(host, proc)],
    ['root', node(host, { kind: 'handler-link', target: () => '/' })],
    ['stat', text(host, () => statText(proc))],
    ['status', text(host, () => statusText(proc))],
  ]);
}

const netEntries = (host: Host, netns: Netns): ReadonlyMap<string, Inode> => {
  const dirs = xtProcDirs(netns).map(([name, files]) => [name, xtProcDir(host, files)] as const);
  const files = procNetFiles(netns).map(([name, make]) => [name, text(host, make)] as const);
  const stat = directory(
    host,
    () => new Map([['nf_conntrack', text(host, () => conntrackStatText(netns))]]),
  );
  return new Map([...files, ...dirs, ['stat', stat] as const]);
};

const xtProcDir = (host: Host, files: () => ReadonlyMap<string, XtProcFile>): Inode =>
  directory(host, () => new Map([...files()].map(([name, file]) => [name, xtFile(host, file)])));

function xtFile(host: Host, file: XtProcFile): Inode {
  const { write } = file;
  const read = (): Result<string, Errno> => ok(file.read());
  if (!write) return node(host, { kind: 'handler', read });
  const inode = node(host, { kind: 'handler', read, write: (_proc, value) => write(value) });
  inode.mode = 0o644;
  return inode;
}

function nsDir(host: Host, proc: Proc): Inode {
  const ns = (type: 'net' | 'mnt' | 'uts' | 'pid', of: object, id: number): Inode =>
    node(host, { kind: 'ns', type, ns: of, label: `${type}:[${id}]` });
  return directory(
    host,
    () =>
      new Map([
        ['mnt', ns('mnt', proc.mounts, proc.mounts.id)],
        ['net', ns('net', proc.netns, proc.netns.inode)],
        ['pid', ns('pid', host, 4_026_531_836)],
        ['uts', ns('uts', proc.uts, 4_026_531_838)],
      ]),
  );
}

function fdDir(host: Host, proc: Proc): Inode {
  const entries = (): ReadonlyMap<string, Inode> =>
    new Map(
      [...proc.fds]
        .sort(([a], [b]) => a - b)
        .map(([fd, file]) => [String(fd), fdLink(host, fd, file.ops.label ?? file.path)]),
    );
  return directory(host, entries);
}

/** /proc/PID/fd/N: opening it gives the open file itself, whatever its name says. */
function fdLink(host: Host, fd: number, label: string): Inode {
  const open = (by: Proc): ReturnType<Extract<InodeBody, { kind: 'char' }>['open']> =>
    by.fds.get(fd) ?? 'ENOENT';
  const inode = node(host, { kind: 'char', open, label });
  inode.mode = 0o700;
  return inode;
}

export const mountLine = (mount: Mount): string =>
  `${mount.source} ${mount.target} ${mount.type} ${mount.options} 0 0\n`;

const mountsText = (mounts: MountNamespace): string => mounts.list.map(mountLine).join('');

const STATE_LETTER = {
  ready: 'R',
  running: 'R',
  waiting: 'S',
  stopped: 'T',
  zombie: 'Z',
  dead: 'X',
} as const;

export const stateLetter = (proc: Proc): string => STATE_LETTER[proc.state];

const statText = (proc: Proc): string =>
  `${proc.pid} (${proc.comm}) ${stateLetter(proc)} ${proc.ppid} ${proc.pgid} ${proc.sid} 0 -1\n`;

const NO_CAPABILITIES: ReadonlySet<Capability> = new Set();

function statusText(proc: Proc): string {
  const mask = (how: 'ignore' | 'catch'): string => {
    let bits = 0n;
    for (const [name, number] of signalNumbers) {
      if (proc.disposition(name) === how) bits |= 1n << BigInt(number - 1);
    }
    return bits.toString(16).padStart(16, '0');
  };
  return [
    `Name:\t${proc.comm}`,
    `Umask:\t${proc.umask.toString(8).padStart(4, '0')}`,
    `State:\t${stateLetter(proc)}`,
    `Pid:\t${proc.pid}`,
    `PPid:\t${proc.ppid}`,
    'Uid:\t0\t0\t0\t0',
    'Gid:\t0\t0\t0\t0',
    `SigIgn:\t${mask('ignore')}`,
    `SigCgt:\t${mask('catch')}`,
    `CapInh:\t${capabilityMask(NO_CAPABILITIES)}`,
    `CapPrm:\t${capabilityMask(proc.capabilities)}`,
    `CapEff:\t${capabilityMask(proc.capabilities)}`,
    `CapBnd:\t${capabilityMask(proc.capabilities)}`,
    `CapAmb:\t${capabilityMask(NO_CAPABILITIES)}`,
    '',
  ].join('\n');
}

const signalNumbers = [
  ['HUP', SIGNALS.HUP],
  ['INT', SIGNALS.INT],
  ['QUIT', SIGNALS.QUIT],
  ['PIPE', SIGNALS.PIPE],
  ['TERM', SIGNALS.TERM],
  ['CHLD', SIGNALS.CHLD],
  ['TSTP', SIGNALS.TSTP],
] as const;

/** A directory under /proc/sys, over the namespace's own tree. */
function sysctlDir(host: Host, netns: Netns, path: string): Inode {
  return node(host, {
    kind: 'handler-dir',
    list: () => netns.sysctl.list(path),
    lookup: (_proc, name) => {
      const child = path === '' ? name : `${path}/${name}`;
      if (netns.sysctl.isDirectory(child)) return sysctlDir(host, netns, child);
      return sysctlFile(host, netns, child);
    },
  });
}

function sysctlFile(host: Host, netns: Netns, path: string): Inode | undefined {
  const entry = netns.sysctl.get(path);
  if (!entry) return undefined;
  const read = (): Result<string, Errno> =>
    (entry.mode & 0o444) === 0 ? err('EACCES') : ok(`${entry.read()}\n`);
  const write = (_proc: Proc, value: string): Errno | undefined => {
    const done = entry.write(value.replace(/\n$/, ''));
    return done.ok ? undefined : done.error;
  };
  const body: InodeBody =
    (entry.mode & 0o222) === 0 ? { kind: 'handler', read } : { kind: 'handler', read, write };
  return new Inode(host.nextIno(), body, entry.mode, host.clockUs);
}
