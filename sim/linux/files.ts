import { NO_BYTES, utf8Decode, utf8Encode } from '../base/bytes';
import type { Errno } from './errno';
import { emptyFile, fileBytes, type Inode, type InodeBody } from './inode';
import { type FileOps, OpenFile, type OpenFlags } from './open-file';
import { isDirectory, lookupPath, resolve } from './path';
import { Pipe } from './pipe';
import type { Proc } from './process';

/** The most that one regular file may hold, and all files of a host together (see Host.fileBytes). */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

export interface OpenOptions {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly truncate?: boolean;
  readonly exclusive?: boolean;
  readonly mode?: number;
}

/** open(2). Opening a FIFO does not wait for the other side; its reads and writes do. */
export function open(proc: Proc, path: string, options: OpenOptions): OpenFile | Errno {
  const found = resolve(proc, path);
  if (typeof found === 'string') return found;
  let inode = found.inode;
  if (inode && options.create && options.exclusive) return 'EEXIST';
  if (!inode) {
    if (!options.create) return 'ENOENT';
    if (path.endsWith('/')) return 'EISDIR';
    if (isProcfs(proc, found.path)) return 'ENOENT';
    if (proc.mounts.isReadOnly(found.path)) return 'EROFS';
    const made = createIn(proc, found.dir, found.name, emptyFile(), options.mode ?? 0o666);
    if (typeof made === 'string') return made;
    inode = made;
  }
  const flags = {
    read: options.read ?? false,
    write: options.write ?? false,
    append: options.append ?? false,
  };
  if (flags.write && isDirectory(inode)) return 'EISDIR';
  if (flags.write && isStored(inode) && proc.mounts.isReadOnly(found.path)) return 'EROFS';
  return openInode(proc, inode, found.path, flags, options.truncate ?? false);
}

/** proc's lookup says itself that there is no such file: nothing can be made in it. */
const isProcfs = (proc: Proc, path: string): boolean => proc.mounts.covering(path)?.type === 'proc';

/** Devices, FIFOs and sockets may be opened for writing on a read-only mount. */
const isStored = (inode: Inode): boolean =>
  inode.body.kind === 'file' || inode.body.kind === 'handler';

function openInode(
  proc: Proc,
  inode: Inode,
  path: string,
  flags: OpenFlags,
  truncate: boolean,
): OpenFile | Errno {
  const body = inode.body;
  switch (body.kind) {
    case 'file':
      if (truncate && flags.write) setSize(proc, inode, body, 0);
      return new OpenFile(regularOps(proc, inode, body), flags, path, inode);
    case 'dir':
    case 'handler-dir':
      return new OpenFile(DIRECTORY_OPS, flags, path, inode);
    case 'fifo':
      return body.pipe.open(flags.write ? 'write' : 'read', path);
    case 'char':
      return body.open(proc, flags);
    case 'handler':
      return openHandler(proc, inode, body, path, flags);
    case 'ns':
      return new OpenFile(NS_OPS, flags, path, inode);
    case 'socket':
      return 'ENXIO';
    case 'symlink':
    case 'handler-link':
      return 'ELOOP';
  }
}

const DIRECTORY_OPS: FileOps = {
  kind: 'directory',
  read: () => 'EISDIR',
  write: () => 'EISDIR',
  poll: () => ({ in: true, out: true }),
};

const NS_OPS: FileOps = {
  kind: 'other',
  read: () => 'EINVAL',
  write: () => 'EINVAL',
  poll: () => ({ in: true, out: true }),
};

type FileBody = Extract<InodeBody, { kind: 'file' }>;

function regularOps(proc: Proc, inode: Inode, body: FileBody): FileOps {
  const host = proc.host;
  return {
    kind: 'regular',
    poll: () => ({ in: true, out: true }),
    read: (file, max) => {
      const part = body.data.subarray(file.offset, Math.min(body.size, file.offset + max));
      file.offset += part.length;
      return part;
    },
    write: (file, bytes) => {
      const at = file.flags.append ? body.size : file.offset;
      const end = at + bytes.length;
      if (end > MAX_FILE_BYTES) return 'EFBIG';
      if (end > body.size && !host.takeFileBytes(end - body.size)) return 'ENOSPC';
      growTo(body, end);
      body.data.set(bytes, at);
      body.size = Math.max(body.size, end);
      file.offset = end;
      inode.mtimeUs = host.clockUs;
      return bytes.length;
    },
  };
}

