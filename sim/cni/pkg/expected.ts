import { OK, type Result } from '../../base/result';
import { type FibRoute, RT_TABLE_MAIN } from '../../linux/ip/fib';
import type { Netns } from '../../linux/netns';
import { dumpRoutes } from '../../linux/rtnetlink/route';
import { familyOf, formatCidr } from '../../wire/ip';
import type { Release } from '../release';
import { type CniError, fail } from '../types/error';
import { goIp, type IpNet, networkCidr, sameNet } from '../types/ip-net';
import { type CniResult, type CniRoute, goRoute } from '../types/result';
import { addressesOf } from './link';

/** ip.ValidateExpectedInterfaceIPs() and ip.ValidateExpectedRoute(): what CHECK finds of a result. */
export function validateExpected(
  net: Netns,
  ifName: string,
  result: CniResult,
  release: Release,
): Result<undefined, CniError> {
  for (const { address, gateway } of result.ips) {
    const dev = net.deviceByName(ifName);
    if (!dev) return fail(`Cannot find container link ${ifName}`);
    if (!addressesOf(dev).some((one) => sameNet(one, address))) {
      return fail(`Failed to match addr ${formatCidr(address)} on interface ${ifName}`);
    }
    if (!routesTo(net, networkCidr(address)).length) {
      return fail(`Failed to find Gateway ${goIp(gateway)} for interface ${ifName}`);
    }
  }
  for (const route of result.routes) {
    if (!hasRoute(net, route, release)) {
      return fail(`Expected Route ${goRoute(route, release)} not found in routing table`);
    }
  }
  return OK;
}

/** netlink.RouteListFiltered() with RT_FILTER_DST: of the main table. */
function routesTo(net: Netns, dst: IpNet): readonly FibRoute[] {
  return dumpRoutes(net, familyOf(dst.address), RT_TABLE_MAIN).filter((route) =>
    sameNet({ address: route.dst, prefixLen: route.prefixLen }, dst),
  );
}

/** A default route is found by its destination alone. */
function hasRoute(net: Netns, { dst, gw }: CniRoute, release: Release): boolean {
  const found = routesTo(net, networkCidr(dst));
  const byGateway = dst.prefixLen > 0 && (gw !== undefined || !release.modern);
  if (!byGateway) return found.length > 0;
  return found.some((route) => route.nexthops.some((hop) => hop.via === gw));
}
