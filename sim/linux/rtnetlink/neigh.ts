import { OK, ok } from '../../base/result';
import type { Ip, Mac } from '../../wire/frame';
import { type Family, familyOf } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import { type Neighbour, type NudState, nudValid, type ProxyNeighbour } from '../ip/neighbour';
import type { NeighTable } from '../ip/neighbour-table';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from './netlink-error';

/** RTM_NEWNEIGH. */
export interface NeighRequest {
  readonly dev: NetDevice;
  readonly ip: Ip;
  readonly lladdr?: Mac | undefined;
  /** Default PERMANENT, as iproute2 asks. */
  readonly state: NudState;
  readonly router?: boolean | undefined;
  readonly externLearn?: boolean | undefined;
  readonly use?: boolean | undefined;
  readonly protocol?: number | undefined;
}

export interface NeighFlags {
  readonly create: boolean;
  readonly excl: boolean;
  readonly replace: boolean;
}

const tableOf = (net: Netns, family: Family): NeighTable => (family === 4 ? net.arp : net.nd);

/** neigh_add(), net/core/neighbour.c. */
export function newNeigh(net: Netns, req: NeighRequest, flags: NeighFlags): Rtnl {
  const table = tableOf(net, familyOf(req.ip));
  const known = table.lookup(req.ip, req.dev);
  if (!known && !flags.create) return nlErr('ENOENT');
  if (known && flags.excl) return nlErr('EEXIST');
  if (!known && req.lladdr === undefined && nudValid(req.state) && req.state !== 'NOARP') {
    return nlErr('EINVAL', 'No link layer address given');
  }
  const neigh = known ?? table.lookupOrCreate(req.ip, req.dev);
  if (req.protocol !== undefined) neigh.protocol = req.protocol;
  if (req.use) {
    neigh.eventSend(undefined);
    return OK;
  }
  const override = !known || flags.replace;
  const updated = neigh.update(req.lladdr, req.state, {
    admin: true,
    override,
    ...(req.router === undefined ? {} : { isRouter: req.router }),
  });
  if (updated.ok) {
    neigh.externLearn = req.externLearn ?? false;
    return OK;
  }
  if (updated.error !== 'EINVAL') return nlErr(updated.error);
  return nlErr('EINVAL', 'No link layer address given');
}

/** neigh_delete(): fails its state first, then leaves the table. */
export function delNeigh(net: Netns, dev: NetDevice, ip: Ip): Rtnl {
  const table = tableOf(net, familyOf(ip));
  const neigh = table.lookup(ip, dev);
  if (!neigh) return nlErr('ENOENT');
  neigh.update(undefined, 'FAILED', { admin: true, override: true });
  table.remove(neigh);
  net.rtnlNotify({ kind: 'delneigh', neigh });
  return OK;
}

/** neigh_get(). */
export function getNeigh(net: Netns, dev: NetDevice, ip: Ip): Rtnl<Neighbour> {
  const neigh = tableOf(net, familyOf(ip)).lookup(ip, dev);
  return neigh ? ok(neigh) : nlErr('ENOENT', 'Neighbour entry not found');
}

export const dumpNeigh = (net: Netns, family: Family): readonly Neighbour[] =>
  tableOf(net, family).entries();

/** NTF_PROXY entries. */
export function newProxyNeigh(net: Netns, dev: NetDevice | undefined, ip: Ip): Rtnl {
  tableOf(net, familyOf(ip)).addProxy(ip, dev);
  return OK;
}

export function delProxyNeigh(net: Netns, dev: NetDevice | undefined, ip: Ip): Rtnl {
  return tableOf(net, familyOf(ip)).removeProxy(ip, dev) ? OK : nlErr('ENOENT');
}

export const dumpProxyNeigh = (net: Netns, family: Family): readonly ProxyNeighbour[] =>
  tableOf(net, family).proxies();