function growTo(body: FileBody, size: number): void {
  if (size <= body.data.length && !Object.isFrozen(body.data)) return;
  const bigger = new Uint8Array(Math.max(size, Math.min(body.size * 2, MAX_FILE_BYTES)));
  bigger.set(fileBytes(body));
  body.data = bigger;
}

function setSize(proc: Proc, inode: Inode, body: FileBody, size: number): void {
  if (size < body.size) proc.host.takeFileBytes(size - body.size);
  if (size === 0) body.data = NO_BYTES;
  else {
    growTo(body, size);
    if (size < body.size) body.data.fill(0, size, body.size);
  }
  body.program = undefined;
  body.size = size;
  inode.mtimeUs = proc.host.clockUs;
}

function openHandler(
  proc: Proc,
  inode: Inode,
  body: Extract<InodeBody, { kind: 'handler' }>,
  path: string,
  flags: OpenFlags,
): OpenFile | Errno {
  if (flags.write && !body.write) return 'EACCES';
  if (flags.read && !body.read) return 'EACCES';
  let text: Uint8Array | undefined;
  const ops: FileOps = {
    kind: 'regular',
    poll: () => ({ in: true, out: true }),
    read: (file, max) => {
      if (!text || file.offset === 0) {
        const made = body.read?.(proc);
        if (!made?.ok) return made?.error ?? 'EINVAL';
        text = utf8Encode(made.value);
      }
      const part = text.subarray(file.offset, file.offset + max);
      file.offset += part.length;
      return part;
    },
    write: (_file, bytes) => body.write?.(proc, utf8Decode(bytes)) ?? bytes.length,
  };
  return new OpenFile(ops, flags, path, inode);
}

/** Makes a new inode in a directory. */
export function createIn(
  proc: Proc,
  dir: Inode,
  name: string,
  body: InodeBody,
  mode: number,
): Inode | Errno {
  if (dir.body.kind === 'handler-dir') return 'EACCES';
  if (dir.body.kind !== 'dir') return 'ENOTDIR';
  if (dir.body.entries.has(name)) return 'EEXIST';
  if (!proc.host.takeInode()) return 'ENOSPC';
  const permissions = body.kind === 'symlink' ? mode : mode & ~proc.umask;
  const inode = proc.host.newInode(body, permissions);
  dir.body.entries.set(name, inode);
  dir.mtimeUs = proc.host.clockUs;
  if (body.kind === 'dir') dir.nlink++;
  return inode;
}

function createAt(proc: Proc, path: string, body: InodeBody, mode: number): Errno | undefined {
  const found = resolve(proc, path.replace(/\/+$/, '') || '/', false);
  if (typeof found === 'string') return found;
  if (found.inode) return 'EEXIST';
  const made = createIn(proc, found.dir, found.name, body, mode);
  return typeof made === 'string' ? made : undefined;
}

export const mkdir = (proc: Proc, path: string, mode = 0o777): Errno | undefined =>
  createAt(proc, path, { kind: 'dir', entries: new Map() }, mode);

export const mkfifo = (proc: Proc, path: string, mode = 0o666): Errno | undefined =>
  createAt(proc, path, { kind: 'fifo', pipe: new Pipe(proc.host.nextIno()) }, mode);

export const symlink = (proc: Proc, target: string, path: string): Errno | undefined =>
  createAt(proc, path, { kind: 'symlink', target }, 0o777);

/** link(2): a second name for one inode. */
export function link(proc: Proc, from: string, to: string): Errno | undefined {
  const inode = lookupPath(proc, from, false);
  if (typeof inode === 'string') return inode;
  if (isDirectory(inode)) return 'EPERM';
  const found = resolve(proc, to, false);
  if (typeof found === 'string') return found;
  if (found.inode) return 'EEXIST';
  if (found.dir.body.kind !== 'dir') return 'EACCES';
  found.dir.body.entries.set(found.name, inode);
  inode.nlink++;
  return undefined;
}

/** unlink(2). */
export function unlink(proc: Proc, path: string): Errno | undefined {
  const found = resolve(proc, path, false);
  if (typeof found === 'string') return found;
  if (!found.inode) return 'ENOENT';
  if (isDirectory(found.inode)) return 'EISDIR';
  if (proc.mounts.at(found.path)) return 'EBUSY';
  if (found.dir.body.kind !== 'dir') return 'EPERM';
  found.dir.body.entries.delete(found.name);
  found.dir.mtimeUs = proc.host.clockUs;
  drop(proc, found.inode);
  return undefined;
}

