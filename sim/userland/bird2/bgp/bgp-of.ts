import type { Proto } from '../proto';
import type { Route } from '../route';
import type { BgpProtocol } from './bgp-proto';

const bgps = new WeakMap<Proto, BgpProtocol>();

/** The BGP protocol that a route came from. */
export const bgpOf = (route: Route): BgpProtocol | undefined => bgps.get(route.sender.proto);

export const registerBgp = (bgp: BgpProtocol): void => {
  bgps.set(bgp.proto, bgp);
};
