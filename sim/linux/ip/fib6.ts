import type { Ipv6 } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { type FibRoute, RT_SCOPE_UNIVERSE, RT_TABLE_MAIN, RTPROT_KERNEL } from './fib';

/** A kernel-made IPv6 route on a device, as addrconf_prefix_route() begins it. */
export const route6To = (dev: NetDevice, dst: Ipv6, prefixLen: number): FibRoute => ({
  family: 6,
  table: RT_TABLE_MAIN,
  dst,
  prefixLen,
  tos: 0,
  priority: 256,
  type: 'unicast',
  protocol: RTPROT_KERNEL,
  scope: RT_SCOPE_UNIVERSE,
  prefSrc: undefined,
  metrics: {},
  nexthops: [
    {
      dev,
      via: undefined,
      weight: 1,
      onlink: false,
      scope: 0,
      dead: false,
      linkdown: !dev.carrier,
    },
  ],
  pref: 'medium',
});

/** fib6_add_rt2node(): by rising metric, after routes of the same metric. */
export function fib6Add(net: Netns, route: FibRoute): void {
  const aliases = [...net.fib6.aliases(route.table, route.dst, route.prefixLen)];
  const at = aliases.findIndex((other) => other.priority > route.priority);
  aliases.splice(at < 0 ? aliases.length : at, 0, route);
  net.fib6.setAliases(route.table, route, aliases);
  net.rtnlNotify({ kind: 'newroute', route, replace: false });
}

/** fib6_clean_all(). */
export function fib6Flush(net: Netns, gone: (route: FibRoute) => boolean): void {
  for (const route of net.fib6.flush(gone)) {
    net.rtnlNotify({ kind: 'delroute', route, replace: false });
  }
}
