import { err, OK, ok, type Result } from '../../base/result';
import type { Errno } from '../errno';
import { createIn } from '../files';
import type { Inode } from '../inode';
import type { Netns } from '../netns';
import { lookupPath, resolve } from '../path';
import type { Proc } from '../process';
import { type Blocking, WaitQueue } from '../wait-queue';
import { ByteQueue } from './byte-queue';
import { nextSocketInode, SK_RMEM_DEFAULT, type SockOwner } from './sock';
import { block } from './socket';
import { installFile, type Opened } from './socket-file';

/** sizeof(sun_path) less its final NUL. */
const SUN_PATH_MAX = 107;

/** struct unix_sock of type SOCK_STREAM, net/unix/af_unix.c. Omitted: datagrams, passed descriptors. */
export class UnixSock {
  readonly ino: number;
  state: 'CLOSE' | 'LISTEN' | 'ESTABLISHED' = 'CLOSE';
  /** sun_path as bind() got it; a connection that was accepted has its listener's. */
  path: string | undefined;
  peer: UnixSock | undefined;
  readonly receiveQueue = new ByteQueue();
  readonly acceptQueue: UnixSock[] = [];
  backlog = 0;
  rcvShutdown = false;
  sndShutdown = false;
  closed = false;
  error: Errno | undefined;
  owner: SockOwner | undefined;
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();

  constructor(readonly net: Netns) {
    this.ino = nextSocketInode(net.kernel);
    unixSocketsOf(net).add(this);
  }

  takeError(): Errno | undefined {
    const { error } = this;
    this.error = undefined;
    return error;
  }

  wakeAll(): void {
    this.readable.wake();
    this.writable.wake();
  }
}

/** unix_socket_table of one namespace, for listings. */
export const unixSockets = (net: Netns): readonly UnixSock[] => [...unixSocketsOf(net)];

/** socket(AF_UNIX, SOCK_STREAM). */
export function openUnix(proc: Proc): Opened<UnixSock> {
  return installUnix(proc, new UnixSock(proc.netns));
}

/** unix_bind_bsd(): makes the file that stands for the socket. */
export function unixBind(proc: Proc, sk: UnixSock, path: string): Result<undefined, Errno> {
  if (path === '' || path.length > SUN_PATH_MAX || sk.path !== undefined) return err('EINVAL');
  const found = resolve(proc, path, false);
  if (typeof found === 'string') return err(found);
  if (found.inode) return err('EADDRINUSE');
  const made = createIn(proc, found.dir, found.name, { kind: 'socket' }, 0o777);
  if (typeof made === 'string') return err(made);
  bound.set(made, sk);
  sk.path = path;
  return OK;
}

/** unix_listen(). */
export function unixListen(sk: UnixSock, backlog: number): Result<undefined, Errno> {
  if (sk.path === undefined || sk.state === 'ESTABLISHED') return err('EINVAL');
  sk.backlog = Math.min(Math.max(backlog, 0), sk.net.core.somaxconn);
  sk.state = 'LISTEN';
  return OK;
}

/** unix_stream_connect(): waits while the listener's queue is full. Network namespaces do not matter here. */
export function* unixConnect(
  proc: Proc,
  sk: UnixSock,
  path: string,
  timeoutUs?: number,
): Blocking<Result<undefined, Errno>> {
  if (sk.state !== 'CLOSE') return err(sk.state === 'LISTEN' ? 'EINVAL' : 'EISCONN');
  if (path === '' || path.length > SUN_PATH_MAX) return err('EINVAL');
  const listener = findListener(proc, path);
  if (typeof listener === 'string') return err(listener);
  const done = yield* block<Result<undefined, Errno>>(
    proc,
    listener.writable,
    () => {
      if (listener.state !== 'LISTEN') return err('ECONNREFUSED');
      if (listener.acceptQueue.length > listener.backlog) return 'EAGAIN';
      connectTo(sk, listener);
      return OK;
    },
    timeoutUs,
  );
  return typeof done === 'string' ? err(done) : done;
}

/** unix_accept(). */
export function* unixAccept(
  proc: Proc,
  sk: UnixSock,
  timeoutUs?: number,
): Blocking<Result<Opened<UnixSock>, Errno>> {
  if (sk.state !== 'LISTEN') return err('EINVAL');
  const got = yield* block<UnixSock>(
    proc,
    sk.readable,
    () => sk.acceptQueue.shift() ?? 'EAGAIN',
    timeoutUs,
  );
  if (typeof got === 'string') return err(got);
  sk.writable.wake();
  return ok(installUnix(proc, got));
}

