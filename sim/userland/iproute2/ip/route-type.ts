import type { RouteType } from '../../../linux/ip/fib';
import { matches } from '../args';

/** rtnl_rtntype_a2n(), ip/rtm_map.c: in its order, the ones with a star may be abbreviated. */
const NAMES: readonly (readonly [string, RouteType])[] = [
  ['local', 'local'],
  ['broadcast*', 'broadcast'],
  ['brd', 'broadcast'],
  ['anycast*', 'anycast'],
  ['multicast*', 'multicast'],
  ['prohibit*', 'prohibit'],
  ['unreachable*', 'unreachable'],
  ['blackhole*', 'blackhole'],
  ['unicast*', 'unicast'],
  ['throw', 'throw'],
];

export function parseRouteType(word: string): RouteType | undefined {
  if (word === '') return undefined;
  const found = NAMES.find(([name]) =>
    name.endsWith('*') ? matches(word, name.slice(0, -1)) : word === name,
  );
  return found?.[1];
}
