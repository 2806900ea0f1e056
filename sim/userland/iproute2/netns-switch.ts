import { strerror } from '../../linux/errno';
import { readdir } from '../../linux/files';
import { lookupPath, realpath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { sysfs } from '../../linux/sysfs';
import type { Stdio } from './command';
import { NETNS_ETC_DIR, NETNS_RUN_DIR, netnsOfInode } from './netns-name';

/**
 * The first half of netns_switch(), lib/namespace.c: setns(2) to a named namespace. False after
 * its complaint. `ip -n` does no more here: its private mounts would be seen by nobody.
 */
export function enterNamedNetns(proc: Proc, stdio: Stdio, name: string): boolean {
  const inode = lookupPath(proc, `${NETNS_RUN_DIR}/${name}`);
  if (typeof inode === 'string') {
    stdio.error(`Cannot open network namespace "${name}": ${strerror(inode)}\n`);
    return false;
  }
  const net = netnsOfInode(inode);
  if (!net) {
    const text = strerror('EINVAL');
    stdio.error(`setting the network namespace "${name}" failed: ${text}\n`);
    return false;
  }
  proc.host.enterNetns(proc, net);
  return true;
}

/**
 * netns_switch(): also a mount namespace of its own, with this namespace's /sys and
 * /etc/netns/NAME bound.
 */
export function switchNetns(proc: Proc, stdio: Stdio, name: string): boolean {
  if (!enterNamedNetns(proc, stdio, name)) return false;
  proc.mounts = proc.mounts.clone(proc.host.kernel.nextInode());
  proc.mounts.umount('/sys');
  proc.mounts.mount({
    source: name,
    target: '/sys',
    type: 'sysfs',
    options: 'rw,relatime',
    root: sysfs(proc.host, proc.netns),
  });
  bindEtc(proc, stdio, name);
  return true;
}

/** bind_etc(): each file of /etc/netns/NAME over the one in /etc. */
function bindEtc(proc: Proc, stdio: Stdio, name: string): void {
  const dir = `${NETNS_ETC_DIR}/${name}`;
  const entries = readdir(proc, dir);
  if (typeof entries === 'string') return;
  for (const entry of entries) {
    const source = `${dir}/${entry}`;
    const from = lookupPath(proc, source);
    const target = realpath(proc, `/etc/${entry}`);
    if (typeof from === 'string' || typeof target === 'string') {
      const errno = typeof target === 'string' ? target : 'ENOENT';
      stdio.error(`Bind ${source} -> /etc/${entry} failed: ${strerror(errno)}\n`);
      continue;
    }
    const options = 'rw,relatime';
    proc.mounts.mount({ source, target: target.path, type: 'none', options, root: from });
  }
}
