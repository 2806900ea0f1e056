import { type Errno, strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { changeLink, delLink, newLink } from '../../linux/rtnetlink/link';
import type { Rtnl } from '../../linux/rtnetlink/netlink-error';
import type { Answer } from './answer';

const DONE: Answer = { code: 0 };
const failed = (error: string): Answer => ({ error: `${error}\n`, code: 1 });

const errnoOf = (result: Rtnl<unknown>): Errno | undefined =>
  result.ok ? undefined : result.error.errno;

/**
 * br_cmd_addbr(), brctl/brctl_cmd.c; SIOCBRADDBR makes the same device as `ip link add type
 * bridge`.
 */
export function addBr(proc: Proc, [name = '']: readonly string[]): Answer {
  const errno = errnoOf(newLink(proc.netns, { name }, { kind: 'bridge', options: {} }));
  if (errno === undefined) return DONE;
  if (errno !== 'EEXIST') return failed(`add bridge failed: ${strerror(errno)}`);
  return failed(`device ${name} already exists; can't create bridge with the same name`);
}

/** br_cmd_delbr(); br_del_bridge() of the kernel wants the device down. */
export function delBr(proc: Proc, [name = '']: readonly string[]): Answer {
  const dev = proc.netns.deviceByName(name);
  if (!dev) return failed(`bridge ${name} doesn't exist; can't delete it`);
  if (dev.data.kind !== 'bridge') {
    return failed(`can't delete bridge ${name}: ${strerror('EPERM')}`);
  }
  if (dev.up) return failed(`bridge ${name} is still up; can't delete it`);
  const errno = errnoOf(delLink(proc.netns, dev));
  return errno === undefined ? DONE : failed(`can't delete bridge ${name}: ${strerror(errno)}`);
}

/** br_cmd_addif(). */
export function addIf(proc: Proc, [bridge = '', ...names]: readonly string[]): Answer {
  for (const name of names) {
    const br = proc.netns.deviceByName(bridge);
    const dev = proc.netns.deviceByName(name);
    if (!dev) return failed(`interface ${name} does not exist!`);
    if (!br) return failed(`bridge ${bridge} does not exist!`);
    if (dev.master) {
      return failed(
        `device ${name} is already a member of a bridge; can't add it to bridge ${bridge}.`,
      );
    }
    if (dev.data.kind === 'bridge') {
      return failed(
        `device ${name} is a bridge device itself; can't add a bridge device to a bridge device.`,
      );
    }
    const errno =
      br.data.kind === 'bridge'
        ? errnoOf(changeLink(proc.netns, dev, { master: br.ifindex }))
        : 'EOPNOTSUPP';
    if (errno) return failed(`can't add ${name} to bridge ${bridge}: ${strerror(errno)}`);
  }
  return DONE;
}

/** br_cmd_delif(). */
export function delIf(proc: Proc, [bridge = '', ...names]: readonly string[]): Answer {
  for (const name of names) {
    const br = proc.netns.deviceByName(bridge);
    const dev = proc.netns.deviceByName(name);
    if (!dev) return failed(`interface ${name} does not exist!`);
    if (!br) return failed(`bridge ${bridge} does not exist!`);
    if (dev.master !== br) return failed(`device ${name} is not a port of ${bridge}`);
    const errno = errnoOf(changeLink(proc.netns, dev, { master: 0 }));
    if (errno) return failed(`can't delete ${name} from ${bridge}: ${strerror(errno)}`);
  }
  return DONE;
}
