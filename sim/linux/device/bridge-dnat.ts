import type { Dst } from '../ip/dst';
import { nudConnected } from '../ip/neighbour';
import { neighXmit } from '../ip/neighbour-output';
import { routeInput4 } from '../ip/route';
import { routeInput6 } from '../ip/route6';
import { kfreeSkbReason, type Skb } from '../sk-buff';
import type { Bridge } from './bridge';
import type { BridgePort } from './bridge-port';
import type { NetDevice } from './net-device';

type Okfn = (skb: Skb) => void;

/**
 * br_nf_pre_routing_finish() after DNAT, net/bridge/br_netfilter_hooks.c. If the new destination lies behind the
 * same bridge the frame stays bridged, to the address that the neighbour table gives; else it goes up and is routed.
 * While that address is not confirmed the frame passes the bridge's own device on its way
 * (br_nf_pre_routing_finish_bridge_slow()), where captures see it.
 */
export function bridgedDnat(bridge: Bridge, port: BridgePort, skb: Skb, okfn: Okfn): void {
  const { eth } = skb;
  if (!eth) return;
  const route = inputRoute(bridge.dev, skb);
  if (route === 'martian') {
    kfreeSkbReason(skb, 'MARTIAN', 'br_nf_pre_routing_finish');
    return;
  }
  if (route?.dev !== bridge.dev) {
    skb.dev = port.dev;
    skb.eth = { ...eth, dst: bridge.dev.mac };
    skb.pktType = 'host';
    okfn(skb);
    return;
  }
  skb.dst = route;
  const nexthop = route.gateway ?? route.dst;
  const { netns } = bridge.dev;
  const table = typeof nexthop === 'number' ? netns.arp : netns.nd;
  const finish = (dst: number): void => {
    skb.dev = port.dev;
    skb.eth = { ...eth, dst };
    okfn(skb);
  };
  skb.bridgedDnat = finish;
  const neigh = table.lookupOrCreate(nexthop, bridge.dev);
  const confirmed = nudConnected(neigh.state);
  const mac = neigh.resolve(skb);
  if (mac === undefined) return;
  if (!confirmed) {
    neighXmit(neigh, skb);
    return;
  }
  skb.bridgedDnat = undefined;
  finish(mac);
}

/** Where the changed packet goes; undefined: nowhere that bridging could reach. */
function inputRoute(dev: NetDevice, skb: Skb): Dst | 'martian' | undefined {
  const { packet, mark } = skb;
  if (packet.kind === 'ipv6') {
    const found = routeInput6(dev.netns, { src: packet.src, dst: packet.dst, dev, mark });
    return found.kind === 'forward' ? found.dst : found.kind === 'local' ? undefined : 'martian';
  }
  if (packet.kind !== 'ipv4') return undefined;
  const { src, dst, tos, protocol } = packet;
  const found = routeInput4(dev.netns, { src, dst, dev, tos, mark, protocol, isIp: true });
  if (found.kind === 'martian') return 'martian';
  return found.kind === 'forward' ? found.dst : undefined;
}
