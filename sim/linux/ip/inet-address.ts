import { OK } from '../../base/result';
import type { Ipv4 } from '../../wire/frame';
import { devMcAdd, devMcDel } from '../device/dev';
import { IFF_LOOPBACK, type NetDevice } from '../device/net-device';
import type { NetdevEvent } from '../device/notifier';
import { nlErr, type Rtnl } from '../rtnetlink/netlink-error';
import { FOREVER, type InIfaddr } from './address';
import { ifaMatch } from './address-type';
import { RT_SCOPE_HOST } from './fib';
import { fibAddIfaddr, fibDelIfaddr } from './fib-frontend';

/** ALLHOSTS: 224.0.0.1, joined while a device is up. */
export const ALL_HOSTS_GROUP: Ipv4 = 0xe000_0001;
const ALL_HOSTS_MAC = 0x0100_5e00_0001;

/** __inet_insert_ifa(), net/ipv4/devinet.c: primaries by scope, secondaries at the end. */
export function inetInsertIfa(ifa: InIfaddr): Rtnl {
  const list = ifa.dev.inDev.addresses;
  let at = 0;
  for (const [i, other] of list.entries()) {
    if (!other.secondary && ifa.scope <= other.scope) at = i + 1;
    if (other.prefixLen !== ifa.prefixLen || !ifaMatch(other.address, ifa)) continue;
    if (other.local === ifa.local) return nlErr('EEXIST', 'ipv4: Address already assigned');
    if (other.scope !== ifa.scope) return nlErr('EINVAL', 'ipv4: Invalid scope value');
    ifa.secondary = true;
  }
  list.splice(ifa.secondary ? list.length : at, 0, ifa);
  expireLater(ifa);
  ifa.dev.netns.rtnlNotify({ kind: 'newaddr', address: ifa });
  fibAddIfaddr(ifa);
  return OK;
}

/** check_lifetime(): an address with a finite lifetime goes by itself. */
export function expireLater(ifa: InIfaddr): void {
  if (ifa.validSec === FOREVER) return;
  ifa.dev.netns.kernel.scheduler.after(ifa.validSec * 1_000_000, () => {
    if (ifa.dev.inDev.addresses.includes(ifa)) inetDelIfa(ifa);
  });
}

/** __inet_del_ifa(): with a primary go its secondaries, unless promote_secondaries makes one of them primary. */
export function inetDelIfa(ifa: InIfaddr): void {
  const { dev } = ifa;
  const list = dev.inDev.addresses;
  const followers = ifa.secondary
    ? []
    : list.filter((o) => o.secondary && o.prefixLen === ifa.prefixLen && ifaMatch(o.address, ifa));
  const promote = dev.inDev.conf.promote_secondaries || dev.netns.ipv4.confAll.promote_secondaries;
  if (!promote) for (const secondary of followers) removeIfa(secondary);
  removeIfa(ifa);
  const [next] = promote ? followers : [];
  if (!next) return;
  for (const follower of followers) fibDelIfaddr(follower);
  const lastPrimary = list.findLastIndex((o) => !o.secondary && next.scope <= o.scope);
  list.splice(list.indexOf(next), 1);
  next.secondary = false;
  list.splice(lastPrimary + 1, 0, next);
  for (const follower of followers) fibAddIfaddr(follower);
  dev.netns.rtnlNotify({ kind: 'newaddr', address: next });
}

function removeIfa(ifa: InIfaddr): void {
  const list = ifa.dev.inDev.addresses;
  const at = list.indexOf(ifa);
  if (at >= 0) list.splice(at, 1);
  ifa.dev.netns.rtnlNotify({ kind: 'deladdr', address: ifa });
  fibDelIfaddr(ifa);
}

/** A permanent address as the kernel itself makes one. */
export const newIfa = (
  dev: NetDevice,
  local: Ipv4,
  prefixLen: number,
  scope: number,
): InIfaddr => ({
  dev,
  local,
  address: local,
  prefixLen,
  broadcast: undefined,
  scope,
  label: dev.name,
  secondary: false,
  noPrefixRoute: false,
  metric: 0,
  protocol: 1,
  validSec: FOREVER,
  preferredSec: FOREVER,
  sinceUs: dev.netns.kernel.scheduler.nowUs,
});

/** inetdev_event(). */
export function inetdevEvent(dev: NetDevice, event: NetdevEvent): void {
  switch (event) {
    case 'UP':
      // ip_mc_up().
      dev.inDev.groups.set(ALL_HOSTS_GROUP, 1);
      devMcAdd(dev, ALL_HOSTS_MAC);
      if (dev.flags & IFF_LOOPBACK && dev.inDev.addresses.length === 0) {
        inetInsertIfa(newIfa(dev, 0x7f00_0001, 8, RT_SCOPE_HOST));
      }
      return;
    case 'DOWN':
      dev.inDev.groups.delete(ALL_HOSTS_GROUP);
      devMcDel(dev, ALL_HOSTS_MAC);
      return;
    case 'UNREGISTER':
      for (const ifa of [...dev.inDev.addresses]) {
        if (dev.inDev.addresses.includes(ifa)) inetDelIfa(ifa);
      }
      return;
    case 'CHANGENAME':
      // inetdev_changename(): labels that were the device's name follow it.
      for (const ifa of dev.inDev.addresses) {
        const suffix = ifa.label.indexOf(':');
        ifa.label = suffix < 0 ? dev.name : dev.name + ifa.label.slice(suffix);
      }

      return;
    default:
      return;
  }
}
