import { readdir } from '../../linux/files';
import type { Inode } from '../../linux/inode';
import { Netns } from '../../linux/netns';
import { lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';

/** NETNS_RUN_DIR as Debian builds iproute2. */
export const NETNS_RUN_DIR = '/run/netns';
/** NETNS_ETC_DIR. */
export const NETNS_ETC_DIR = '/etc/netns';

/** The namespace behind a file, if it is an nsfs file of one. */
export function netnsOfInode(inode: Inode): Netns | undefined {
  const body = inode.body;
  if (body.kind !== 'ns' || body.type !== 'net') return undefined;
  return body.ns instanceof Netns ? body.ns : undefined;
}

/** Opens a namespace file by path: /run/netns/NAME, /proc/PID/ns/net. */
export function netnsAt(proc: Proc, path: string): Netns | undefined {
  const inode = lookupPath(proc, path);
  return typeof inode === 'string' ? undefined : netnsOfInode(inode);
}

/** netns_get_fd(), lib/namespace.c: a name, or a path when it has a slash. */
export const netnsByName = (proc: Proc, name: string): Netns | undefined =>
  netnsAt(proc, name.includes('/') ? name : `${NETNS_RUN_DIR}/${name}`);

/**
 * The names in /run/netns; a tmpfs lists the newest first. Undefined when there is no such
 * directory.
 */
export function netnsNames(proc: Proc): readonly string[] | undefined {
  const names = readdir(proc, NETNS_RUN_DIR);
  return typeof names === 'string' ? undefined : [...names].reverse();
}

/**
 * netns_map_init() and get_name_from_nsid(): the name bound to the namespace that `nsid` stands
 * for here.
 */
export function netnsByNsid(proc: Proc, nsid: number): string | undefined {
  for (const name of netnsNames(proc) ?? []) {
    const net = netnsByName(proc, name);
    if (net && proc.netns.nsidOf(net) === nsid) return name;
  }
  return undefined;
}
