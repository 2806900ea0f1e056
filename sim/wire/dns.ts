import { ByteReader, ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';
import { type NameOffsets, readName, writeName } from './dns-name';
import type { Ipv4, Ipv6 } from './frame';

/** Types and codes of RFC 1035 §3.2 and §4.1, RFC 3596, RFC 2782, RFC 6891. */
export const T_A = 1;
export const T_NS = 2;
export const T_CNAME = 5;
export const T_SOA = 6;
export const T_PTR = 12;
export const T_MX = 15;
export const T_TXT = 16;
export const T_AAAA = 28;
export const T_SRV = 33;
export const T_OPT = 41;
export const T_AXFR = 252;
export const T_ANY = 255;
/** Options of the OPT record: RFC 7873, RFC 8914. */
export const OPT_COOKIE = 10;
export const OPT_EDE = 15;
export const C_IN = 1;
export const C_CHAOS = 3;
export const C_ANY = 255;
export const RCODE_NOERROR = 0;
export const RCODE_FORMERR = 1;
export const RCODE_SERVFAIL = 2;
export const RCODE_NXDOMAIN = 3;
export const RCODE_NOTIMP = 4;
export const RCODE_REFUSED = 5;
export const DNS_PORT = 53;

/** RFC 1035 §4.1; `ad` and `cd` of RFC 4035. Names end in a dot (dns-name.ts). */
export interface DnsMessage {
  readonly id: number;
  readonly qr: boolean;
  readonly opcode: number;
  readonly aa: boolean;
  readonly tc: boolean;
  readonly rd: boolean;
  readonly ra: boolean;
  readonly ad: boolean;
  readonly cd: boolean;
  /** With the extension of RFC 6891 §6.1.3, if there is an OPT record. */
  readonly rcode: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  /** The OPT record; it is encoded last. */
  readonly edns?: Edns | undefined;
}

export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

export interface DnsRecord extends DnsQuestion {
  readonly ttl: number;
  readonly data: DnsData;
}

export type DnsData =
  | { readonly kind: 'a'; readonly address: Ipv4 }
  | { readonly kind: 'aaaa'; readonly address: Ipv6 }
  /** NS, CNAME, PTR. */
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'soa';
      readonly mname: string;
      readonly rname: string;
      readonly serial: number;
      readonly refresh: number;
      readonly retry: number;
      readonly expire: number;
      readonly minimum: number;
    }
  | { readonly kind: 'mx'; readonly preference: number; readonly exchange: string }
  | {
      readonly kind: 'srv';
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: string;
    }
  | { readonly kind: 'txt'; readonly strings: readonly Uint8Array[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** RFC 6891 §6.1. */
export interface Edns {
  readonly udpSize: number;
  readonly version: number;
  readonly dnssecOk: boolean;
  readonly options: readonly { readonly code: number; readonly data: Uint8Array }[];
}

/** A query as a stub resolver sends it. */
export const dnsQuery = (id: number, question: DnsQuestion): DnsMessage => ({
  id,
  qr: false,
  opcode: 0,
  aa: false,
  tc: false,
  rd: true,
  ra: false,
  ad: false,
  cd: false,
  rcode: 0,
  questions: [question],
  answers: [],
  authorities: [],
  additionals: [],
});

/** Which names point to earlier ones: all that may, or (dnsmasq) only the owners of records. */
export type DnsCompression = 'all' | 'owners';

/** Names are compressed where RFC 1035 and RFC 3597 §4 allow it (not in SRV). */
export function encodeDns(m: DnsMessage, compression: DnsCompression = 'all'): Uint8Array {
  const w = new ByteWriter();
  const offsets: NameOffsets = new Map();
  w.u16(m.id).u16(flagsOf(m));
  w.u16(m.questions.length).u16(m.answers.length).u16(m.authorities.length);
  w.u16(m.additionals.length + (m.edns ? 1 : 0));
  for (const { name, type, class: qclass } of m.questions) {
    writeName(w, name, offsets);
    w.u16(type).u16(qclass);
  }
  for (const section of [m.answers, m.authorities, m.additionals]) {
    for (const record of section) writeRecord(w, record, { offsets, compression });
  }
  if (m.edns) writeOpt(w, m.edns, m.rcode);
  return w.finish();
}

const flagsOf = (m: DnsMessage): number =>
  (m.qr ? 0x8000 : 0) |
  ((m.opcode & 15) << 11) |
  (m.aa ? 0x400 : 0) |
  (m.tc ? 0x200 : 0) |
  (m.rd ? 0x100 : 0) |
  (m.ra ? 0x80 : 0) |
  (m.ad ? 0x20 : 0) |
  (m.cd ? 0x10 : 0) |
  (m.rcode & 15);

function writeOpt(w: ByteWriter, edns: Edns, rcode: number): void {
  w.u8(0)
    .u16(T_OPT)
    .u16(edns.udpSize)
    .u8(rcode >> 4)
    .u8(edns.version);
  w.u16(edns.dnssecOk ? 0x8000 : 0);
  w.u16(edns.options.reduce((sum, o) => sum + 4 + o.data.length, 0));
  for (const { code, data } of edns.options) w.u16(code).u16(data.length).bytes(data);
}

interface Names {
  readonly offsets: NameOffsets;
  readonly compression: DnsCompression;
}

function writeRecord(w: ByteWriter, record: DnsRecord, names: Names): void {
  const { offsets } = names;
  writeName(w, record.name, offsets);
  w.u16(record.type).u16(record.class).u32(record.ttl).u16(0);
  const start = w.length;
  if (names.compression === 'all') writeData(w, record.data, offsets);
  else {
    if (record.data.kind === 'name') offsets.set(record.data.name.replace(/\.$/, ''), start);
    writeData(w, record.data);
  }
  w.patch16(start - 2, w.length - start);
}

function writeData(w: ByteWriter, data: DnsData, offsets?: NameOffsets): void {
  if (data.kind === 'a') w.u32(data.address);
  else if (data.kind === 'aaaa') w.u128(data.address);
  else if (data.kind === 'name') writeName(w, data.name, offsets);
  else if (data.kind === 'soa') {
    writeName(w, data.mname, offsets);
    writeName(w, data.rname, offsets);
    w.u32(data.serial).u32(data.refresh).u32(data.retry).u32(data.expire).u32(data.minimum);
  } else if (data.kind === 'mx') {
    w.u16(data.preference);
    writeName(w, data.exchange, offsets);
  } else if (data.kind === 'srv') {
    w.u16(data.priority).u16(data.weight).u16(data.port);
    writeName(w, data.target);
  } else if (data.kind === 'txt') {
    for (const text of data.strings) w.u8(Math.min(text.length, 255)).bytes(text.subarray(0, 255));
  } else w.bytes(data.bytes);
}

/** Never throws. What follows the last record is ignored, as resolvers do. */
export function decodeDns(bytes: Uint8Array): Result<DnsMessage, DecodeError> {
  const r = new ByteReader(bytes);
  const id = r.u16();
  const flags = r.u16();
  const counts = [r.u16(), r.u16(), r.u16(), r.u16()];
  if (r.short) return truncated('dns');
  const questions: DnsQuestion[] = [];
  for (let i = 0; i < (counts[0] ?? 0); i++) {
    const question = readQuestion(r);
    if (!question) return broken(r);
    questions.push(question);
  }
  const sections: DnsRecord[][] = [];
  let opt: { edns: Edns; rcodeHigh: number } | undefined;
  for (const count of counts.slice(1)) {
    const section: DnsRecord[] = [];
    for (let i = 0; i < count; i++) {
      const record = readRecord(r);
      if (!record) return broken(r);
      if ('edns' in record) opt ??= record;
      else section.push(record);
    }
    sections.push(section);
  }
  const [answers = [], authorities = [], additionals = []] = sections;
  return ok({
    id,
    ...readFlags(flags),
    rcode: (flags & 15) | ((opt?.rcodeHigh ?? 0) << 4),
    questions,
    answers,
    authorities,
    additionals,
    ...(opt ? { edns: opt.edns } : {}),
  });
}

const broken = (r: ByteReader): Result<DnsMessage, DecodeError> =>
  r.short ? truncated('dns') : malformed('dns', 'name or record');

const readFlags = (flags: number) => ({
  qr: (flags & 0x8000) !== 0,
  opcode: (flags >> 11) & 15,
  aa: (flags & 0x400) !== 0,
  tc: (flags & 0x200) !== 0,
  rd: (flags & 0x100) !== 0,
  ra: (flags & 0x80) !== 0,
  ad: (flags & 0x20) !== 0,
  cd: (flags & 0x10) !== 0,
});

function readQuestion(r: ByteReader): DnsQuestion | undefined {
  const name = readName(r);
  if (name === undefined) return undefined;
  const type = r.u16();
  const qclass = r.u16();
  return r.short ? undefined : { name, type, class: qclass };
}

function readRecord(
  r: ByteReader,
): DnsRecord | { readonly edns: Edns; readonly rcodeHigh: number } | undefined {
  const head = readQuestion(r);
  if (!head) return undefined;
  const ttl = r.u32();
  const length = r.u16();
  const start = r.at;
  const body = r.take(length);
  if (r.short) return undefined;
  if (head.type === T_OPT) return readOpt(head.class, ttl, body);
  const data = readData(head.type, new ByteReader(r.bytes.subarray(0, start + length)), start);
  return data && { ...head, ttl, data };
}

function readOpt(
  udpSize: number,
  ttl: number,
  body: Uint8Array,
): { edns: Edns; rcodeHigh: number } | undefined {
  const r = new ByteReader(body);
  const options: { code: number; data: Uint8Array }[] = [];
  while (r.left > 0) {
    const code = r.u16();
    options.push({ code, data: r.take(r.u16()).slice() });
  }
  if (r.short) return undefined;
  const edns = { udpSize, version: (ttl >>> 16) & 255, dnssecOk: (ttl & 0x8000) !== 0, options };
  return { edns, rcodeHigh: ttl >>> 24 };
}

/** `r` ends where the record's data ends; it starts at the message so that pointers resolve. */
function readData(type: number, r: ByteReader, start: number): DnsData | undefined {
  r.take(start);
  const data = readTypedData(type, r);
  return data === undefined || r.short || r.left > 0 ? undefined : data;
}

function readTypedData(type: number, r: ByteReader): DnsData | undefined {
  if (type === T_A) return { kind: 'a', address: r.u32() };
  if (type === T_AAAA) return { kind: 'aaaa', address: r.u128() };
  if (type === T_NS || type === T_CNAME || type === T_PTR) {
    const name = readName(r);
    return name === undefined ? undefined : { kind: 'name', name };
  }
  if (type === T_SOA) return readSoa(r);
  if (type === T_MX) {
    const preference = r.u16();
    const exchange = readName(r);
    return exchange === undefined ? undefined : { kind: 'mx', preference, exchange };
  }
  if (type === T_SRV) {
    const [priority, weight, port] = [r.u16(), r.u16(), r.u16()];
    const target = readName(r);
    return target === undefined ? undefined : { kind: 'srv', priority, weight, port, target };
  }
  if (type === T_TXT) {
    const strings: Uint8Array[] = [];
    while (r.left > 0) strings.push(r.take(r.u8()).slice());
    return { kind: 'txt', strings };
  }
  return { kind: 'bytes', bytes: r.rest().slice() };
}

function readSoa(r: ByteReader): DnsData | undefined {
  const mname = readName(r);
  const rname = readName(r);
  if (mname === undefined || rname === undefined) return undefined;
  const [serial, refresh, retry, expire, minimum] = [r.u32(), r.u32(), r.u32(), r.u32(), r.u32()];
  return { kind: 'soa', mname, rname, serial, refresh, retry, expire, minimum };
}
