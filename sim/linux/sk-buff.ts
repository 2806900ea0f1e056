import type { L3, Mac } from '../wire/frame';
import type { NetDevice } from './device/net-device';
import type { Dst } from './ip/dst';
import type { Kernel } from './kernel';
import type { CtInfo, CtTemplate, NfConn } from './netfilter/conntrack/conn';
import type { DropReason, TraceEvent } from './trace';

/** PACKET_HOST … of include/uapi/linux/if_packet.h. */
export type PacketType = 'host' | 'broadcast' | 'multicast' | 'otherhost' | 'outgoing' | 'loopback';

export interface EthHeader {
  readonly dst: Mac;
  readonly src: Mac;
  readonly vlan?: { readonly id: number; readonly pcp: number } | undefined;
}

/** IP_PMTUDISC_* of include/uapi/linux/in.h. */
export type PmtuDiscover = 'dont' | 'want' | 'do' | 'probe' | 'interface';

/** What the stack reads of the socket that sent a packet (struct sock). */
export interface SkbSock {
  /** sk_bound_dev_if; 0 = any. */
  readonly boundIfindex: number;
  readonly mark: number;
  readonly pmtuDiscover: PmtuDiscover;
  /** inet->recverr: errors reach the socket even where they are soft. */
  readonly recvErr: boolean;
  /** Who made the socket (xt_owner); undefined: the kernel's own. */
  readonly uid?: number | undefined;
}

/**
 * struct sk_buff: a packet on its way through one machine, and what the kernel knows about it.
 * The packet itself is a value; a step that changes it assigns a new one.
 */
export interface Skb {
  readonly id: number;
  /** The packet this one was made from: encapsulation, fragment, ICMP error. */
  readonly parentId: number | undefined;
  dev: NetDevice;
  /** iif of a received packet; undefined for a locally sent one. */
  inDev: NetDevice | undefined;
  /** Link-layer header: as received, or as built for sending. */
  eth: EthHeader | undefined;
  packet: L3;
  pktType: PacketType;
  mark: number;
  priority: number;
  sk: SkbSock | undefined;
  dst: Dst | undefined;
  /** IPSKB_FORWARDED, IPSKB_DOREDIRECT, … as far as they matter. */
  forwarded: boolean;
  doRedirect: boolean;
  /** The bridge port it came in by (nf_bridge_info, physindev). */
  physIn: NetDevice | undefined;
  physOut: NetDevice | undefined;
  /** nf_bridge_info.bridged_dnat: where a bridged packet goes on once its new neighbour's address is known. */
  bridgedDnat: ((dst: Mac) => void) | undefined;
  /** BR_INPUT_SKB_CB(skb)->offload etc. are not modelled; the bridge's VLAN tag is `eth.vlan`. */
  bridgeVlan: number;
  /** The payload checksum was never computed (CHECKSUM_PARTIAL): shown by captures on the sender's side. */
  partialChecksum: boolean;
  /** skb_nfct: the tracked connection, and what the packet is to it. */
  ct: NfConn | undefined;
  ctinfo: CtInfo | undefined;
  /** IP_CT_UNTRACKED. */
  notrack: boolean;
  /** nf_ct_tmpl: what target CT asks for, until the connection is looked up. */
  ctTemplate: CtTemplate | undefined;
  /** IPCB(skb)->frag_max_size: the longest fragment of a packet that was put together on its way; 0 = whole. */
  fragMaxSize: number;
  /** NET_XMIT_DROP came back from the device: net_xmit_errno() makes it ENOBUFS for the sender. */
  xmitDrop: boolean;
}

export interface SkbOptions {
  readonly dev: NetDevice;
  readonly packet: L3;
  readonly eth?: EthHeader | undefined;
  readonly parentId?: number | undefined;
  readonly mark?: number | undefined;
  readonly sk?: SkbSock | undefined;
}

/** alloc_skb(): a new packet, with its own id. */
export function allocSkb(kernel: Kernel, options: SkbOptions): Skb {
  return {
    id: kernel.nextPacketId(),
    parentId: options.parentId,
    dev: options.dev,
    inDev: undefined,
    eth: options.eth,
    packet: options.packet,
    pktType: 'host',
    mark: options.mark ?? 0,
    priority: 0,
    sk: options.sk,
    dst: undefined,
    forwarded: false,
    doRedirect: false,
    physIn: undefined,
    physOut: undefined,
    bridgedDnat: undefined,
    bridgeVlan: 0,
    partialChecksum: false,
    ct: undefined,
    ctinfo: undefined,
    notrack: false,
    ctTemplate: undefined,
    fragMaxSize: 0,
    xmitDrop: false,
  };
}

/** skb_clone(): the same packet (and id) for another receiver. Every field by name: all packets have one shape. */
export function cloneSkb(skb: Skb): Skb {
  return {
    id: skb.id,
    parentId: skb.parentId,
    dev: skb.dev,
    inDev: skb.inDev,
    eth: skb.eth,
    packet: skb.packet,
    pktType: skb.pktType,
    mark: skb.mark,
    priority: skb.priority,
    sk: skb.sk,
    dst: skb.dst,
    forwarded: skb.forwarded,
    doRedirect: skb.doRedirect,
    physIn: skb.physIn,
    physOut: skb.physOut,
    bridgedDnat: skb.bridgedDnat,
    bridgeVlan: skb.bridgeVlan,
    partialChecksum: skb.partialChecksum,
    ct: skb.ct,
    ctinfo: skb.ctinfo,
    notrack: skb.notrack,
    ctTemplate: skb.ctTemplate,
    fragMaxSize: skb.fragMaxSize,
    xmitDrop: skb.xmitDrop,
  };
}

export interface TraceMore {
  readonly detail?: string | undefined;
  readonly reason?: DropReason | undefined;
  readonly rule?: TraceEvent['rule'];
}

/** One step of a packet, when someone listens. `stage` is the kernel's function. */
export function traceSkb(
  skb: Skb,
  stage: string,
  verdict: TraceEvent['verdict'] = 'pass',
  more: TraceMore = {},
): void {
  const net = skb.dev.netns;
  const kernel = net.kernel;
  if (!kernel.tracer.on) return;
  kernel.tracer.emit({
    atUs: kernel.scheduler.nowUs,
    packetId: skb.id,
    parentId: skb.parentId,
    host: net.hostName,
    netns: net.name,
    dev: skb.dev.name,
    stage,
    detail: more.detail,
    rule: more.rule,
    verdict,
    reason: more.reason,
    frame: skb.eth ? { ...skb.eth, payload: skb.packet } : undefined,
    packet: skb.eth ? undefined : skb.packet,
  });
}

/** kfree_skb_reason(), net/core/skbuff.c: every lost packet ends here. */
export function kfreeSkbReason(skb: Skb, reason: DropReason, stage: string, detail?: string): void {
  traceSkb(skb, stage, 'drop', { reason, detail });
}
