import { concat } from '../../base/bytes';
import type { Timer } from '../../base/scheduler';
import { decodeL4, encodeL4 } from '../../wire/codec';
import type { Ipv4Packet, Ipv6Packet } from '../../wire/frame';
import { ipHeaderLength, l3Length } from '../../wire/length';
import type { Netns } from '../netns';
import { kfreeSkbReason, type Skb } from '../sk-buff';

/** ip_do_fragment(), net/ipv4/ip_output.c: pieces of at most `mtu` bytes, cut at multiples of 8. */
export function fragment4(packet: Ipv4Packet, mtu: number): readonly Ipv4Packet[] {
  const bytes =
    packet.payload.kind === 'bytes' ? packet.payload.bytes : encodeL4(packet.payload, packet);
  const room = (mtu - ipHeaderLength(packet)) & ~7;
  const pieces: Ipv4Packet[] = [];
  for (let at = 0; at < bytes.length; at += room) {
    const part = bytes.slice(at, at + room);
    pieces.push({
      ...packet,
      mf: packet.mf || at + room < bytes.length,
      fragOffset: packet.fragOffset + at,
      payload: { kind: 'bytes', bytes: part },
    });
  }
  return pieces;
}

/** ip6_fragment(): only the sender does so. */
export function fragment6(packet: Ipv6Packet, mtu: number, id: number): readonly Ipv6Packet[] {
  const bytes =
    packet.payload.kind === 'bytes' ? packet.payload.bytes : encodeL4(packet.payload, packet);
  const room = (mtu - ipHeaderLength(packet) - 8) & ~7;
  const pieces: Ipv6Packet[] = [];
  for (let at = 0; at < bytes.length; at += room) {
    pieces.push({
      ...packet,
      fragment: { id, offset: at, more: at + room < bytes.length },
      payload: { kind: 'bytes', bytes: bytes.slice(at, at + room) },
    });
  }
  return pieces;
}

/** IP_FRAG_TIME, IPV6_FRAG_TIMEOUT. */
const FRAG_TIME_US = { 4: 30_000_000, 6: 60_000_000 } as const;
/** ipfrag_high_thresh: bytes that may wait for the rest of their packets. */
const HIGH_THRESH = 4_194_304;

interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly more: boolean;
  readonly skb: Skb;
}

interface FragQueue {
  readonly pieces: Piece[];
  readonly timer: Timer;
}

/** struct ipq and its table: fragments that wait for the rest of their packet. */
export class FragQueues {
  readonly #queues = new Map<string, FragQueue>();
  #bytes = 0;

  constructor(
    readonly net: Netns,
    /** ip_expire(): time exceeded, if the first fragment is there. */
    readonly onTimeout: (first: Skb) => void,
  ) {}

  /** ip_defrag(): the whole packet when this was its last missing piece. */
  add(skb: Skb): Skb | undefined {
    const piece = pieceOf(skb);
    if (!piece) return skb;
    const key = keyOf(skb);
    if (this.#bytes + piece.bytes.length > HIGH_THRESH) {
      kfreeSkbReason(skb, 'PROTO_MEM', 'ip_defrag');
      return undefined;
    }
    const queue = this.#queues.get(key) ?? this.#open(key, skb.packet.kind === 'ipv4' ? 4 : 6);
    if (queue.pieces.some((p) => p.offset === piece.offset)) {
      kfreeSkbReason(skb, 'DUP_FRAG', 'ip_frag_queue');
      return undefined;
    }
    queue.pieces.push(piece);
    this.#bytes += piece.bytes.length;
    const whole = assemble(queue.pieces);
    if (!whole) return undefined;
    this.#close(key, queue);
    return whole;
  }

  #open(key: string, family: 4 | 6): FragQueue {
    const { scheduler } = this.net.kernel;
    const timer = scheduler.after(FRAG_TIME_US[family], () => this.#expire(key));
    const queue = { pieces: [], timer };
    this.#queues.set(key, queue);
    return queue;
  }

  #close(key: string, queue: FragQueue): void {
    queue.timer.cancel();
    for (const piece of queue.pieces) this.#bytes -= piece.bytes.length;
    this.#queues.delete(key);
  }

  #expire(key: string): void {
    const queue = this.#queues.get(key);
    if (!queue) return;
    this.#close(key, queue);
    const first = queue.pieces.find((p) => p.offset === 0);
    if (first) this.onTimeout(first.skb);
    for (const piece of queue.pieces) {
      kfreeSkbReason(piece.skb, 'FRAG_REASM_TIMEOUT', 'ip_expire');
    }
  }
}

function keyOf(skb: Skb): string {
  const { packet } = skb;
  if (packet.kind === 'ipv4') return `${packet.src} ${packet.dst} ${packet.protocol} ${packet.id}`;
  if (packet.kind === 'ipv6') return `${packet.src} ${packet.dst} ${packet.fragment?.id}`;
  return '';
}

function pieceOf(skb: Skb): Piece | undefined {
  const { packet } = skb;
  if (packet.kind === 'ipv4') {
    if (!packet.mf && packet.fragOffset === 0) return undefined;
    if (packet.payload.kind !== 'bytes') return undefined;
    return { offset: packet.fragOffset, bytes: packet.payload.bytes, more: packet.mf, skb };
  }
  if (packet.kind !== 'ipv6' || !packet.fragment || packet.payload.kind !== 'bytes') {
    return undefined;
  }
  const { offset, more } = packet.fragment;
  return { offset, bytes: packet.payload.bytes, more, skb };
}

function assemble(pieces: readonly Piece[]): Skb | undefined {
  const sorted = [...pieces].sort((a, b) => a.offset - b.offset);
  let end = 0;
  for (const piece of sorted) {
    if (piece.offset !== end) return undefined;
    end += piece.bytes.length;
  }
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last || last.more) return undefined;
  const bytes = concat(sorted.map((p) => p.bytes));
  const { packet } = first.skb;
  const fragMaxSize = Math.max(...sorted.map((p) => l3Length(p.skb.packet)));
  if (packet.kind === 'ipv4') {
    const payload = decodeL4(bytes, packet);
    const whole = { ...packet, mf: false, fragOffset: 0 };
    const inner = payload.ok ? payload.value : { kind: 'bytes' as const, bytes };
    return { ...first.skb, fragMaxSize, packet: { ...whole, payload: inner } };
  }
  if (packet.kind !== 'ipv6') return undefined;
  const payload = decodeL4(bytes, { ...packet, protocol: packet.nextHeader });
  const inner = payload.ok ? payload.value : { kind: 'bytes' as const, bytes };
  const whole = { ...packet, fragment: undefined, payload: inner };
  return { ...first.skb, fragMaxSize, packet: whole };
}
