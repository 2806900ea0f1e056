import type { Ip } from '../../../wire/frame';
import { pathLength } from '../filter/value';
import type { Route } from '../route';
import { bgpOf } from './bgp-of';

/** AS_PATH_MAXLEN. */
const PATH_MAX = 10_000;
const INCOMPLETE = 2;

/** What decides between two BGP routes, in order; smaller is better. RFC 4271 §9.1.2.2, RFC 4456 §9. */
function rank(route: Route, other: Route): readonly number[] {
  const bgp = bgpOf(route);
  const a = route.attributes;
  if (!bgp) return [];
  const sameNeighbor = firstAs(route) === firstAs(other);
  const rivalMed = bgpOf(other)?.bgp.medMetric ?? false;
  return [
    route.dest === 'unreachable' ? 1 : 0,
    -(a.localPref ?? bgp.bgp.defaultLocalPref),
    bgp.bgp.pathMetric ? (a.path ? pathLength(a.path) : PATH_MAX) : 0,
    a.origin ?? INCOMPLETE,
    sameNeighbor || bgp.bgp.medMetric || rivalMed ? (a.med ?? bgp.bgp.defaultMed) : 0,
    bgp.isInternal ? 1 : 0,
    bgp.bgp.igpMetric ? route.igpMetric : 0,
  ];
}

/** bgp_get_neighbor(). */
const firstAs = (route: Route): number | undefined =>
  route.attributes.path?.[0]?.as[0] ?? bgpOf(route)?.bgp.localAs;

/** bgp_rte_better(), proto/bgp/attrs.c. */
export function bgpBetter(a: Route, b: Route): boolean {
  const [x, y] = [bgpOf(a), bgpOf(b)];
  if (!x || !y) return false;
  const [left, right] = [rank(a, b), rank(b, a)];
  for (let i = 0; i < left.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  const ids = [a.attributes.originatorId ?? x.remoteId, b.attributes.originatorId ?? y.remoteId];
  const older = (x.bgp.preferOlder || y.bgp.preferOlder) && !x.isInternal && ids[0] !== ids[1];
  if (older) return false;
  if (ids[0] !== ids[1]) return (ids[0] ?? 0) < (ids[1] ?? 0);
  const clusters =
    (a.attributes.clusterList?.length ?? 0) - (b.attributes.clusterList?.length ?? 0);
  if (clusters !== 0) return clusters < 0;
  return below(x.bgp.remoteIp, y.bgp.remoteIp);
}

const below = (a: Ip | undefined, b: Ip | undefined): boolean => BigInt(a ?? 0) < BigInt(b ?? 0);

/** bgp_rte_mergable(): equal in all that decides, up to the peer's own address. */
export function bgpMergeable(a: Route, b: Route): boolean {
  if (!bgpOf(a) || !bgpOf(b)) return false;
  const [left, right] = [rank(a, b), rank(b, a)];
  return left.every((value, i) => value === right[i]);
}
