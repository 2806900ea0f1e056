import { NO_BYTES } from '../../../base/bytes';
import type { TcpSegment } from '../../../wire/frame';
import { IPPROTO_TCP, type IpPacket, TH_ACK, TH_FIN, TH_RST, TH_SYN } from '../../../wire/frame';
import { devQueueXmit } from '../../device/xmit';
import { ipLocalOut } from '../../ip/output';
import { allocSkb } from '../../sk-buff';
import { nfCtAttach } from '../conntrack/attach';
import { conntrackOf } from '../conntrack/table';
import { tcpSetClosing } from '../conntrack/tcp';
import { type NftPktinfo, transport } from '../nft-pktinfo';
import { ipRouteMeHarder } from '../route-me-harder';

/** nf_send_reset(), nf_send_reset6(), net/ipv4/netfilter/nf_reject_ipv4.c: never an answer to a reset. */
export function nfSendReset(pkt: NftPktinfo): void {
  const { skb, net } = pkt;
  const old = transport(pkt.ip);
  if (old?.kind !== 'tcp' || (old.flags & TH_RST) !== 0) return;
  if (skb.dst?.broadcast || skb.dst?.multicast) return;
  const packet = resetPacket(pkt, resetFor(old));
  const reply = allocSkb(net.kernel, { dev: skb.dev, packet, parentId: skb.id });
  if (net.ipv4.sysctl.fwmark_reflect) reply.mark = skb.mark;
  if (ipRouteMeHarder(net, reply)) return;
  nfCtAttach(reply, skb);
  if (skb.ct) tcpSetClosing(conntrackOf(net), skb.ct);
  const port = skb.physIn;
  if (!port || !skb.eth) {
    ipLocalOut(net, reply);
    return;
  }
  // From a bridge the sender's peer seems to answer, straight out of the port it came in by.
  reply.dev = port;
  reply.eth = { src: skb.eth.dst, dst: skb.eth.src };
  devQueueXmit(reply);
}

/** nf_reject_ip_tcphdr_put(). */
function resetFor(old: TcpSegment): TcpSegment {
  const acked = (old.flags & TH_ACK) !== 0;
  const taken = (old.flags & TH_SYN ? 1 : 0) + (old.flags & TH_FIN ? 1 : 0) + old.payload.length;
  return {
    kind: 'tcp',
    srcPort: old.dstPort,
    dstPort: old.srcPort,
    seq: acked ? old.ack : 0,
    ack: acked ? 0 : (old.seq + taken) >>> 0,
    flags: acked ? TH_RST : TH_RST | TH_ACK,
    window: 0,
    urgent: 0,
    options: {},
    payload: NO_BYTES,
  };
}

/** nf_reject_iphdr_put(), nf_reject_ip6hdr_put(). */
function resetPacket(pkt: NftPktinfo, payload: TcpSegment): IpPacket {
  const { ip, net } = pkt;
  if (ip.kind === 'ipv6') {
    return {
      kind: 'ipv6',
      src: ip.dst,
      dst: ip.src,
      trafficClass: 0,
      flowLabel: 0,
      hopLimit: net.ipv6.confAll.hop_limit,
      nextHeader: IPPROTO_TCP,
      payload,
    };
  }
  return {
    kind: 'ipv4',
    src: ip.dst,
    dst: ip.src,
    tos: 0,
    id: 0,
    df: true,
    mf: false,
    fragOffset: 0,
    ttl: net.ipv4.sysctl.ip_default_ttl,
    protocol: IPPROTO_TCP,
    options: NO_BYTES,
    payload,
  };
}
