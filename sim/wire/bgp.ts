import { ByteReader, ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import {
  type BgpAttributes,
  type BgpOptions,
  readAttributes,
  writeAttributes,
} from './bgp-attribute';
import { type DecodeError, malformed, truncated } from './decode-error';
import type { Ipv4 } from './frame';
import { networkOf } from './ip';

/** BGP-4 messages, RFC 4271 §4, with the capabilities that today's speakers send. */
export const BGP_PORT = 179;
export const BGP_OPEN = 1;
export const BGP_UPDATE = 2;
export const BGP_NOTIFICATION = 3;
export const BGP_KEEPALIVE = 4;
export const BGP_ROUTE_REFRESH = 5;
/** RFC 4271 §4.1. */
export const BGP_HEADER_LENGTH = 19;
export const BGP_MAX_LENGTH = 4096;
/** Stands in OPEN for a number that does not fit in two bytes, RFC 6793 §9. */
export const AS_TRANS = 23456;

export type BgpMessage =
  | BgpOpen
  | BgpUpdate
  | {
      readonly kind: 'notification';
      readonly code: number;
      readonly subcode: number;
      readonly data: Uint8Array;
    }
  | { readonly kind: 'keepalive' }
  | { readonly kind: 'routeRefresh'; readonly afi: number; readonly safi: number };

/** RFC 4271 §4.2. */
export interface BgpOpen {
  readonly kind: 'open';
  /** As the two-byte field has it. */
  readonly myAs: number;
  readonly holdTimeSec: number;
  readonly identifier: Ipv4;
  readonly capabilities: readonly BgpCapability[];
}

/** RFC 5492; multiprotocol RFC 4760, route refresh RFC 2918, four-octet AS RFC 6793. */
export type BgpCapability =
  | { readonly kind: 'multiprotocol'; readonly afi: number; readonly safi: number }
  | { readonly kind: 'routeRefresh' }
  | { readonly kind: 'as4'; readonly as: number }
  | { readonly kind: 'other'; readonly code: number; readonly data: Uint8Array };

export interface BgpPrefix {
  readonly address: Ipv4;
  readonly prefixLen: number;
}

/** RFC 4271 §4.3. An update without anything is the End-of-RIB marker (RFC 4724 §2). */
export interface BgpUpdate {
  readonly kind: 'update';
  readonly withdrawn: readonly BgpPrefix[];
  readonly attributes: BgpAttributes;
  readonly nlri: readonly BgpPrefix[];
}

export function encodeBgp(message: BgpMessage, options: BgpOptions): Uint8Array {
  const w = new ByteWriter();
  for (let i = 0; i < 8; i++) w.u16(0xffff);
  w.u16(0);
  if (message.kind === 'open') writeOpen(w.u8(BGP_OPEN), message);
  else if (message.kind === 'update') writeUpdate(w.u8(BGP_UPDATE), message, options);
  else if (message.kind === 'notification') {
    w.u8(BGP_NOTIFICATION).u8(message.code).u8(message.subcode).bytes(message.data);
  } else if (message.kind === 'keepalive') w.u8(BGP_KEEPALIVE);
  else w.u8(BGP_ROUTE_REFRESH).u16(message.afi).u8(0).u8(message.safi);
  w.patch16(16, w.length);
  return w.finish();
}

function writeOpen(w: ByteWriter, open: BgpOpen): void {
  w.u8(4).u16(open.myAs).u16(open.holdTimeSec).u32(open.identifier);
  const body = new ByteWriter();
  for (const capability of open.capabilities) {
    const c = new ByteWriter();
    writeCapability(c, capability);
    body.u8(2).u8(c.length).bytes(c.view());
  }
  w.u8(body.length).bytes(body.view());
}

function writeCapability(w: ByteWriter, c: BgpCapability): void {
  if (c.kind === 'multiprotocol') w.u8(1).u8(4).u16(c.afi).u8(0).u8(c.safi);
  else if (c.kind === 'routeRefresh') w.u8(2).u8(0);
  else if (c.kind === 'as4') w.u8(65).u8(4).u32(c.as);
  else w.u8(c.code).u8(c.data.length).bytes(c.data);
}

function writeUpdate(w: ByteWriter, update: BgpUpdate, options: BgpOptions): void {
  const withdrawn = new ByteWriter();
  for (const prefix of update.withdrawn) writePrefix(withdrawn, prefix);
  const attributes = new ByteWriter();
  writeAttributes(attributes, update.attributes, options);
  w.u16(withdrawn.length).bytes(withdrawn.view());
  w.u16(attributes.length).bytes(attributes.view());
  for (const prefix of update.nlri) writePrefix(w, prefix);
}

function writePrefix(w: ByteWriter, { address, prefixLen }: BgpPrefix): void {
  w.u8(prefixLen);
  for (let i = 0; i < Math.ceil(prefixLen / 8); i++) w.u8(address >>> (24 - 8 * i));
}

/** A message of a stream and the bytes that it took; `truncated` means: wait for more. */
export function decodeBgp(
  bytes: Uint8Array,
  options: BgpOptions,
): Result<{ readonly message: BgpMessage; readonly length: number }, DecodeError> {
  const r = new ByteReader(bytes);
  const marker = r.take(16);
  if (marker.some((byte) => byte !== 0xff)) return malformed('bgp', 'marker');
  const length = r.u16();
  const type = r.u8();
  if (r.short) return truncated('bgp');
  if (length < BGP_HEADER_LENGTH || length > BGP_MAX_LENGTH) return malformed('bgp', 'length');
  if (length > bytes.length) return truncated('bgp');
  const body = new ByteReader(bytes.subarray(BGP_HEADER_LENGTH, length));
  const message = readBody(body, type, options);
  if (!message || body.short) return malformed('bgp', 'message');
  return ok({ message, length });
}

function readBody(r: ByteReader, type: number, options: BgpOptions): BgpMessage | undefined {
  if (type === BGP_OPEN) return readOpen(r);
  if (type === BGP_UPDATE) return readUpdate(r, options);
  if (type === BGP_NOTIFICATION) {
    return { kind: 'notification', code: r.u8(), subcode: r.u8(), data: r.rest().slice() };
  }
  if (type === BGP_KEEPALIVE) return r.left === 0 ? { kind: 'keepalive' } : undefined;
  if (type !== BGP_ROUTE_REFRESH) return undefined;
  const afi = r.u16();
  r.u8();
  return { kind: 'routeRefresh', afi, safi: r.u8() };
}

function readOpen(r: ByteReader): BgpOpen | undefined {
  if (r.u8() !== 4) return undefined;
  const [myAs, holdTimeSec, identifier] = [r.u16(), r.u16(), r.u32()];
  const parameters = new ByteReader(r.take(r.u8()));
  const capabilities: BgpCapability[] = [];
  while (parameters.left > 0) {
    const type = parameters.u8();
    const value = new ByteReader(parameters.take(parameters.u8()));
    if (parameters.short || type !== 2) return undefined;
    while (value.left > 0) {
      const code = value.u8();
      const data = value.take(value.u8());
      if (value.short) return undefined;
      capabilities.push(readCapability(code, data));
    }
  }
  return { kind: 'open', myAs, holdTimeSec, identifier, capabilities };
}

function readCapability(code: number, data: Uint8Array): BgpCapability {
  const r = new ByteReader(data);
  if (code === 1 && data.length === 4) {
    const afi = r.u16();
    r.u8();
    return { kind: 'multiprotocol', afi, safi: r.u8() };
  }
  if (code === 2 && data.length === 0) return { kind: 'routeRefresh' };
  if (code === 65 && data.length === 4) return { kind: 'as4', as: r.u32() };
  return { kind: 'other', code, data: data.slice() };
}

function readUpdate(r: ByteReader, options: BgpOptions): BgpUpdate | undefined {
  const withdrawn = readPrefixes(new ByteReader(r.take(r.u16())));
  const attributes = readAttributes(new ByteReader(r.take(r.u16())), options);
  const nlri = readPrefixes(new ByteReader(r.rest()));
  if (!withdrawn || !attributes || !nlri) return undefined;
  return { kind: 'update', withdrawn, attributes, nlri };
}

function readPrefixes(r: ByteReader): readonly BgpPrefix[] | undefined {
  const prefixes: BgpPrefix[] = [];
  while (r.left > 0) {
    const prefixLen = r.u8();
    const octets = Math.ceil(prefixLen / 8);
    if (prefixLen > 32 || octets > r.left) return undefined;
    let address = 0;
    for (let i = 0; i < 4; i++) address = address * 256 + (i < octets ? r.u8() : 0);
    prefixes.push({ address: Number(networkOf(address, prefixLen)), prefixLen });
  }
  return prefixes;
}
