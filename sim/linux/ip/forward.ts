import type { Ipv4 } from '../../wire/frame';
import { ICMP_EXC_TTL, ICMP_REDIR_HOST, ICMP_REDIRECT, ICMP_TIME_EXCEEDED } from '../../wire/icmp';
import { ipLength } from '../../wire/length';
import { nfHook } from '../netfilter/nf-hook';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { icmpSend } from './icmp';
import { dstOutput } from './output';
import { forwardMtu } from './path-mtu';
import { ipv4With } from './rewrite';

/** ip_rt_redirect_load, ip_rt_redirect_number, ip_rt_redirect_silence of net/ipv4/route.c, in ms. */
const REDIRECT_LOAD_MS = 20;
const REDIRECT_NUMBER = 9;
const REDIRECT_SILENCE_MS = REDIRECT_LOAD_MS << (REDIRECT_NUMBER + 1);

/** ip_forward(), net/ipv4/ip_forward.c. TTL rule: RFC 1812 §5.3.1. Omitted: source routing. */
export function ipForward(skb: Skb): void {
  const { packet, dst } = skb;
  if (packet.kind !== 'ipv4' || !dst) return;
  const net = dst.dev.netns;
  if (skb.pktType !== 'host') {
    kfreeSkbReason(skb, 'OTHERHOST', 'ip_forward');
    return;
  }
  traceSkb(skb, 'ip_forward');
  if (packet.ttl <= 1) {
    net.snmp.inc('Ip', 'InHdrErrors');
    icmpSend(skb, { type: ICMP_TIME_EXCEEDED, code: ICMP_EXC_TTL, info: 0 });
    kfreeSkbReason(skb, 'TTL_EXPIRED', 'ip_forward');
    return;
  }
  const mtu = forwardMtu(dst);
  if (packet.df && ipLength(packet) > mtu) {
    net.snmp.inc('Ip', 'FragFails');
    net.fragNeeded(skb, mtu);
    kfreeSkbReason(skb, 'PKT_TOO_BIG', 'ip_forward', `longer than ${mtu} and DF set`);
    return;
  }
  net.snmp.inc('Ip', 'ForwDatagrams');
  skb.packet = ipv4With(packet, { ttl: packet.ttl - 1 });
  skb.forwarded = true;
  if (dst.doRedirect) sendRedirect(skb);
  nfHook({
    net,
    family: 'ipv4',
    hook: 'FORWARD',
    skb,
    in: skb.inDev,
    out: dst.dev,
    okfn: dstOutput,
  });
}

/** ip_rt_send_redirect(): ever rarer while the sender does not listen. */
function sendRedirect(skb: Skb): void {
  const { packet, dst } = skb;
  if (packet.kind !== 'ipv4' || !dst) return;
  const { peers } = dst.dev.netns.ipv4;
  const peer = peers.get(packet.src);
  const now = peers.nowMs;
  if (now > peer.rateLastMs + REDIRECT_SILENCE_MS) {
    peer.rateTokensMs = 0;
    peer.redirects = 0;
  }
  if (peer.redirects >= REDIRECT_NUMBER) {
    peer.rateLastMs = now;
    return;
  }
  if (peer.redirects > 0 && now <= peer.rateLastMs + (REDIRECT_LOAD_MS << peer.redirects)) return;
  const gateway: Ipv4 = typeof dst.gateway === 'number' ? dst.gateway : packet.dst;
  icmpSend(skb, { type: ICMP_REDIRECT, code: ICMP_REDIR_HOST, info: gateway });
  peer.rateLastMs = now;
  peer.redirects++;
}
