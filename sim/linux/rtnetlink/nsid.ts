import { ok } from '../../base/result';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from './netlink-error';

/** rtnl_net_newid(), net/core/net_namespace.c: `ip netns set NAME NSID`; -1 lets the kernel choose. */
export function newNsid(net: Netns, target: Netns, nsid: number): Rtnl<number> {
  if (net.nsidOf(target) !== undefined) {
    return nlErr('EEXIST', 'Peer netns already has a nsid assigned');
  }
  if (nsid < 0) return ok(net.nsidAlloc(target));
  for (const used of net.nsids().values()) {
    if (used === nsid) return nlErr('EEXIST', 'The specified nsid is already used');
  }
  net.setNsid(target, nsid);
  return ok(nsid);
}
