import { IPPROTO_ICMP, IPPROTO_ICMPV6, IPPROTO_TCP, IPPROTO_UDP } from '../../../wire/frame';
import { IPS_ASSURED, IPS_NAT_CLASH, IPS_SEEN_REPLY } from './conn';
import { eventCache } from './event';
import type { TrackResult } from './hook-result';
import { IPCT_ASSURED } from './ipct';
import { refreshAcct } from './refresh';
import type { NfConntrack } from './table';
import { trackTcp } from './tcp';
import type { TrackedPacket } from './tracked-packet';
import { icmpTypeOf } from './tuple';

/** nf_conntrack_handle_packet(): what the protocol says, and how long the connection lives. */
export function trackPacket(table: NfConntrack, packet: TrackedPacket): TrackResult {
  switch (packet.ct.original.proto) {
    case IPPROTO_TCP:
      return trackTcp(table, packet);
    case IPPROTO_UDP:
      return trackUdp(table, packet);
    case IPPROTO_ICMP:
      return trackIcmp(table, packet, table.sysctl.nf_conntrack_icmp_timeout);
    case IPPROTO_ICMPV6:
      return trackIcmp(table, packet, table.sysctl.nf_conntrack_icmpv6_timeout);
    default:
      refreshAcct(table, packet, table.sysctl.nf_conntrack_generic_timeout);
      return 'accept';
  }
}

/** A UDP flow is a stream when it still goes both ways after this long. */
const UDP_STREAM_US = 2_000_000;

/** nf_conntrack_udp_packet(), net/netfilter/nf_conntrack_proto_udp.c. */
function trackUdp(table: NfConntrack, packet: TrackedPacket): TrackResult {
  const { ct } = packet;
  const { nf_conntrack_udp_timeout: short, nf_conntrack_udp_timeout_stream: long } = table.sysctl;
  if (!ct.confirmed) ct.udpStreamUs = table.nowUs + UDP_STREAM_US;
  if (!ct.has(IPS_SEEN_REPLY)) {
    refreshAcct(table, packet, short);
    return 'accept';
  }
  const stream = table.nowUs > ct.udpStreamUs;
  refreshAcct(table, packet, stream ? long : short);
  if (stream && !ct.has(IPS_ASSURED | IPS_NAT_CLASH)) {
    ct.status |= IPS_ASSURED;
    eventCache(ct, IPCT_ASSURED);
  }
  return 'accept';
}

/** valid_new[]: the queries that begin a flow, of ICMP and of ICMPv6 (echo, node information). */
const VALID_NEW: ReadonlyMap<number, readonly number[]> = new Map([
  [IPPROTO_ICMP, [8, 13, 15, 17]],
  [IPPROTO_ICMPV6, [128, 139]],
]);

/** nf_conntrack_icmp_packet(), nf_conntrack_icmpv6_packet(). */
function trackIcmp(table: NfConntrack, packet: TrackedPacket, seconds: number): TrackResult {
  const { original } = packet.ct;
  if (!VALID_NEW.get(original.proto)?.includes(icmpTypeOf(original))) return 'invalid';
  refreshAcct(table, packet, seconds);
  return 'accept';
}
