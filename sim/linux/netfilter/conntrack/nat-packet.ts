import { rewriteEmbedded } from '../../../wire/embedded';
import type { IpPacket, L4 } from '../../../wire/frame';
import { ICMP_REDIRECT } from '../../../wire/icmp';
import { formatIp } from '../../../wire/ip';
import { ipv4With, withPorts } from '../../ip/rewrite';
import { type Skb, traceSkb } from '../../sk-buff';
import {
  type CtInfo,
  dirOf,
  IPS_DST_NAT,
  IPS_NAT_DONE_MASK,
  IPS_NAT_MASK,
  IPS_SRC_NAT,
  type NfConn,
} from './conn';
import type { NatManip } from './nat-choice';
import { hasPorts, invertTuple, type NfTuple, ORIGINAL, REPLY } from './tuple';

/** Which way of the flow is translated here: the status bit, inverted for replies. */
function translates(ct: NfConn, info: CtInfo, manip: NatManip): boolean {
  const src = (manip === 'SRC') !== (dirOf(info) === REPLY);
  return ct.has(src ? IPS_SRC_NAT : IPS_DST_NAT);
}

/** nf_nat_packet(): the packet gets the addresses that its connection was given. */
export function natPacket(skb: Skb, ct: NfConn, info: CtInfo, manip: NatManip): void {
  if (!translates(ct, info, manip)) return;
  const { packet } = skb;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return;
  const target = invertTuple(ct.tuple(dirOf(info) === ORIGINAL ? REPLY : ORIGINAL));
  if (!target) return;
  skb.packet = manipPacket(packet, target, manip);
  traceManip(skb, packet, target, manip);
}

/** nf_nat_manip_pkt(), net/netfilter/nf_nat_proto.c. */
function manipPacket(packet: IpPacket, target: NfTuple, manip: NatManip): IpPacket {
  const payload = manipPayload(packet.payload, target, manip);
  const ip = manip === 'SRC' ? target.src : target.dst;
  if (packet.kind === 'ipv4' && typeof ip === 'number') {
    return ipv4With(packet, manip === 'SRC' ? { src: ip, payload } : { dst: ip, payload });
  }
  if (packet.kind === 'ipv6' && typeof ip === 'bigint') {
    return manip === 'SRC' ? { ...packet, src: ip, payload } : { ...packet, dst: ip, payload };
  }
  return packet;
}

/** l4proto_manip_pkt(): a port, or the id of an ICMP query, whichever way it goes. */
function manipPayload(l4: L4, target: NfTuple, manip: NatManip): L4 {
  switch (l4.kind) {
    case 'tcp':
    case 'udp':
      return withPorts(l4, {
        srcPort: manip === 'SRC' ? target.srcPort : l4.srcPort,
        dstPort: manip === 'SRC' ? l4.dstPort : target.dstPort,
      });
    case 'icmp':
      return QUERIES4.has(l4.type) ? { ...l4, rest: withId(l4.rest, target) } : l4;
    case 'icmpv6':
      return QUERIES6.has(l4.type) ? { ...l4, rest: withId(l4.rest, target) } : l4;
    default:
      return l4;
  }
}

const QUERIES4: ReadonlySet<number> = new Set([0, 8, 13, 14, 15, 16, 17, 18]);
const QUERIES6: ReadonlySet<number> = new Set([128, 129]);

const withId = (rest: number, target: NfTuple): number =>
  ((target.srcPort << 16) | (rest & 0xffff)) >>> 0;

/**
 * nf_nat_icmp_reply_translation(), nf_nat_icmpv6_reply_translation(): the quoted packet is put back as its
 * sender knows it, then the error itself is translated. False: a redirect through a translation is dropped.
 */
export function natIcmpReply(skb: Skb, ct: NfConn, info: CtInfo, manip: NatManip): boolean {
  const { packet } = skb;
  const message = packet.kind === 'ipv4' || packet.kind === 'ipv6' ? packet.payload : undefined;
  if (message?.kind !== 'icmp' && message?.kind !== 'icmpv6') return true;
  const redirect = message.kind === 'icmp' ? message.type === ICMP_REDIRECT : message.type === 137;
  if (redirect) {
    if ((ct.status & IPS_NAT_DONE_MASK) !== IPS_NAT_DONE_MASK) return false;
    if (ct.has(IPS_NAT_MASK)) return false;
  }
  if (!translates(ct, info, manip)) return true;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return true;
  const tuple = ct.tuple(dirOf(info) === ORIGINAL ? REPLY : ORIGINAL);
  const outer = invertTuple(tuple);
  if (!outer) return true;
  const inner = manip === 'SRC' ? innerDst(tuple) : innerSrc(tuple);
  const translated: L4 = { ...message, data: rewriteEmbedded(message.data, inner) };
  skb.packet = manipPacket(
    packet.kind === 'ipv4'
      ? { ...packet, payload: translated }
      : { ...packet, payload: translated },
    outer,
    manip,
  );
  traceManip(skb, packet, outer, manip);
  return true;
}

const innerDst = (t: NfTuple) => ({
  dst: t.dst,
  ...(hasPorts(t.proto) ? { dstPort: t.dstPort } : { icmpId: t.srcPort }),
});
const innerSrc = (t: NfTuple) => ({
  src: t.src,
  ...(hasPorts(t.proto) ? { srcPort: t.srcPort } : { icmpId: t.srcPort }),
});

/** "SNAT 10.244.0.5:40000 -> 203.0.113.1:40000" in the packet's journey. */
function traceManip(skb: Skb, before: IpPacket, target: NfTuple, manip: NatManip): void {
  if (!skb.dev.netns.kernel.tracer.on) return;
  const l4 = before.payload;
  const ported = l4.kind === 'tcp' || l4.kind === 'udp' ? l4 : undefined;
  const end = (ip: NfTuple['src'], port: number): string => {
    if (!ported) return formatIp(ip);
    return typeof ip === 'number' ? `${formatIp(ip)}:${port}` : `[${formatIp(ip)}]:${port}`;
  };
  const [from, to] =
    manip === 'SRC'
      ? [end(before.src, ported?.srcPort ?? 0), end(target.src, target.srcPort)]
      : [end(before.dst, ported?.dstPort ?? 0), end(target.dst, target.dstPort)];
  if (from === to) return;
  const name = manip === 'SRC' ? 'SNAT' : 'DNAT';
  traceSkb(skb, 'nf_nat_packet', 'pass', { detail: `${name} ${from} -> ${to}` });
}
