import {
  ETH_P_IP,
  ETH_P_IPV6,
  type IcmpMessage,
  type Icmpv6Message,
  type IpPacket,
  type Ipv4Packet,
  type Ipv6Packet,
  type TcpSegment,
  TH_ACK,
  TH_CWR,
  TH_ECE,
  TH_FIN,
  TH_PSH,
  TH_RST,
  TH_SYN,
  TH_URG,
} from '../../../wire/frame';
import {
  ICMP_DEST_UNREACH,
  ICMP_ECHO,
  ICMP_ECHOREPLY,
  ICMP_FRAG_NEEDED,
  ICMP_REDIRECT,
} from '../../../wire/icmp';
import { ICMPV6_ECHO_REPLY, ICMPV6_ECHO_REQUEST } from '../../../wire/icmpv6';
import { formatIp } from '../../../wire/ip';
import { ipLength, l4Length } from '../../../wire/length';
import { formatMac } from '../../../wire/mac';
import { fragmentOffset, l4Protocol, type NftPktinfo, transport } from '../nft-pktinfo';
import type { XtLog } from '../xt-target';

const hex = (value: number, width = 2): string =>
  value.toString(16).toUpperCase().padStart(width, '0');

/** nf_log_dump_packet_common(), dump_mac_header() and dump_ipv4_packet() or dump_ipv6_packet(), nf_log_syslog.c. */
export function logPacket(pkt: NftPktinfo, flags: XtLog): string {
  const { skb, ip } = pkt;
  const ports =
    (skb.physIn ? `PHYSIN=${skb.physIn.name} ` : '') +
    (skb.physOut ? `PHYSOUT=${skb.physOut.name} ` : '');
  const uid = flags.uid && skb.sk?.uid !== undefined ? `UID=${skb.sk.uid} GID=${skb.sk.uid} ` : '';
  const mark = skb.mark ? `MARK=0x${skb.mark.toString(16)} ` : '';
  const header = ip.kind === 'ipv4' ? header4(ip) : header6(ip);
  return (
    `IN=${pkt.in?.name ?? ''} OUT=${pkt.out?.name ?? ''} ${ports}${macText(pkt)}` +
    `${header}${l4Text(ip, flags)}${uid}${mark}`
  );
}

function macText(pkt: NftPktinfo): string {
  const { eth } = pkt.skb;
  if (!pkt.in) return '';
  if (!eth) return 'MAC= ';
  const type = pkt.ip.kind === 'ipv4' ? ETH_P_IP : ETH_P_IPV6;
  const bytes = type.toString(16).padStart(4, '0');
  return `MAC=${formatMac(eth.dst)}:${formatMac(eth.src)}:${bytes.slice(0, 2)}:${bytes.slice(2)} `;
}

/** IPTOS_TOS_MASK, IPTOS_PREC_MASK. */
function header4(ip: Ipv4Packet): string {
  const fragment =
    (ip.df ? 'DF ' : '') +
    (ip.mf ? 'MF ' : '') +
    (ip.fragOffset ? `FRAG:${ip.fragOffset / 8} ` : '');
  return (
    `SRC=${formatIp(ip.src)} DST=${formatIp(ip.dst)} LEN=${ipLength(ip)} ` +
    `TOS=0x${hex(ip.tos & 0x1e)} PREC=0x${hex(ip.tos & 0xe0)} TTL=${ip.ttl} ID=${ip.id} ${fragment}`
  );
}

function header6(ip: Ipv6Packet): string {
  return (
    `SRC=${fullAddress(ip.src)} DST=${fullAddress(ip.dst)} LEN=${ipLength(ip)} ` +
    `TC=${ip.trafficClass} HOPLIMIT=${ip.hopLimit} FLOWLBL=${ip.flowLabel} `
  );
}

/** %pI6: all eight groups, all their digits. */
const fullAddress = (ip: bigint): string =>
  (ip.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':');

function l4Text(ip: IpPacket, flags: XtLog): string {
  const l4 = transport(ip);
  switch (l4?.kind) {
    case 'tcp':
      return tcpText(l4, flags);
    case 'udp':
      return `PROTO=UDP SPT=${l4.srcPort} DPT=${l4.dstPort} LEN=${l4Length(l4)} `;
    case 'icmp':
      return `PROTO=ICMP TYPE=${l4.type} CODE=${l4.code} ${icmpText(l4)}`;
    case 'icmpv6':
      return `PROTO=ICMPv6 TYPE=${l4.type} CODE=${l4.code} ${icmp6Text(l4)}`;
    default:
      return `PROTO=${protocolName(ip)} `;
  }
}

/** Later fragments name the protocol, and nothing of its header. */
function protocolName(ip: IpPacket): string {
  const protocol = l4Protocol(ip);
  const known: Readonly<Record<number, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6' };
  return fragmentOffset(ip) === 0 ? String(protocol) : (known[protocol] ?? String(protocol));
}

const TCP_FLAGS: readonly (readonly [number, string])[] = [
  [TH_CWR, 'CWR'],
  [TH_ECE, 'ECE'],
  [TH_URG, 'URG'],
  [TH_ACK, 'ACK'],
  [TH_PSH, 'PSH'],
  [TH_RST, 'RST'],
  [TH_SYN, 'SYN'],
  [TH_FIN, 'FIN'],
];

/** nf_log_dump_tcp_header(). */
function tcpText(tcp: TcpSegment, flags: XtLog): string {
  const sequence = flags.tcpSequence ? `SEQ=${tcp.seq} ACK=${tcp.ack} ` : '';
  const set = TCP_FLAGS.filter(([bit]) => tcp.flags & bit).map(([, name]) => `${name} `);
  return (
    `PROTO=TCP SPT=${tcp.srcPort} DPT=${tcp.dstPort} ${sequence}` +
    `WINDOW=${tcp.window} RES=0x00 ${set.join('')}URGP=${tcp.urgent} `
  );
}

function icmpText(icmp: IcmpMessage): string {
  if (icmp.type === ICMP_ECHO || icmp.type === ICMP_ECHOREPLY) {
    return `ID=${icmp.rest >>> 16} SEQ=${icmp.rest & 0xffff} `;
  }
  if (icmp.type === ICMP_REDIRECT) return `GATEWAY=${formatIp(icmp.rest >>> 0)} `;
  const tooBig = icmp.type === ICMP_DEST_UNREACH && icmp.code === ICMP_FRAG_NEEDED;
  return tooBig ? `MTU=${icmp.rest & 0xffff} ` : '';
}

const icmp6Text = (icmp: Icmpv6Message): string =>
  icmp.type === ICMPV6_ECHO_REQUEST || icmp.type === ICMPV6_ECHO_REPLY
    ? `ID=${icmp.rest >>> 16} SEQ=${icmp.rest & 0xffff} `
    : '';
