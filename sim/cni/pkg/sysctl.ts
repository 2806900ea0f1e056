import { err, ok, type Result } from '../../base/result';
import type { Errno } from '../../linux/errno';
import type { Netns } from '../../linux/netns';
import { goErrno } from '../types/error';

/** sysctl.Sysctl() of plugins/pkg/utils: slash-separated names below /proc/sys, in one namespace. */
export function setSysctl(net: Netns, name: string, value: string): Result<undefined, string> {
  const entry = net.sysctl.get(name);
  if (!entry) return missing(name);
  const written = entry.write(value);
  return written.ok ? written : err(pathError('write', name, written.error));
}

export function getSysctl(net: Netns, name: string): Result<string, string> {
  const entry = net.sysctl.get(name);
  return entry ? ok(entry.read()) : missing(name);
}

const missing = (name: string) => err(pathError('open', name, 'ENOENT'));

/** os.PathError. */
const pathError = (operation: string, name: string, errno: Errno): string =>
  `${operation} /proc/sys/${name}: ${goErrno(errno)}`;
