import type { Icmpv6Message, Ipv6, Ipv6Packet, Mac } from '../../wire/frame';
import { IPPROTO_ICMPV6 } from '../../wire/frame';
import { isMulticast } from '../../wire/ip';
import { multicastMac6 } from '../../wire/ndp';
import type { NetDevice } from '../device/net-device';
import { nfHook } from '../netfilter/nf-hook';
import { allocSkb, traceSkb } from '../sk-buff';
import { xmitTo } from './neighbour-output';

export interface Icmp6Xmit {
  readonly src: Ipv6;
  readonly dst: Ipv6;
  readonly hopLimit: number;
  readonly routerAlert?: boolean | undefined;
  readonly message: Icmpv6Message;
  /** Link-layer destination of a unicast; a group's follows from the address. */
  readonly mac?: Mac | undefined;
  readonly parentId?: number | undefined;
}

/** ndisc_send_skb(), mld_sendpack(): straight to a device, past routing but through OUTPUT. */
export function icmp6Xmit(dev: NetDevice, send: Icmp6Xmit): void {
  const net = dev.netns;
  const packet: Ipv6Packet = {
    kind: 'ipv6',
    src: send.src,
    dst: send.dst,
    trafficClass: 0,
    flowLabel: 0,
    hopLimit: send.hopLimit,
    nextHeader: IPPROTO_ICMPV6,
    ...(send.routerAlert ? { routerAlert: true } : {}),
    payload: send.message,
  };
  const skb = allocSkb(net.kernel, { dev, packet, parentId: send.parentId });
  net.snmp.inc('Ip6', 'OutRequests');
  net.snmp.packet('Out', skb);
  net.snmp.icmp('Out', 6, send.message.type);
  traceSkb(skb, 'ndisc_send_skb');
  nfHook({
    net,
    family: 'ipv6',
    hook: 'OUTPUT',
    skb,
    in: undefined,
    out: dev,
    okfn: (out) => {
      const mac = isMulticast(send.dst) ? multicastMac6(send.dst) : send.mac;
      if (mac !== undefined) xmitTo(dev, out, mac);
      else {
        const known = net.nd.lookupOrCreate(send.dst, dev).resolve(out);
        if (known !== undefined) xmitTo(dev, out, known);
      }
    },
  });
}
