import { utf8Encode } from '../../base/bytes';
import { deviceNodes } from '../../linux/dev-files';
import type { Host } from '../../linux/host';
import type { Inode, InodeBody } from '../../linux/inode';
import { MountNamespace } from '../../linux/mount-namespace';
import type { Netns } from '../../linux/netns';
import { lookup } from '../../linux/path';
import { procfs } from '../../linux/procfs';
import { sysfs } from '../../linux/sysfs';
import { imagePrograms } from './image';

const DIRECTORIES = [
  'bin',
  'dev',
  'etc',
  'lib',
  'lib64',
  'proc',
  'root',
  'run',
  'sbin',
  'sys',
  'tmp',
  'usr/bin',
  'usr/lib',
  'usr/sbin',
  'var/run',
];

const FILES: readonly (readonly [path: string, text: string])[] = [
  ['etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n'],
  ['etc/group', 'root:x:0:\n'],
  ['etc/nsswitch.conf', 'hosts: files dns\n'],
  ['etc/hosts', ''],
  ['etc/hostname', ''],
  ['etc/resolv.conf', ''],
  ['.dockerenv', ''],
];

/** The files that the engine mounts over a container's own: they are shared by `--network container:`. */
export interface NetworkFiles {
  readonly hosts: Inode;
  readonly hostname: Inode;
  readonly resolvConf: Inode;
}

/** A container's file system: its writable tree, and the engine's files over it. */
export interface ContainerFiles {
  readonly root: Inode;
  readonly network: NetworkFiles;
}

const directory = (host: Host): Inode => host.newInode({ kind: 'dir', entries: new Map() }, 0o755);

export function textInode(host: Host, text = ''): Inode {
  const data = utf8Encode(text);
  return host.newInode({ kind: 'file', data, size: data.length }, 0o644);
}

/** Replaces the content of a file of the engine, whoever has it mounted. */
export function setText(inode: Inode, text: string): void {
  if (inode.body.kind !== 'file') return;
  const data = utf8Encode(text);
  inode.body.data = data;
  inode.body.size = data.length;
}

function put(host: Host, root: Inode, path: string, inode: Inode): void {
  let here = root;
  const names = path.split('/').filter((name) => name !== '');
  const last = names.pop() ?? '';
  for (const name of names) {
    if (here.body.kind !== 'dir') return;
    const next = here.body.entries.get(name) ?? directory(host);
    here.body.entries.set(name, next);
    here = next;
  }
  if (here.body.kind === 'dir') here.body.entries.set(last, inode);
}

const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0];

/** The tree of a new container. Each has its own, as an overlay's upper directory would make it appear. */
export function newContainerFiles(host: Host): ContainerFiles {
  const root = directory(host);
  for (const path of DIRECTORIES) put(host, root, path, directory(host));
  for (const [path, text] of FILES) put(host, root, path, textInode(host, text));
  for (const [path, program] of imagePrograms()) {
    const data = Uint8Array.from(ELF_MAGIC);
    const body: InodeBody = { kind: 'file', data, size: data.length, program };
    put(host, root, path, host.newInode(body, 0o755));
  }
  const network = {
    hosts: textInode(host),
    hostname: textInode(host),
    resolvConf: textInode(host),
  };
  return { root, network };
}

const READ_ONLY = 'ro,nosuid,nodev,noexec,relatime';
const HIDDEN = 'rw,nosuid,nodev,noexec,relatime';

/** A directory of proc as the root of a mount: what is in it still depends on who looks. */
const entryOf = (host: Host, root: Inode, name: string): Inode =>
  host.newInode(
    {
      kind: 'handler-dir',
      list: (proc) => {
        const body = lookup(proc, root, name)?.body;
        return body?.kind === 'handler-dir' ? body.list(proc) : [];
      },
      lookup: (proc, entry) => {
        const here = lookup(proc, root, name);
        return here && lookup(proc, here, entry);
      },
    },
    0o555,
  );

/** What runc mounts before a container's first process: specs of daemon/oci_linux.go. */
export function containerMounts(
  host: Host,
  files: { readonly root: Inode; readonly network: NetworkFiles },
  container: { readonly net: Netns; readonly privileged: boolean },
): MountNamespace {
  const mounts = new MountNamespace(host.kernel.nextInode(), files.root);
  const mount = (source: string, target: string, type: string, inode: Inode, options = HIDDEN) =>
    mounts.mount({ source, target, type, root: inode, options });
  const dev = directory(host);
  for (const [name, inode] of deviceNodes(host)) put(host, dev, name, inode);
  mount('overlay', '/', 'overlay', files.root, 'rw,relatime');
  const proc = procfs(host);
  mount('proc', '/proc', 'proc', proc);
  mount('tmpfs', '/dev', 'tmpfs', dev, 'rw,nosuid,size=65536k,mode=755');
  const { net, privileged } = container;
  mount('sysfs', '/sys', 'sysfs', sysfs(host, net), privileged ? HIDDEN : READ_ONLY);
  const { network } = files;
  mount('tmpfs', '/etc/resolv.conf', 'tmpfs', network.resolvConf, 'rw,relatime');
  mount('tmpfs', '/etc/hostname', 'tmpfs', network.hostname, 'rw,relatime');
  mount('tmpfs', '/etc/hosts', 'tmpfs', network.hosts, 'rw,relatime');
  if (privileged) return mounts;
  mount('proc', '/proc/sys', 'proc', entryOf(host, proc, 'sys'), READ_ONLY);
  return mounts;
}
