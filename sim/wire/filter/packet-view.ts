import { ETH_P_8021Q, ETH_P_IP, ETH_P_IPV6 } from '../frame';

export type FilterLink = 'EN10MB' | 'LINUX_SLL2' | 'RAW';

/** What a filter looks at. */
export interface FilterPacket {
  readonly bytes: Uint8Array;
  /** On the wire; more than `bytes` if it was cut. */
  readonly length?: number | undefined;
  /**
   * A live capture also knows how the packet passed the device (SKF_AD_PKTTYPE, SKF_AD_IFINDEX).
   */
  readonly outgoing?: boolean | undefined;
  readonly ifindex?: number | undefined;
}

/** Where the parts of a frame lie on each kind of link. */
const LAYOUT = {
  EN10MB: { type: 12, payload: 14 },
  LINUX_SLL2: { type: 0, payload: 20 },
  RAW: { type: undefined, payload: 0 },
} as const;

/**
 * A packet as a BPF program sees it. Loading past the end makes the program reject the packet
 * (bpf_filter()); `outside` remembers that.
 *
 * In a live capture on Ethernet the kernel keeps the outer 802.1Q tag beside the packet
 * (skb->vlan_tci), so the program sees the frame without it and asks for the tag separately.
 */
export class PacketView {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly packet: FilterPacket;
  /** The outer tag that was taken off. */
  readonly tag: number | undefined;
  outside = false;
  readonly #link: FilterLink;

  constructor(packet: FilterPacket, link: FilterLink, live: boolean) {
    this.packet = packet;
    this.#link = link;
    const { bytes } = packet;
    const tagged =
      live && link === 'EN10MB' && bytes.length >= 18 && u16(bytes, 12) === ETH_P_8021Q;
    this.tag = tagged ? u16(bytes, 14) : undefined;
    this.bytes = tagged ? withoutTag(bytes) : bytes;
    this.length = (packet.length ?? bytes.length) - (tagged ? 4 : 0);
  }

  /** An unsigned integer of 1, 2 or 4 bytes. */
  load(at: number, size: number): number {
    if (at < 0 || at + size > this.bytes.length) {
      this.outside = true;
      return 0;
    }
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (this.bytes[at + i] ?? 0);
    return value;
  }

  /** gen_linktype(): is the payload of this type? `shift` is what VLAN tags before it take. */
  isType(etherType: number, shift: number): boolean {
    const at = LAYOUT[this.#link].type;
    if (at !== undefined) return this.load(at + shift, 2) === etherType;
    const version = this.load(0, 1) >> 4;
    return (version === 4 && etherType === ETH_P_IP) || (version === 6 && etherType === ETH_P_IPV6);
  }

  /** Where the network layer starts. */
  payload(shift: number): number {
    return LAYOUT[this.#link].payload + shift;
  }
}

const u16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

function withoutTag(bytes: Uint8Array): Uint8Array {
  const bare = new Uint8Array(bytes.length - 4);
  bare.set(bytes.subarray(0, 12));
  bare.set(bytes.subarray(16), 12);
  return bare;
}
