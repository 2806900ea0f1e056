import { encodeIp } from '../../../wire/codec';
import { ETH_P_IP, ETH_P_IPV6 } from '../../../wire/frame';
import { formatMac } from '../../../wire/mac';
import type { NftPktinfo } from '../nft-pktinfo';
import type { XtLog } from '../xt-target';
import { dumpIpv4, dumpIpv6 } from './log-dump';

/** nf_log_ip_packet(), nf_log_ip6_packet(), net/netfilter/nf_log_syslog.c: dump_packet_common() and the packet. */
export function logPacket(pkt: NftPktinfo, flags: XtLog): string {
  const { skb, ip } = pkt;
  const ports =
    (skb.physIn ? `PHYSIN=${skb.physIn.name} ` : '') +
    (skb.physOut ? `PHYSOUT=${skb.physOut.name} ` : '');
  const uid = flags.uid && skb.sk?.uid !== undefined ? `UID=${skb.sk.uid} GID=${skb.sk.uid} ` : '';
  const mark = skb.mark ? `MARK=0x${skb.mark.toString(16)} ` : '';
  const bytes = encodeIp(ip);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dumped = { view, flags, outermost: true };
  const packet = ip.kind === 'ipv4' ? dumpIpv4(dumped) : dumpIpv6(dumped);
  return (
    `IN=${pkt.in?.name ?? ''} OUT=${pkt.out?.name ?? ''} ${ports}${macText(pkt, flags)}` +
    `${packet}${uid}${mark}`
  );
}

/** dump_mac_header(). */
function macText(pkt: NftPktinfo, flags: XtLog): string {
  const { eth } = pkt.skb;
  if (!pkt.in) return '';
  if (!eth) return 'MAC= ';
  const type = pkt.ip.kind === 'ipv4' ? ETH_P_IP : ETH_P_IPV6;
  const bytes = type.toString(16).padStart(4, '0');
  if (flags.macdecode && pkt.in.linkType === 'ether') {
    return `MACSRC=${formatMac(eth.src)} MACDST=${formatMac(eth.dst)} MACPROTO=${bytes} `;
  }
  return `MAC=${formatMac(eth.dst)}:${formatMac(eth.src)}:${bytes.slice(0, 2)}:${bytes.slice(2)} `;
}
