import { ByteReader, ByteWriter } from '../base/bytes';
import type { Ipv4 } from './frame';

/** RFC 4271 §5, communities RFC 1997, route reflection RFC 4456. */
export interface BgpAttributes {
  /** 0 IGP, 1 EGP, 2 incomplete. */
  readonly origin?: number | undefined;
  readonly asPath?: readonly AsSegment[] | undefined;
  readonly nextHop?: Ipv4 | undefined;
  readonly med?: number | undefined;
  readonly localPref?: number | undefined;
  readonly atomicAggregate?: boolean | undefined;
  readonly communities?: readonly number[] | undefined;
  readonly originatorId?: Ipv4 | undefined;
  readonly clusterList?: readonly Ipv4[] | undefined;
  /** The rest, with flags as they came. */
  readonly other?: readonly BgpOtherAttribute[] | undefined;
}

export interface AsSegment {
  readonly kind: 'set' | 'sequence';
  readonly as: readonly number[];
}

export interface BgpOtherAttribute {
  readonly flags: number;
  readonly type: number;
  readonly data: Uint8Array;
}

/** Whether both sides sent the four-octet AS capability: then AS_PATH counts in four bytes. */
export interface BgpOptions {
  readonly as4: boolean;
}

/** Path attributes of BGP, RFC 4271 §4.3 and §5: type codes and flags. */
const ORIGIN = 1;
const AS_PATH = 2;
const NEXT_HOP = 3;
const MULTI_EXIT_DISC = 4;
const LOCAL_PREF = 5;
const ATOMIC_AGGREGATE = 6;
const COMMUNITIES = 8;
const ORIGINATOR_ID = 9;
const CLUSTER_LIST = 10;
const OPTIONAL = 0x80;
const TRANSITIVE = 0x40;
const EXTENDED_LENGTH = 0x10;

/** In the order of their codes, as RFC 4271 §5 wants. */
export function writeAttributes(w: ByteWriter, a: BgpAttributes, options: BgpOptions): void {
  const put = (flags: number, type: number, data: Uint8Array): void => {
    const extended = data.length > 255 ? EXTENDED_LENGTH : 0;
    w.u8((flags & ~EXTENDED_LENGTH) | extended).u8(type);
    if (extended) w.u16(data.length);
    else w.u8(data.length);
    w.bytes(data);
  };
  const words = (values: readonly number[]): Uint8Array => {
    const data = new ByteWriter(4 * values.length);
    for (const value of values) data.u32(value);
    return data.finish();
  };
  if (a.origin !== undefined) put(TRANSITIVE, ORIGIN, Uint8Array.of(a.origin));
  if (a.asPath) put(TRANSITIVE, AS_PATH, asPathBytes(a.asPath, options));
  if (a.nextHop !== undefined) put(TRANSITIVE, NEXT_HOP, words([a.nextHop]));
  if (a.med !== undefined) put(OPTIONAL, MULTI_EXIT_DISC, words([a.med]));
  if (a.localPref !== undefined) put(TRANSITIVE, LOCAL_PREF, words([a.localPref]));
  if (a.atomicAggregate) put(TRANSITIVE, ATOMIC_AGGREGATE, new Uint8Array(0));
  if (a.communities) put(OPTIONAL | TRANSITIVE, COMMUNITIES, words(a.communities));
  if (a.originatorId !== undefined) put(OPTIONAL, ORIGINATOR_ID, words([a.originatorId]));
  if (a.clusterList) put(OPTIONAL, CLUSTER_LIST, words(a.clusterList));
  for (const other of a.other ?? []) put(other.flags, other.type, other.data);
}

function asPathBytes(path: readonly AsSegment[], { as4 }: BgpOptions): Uint8Array {
  const w = new ByteWriter();
  for (const segment of path) {
    w.u8(segment.kind === 'set' ? 1 : 2).u8(segment.as.length);
    for (const as of segment.as) {
      if (as4) w.u32(as);
      else w.u16(as);
    }
  }
  return w.finish();
}

/** Undefined if a length is wrong. */
export function readAttributes(r: ByteReader, options: BgpOptions): BgpAttributes | undefined {
  let attributes: BgpAttributes = {};
  const other: BgpOtherAttribute[] = [];
  while (r.left > 0) {
    const flags = r.u8();
    const type = r.u8();
    const data = r.take(flags & EXTENDED_LENGTH ? r.u16() : r.u8());
    if (r.short) return undefined;
    const known = readAttribute(type, data, options);
    if (known === undefined) return undefined;
    if (known === 'unknown') {
      other.push({ flags: flags & ~EXTENDED_LENGTH, type, data: data.slice() });
    } else attributes = { ...attributes, ...known };
  }
  return other.length > 0 ? { ...attributes, other } : attributes;
}

function readAttribute(
  type: number,
  data: Uint8Array,
  options: BgpOptions,
): BgpAttributes | 'unknown' | undefined {
  const r = new ByteReader(data);
  const word = (): Ipv4 | undefined => (data.length === 4 ? r.u32() : undefined);
  const named = (name: keyof BgpAttributes): BgpAttributes | undefined => {
    const value = word();
    return value === undefined ? undefined : { [name]: value };
  };
  if (type === ORIGIN) return data.length === 1 ? { origin: r.u8() } : undefined;
  if (type === AS_PATH) {
    const asPath = readAsPath(r, options);
    return asPath && { asPath };
  }
  if (type === NEXT_HOP) return named('nextHop');
  if (type === MULTI_EXIT_DISC) return named('med');
  if (type === LOCAL_PREF) return named('localPref');
  if (type === ATOMIC_AGGREGATE) return data.length === 0 ? { atomicAggregate: true } : undefined;
  if (type === ORIGINATOR_ID) return named('originatorId');
  if (type === COMMUNITIES || type === CLUSTER_LIST) {
    if (data.length % 4 !== 0) return undefined;
    const values: number[] = [];
    while (r.left > 0) values.push(r.u32());
    return type === COMMUNITIES ? { communities: values } : { clusterList: values };
  }
  return 'unknown';
}

function readAsPath(r: ByteReader, { as4 }: BgpOptions): readonly AsSegment[] | undefined {
  const path: AsSegment[] = [];
  while (r.left > 0) {
    const type = r.u8();
    const count = r.u8();
    if (type !== 1 && type !== 2) return undefined;
    const as: number[] = [];
    for (let i = 0; i < count; i++) as.push(as4 ? r.u32() : r.u16());
    if (r.short) return undefined;
    path.push({ kind: type === 1 ? 'set' : 'sequence', as });
  }
  return path;
}
