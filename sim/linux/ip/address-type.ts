import type { Ip } from '../../wire/frame';
import { isMulticast, LIMITED_BROADCAST } from '../../wire/ip';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import type { InIfaddr } from './address';
import { RT_TABLE_LOCAL } from './fib';

export type AddressType = 'local' | 'broadcast' | 'multicast' | 'unicast' | 'anycast';

/** inet_addr_type(), inet_addr_type_dev_table(): is the address one of ours, of this device alone if given? */
export function addressType(net: Netns, ip: Ip, dev?: NetDevice): AddressType {
  return addressTypeTable(net, ip, RT_TABLE_LOCAL, dev);
}

/** __inet_dev_addr_type(), net/ipv4/fib_frontend.c; ipv6_chk_addr() asks the same of IPv6. */
export function addressTypeTable(net: Netns, ip: Ip, table: number, dev?: NetDevice): AddressType {
  if (ip === 0 || ip === LIMITED_BROADCAST) return 'broadcast';
  if (isMulticast(ip)) return 'multicast';
  const tables = typeof ip === 'number' ? net.fib4 : net.fib6;
  const found = tables.lookup([table], { dst: ip, tos: 0, scope: 0, oif: 0 });
  if (!found) return 'unicast';
  if (dev && found.nexthop?.dev !== dev) return 'unicast';
  const { type } = found.route;
  return type === 'local' || type === 'broadcast' || type === 'multicast' || type === 'anycast'
    ? type
    : 'unicast';
}

/** __ip_dev_find(): the device that holds an address; a local route to a wider prefix counts too. */
export function ipDevFind(net: Netns, ip: number): NetDevice | undefined {
  const holder = addressHolder(net, ip);
  if (holder) return holder;
  const found = net.fib4.lookup([RT_TABLE_LOCAL], { dst: ip, tos: 0, scope: 0, oif: 0 });
  return found?.route.type === 'local' ? found.nexthop?.dev : undefined;
}

/** inet_lookup_ifaddr_rcu(): the device on whose list the address is; each has a local route. */
export function addressHolder(net: Netns, ip: number): NetDevice | undefined {
  for (const route of net.fib4.aliases(RT_TABLE_LOCAL, ip, 32)) {
    const dev = route.nexthops[0]?.dev;
    if (route.type === 'local' && dev?.inDev.addresses.some((ifa) => ifa.local === ip)) return dev;
  }
  return undefined;
}

/** inet_ifa_match(): is the address in the interface address's subnet? */
export const ifaMatch = (ip: number, ifa: InIfaddr): boolean =>
  ifa.prefixLen === 0 || (ip ^ ifa.address) >>> (32 - ifa.prefixLen) === 0;

/** inet_addr_onlink(): both addresses lie in one subnet of the device. */
export const addressOnlink = (dev: NetDevice, a: number, b: number): boolean =>
  dev.inDev.addresses.some(
    (ifa) => !ifa.secondary && ifaMatch(a, ifa) && (b === 0 || ifaMatch(b, ifa)),
  );
