import type { TraceEvent } from '@/sim/linux/trace';
import { encodeFrame, encodeIp, encodeL3 } from '@/sim/wire/codec';
import { parseFilter } from '@/sim/wire/filter';
import type { EthernetFrame, Ip, L3 } from '@/sim/wire/frame';
import { formatIp } from '@/sim/wire/ip';
import { formatMac } from '@/sim/wire/mac';
import { LINKTYPE_ETHERNET, pcapFileHeader, pcapRecord } from '@/sim/wire/pcap';
import { printPacket } from '@/sim/wire/print';
import { changesBetween, type Header, headersOf, type Layer, mainHeader } from './packet-layers';
import type { PacketRow, Station } from './packet-view';

/** Bounds of what a page keeps; the oldest packets go first. */
const MAX_PACKETS = 2000;
const MAX_STEPS_A_PACKET = 400;

interface Kept {
  row: PacketRow;
  readonly events: TraceEvent[];
}

const packetOf = (event: TraceEvent): L3 | undefined => event.packet ?? event.frame?.payload;

/** The packets of a sandbox, made from its trace; it only reads, and never drives the world. */
export class PacketLog {
  readonly #packets = new Map<number, Kept>();
  readonly #sequences: NonNullable<Parameters<typeof printPacket>[2]> = new Map();
  #numbered = 0;

