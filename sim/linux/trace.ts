import type { EthernetFrame, L3 } from '../wire/frame';

/** Reasons of include/net/dropreason-core.h (SKB_DROP_REASON_*), and of ours where the kernel counts without a reason. */
export type DropReason =
  | 'NOT_SPECIFIED'
  | 'NO_SOCKET'
  | 'PKT_TOO_SMALL'
  | 'TCP_CSUM'
  | 'SOCKET_FILTER'
  | 'UDP_CSUM'
  | 'NETFILTER_DROP'
  | 'OTHERHOST'
  | 'IP_CSUM'
  | 'IP_INHDR'
  | 'IP_RPFILTER'
  | 'UNICAST_IN_L2_MULTICAST'
  | 'IP_NOPROTO'
  | 'PROTO_MEM'
  | 'SOCKET_BACKLOG'
  | 'SOCKET_RCVBUFF'
  | 'TCP_FLAGS'
  | 'TCP_OLD_SEQUENCE'
  | 'TCP_INVALID_SEQUENCE'
  | 'TCP_RESET'
  | 'TCP_CLOSE'
  | 'TCP_LISTEN_OVERFLOW'
  | 'IP_OUTNOROUTES'
  | 'NEIGH_CREATEFAIL'
  | 'NEIGH_FAILED'
  | 'NEIGH_QUEUEFULL'
  | 'NEIGH_DEAD'
  | 'QDISC_DROP'
  | 'FULL_RING'
  | 'UNHANDLED_PROTO'
  | 'SKB_CSUM'
  | 'DEV_READY'
  | 'DEV_HDR'
  | 'ICMP_CSUM'
  | 'INVALID_PROTO'
  | 'IP_INADDRERRORS'
  | 'IP_INNOROUTES'
  | 'IP_LOCAL_SOURCE'
  | 'IP_INVALID_SOURCE'
  | 'IP_INVALID_DEST'
  | 'IP_LOCALNET'
  | 'PKT_TOO_BIG'
  | 'DUP_FRAG'
  | 'FRAG_REASM_TIMEOUT'
  | 'FRAG_TOO_FAR'
  | 'IPV6_NDISC_BAD_OPTIONS'
  | 'VXLAN_INVALID_HDR'
  | 'VXLAN_VNI_NOT_FOUND'
  | 'VXLAN_NO_REMOTE'
  | 'VXLAN_ENTRY_EXISTS'
  | 'TUNNEL_TXINFO'
  | 'IP_TUNNEL_ECN'
  | 'LOCAL_MAC'
  | 'ARP_PVLAN_DISABLE'
  | 'MAC_IEEE_MAC_CONTROL'
  | 'BRIDGE_INGRESS_STP_STATE'
  | 'BRIDGE_NO_EGRESS_PORT'
  | 'BRIDGE_VLAN_FILTERED'
  | 'BRIDGE_ISOLATED'
  | 'BLACKHOLE'
  | 'TTL_EXPIRED'
  | 'FORWARDING_OFF'
  | 'ICMP_RATELIMIT'
  | 'ARP_IGNORED'
  | 'LINK_DOWN'
  | 'MARTIAN';

/** Which rule decided; number 0 is the chain's policy, which has no handle. */
export interface TraceRule {
  readonly table: string;
  readonly chain: string;
  readonly number: number;
  readonly handle?: number | undefined;
}

/**
 * One step of a packet. `stage` is the kernel's function or hook (`ip_rcv`, `br_handle_frame`, `PREROUTING`, …).
 * `packetId` stays with a packet across devices and hosts; `parentId` is the packet it was made from
 * (encapsulation, fragment, or the packet an ICMP error answers).
 */
export interface TraceEvent {
  readonly atUs: number;
  readonly packetId: number;
  readonly parentId?: number | undefined;
  readonly host: string;
  /** Name of the network namespace as `ip netns` shows it; '' is the host's own. */
  readonly netns: string;
  readonly dev?: string | undefined;
  readonly stage: string;
  /** What decided: "10.244.1.0/24 via 192.168.0.12 dev eth0", "fdb 02:… -> veth-red", "filter FORWARD rule 2: …". */
  readonly detail?: string | undefined;
  readonly rule?: TraceRule | undefined;
  readonly verdict: 'pass' | 'queue' | 'deliver' | 'consume' | 'drop';
  readonly reason?: DropReason | undefined;
  /** The packet at this step: a whole frame on a wire, else the network layer alone. */
  readonly frame?: EthernetFrame | undefined;
  readonly packet?: L3 | undefined;
}

/** Where steps go. Without a listener `on` is false and nothing is built. */
export class Tracer {
  #listener: ((event: TraceEvent) => void) | undefined;
  on = false;

  listen(listener: ((event: TraceEvent) => void) | undefined): void {
    this.#listener = listener;
    this.on = listener !== undefined;
  }

  /** Call only when `on`. */
  emit(event: TraceEvent): void {
    this.#listener?.(event);
  }
}
