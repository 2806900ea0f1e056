import { err, ok, type Result } from '../../base/result';
import type { Netns } from '../../linux/netns';
import { lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { netnsOfInode } from '../../userland/iproute2/netns-name';
import { type CniError, ERR_INTERNAL, fail, goErrno, goQuote } from '../types/error';

/** Statfs f_type, include/uapi/linux/magic.h. */
const TMPFS_MAGIC = '1021994';
const EXT4_MAGIC = 'ef53';
const ON_TMPFS = /^\/(dev|run|tmp|var\/run)(\/|$)/;

/** A namespace that was opened by its path. */
export interface OpenNetns {
  readonly path: string;
  readonly net: Netns;
}

/** ns.GetNS(), plugins/pkg/ns; a path that is not there is told apart. */
export function getNetns(proc: Proc, path: string): Result<OpenNetns, CniError> {
  const inode = lookupPath(proc, path);
  if (typeof inode === 'string') {
    const msg = `failed to Statfs ${goQuote(path)}: ${goErrno(inode)}`;
    const is = inode === 'ENOENT' ? 'ns-path-not-exist' : undefined;
    return err({ code: ERR_INTERNAL, msg, is });
  }
  const net = netnsOfInode(inode);
  if (net) return ok({ path, net });
  if (/^\/proc(\/|$)/.test(path)) {
    const msg = `error switching to ns ${path}: Error switching to ns ${path}: invalid argument`;
    return err({ code: ERR_INTERNAL, msg, is: 'ns-not-entered' });
  }
  const magic = ON_TMPFS.test(path) ? TMPFS_MAGIC : EXT4_MAGIC;
  return fail(`unknown FS magic on ${goQuote(path)}: ${magic}`);
}

/** `failed to open netns %q: %v`, as every interface plugin says it. */
export function openNetns(proc: Proc, path: string): Result<OpenNetns, CniError> {
  const found = getNetns(proc, path);
  if (found.ok || found.error.is === 'ns-not-entered') return found;
  return fail(`failed to open netns ${goQuote(path)}: ${found.error.msg}`);
}
