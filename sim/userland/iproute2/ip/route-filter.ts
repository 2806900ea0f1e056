import type { NetDevice } from '../../../linux/device/net-device';
import type { RouteType } from '../../../linux/ip/fib';
import { networkOf } from '../../../wire/ip';
import type { AddressFamily, InetPrefix } from '../inet-prefix';
import type { ShownRoute } from './shown-route';

const RT_TABLE_MAIN = 254;

/**
 * The static `filter` of ip/iproute.c. A field that is set is also one that print_route() leaves
 * out.
 */
export class RouteFilter {
  family: AddressFamily = 0;
  /** 0: all tables. */
  table = 0;
  cloned = false;
  protocol: number | undefined;
  scope: number | undefined;
  type: RouteType | undefined;
  tos: number | undefined;
  metric: number | undefined;
  mark: number | undefined;
  oif: NetDevice | undefined;
  iif: NetDevice | undefined;
  via: InetPrefix | undefined;
  prefSrc: InetPrefix | undefined;
  /** `root`: the route must lie inside; `match`: it must contain. `exact` is both. */
  root: InetPrefix | undefined;
  match: InetPrefix | undefined;

  /** filter_nlmsg(). */
  takes(r: ShownRoute): boolean {
    if (this.family !== 0 && r.family !== this.family) return false;
    if (this.table && this.table !== r.table) return false;
    if (r.family === 6 && this.table === RT_TABLE_MAIN && r.type === 'local') return false;
    if (this.protocol !== undefined && this.protocol !== r.protocol) return false;
    if (this.scope !== undefined && this.scope !== r.scope) return false;
    if (this.type !== undefined && this.type !== r.type) return false;
    if (this.tos !== undefined && this.tos !== r.tos) return false;
    if (this.metric !== undefined && this.metric !== (r.priority ?? 0)) return false;
    if (this.mark !== undefined && this.mark !== r.mark) return false;
    if (this.oif && this.oif !== r.dev) return false;
    if (this.iif && this.iif !== r.iif) return false;
    return this.#takesAddresses(r);
  }

  #takesAddresses(r: ShownRoute): boolean {
    const destination = r.dst ?? (r.family === 4 ? 0 : 0n);
    const { root, match, via, prefSrc } = this;
    if (root && (root.family !== 0 || root.specified)) {
      if (root.family !== 0 && root.family !== r.family) return false;
      if (root.bits > r.prefixLen) return false;
      if (!within(destination, root, root.bits)) return false;
    }
    if (match && (match.family !== 0 || match.specified)) {
      if (match.family !== 0 && match.family !== r.family) return false;
      if (match.bits < r.prefixLen) return false;
      if (!within(destination, match, r.prefixLen)) return false;
    }
    if (via?.address !== undefined) {
      if (r.gateway === undefined && via.bits > 0) return false;
      if (r.gateway !== undefined && !within(r.gateway, via, via.bits)) return false;
    }
    if (prefSrc?.address !== undefined) {
      if (prefSrc.family !== r.family) return false;
      if (r.prefSrc === undefined && prefSrc.bits > 0) return false;
      if (r.prefSrc !== undefined && !within(r.prefSrc, prefSrc, prefSrc.bits)) return false;
    }
    return true;
  }
}

/** inet_addr_match() over `bits` bits. */
function within(ip: number | bigint, prefix: InetPrefix, bits: number): boolean {
  if (prefix.address === undefined) return bits === 0 || networkOf(ip, bits) === zero(ip);
  if (typeof prefix.address !== typeof ip) return false;
  return networkOf(ip, bits) === networkOf(prefix.address, bits);
}

const zero = (ip: number | bigint): number | bigint => (typeof ip === 'number' ? 0 : 0n);
