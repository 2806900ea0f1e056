import { ByteReader, ByteWriter } from '../base/bytes';
import { err, ok, type Result } from '../base/result';

/**
 * Classic capture files, pcap-savefile(5): written in microseconds and big-endian, read in any of
 * the forms.
 */

/** LINKTYPE_ values, https://www.tcpdump.org/linktypes.html. */
export const LINKTYPE_ETHERNET = 1;
export const LINKTYPE_RAW = 101;
export const LINKTYPE_LINUX_SLL2 = 276;
/** What tcpdump calls them: dlt_choices, pcap.c. */
export interface LinkTypeName {
  readonly linkType: number;
  readonly name: 'EN10MB' | 'RAW' | 'LINUX_SLL2';
  readonly description: string;
}

export const LINK_TYPES: readonly LinkTypeName[] = [
  { linkType: LINKTYPE_ETHERNET, name: 'EN10MB', description: 'Ethernet' },
  { linkType: LINKTYPE_RAW, name: 'RAW', description: 'Raw IP' },
  { linkType: LINKTYPE_LINUX_SLL2, name: 'LINUX_SLL2', description: 'Linux cooked v2' },
];

/** tcpdump's snapshot length. */
export const DEFAULT_SNAPLEN = 262_144;

const MAGIC_US = 0xa1b2c3d4;
const MAGIC_NS = 0xa1b23c4d;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;

export interface PcapRecord {
  /** Since 1970. */
  readonly epochUs: number;
  /** What was captured. */
  readonly bytes: Uint8Array;
  /** What was on the wire; more than `bytes` if the snapshot length cut it. */
  readonly length: number;
}

export interface PcapFile {
  readonly linkType: number;
  readonly snaplen: number;
  readonly records: readonly PcapRecord[];
  /** The file ends in the middle of a record: what libpcap tried to read there and what it got. */
  readonly cut?: PcapCut | undefined;
}

export interface PcapCut {
  readonly part: 'header' | 'captured';
  readonly wanted: number;
  readonly got: number;
}

export type PcapError =
  | { readonly kind: 'truncatedFileHeader'; readonly wanted: number; readonly got: number }
  | { readonly kind: 'unknownFormat' };

export function pcapFileHeader(linkType: number, snaplen = DEFAULT_SNAPLEN): Uint8Array {
  return new ByteWriter()
    .u32(MAGIC_US)
    .u16(2)
    .u16(4)
    .u32(0)
    .u32(0)
    .u32(snaplen)
    .u32(linkType)
    .finish();
}

export function pcapRecord(record: PcapRecord): Uint8Array {
  return new ByteWriter()
    .u32(Math.floor(record.epochUs / 1e6))
    .u32(record.epochUs % 1e6)
    .u32(record.bytes.length)
    .u32(record.length)
    .bytes(record.bytes)
    .finish();
}

/** A record cut to the snapshot length. */
export const snapped = (bytes: Uint8Array, epochUs: number, snaplen: number): PcapRecord => ({
  epochUs,
  bytes: bytes.length > snaplen ? bytes.subarray(0, snaplen) : bytes,
  length: bytes.length,
});

export function writePcap(linkType: number, records: readonly PcapRecord[]): Uint8Array {
  const w = new ByteWriter().bytes(pcapFileHeader(linkType));
  for (const record of records) w.bytes(pcapRecord(record));
  return w.finish();
}

/** pcap_check_header() and pcap_next_packet(), sf-pcap.c. */
export function readPcap(bytes: Uint8Array): Result<PcapFile, PcapError> {
  if (bytes.length < 4) return err({ kind: 'truncatedFileHeader', wanted: 4, got: bytes.length });
  const magic = new ByteReader(bytes).u32();
  const little = swap32(magic) === MAGIC_US || swap32(magic) === MAGIC_NS;
  const plain = little ? swap32(magic) : magic;
  if (plain !== MAGIC_US && plain !== MAGIC_NS) return err({ kind: 'unknownFormat' });
  if (bytes.length < FILE_HEADER) {
    return err({ kind: 'truncatedFileHeader', wanted: FILE_HEADER, got: bytes.length });
  }
  const r = new ByteReader(bytes);
  const u32 = (): number => (little ? swap32(r.u32()) : r.u32());
  r.take(16);
  const snaplen = u32();
  const linkType = u32() & 0x0fff_ffff;
  const records: PcapRecord[] = [];
  while (r.left > 0) {
    if (r.left < RECORD_HEADER) {
      const cut: PcapCut = { part: 'header', wanted: RECORD_HEADER, got: r.left };
      return ok({ linkType, snaplen, records, cut });
    }
    const seconds = u32();
    const fraction = u32();
    const captured = u32();
    const length = u32();
    if (captured > r.left) {
      const cut: PcapCut = { part: 'captured', wanted: captured, got: r.left };
      return ok({ linkType, snaplen, records, cut });
    }
    const us = plain === MAGIC_NS ? Math.floor(fraction / 1000) : fraction;
    records.push({ epochUs: seconds * 1e6 + us, bytes: r.take(captured).slice(), length });
  }
  return ok({ linkType, snaplen, records });
}

const swap32 = (value: number): number =>
  (((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>>
  0;
