import { decodeL4 } from '../../wire/codec';
import type { IpPacket, L4 } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import type { Skb } from '../sk-buff';
import type { NfHook, NfHookState } from './hook';
import type { NftChain, NftFamily, NftRule } from './nf-tables';

/** The rule that decided last, for the trace. `rule` undefined: the chain's policy. */
export interface NftDecided {
  readonly chain: NftChain;
  readonly rule: NftRule | undefined;
}

type NftState = Omit<NfHookState, 'okfn'>;

/** struct nft_pktinfo with nf_hook_state: a packet as a chain sees it. */
export class NftPktinfo {
  readonly net: Netns;
  readonly hook: NfHook;
  readonly family: NftFamily;
  readonly in: NetDevice | undefined;
  readonly out: NetDevice | undefined;
  decided: NftDecided | undefined;
  readonly #first: IpPacket;

  constructor(
    readonly skb: Skb,
    packet: IpPacket,
    state: NftState,
  ) {
    this.net = state.net;
    this.hook = state.hook;
    this.family = packet.kind === 'ipv4' ? 'ip' : 'ip6';
    this.in = state.in;
    this.out = state.out;
    this.decided = undefined;
    this.#first = packet;
  }

  /** The packet as it is now: targets that change it assign `skb.packet` anew. */
  get ip(): IpPacket {
    const { packet } = this.skb;
    return packet.kind === 'ipv4' || packet.kind === 'ipv6' ? packet : this.#first;
  }
}

/** nft_set_pktinfo(); undefined for what is no IP packet. */
export function nftPktinfo(skb: Skb, state: NftState): NftPktinfo | undefined {
  const { packet } = skb;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return undefined;
  return new NftPktinfo(skb, packet, state);
}

/** pkt->tprot: the protocol above IP. */
export const l4Protocol = (ip: IpPacket): number =>
  ip.kind === 'ipv4' ? ip.protocol : ip.nextHeader;

/** pkt->fragoff: 0 for whole packets and first fragments. */
export const fragmentOffset = (ip: IpPacket): number =>
  ip.kind === 'ipv4' ? ip.fragOffset : (ip.fragment?.offset ?? 0);

/** The header above IP; undefined in later fragments, which have none. A first fragment's is read from its bytes. */
export function transport(ip: IpPacket): L4 | undefined {
  if (fragmentOffset(ip) !== 0) return undefined;
  const { payload } = ip;
  if (payload.kind !== 'bytes' || !moreFragments(ip)) return payload;
  const { src, dst } = ip;
  const read = decodeL4(payload.bytes, { src, dst, protocol: l4Protocol(ip) });
  return read.ok ? read.value : payload;
}

const moreFragments = (ip: IpPacket): boolean =>
  ip.kind === 'ipv4' ? ip.mf : (ip.fragment?.more ?? false);

export interface Ports {
  readonly srcPort: number;
  readonly dstPort: number;
}

/** Ports of TCP, UDP and what else begins with them; first fragments carry bytes. */
export function portsOf(ip: IpPacket): Ports | undefined {
  const l4 = transport(ip);
  if (l4?.kind === 'tcp' || l4?.kind === 'udp') return l4;
  if (l4?.kind !== 'bytes' || l4.bytes.length < 4) return undefined;
  const view = new DataView(l4.bytes.buffer, l4.bytes.byteOffset, l4.bytes.byteLength);
  return { srcPort: view.getUint16(0), dstPort: view.getUint16(2) };
}
