import type { EthernetFrame, L3, L4 } from '@/sim/wire/frame';
import { formatIp } from '@/sim/wire/ip';
import { ipHeaderLength, l4Length } from '@/sim/wire/length';
import { formatMac } from '@/sim/wire/mac';

/** The colour of a layer, the same everywhere. */
export type Layer = 'l2' | 'arp' | 'l3' | 'encap' | 'l4' | 'l7';

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** One header of a packet, with the bytes that it covers. */
export interface Header {
  readonly protocol: string;
  readonly layer: Layer;
  readonly fields: readonly HeaderField[];
  readonly from: number;
  readonly to: number;
}

const ETHERNET_BYTES = 14;
const VLAN_BYTES = 4;
const ARP_BYTES = 28;
const UDP_BYTES = 8;
const VXLAN_BYTES = 8;
const ICMP_BYTES = 8;
const TCP_BYTES = 20;
const FLAG_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

const field = (name: string, value: string | number | boolean): HeaderField => ({
  name,
  value: String(value),
});

/** The headers of a packet from the outside in; fields carry the names of their RFC. */
export function headersOf(
  frame: EthernetFrame | undefined,
  packet: L3 | undefined,
): readonly Header[] {
  if (frame) return frameHeaders(frame, 0);
  return packet ? l3Headers(packet, 0) : [];
}

function frameHeaders(frame: EthernetFrame, from: number): readonly Header[] {
  const to = from + ETHERNET_BYTES + (frame.vlan ? VLAN_BYTES : 0);
  const fields = [field('dst', formatMac(frame.dst)), field('src', formatMac(frame.src))];
  if (frame.vlan) fields.push(field('vlan', frame.vlan.id));
  const header: Header = { protocol: 'Ethernet', layer: 'l2', fields, from, to };
  return [header, ...l3Headers(frame.payload, to)];
}

function l3Headers(packet: L3, from: number): readonly Header[] {
  if (packet.kind === 'unknown') {
    const fields = [field('type', `0x${packet.etherType.toString(16).padStart(4, '0')}`)];
    return [{ protocol: 'data', layer: 'l7', fields, from, to: from + packet.bytes.length }];
  }
  if (packet.kind === 'arp') {
    const fields = [
      field('op', packet.op === 1 ? '1 request' : packet.op === 2 ? '2 reply' : packet.op),
      field('sha', formatMac(packet.sha)),
      field('spa', formatIp(packet.spa)),
      field('tha', formatMac(packet.tha)),
      field('tpa', formatIp(packet.tpa)),
    ];
    return [{ protocol: 'ARP', layer: 'arp', fields, from, to: from + ARP_BYTES }];
  }
  const to = from + ipHeaderLength(packet);
  return [
    {
      protocol: packet.kind === 'ipv4' ? 'IPv4' : 'IPv6',
      layer: 'l3',
      fields: ipFields(packet),
      from,
      to,
    },
    ...l4Headers(packet.payload, to),
  ];
}

function ipFields(packet: Exclude<L3, { kind: 'arp' | 'unknown' }>): readonly HeaderField[] {
  const ends = [field('src', formatIp(packet.src)), field('dst', formatIp(packet.dst))];
  if (packet.kind === 'ipv6') {
    return [...ends, field('hop limit', packet.hopLimit), field('next header', packet.nextHeader)];
  }
  const fields = [
    ...ends,
    field('ttl', packet.ttl),
    field('protocol', packet.protocol),
    field('id', packet.id),
  ];
  if (packet.df) fields.push(field('flags', 'DF'));
  if (packet.mf || packet.fragOffset > 0) {
    fields.push(
      field('fragment', `offset ${packet.fragOffset}${packet.mf ? ', more follow' : ', last'}`),
    );
  }
  return fields;
}

