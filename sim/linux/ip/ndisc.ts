import type { Icmpv6Message, Ipv6, Ipv6Packet, Mac } from '../../wire/frame';
import { isMulticast } from '../../wire/ip';
import {
  type NdOption,
  neighbourAdvertisement,
  neighbourSolicitation,
  parseNeighbourAdvertisement,
  parseNeighbourSolicitation,
  routerSolicitation,
  solicitedNode,
} from '../../wire/ndp';
import type { NetDevice } from '../device/net-device';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import type { Inet6Ifaddr } from './address';
import { icmp6Xmit } from './icmpv6-xmit';
import { dstLinkFailure } from './link-failure';
import { ALL_NODES, ALL_ROUTERS } from './mcast6';
import type { Neighbour, NeighProtocol } from './neighbour';
import { devGetSaddr, holder6 } from './route6';

/** net/ipv6/ndisc.c: how the IPv6 table asks. */
export const NDISC_PROTOCOL: NeighProtocol = {
  solicit: ndiscSolicit,
  errorReport(_neigh, skb) {
    dstLinkFailure(skb);
    kfreeSkbReason(skb, 'NEIGH_FAILED', 'ndisc_error_report');
  },
  notify(neigh) {
    neigh.dev.netns.rtnlNotify({ kind: 'newneigh', neigh });
  },
};

/** ndisc_solicit(). */
function ndiscSolicit(neigh: Neighbour, skb: Skb | undefined, to: Mac | undefined): void {
  const { dev, ip } = neigh;
  if (typeof ip !== 'bigint') return;
  const sender = skb?.packet.kind === 'ipv6' ? skb.packet.src : undefined;
  const ours = sender !== undefined && holder6(dev.netns, sender, dev) ? sender : undefined;
  const src = ours ?? devGetSaddr(dev.netns, dev, ip);
  if (src === undefined) return;
  const options: NdOption[] = [{ kind: 'sourceLinkAddress', mac: dev.mac }];
  icmp6Xmit(dev, {
    src,
    dst: to === undefined ? solicitedNode(ip) : ip,
    hopLimit: 255,
    message: neighbourSolicitation({ target: ip, options }),
    mac: to,
  });
}

/** ndisc_send_ns() of duplicate address detection: from nobody (RFC 4862 §5.4.2). */
export function sendDadSolicit(ifa: Inet6Ifaddr): void {
  icmp6Xmit(ifa.dev, {
    src: 0n,
    dst: solicitedNode(ifa.address),
    hopLimit: 255,
    message: neighbourSolicitation({ target: ifa.address, options: [] }),
  });
}

/** ndisc_send_rs(). */
export function sendRouterSolicit(dev: NetDevice, src: Ipv6): void {
  icmp6Xmit(dev, {
    src,
    dst: ALL_ROUTERS,
    hopLimit: 255,
    message: routerSolicitation([{ kind: 'sourceLinkAddress', mac: dev.mac }]),
  });
}

interface Advertise {
  readonly target: Ipv6;
  readonly to: Ipv6;
  readonly solicited: boolean;
  readonly override: boolean;
  readonly parentId: number;
}

/** ndisc_send_na(). */
function sendAdvert(dev: NetDevice, na: Advertise): void {
  icmp6Xmit(dev, {
    src: na.target,
    dst: na.to,
    hopLimit: 255,
    parentId: na.parentId,
    message: neighbourAdvertisement({
      target: na.target,
      router: dev.in6Dev.conf.forwarding !== 0,
      solicited: na.solicited,
      override: na.override,
      options: [{ kind: 'targetLinkAddress', mac: dev.mac }],
    }),
  });
}

const linkOption = (options: readonly NdOption[], kind: NdOption['kind']): Mac | undefined => {
  for (const option of options) {
    if (option.kind !== kind) continue;
    if (option.kind === 'sourceLinkAddress' || option.kind === 'targetLinkAddress') {
      return option.mac;
    }
  }
  return undefined;
};

/** What address configuration must know: an address of ours is somebody else's too. */
export type DadFailure = (ifa: Inet6Ifaddr) => void;

/** ndisc_recv_ns(). Hop limit 255 was checked. */
export function ndiscRecvNs(
  skb: Skb,
  packet: Ipv6Packet,
  message: Icmpv6Message,
  dadFailure: DadFailure,
): void {
  const { dev } = skb;
  const ns = parseNeighbourSolicitation(message);
  if (!ns.ok || isMulticast(ns.value.target)) {
    kfreeSkbReason(skb, 'IPV6_NDISC_BAD_OPTIONS', 'ndisc_recv_ns');
    return;
  }
  const { target, options } = ns.value;
  const dad = packet.src === 0n;
  const ifa = dev.in6Dev.addresses.find((one) => one.address === target);
  traceSkb(skb, 'ndisc_recv_ns', 'consume');
  if (!ifa) {
    answerAsProxy(skb, packet, target, options);
    return;
  }
  if (ifa.tentative) {
    // Our own probe does not come back on these devices, so another's means a duplicate.
    if (dad) dadFailure(ifa);
    return;
  }
  if (ifa.dadFailed) return;
  if (dad) {
    const na = { target, to: ALL_NODES, solicited: false, override: true, parentId: skb.id };
    sendAdvert(dev, na);
    return;
  }
  learnFrom(skb, packet, options);
  sendAdvert(dev, { target, to: packet.src, solicited: true, override: true, parentId: skb.id });
}

function learnFrom(skb: Skb, packet: Ipv6Packet, options: readonly NdOption[]): void {
  const mac = linkOption(options, 'sourceLinkAddress');
  if (mac === undefined) return;
  const neigh = skb.dev.netns.nd.lookupOrCreate(packet.src, skb.dev);
  neigh.update(mac, 'STALE', { override: true });
}

/** pndisc: addresses of `ip neigh add proxy` where proxy_ndp is on. */
function answerAsProxy(
  skb: Skb,
  packet: Ipv6Packet,
  target: Ipv6,
  options: readonly NdOption[],
): void {
  const { dev } = skb;
  const on = dev.in6Dev.conf.proxy_ndp !== 0 || dev.netns.ipv6.confAll.proxy_ndp !== 0;
  if (!on || packet.src === 0n || !dev.netns.nd.proxyFor(target, dev)) return;
  learnFrom(skb, packet, options);
  sendAdvert(dev, { target, to: packet.src, solicited: true, override: false, parentId: skb.id });
}

/** ndisc_recv_na(). */
export function ndiscRecvNa(skb: Skb, message: Icmpv6Message, dadFailure: DadFailure): void {
  const { dev } = skb;
  const na = parseNeighbourAdvertisement(message);
  if (!na.ok) {
    kfreeSkbReason(skb, 'IPV6_NDISC_BAD_OPTIONS', 'ndisc_recv_na');
    return;
  }
  traceSkb(skb, 'ndisc_recv_na', 'consume');
  const { target, solicited, override, router, options } = na.value;
  const own = dev.in6Dev.addresses.find((one) => one.address === target);
  if (own) {
    if (own.tentative) dadFailure(own);
    return;
  }
  const neigh = dev.netns.nd.lookup(target, dev);
  if (!neigh) return;
  neigh.update(linkOption(options, 'targetLinkAddress'), solicited ? 'REACHABLE' : 'STALE', {
    override,
    weakOverride: true,
    isRouter: router,
  });
}
