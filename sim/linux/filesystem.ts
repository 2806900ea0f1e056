import { utf8Encode } from '../base/bytes';
import { ETC_GROUP, ETC_PASSWD } from './base-passwd';
import { deviceNodes } from './dev-files';
import type { Host } from './host';
import type { Inode, Program } from './inode';
import { procfs } from './procfs';
import { sysfs } from './sysfs';

/** The directories of a fresh Debian (hier(7)). */
const DIRECTORIES = [
  '/boot',
  '/dev',
  '/etc',
  '/home',
  '/mnt',
  '/opt',
  '/proc',
  '/root',
  '/run',
  '/srv',
  '/sys',
  '/tmp',
  '/usr/bin',
  '/usr/lib',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/share',
  '/var/lib',
  '/var/lib/misc',
  '/var/log',
  '/var/tmp',
];

/** Since Debian 12 these are links into /usr. */
const LINKS = [
  ['/bin', 'usr/bin'],
  ['/lib', 'usr/lib'],
  ['/sbin', 'usr/sbin'],
  ['/var/run', '/run'],
] as const;

const FILES = [
  ['/etc/hosts', '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n'],
  ['/etc/resolv.conf', ''],
  ['/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\nnetworks: files\n'],
  ['/etc/passwd', ETC_PASSWD],
  ['/etc/group', ETC_GROUP],
  ['/etc/debian_version', '12.12\n'],
  [
    '/etc/iproute2/rt_tables',
    '#\n# reserved values\n#\n255\tlocal\n254\tmain\n253\tdefault\n0\tunspec\n#\n# local\n#\n#1\tinr.ruhep\n',
  ],
  [
    '/etc/os-release',
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
  ],
  ['/etc/shells', '/bin/sh\n/bin/bash\n'],
] as const;

/** Lays the file system of a fresh machine, and its programs. */
export function installFilesystem(
  host: Host,
  programs: readonly (readonly [path: string, program: Program])[],
): void {
  for (const path of DIRECTORIES) directoryAt(host, path);
  for (const [path, target] of LINKS) {
    placeAt(host, path, host.newInode({ kind: 'symlink', target }, 0o777));
  }
  const put = (path: string, text: string): void => placeText(host, path, text, 0o644);
  for (const [path, text] of FILES) put(path, text);
  put('/etc/hostname', `${host.name}\n`);
  directoryAt(host, '/tmp').mode = 0o1777;
  directoryAt(host, '/root').mode = 0o700;
  for (const [name, inode] of deviceNodes(host)) placeAt(host, `/dev/${name}`, inode);
  for (const [path, program] of programs) installProgram(host, path, program);
  const mount = (source: string, target: string, type: string, root: Inode): void =>
    host.mounts.mount({ source, target, type, root, options: 'rw,nosuid,nodev,noexec,relatime' });
  mount('sysfs', '/sys', 'sysfs', sysfs(host, host.netns));
  mount('proc', '/proc', 'proc', procfs(host));
}

/** An executable whose content is a program of ours; reading it gives an ELF header's first bytes. */
export function installProgram(host: Host, path: string, program: Program): void {
  const data = ELF_MAGIC.slice();
  const body = { kind: 'file', data, size: data.length, program } as const;
  placeAt(host, path, host.newInode({ ...body }, 0o755));
}

const ELF_MAGIC = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0);

/** Puts a text file at an absolute path, with the directories above it. */
export function placeText(host: Host, path: string, text: string, mode = 0o644): void {
  const data = utf8Encode(text);
  placeAt(host, path, host.newInode({ kind: 'file', data, size: data.length }, mode));
}

function placeAt(host: Host, path: string, inode: Inode): void {
  const at = path.lastIndexOf('/');
  const dir = directoryAt(host, path.slice(0, at) || '/');
  if (dir.body.kind === 'dir') dir.body.entries.set(path.slice(at + 1), inode);
}

/** The directory at an absolute path, made if absent; links on the way are followed one level. */
function directoryAt(host: Host, path: string): Inode {
  let here = host.root;
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (here.body.kind !== 'dir') break;
    const known = here.body.entries.get(name);
    if (known?.body.kind === 'symlink') {
      here = directoryAt(host, `/${known.body.target.replace(/^\//, '')}`);
      continue;
    }
    if (known) {
      here = known;
      continue;
    }
    const made = host.newInode({ kind: 'dir', entries: new Map() }, 0o755);
    here.body.entries.set(name, made);
    here.nlink++;
    here = made;
  }
  return here;
}