function l4Headers(l4: L4, from: number): readonly Header[] {
  switch (l4.kind) {
    case 'ipv4':
    case 'ipv6':
      return l3Headers(l4, from);
    case 'bytes':
      return payloadHeader(l4.bytes, from);
    case 'icmp':
    case 'icmpv6': {
      const header: Header = {
        protocol: l4.kind === 'icmp' ? 'ICMP' : 'ICMPv6',
        layer: 'l3',
        fields: icmpFields(l4),
        from,
        to: from + ICMP_BYTES,
      };
      return [header, ...payloadHeader(l4.data, header.to)];
    }
    case 'udp': {
      const fields = [field('src port', l4.srcPort), field('dst port', l4.dstPort)];
      const header: Header = { protocol: 'UDP', layer: 'l4', fields, from, to: from + UDP_BYTES };
      if (l4.payload instanceof Uint8Array)
        return [header, ...payloadHeader(l4.payload, header.to)];
      const inner = header.to + VXLAN_BYTES;
      const vxlan: Header = {
        protocol: 'VXLAN',
        layer: 'encap',
        fields: [field('vni', l4.payload.vni)],
        from: header.to,
        to: inner,
      };
      return [header, vxlan, ...frameHeaders(l4.payload.inner, inner)];
    }
    case 'tcp': {
      const end = from + l4Length(l4) - l4.payload.length;
      const header: Header = { protocol: 'TCP', layer: 'l4', fields: tcpFields(l4), from, to: end };
      return [header, ...payloadHeader(l4.payload, Math.max(end, from + TCP_BYTES))];
    }
  }
}

const isEcho = (kind: string, type: number): boolean =>
  kind === 'icmp' ? type === 0 || type === 8 : type === 128 || type === 129;

function icmpFields(l4: Extract<L4, { kind: 'icmp' | 'icmpv6' }>): readonly HeaderField[] {
  const fields = [field('type', l4.type), field('code', l4.code)];
  if (!isEcho(l4.kind, l4.type)) return fields;
  return [...fields, field('id', Math.floor(l4.rest / 65_536)), field('seq', l4.rest % 65_536)];
}

function tcpFields(l4: Extract<L4, { kind: 'tcp' }>): readonly HeaderField[] {
  const flags = FLAG_NAMES.filter((_, bit) => (l4.flags & (1 << bit)) !== 0).join(' ');
  return [
    field('src port', l4.srcPort),
    field('dst port', l4.dstPort),
    field('flags', flags),
    field('seq', l4.seq),
    field('ack', l4.ack),
    field('window', l4.window),
  ];
}

const SHOWN_TEXT = 80;

function payloadHeader(bytes: Uint8Array, from: number): readonly Header[] {
  if (bytes.length === 0) return [];
  const text = new TextDecoder().decode(bytes.subarray(0, SHOWN_TEXT));
  const isText = /^[\t\r\n -~]+$/.test(text);
  const fields = [field('length', bytes.length), ...(isText ? [field('text', text.trim())] : [])];
  return [{ protocol: 'data', layer: 'l7', fields, from, to: from + bytes.length }];
}

/** The layer that names the packet in a list: the innermost that is more than data. */
export function mainHeader(headers: readonly Header[]): Header | undefined {
  return headers.findLast((header) => header.layer !== 'l7') ?? headers[0];
}

export interface FieldChange {
  readonly protocol: string;
  readonly layer: Layer;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Fields that differ between two steps of a packet; headers that came or went are not changes. */
export function changesBetween(
  before: readonly Header[],
  after: readonly Header[],
): readonly FieldChange[] {
  return after.flatMap((header) => {
    const old = before.find((candidate) => candidate.protocol === header.protocol);
    if (!old) return [];
    return header.fields.flatMap(({ name, value }) => {
      const was = old.fields.find((candidate) => candidate.name === name)?.value;
      if (was === undefined || was === value) return [];
      const { protocol, layer } = header;
      return [{ protocol, layer, name, before: was, after: value }];
    });
  });
}
