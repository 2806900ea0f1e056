import { NO_BYTES } from '../../base/bytes';
import { IPPROTO_IPIP, type Ipv4 } from '../../wire/frame';
import { ICMP_DEST_UNREACH, ICMP_PORT_UNREACH } from '../../wire/icmp';
import { ipLength } from '../../wire/length';
import { icmpSend } from '../ip/icmp';
import type { L4Protocol } from '../ip/l4-protocol';
import { ipLocalOut, routeOutput } from '../ip/output';
import { dstMtu } from '../ip/path-mtu';
import type { Netns } from '../netns';
import { allocSkb, kfreeSkbReason, type Skb } from '../sk-buff';
import { IFF_NOARP, IFF_POINTOPOINT, NetDevice, type NetDeviceOps } from './net-device';
import { netifReceive } from './receive';
import { countTx } from './xmit';

/** The outer header. */
const IPIP_HLEN = 20;

/** ip_tunnel_xmit(), net/ipv4/ip_tunnel.c. */
const IPIP_OPS: NetDeviceOps = {
  xmit(dev, skb) {
    const { data } = dev;
    const { packet } = skb;
    if (data.kind !== 'ipip' || packet.kind !== 'ipv4') {
      kfreeSkbReason(skb, 'INVALID_PROTO', 'ipip_tunnel_xmit');
      return;
    }
    const net = dev.netns;
    const remote = data.remote || (typeof skb.dst?.gateway === 'number' ? skb.dst.gateway : 0);
    const route = routeOutput(net, {
      dst: remote,
      src: data.local || undefined,
      oif: data.linkIfindex,
      protocol: IPPROTO_IPIP,
    });
    if (remote === 0 || !route.ok || route.value.dev === dev) {
      dev.stats.txErrors++;
      net.linkFailure(skb);
      kfreeSkbReason(skb, 'IP_OUTNOROUTES', 'ip_tunnel_xmit');
      return;
    }
    const df = data.pmtudisc || packet.df;
    const mtu = dstMtu(route.value) - IPIP_HLEN;
    if (data.pmtudisc && packet.df && ipLength(packet) > mtu) {
      net.fragNeeded(skb, mtu);
      dev.stats.txErrors++;
      kfreeSkbReason(skb, 'PKT_TOO_BIG', 'tnl_update_pmtu', `longer than ${mtu}`);
      return;
    }
    countTx(dev, skb);
    const src = typeof route.value.src === 'number' ? route.value.src : 0;
    const outer = allocSkb(net.kernel, {
      dev: route.value.dev,
      parentId: skb.id,
      mark: skb.mark,
      packet: {
        kind: 'ipv4',
        src: data.local || src,
        dst: remote,
        tos: data.tos === 1 ? packet.tos : data.tos,
        id: df ? 0 : net.ipv4.nextIdent(),
        df,
        mf: false,
        fragOffset: 0,
        ttl: data.ttl || packet.ttl,
        protocol: IPPROTO_IPIP,
        options: NO_BYTES,
        payload: packet,
      },
    });
    outer.dst = route.value;
    ipLocalOut(net, outer);
  },
};

/** tunnel4_rcv(), ipip_rcv(): the tunnel whose ends are these, or one without a fixed remote, else port unreachable. */
const IPIP_PROTOCOL: L4Protocol = {
  rcv(skb: Skb) {
    const { packet } = skb;
    if (packet.kind !== 'ipv4' || packet.payload.kind !== 'ipv4') return;
    const tunnel = findTunnel(skb.dev.netns, packet.src, packet.dst);
    if (!tunnel) {
      icmpSend(skb, { type: ICMP_DEST_UNREACH, code: ICMP_PORT_UNREACH, info: 0 });
      kfreeSkbReason(skb, 'IP_NOPROTO', 'ipip_rcv', 'no tunnel');
      return;
    }
    const inner = allocSkb(tunnel.netns.kernel, {
      dev: tunnel,
      packet: packet.payload,
      parentId: skb.id,
    });
    netifReceive(tunnel, inner);
  },
  err: () => {},
};

function findTunnel(net: Netns, src: Ipv4, dst: Ipv4): NetDevice | undefined {
  const tunnels = net.devices().filter((dev) => dev.data.kind === 'ipip' && dev.up);
  const matching = (remote: boolean, local: boolean) => (dev: NetDevice) =>
    dev.data.kind === 'ipip' &&
    dev.data.remote === (remote ? src : 0) &&
    dev.data.local === (local ? dst : 0);
  return (
    tunnels.find(matching(true, true)) ??
    tunnels.find(matching(true, false)) ??
    tunnels.find(matching(false, true)) ??
    tunnels.find(matching(false, false))
  );
}

export interface IpipOptions {
  readonly local: Ipv4;
  readonly remote: Ipv4;
  readonly ttl: number;
  readonly tos: number;
  readonly pmtudisc: boolean;
  readonly linkIfindex: number;
}

/** ipip_tunnel_setup(), ip_tunnel_bind_dev(): the MTU is that of the way to the other end, less a header. */
export function newIpip(net: Netns, name: string, options: IpipOptions): NetDevice {
  const data = { kind: 'ipip' as const, ...options };
  const dev = new NetDevice({ netns: net, name, data, ops: IPIP_OPS, linkType: 'ipip' });
  dev.flags = IFF_NOARP | (options.remote ? IFF_POINTOPOINT : 0);
  dev.mac = options.local;
  dev.broadcast = options.remote;
  const route = options.remote ? routeOutput(net, { dst: options.remote }) : undefined;
  const lower = net.deviceByIndex(options.linkIfindex) ?? (route?.ok ? route.value.dev : undefined);
  dev.mtu = Math.max((lower?.mtu ?? 1500) - IPIP_HLEN, 68);
  dev.txQueueLen = 1000;
  if (!net.protocols4.has(IPPROTO_IPIP)) net.protocols4.set(IPPROTO_IPIP, IPIP_PROTOCOL);
  return dev;
}