/** unix_shutdown(). */
export function unixShutdown(
  sk: UnixSock,
  how: 'read' | 'write' | 'both',
): Result<undefined, Errno> {
  const { peer } = sk;
  if (!peer || sk.state !== 'ESTABLISHED') return err('ENOTCONN');
  if (how !== 'write') {
    sk.rcvShutdown = true;
    peer.sndShutdown = true;
  }
  if (how !== 'read') {
    sk.sndShutdown = true;
    peer.rcvShutdown = true;
  }
  sk.wakeAll();
  peer.wakeAll();
  return OK;
}

/** The socket that a file stands for: unix_find_socket_byinode(). */
const bound = new WeakMap<Inode, UnixSock>();
const sockets = new WeakMap<Netns, Set<UnixSock>>();

function unixSocketsOf(net: Netns): Set<UnixSock> {
  const known = sockets.get(net);
  if (known) return known;
  const made = new Set<UnixSock>();
  sockets.set(net, made);
  return made;
}

/** unix_find_bsd(). */
function findListener(proc: Proc, path: string): UnixSock | Errno {
  const inode = lookupPath(proc, path);
  if (typeof inode === 'string') return inode;
  const sk = inode.body.kind === 'socket' ? bound.get(inode) : undefined;
  return sk?.state === 'LISTEN' ? sk : 'ECONNREFUSED';
}

function connectTo(sk: UnixSock, listener: UnixSock): void {
  const made = new UnixSock(listener.net);
  made.path = listener.path;
  made.peer = sk;
  made.state = 'ESTABLISHED';
  sk.peer = made;
  sk.state = 'ESTABLISHED';
  listener.acceptQueue.push(made);
  listener.readable.wake();
}

function installUnix(proc: Proc, sk: UnixSock): Opened<UnixSock> {
  return installFile(proc, sk, sk, {
    read: (_file, max) => receive(sk, max),
    write: (_file, bytes) => send(sk, bytes),
    poll: () => poll(sk),
    release: () => release(sk),
  });
}

/** unix_stream_read_generic(). */
function receive(sk: UnixSock, max: number): Uint8Array | Errno {
  if (sk.state !== 'ESTABLISHED') return 'EINVAL';
  if (sk.receiveQueue.size > 0) {
    const bytes = sk.receiveQueue.take(max);
    sk.peer?.writable.wake();
    return bytes;
  }
  const error = sk.takeError();
  if (error) return error;
  return sk.rcvShutdown ? new Uint8Array(0) : 'EAGAIN';
}

/** unix_stream_sendmsg(). */
function send(sk: UnixSock, bytes: Uint8Array): number | Errno {
  const error = sk.takeError();
  if (error) return error;
  const { peer } = sk;
  if (!peer) return 'ENOTCONN';
  if (sk.sndShutdown || peer.closed || peer.rcvShutdown) return 'EPIPE';
  const room = SK_RMEM_DEFAULT - peer.receiveQueue.size;
  if (room <= 0) return 'EAGAIN';
  const part = bytes.subarray(0, room).slice();
  peer.receiveQueue.push(part);
  peer.readable.wake();
  return part.length;
}

/** unix_poll(). */
function poll(sk: UnixSock) {
  const { peer } = sk;
  return {
    in:
      sk.receiveQueue.size > 0 ||
      sk.acceptQueue.length > 0 ||
      sk.rcvShutdown ||
      sk.error !== undefined,
    out: sk.sndShutdown || (peer !== undefined && peer.receiveQueue.size < SK_RMEM_DEFAULT),
    hup: sk.rcvShutdown && sk.sndShutdown,
  };
}

/** unix_release_sock(): the file stays behind; whoever was still to be accepted is reset. */
function release(sk: UnixSock): void {
  const unread = sk.receiveQueue.size > 0;
  sk.closed = true;
  sk.state = 'CLOSE';
  sk.receiveQueue.clear();
  unixSocketsOf(sk.net).delete(sk);
  for (const waiting of sk.acceptQueue.splice(0)) {
    release(waiting);
    hangUp(waiting.peer, true);
  }
  hangUp(sk.peer, unread);
  sk.wakeAll();
}

function hangUp(peer: UnixSock | undefined, reset: boolean): void {
  if (!peer || peer.closed) return;
  peer.rcvShutdown = true;
  peer.sndShutdown = true;
  if (reset) peer.error = 'ECONNRESET';
  peer.wakeAll();
}