function drop(proc: Proc, inode: Inode): void {
  inode.nlink--;
  if (inode.nlink > 0) return;
  proc.host.giveInode();
  if (inode.body.kind === 'file') proc.host.takeFileBytes(-inode.body.size);
}

/** rmdir(2). */
export function rmdir(proc: Proc, path: string): Errno | undefined {
  if (/(^|\/)\.$/.test(path)) return 'EINVAL';
  const found = resolve(proc, path.replace(/\/+$/, '') || '/', false);
  if (typeof found === 'string') return found;
  if (!found.inode) return 'ENOENT';
  if (!isDirectory(found.inode)) return 'ENOTDIR';
  if (found.path === '/' || proc.mounts.at(found.path)) return 'EBUSY';
  if (found.inode.body.kind !== 'dir' || found.dir.body.kind !== 'dir') return 'EPERM';
  if (found.inode.body.entries.size > 0) return 'ENOTEMPTY';
  found.dir.body.entries.delete(found.name);
  found.dir.nlink--;
  proc.host.giveInode();
  return undefined;
}

/** rename(2). */
export function rename(proc: Proc, from: string, to: string): Errno | undefined {
  const source = resolve(proc, from.replace(/(.)\/+$/, '$1'), false);
  if (typeof source === 'string') return source;
  if (!source.inode) return 'ENOENT';
  const target = resolve(proc, to.replace(/(.)\/+$/, '$1'), false);
  if (typeof target === 'string') return target;
  if (target.inode === source.inode) return undefined;
  if (source.dir.body.kind !== 'dir' || target.dir.body.kind !== 'dir') return 'EPERM';
  if (proc.mounts.at(source.path) || proc.mounts.at(target.path)) return 'EBUSY';
  if (`${target.path}/`.startsWith(`${source.path}/`)) return 'EINVAL';
  if (target.inode) {
    if (isDirectory(target.inode) && !isDirectory(source.inode)) return 'EISDIR';
    if (!isDirectory(target.inode) && isDirectory(source.inode)) return 'ENOTDIR';
    if (target.inode.body.kind === 'dir' && target.inode.body.entries.size > 0) return 'ENOTEMPTY';
    drop(proc, target.inode);
  }
  source.dir.body.entries.delete(source.name);
  target.dir.body.entries.set(target.name, source.inode);
  source.dir.mtimeUs = proc.host.clockUs;
  target.dir.mtimeUs = proc.host.clockUs;
  return undefined;
}

/** truncate(2). */
export function truncate(proc: Proc, path: string, size: number): Errno | undefined {
  const inode = lookupPath(proc, path);
  if (typeof inode === 'string') return inode;
  if (inode.body.kind !== 'file') return 'EINVAL';
  if (size > MAX_FILE_BYTES) return 'EFBIG';
  setSize(proc, inode, inode.body, size);
  return undefined;
}

/** Names in a directory, in the order in which they were made (as on a small tmpfs or ext4 it is no promise). */
export function readdir(proc: Proc, path: string): readonly string[] | Errno {
  const found = resolve(proc, path);
  if (typeof found === 'string') return found;
  if (!found.inode) return 'ENOENT';
  if (found.inode.body.kind === 'handler-dir') return found.inode.body.list(proc);
  if (found.inode.body.kind !== 'dir') return 'ENOTDIR';
  return [...found.inode.body.entries.keys()];
}

/** The whole content of a file, for programs that need it at once. */
export function readFileAt(proc: Proc, path: string): Uint8Array | Errno {
  const file = open(proc, path, { read: true });
  if (typeof file === 'string') return file;
  const got = file.get().ops.read(file, Number.MAX_SAFE_INTEGER);
  file.put();
  return got;
}

export function readTextAt(proc: Proc, path: string): { readonly text: string } | Errno {
  const bytes = readFileAt(proc, path);
  return typeof bytes === 'string' ? bytes : { text: utf8Decode(bytes) };
}

/** Writes a whole file, made if absent; directories above must exist. */
export function writeFileAt(
  proc: Proc,
  path: string,
  content: string | Uint8Array,
  mode = 0o666,
): Errno | undefined {
  const file = open(proc, path, { write: true, create: true, truncate: true, mode });
  if (typeof file === 'string') return file;
  const bytes = typeof content === 'string' ? utf8Encode(content) : content;
  const put = file.get().ops.write(file, bytes);
  file.put();
  return typeof put === 'string' ? put : undefined;
}
