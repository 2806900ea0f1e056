import type { Result } from '../../base/result';
import type { Errno } from '../errno';
import { addressType } from '../ip/address-type';
import type { Dst } from '../ip/dst';
import { routeOutput4 } from '../ip/route';
import { routeOutput6 } from '../ip/route6';
import type { Netns } from '../netns';
import type { Skb } from '../sk-buff';
import { l4Protocol, portsOf } from './nft-pktinfo';

/** What a route depends on: a packet for which this differs after a hook is routed anew. */
export function routeKey(skb: Skb): string {
  const { packet, mark } = skb;
  if (packet.kind === 'ipv4') return `${packet.src} ${packet.dst} ${packet.tos} ${mark}`;
  if (packet.kind !== 'ipv6') return '';
  return `${packet.src} ${packet.dst} ${packet.flowLabel} ${packet.hopLimit} ${mark}`;
}

/** ip_route_me_harder(), ip6_route_me_harder(): a new way for a local packet that netfilter changed. */
export function ipRouteMeHarder(net: Netns, skb: Skb): Errno | undefined {
  const route = reroute(net, skb);
  if (!route?.ok) return route?.error ?? 'EHOSTUNREACH';
  skb.dst = route.value;
  skb.dev = route.value.dev;
  return undefined;
}

function reroute(net: Netns, skb: Skb): Result<Dst, Errno> | undefined {
  const { packet, mark, sk } = skb;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return undefined;
  const ports = portsOf(packet);
  const flow = {
    mark,
    oif: sk?.boundIfindex,
    uid: sk?.uid,
    protocol: l4Protocol(packet),
    srcPort: ports?.srcPort,
    dstPort: ports?.dstPort,
    anySrc: true,
  };
  if (packet.kind === 'ipv6') {
    return routeOutput6(net, { ...flow, dst: packet.dst, src: packet.src });
  }
  const type = addressType(net, packet.src);
  const src = type === 'local' || type === 'unicast' ? packet.src : undefined;
  return routeOutput4(net, { ...flow, dst: packet.dst, src, tos: packet.tos });
}