  /** Takes steps in; gives the rows that are new or changed. */
  add(
    events: readonly TraceEvent[],
    nameOf: (address: string) => string | undefined,
  ): readonly PacketRow[] {
    const touched = new Set<number>();
    for (const event of events) {
      const packet = packetOf(event);
      if (!packet) continue;
      this.#take(event, packet, nameOf);
      touched.add(event.packetId);
    }
    return [...touched].flatMap((id) => this.#packets.get(id)?.row ?? []);
  }

  clear(): void {
    this.#packets.clear();
    this.#sequences.clear();
    this.#numbered = 0;
  }

  #take(event: TraceEvent, packet: L3, nameOf: (address: string) => string | undefined): void {
    const known = this.#packets.get(event.packetId);
    if (known) {
      if (known.events.length < MAX_STEPS_A_PACKET) known.events.push(event);
      known.row = { ...known.row, ...stateAfter(known.row, event), steps: known.events.length };
      return;
    }
    this.#numbered += 1;
    const row: PacketRow = {
      id: event.packetId,
      parentId: event.parentId ?? null,
      number: this.#numbered,
      atUs: event.atUs,
      ...endsOf(event.frame, packet, nameOf),
      ...wordsOf(event, packet, this.#sequences),
      ...stateAfter(null, event),
      steps: 1,
      isBackground: isBackground(packet),
    };
    this.#packets.set(event.packetId, { row, events: [event] });
    if (this.#packets.size <= MAX_PACKETS) return;
    const oldest = this.#packets.keys().next();
    if (!oldest.done) this.#packets.delete(oldest.value);
  }

  rows(): readonly PacketRow[] {
    return [...this.#packets.values()].map(({ row }) => row);
  }

  journey(id: number): readonly Station[] {
    return stationsOf(this.#packets.get(id)?.events ?? []);
  }

  /** Ids of the packets that a tcpdump filter lets through, or what is wrong with the filter. */
  filter(text: string): { readonly ids: readonly number[] } | { readonly error: string } {
    const filter = parseFilter(text, { link: 'EN10MB', live: false });
    if (!filter.ok) return { error: filter.error.message };
    const matching = [...this.#packets.values()].filter(({ events }) =>
      events.some(({ frame }) => frame && filter.value.matches({ bytes: encodeFrame(frame) })),
    );
    return { ids: matching.map(({ row }) => row.id) };
  }

  /** A capture file of the packets, each as it first appeared on a wire. */
  pcap(ids: readonly number[]): Uint8Array<ArrayBuffer> {
    const records = ids.flatMap((id) => {
      const event = this.#packets.get(id)?.events.find((step) => step.frame !== undefined);
      if (!event?.frame) return [];
      const bytes = encodeFrame(event.frame);
      return [pcapRecord({ epochUs: event.atUs, bytes, length: bytes.length })];
    });
    return joined([pcapFileHeader(LINKTYPE_ETHERNET), ...records]);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Delivered anywhere counts as delivered: the other copies of a flooded frame are dropped by rights. */
function stateAfter(
  row: Pick<PacketRow, 'state' | 'reason'> | null,
  event: TraceEvent,
): Pick<PacketRow, 'state' | 'reason'> {
  if (row?.state === 'delivered') return { state: 'delivered', reason: null };
  if (event.verdict === 'deliver' || event.verdict === 'consume') {
    return { state: 'delivered', reason: null };
  }
  if (event.verdict === 'drop')
    return { state: 'dropped', reason: event.reason ?? 'NOT_SPECIFIED' };
  return row ?? { state: 'moving', reason: null };
}

/** ICMPv6 types: MLD (RFC 2710, RFC 3810), router solicitation and advertisement (RFC 4861). */
const HOUSEKEEPING: ReadonlySet<number> = new Set([130, 131, 132, 143, 133, 134]);
const NEIGHBOUR_SOLICITATION = 135;

function isBackground(packet: L3): boolean {
  if (packet.kind !== 'ipv6' || packet.payload.kind !== 'icmpv6') return false;
  const { type } = packet.payload;
  const isAddressTest = type === NEIGHBOUR_SOLICITATION && packet.src === 0n;
  return HOUSEKEEPING.has(type) || isAddressTest;
}

type NameOf = (address: string) => string | undefined;

function endsOf(
  frame: EthernetFrame | undefined,
  packet: L3,
  nameOf: NameOf,
): Pick<PacketRow, 'source' | 'target'> {
  const named = (ip: Ip): string => nameOf(formatIp(ip)) ?? formatIp(ip);
  if (packet.kind === 'arp') return { source: named(packet.spa), target: named(packet.tpa) };
  if (packet.kind !== 'unknown') return { source: named(packet.src), target: named(packet.dst) };
  if (!frame) return { source: '?', target: '?' };
  return { source: formatMac(frame.src), target: formatMac(frame.dst) };
}

function wordsOf(
  event: TraceEvent,
  packet: L3,
  sequences: NonNullable<Parameters<typeof printPacket>[2]>,
): { readonly protocol: string; readonly layer: Layer; readonly summary: string } {
  const main = mainHeader(headersOf(event.frame, packet));
  return {
    protocol: main?.protocol ?? '?',
    layer: main?.layer ?? 'l2',
    summary: printPacket(capturedOf(event, packet), { numeric: true }, sequences),
  };
}

const capturedOf = (event: TraceEvent, packet: L3): Parameters<typeof printPacket>[0] => {
  if (event.frame) return { bytes: encodeFrame(event.frame), linkType: 'EN10MB' };
  if (packet.kind === 'ipv4' || packet.kind === 'ipv6') {
    return { bytes: encodeIp(packet), linkType: 'RAW' };
  }
  const frame: EthernetFrame = { dst: 0, src: 0, payload: packet };
  return { bytes: encodeFrame(frame), linkType: 'EN10MB' };
};

const bytesOf = (event: TraceEvent): Uint8Array => {
  if (event.frame) return encodeFrame(event.frame);
  return event.packet ? encodeL3(event.packet) : new Uint8Array(0);
};

const hexOf = (bytes: Uint8Array): readonly string[] =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));

/** The way of a packet: one station a step, with what changed in its headers since the step before. */
export function stationsOf(events: readonly TraceEvent[]): readonly Station[] {
  let before: readonly Header[] = [];
  return events.map((event) => {
    const headers = headersOf(event.frame, event.packet);
    const changes = changesBetween(before, headers);
    before = headers.length > 0 ? headers : before;
    const place = event.netns === '' ? event.host : `${event.host}/${event.netns}`;
    return {
      atUs: event.atUs,
      host: event.host,
      netns: event.netns,
      dev: event.dev ?? null,
      deviceId: event.dev === undefined ? null : `${place}:${event.dev}`,
      stage: event.stage,
      detail: event.detail ?? null,
      rule: event.rule ?? null,
      verdict: event.verdict,
      reason: event.reason ?? null,
      headers,
      changes,
      bytes: hexOf(bytesOf(event)),
    };
  });
}
