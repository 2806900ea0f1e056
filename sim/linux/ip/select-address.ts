import type { NetDevice } from '../device/net-device';
import { ifaMatch } from './address-type';
import { RT_SCOPE_HOST, RT_SCOPE_LINK } from './fib';

/** inet_select_addr(), net/ipv4/devinet.c: a primary address of the device, if need be of another one; 0 = none. */
export function inetSelectAddr(dev: NetDevice, dst: number, scope: number): number {
  const own = selectOn(dev, dst, scope);
  if (own !== 0) return own;
  for (const other of dev.netns.devices()) {
    if (other === dev) continue;
    for (const ifa of other.inDev.addresses) {
      if (!ifa.secondary && ifa.scope !== RT_SCOPE_LINK && ifa.scope <= scope) return ifa.local;
    }
  }
  return 0;
}

function selectOn(dev: NetDevice, dst: number, scope: number): number {
  const local = localnetScope(dev);
  let first = 0;
  for (const ifa of dev.inDev.addresses) {
    if (ifa.secondary || Math.min(ifa.scope, local) > scope) continue;
    if (dst === 0 || ifaMatch(dst, ifa)) return ifa.local;
    if (first === 0) first = ifa.local;
  }
  return first;
}

const localnetScope = (dev: NetDevice): number =>
  dev.inDev.conf.route_localnet || dev.netns.ipv4.confAll.route_localnet
    ? RT_SCOPE_LINK
    : RT_SCOPE_HOST;
