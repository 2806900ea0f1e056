import { ByteReader, ByteWriter, concat, utf8Decode, utf8Encode } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';
import type { Ipv4, Mac } from './frame';

/** DHCP messages, RFC 2131 §2, for Ethernet clients; options RFC 2132. */
export const DHCP_SERVER_PORT = 67;
export const DHCP_CLIENT_PORT = 68;

/** Option 53. */
export const DHCPDISCOVER = 1;
export const DHCPOFFER = 2;
export const DHCPREQUEST = 3;
export const DHCPDECLINE = 4;
export const DHCPACK = 5;
export const DHCPNAK = 6;
export const DHCPRELEASE = 7;
export const DHCPINFORM = 8;

export const OPTION_SUBNET_MASK = 1;
export const OPTION_ROUTER = 3;
export const OPTION_DNS_SERVER = 6;
export const OPTION_HOST_NAME = 12;
export const OPTION_DOMAIN_NAME = 15;
export const OPTION_BROADCAST = 28;
export const OPTION_STATIC_ROUTE = 33;
export const OPTION_REQUESTED_IP = 50;
export const OPTION_LEASE_TIME = 51;
export const OPTION_MESSAGE_TYPE = 53;
export const OPTION_SERVER_ID = 54;
export const OPTION_PARAMETER_LIST = 55;
export const OPTION_MESSAGE = 56;
export const OPTION_RENEWAL_TIME = 58;
export const OPTION_REBINDING_TIME = 59;
export const OPTION_CLIENT_ID = 61;
/** RFC 3442. */
export const OPTION_CLASSLESS_ROUTES = 121;
const OPTION_PAD = 0;
const OPTION_END = 255;

const MAGIC_COOKIE = 0x63825363;
/** Servers refuse shorter ones: RFC 1542 §2.1. */
const MIN_LENGTH = 300;
const MAX_OPTION = 255;

export interface DhcpMessage {
  /** 1 from a client, 2 from a server. */
  readonly op: number;
  readonly xid: number;
  readonly secs: number;
  /** The client cannot take unicast yet. */
  readonly broadcast: boolean;
  readonly ciaddr: Ipv4;
  readonly yiaddr: Ipv4;
  readonly siaddr: Ipv4;
  readonly giaddr: Ipv4;
  readonly chaddr: Mac;
  readonly options: readonly DhcpOption[];
}

export interface DhcpOption {
  readonly code: number;
  readonly data: Uint8Array;
}

/** An option of 32-bit words: addresses, times. */
export function dhcpWords(code: number, ...words: readonly number[]): DhcpOption {
  const w = new ByteWriter(4 * words.length);
  for (const word of words) w.u32(word);
  return { code, data: w.finish() };
}

export const dhcpByte = (code: number, value: number): DhcpOption => ({
  code,
  data: Uint8Array.of(value),
});

export const dhcpText = (code: number, text: string): DhcpOption => ({
  code,
  data: utf8Encode(text),
});

export const dhcpOption = (message: DhcpMessage, code: number): Uint8Array | undefined =>
  message.options.find((option) => option.code === code)?.data;

/** Option 53; undefined for plain BOOTP. */
export const dhcpMessageType = (message: DhcpMessage): number | undefined =>
  dhcpOption(message, OPTION_MESSAGE_TYPE)?.[0];

export const dhcpOptionText = (message: DhcpMessage, code: number): string | undefined => {
  const data = dhcpOption(message, code);
  return data && utf8Decode(data);
};

/** The addresses (or other 32-bit values) of an option. */
export function dhcpOptionWords(message: DhcpMessage, code: number): readonly number[] {
  const r = new ByteReader(dhcpOption(message, code) ?? new Uint8Array(0));
  const words: number[] = [];
  while (r.left >= 4) words.push(r.u32());
  return words;
}

/** Padded to `minLength`. An option of more than 255 bytes goes in parts: RFC 3396 §5. */
export function encodeDhcp(m: DhcpMessage, minLength = MIN_LENGTH): Uint8Array {
  const w = new ByteWriter(minLength);
  w.u8(m.op)
    .u8(1)
    .u8(6)
    .u8(0)
    .u32(m.xid)
    .u16(m.secs)
    .u16(m.broadcast ? 0x8000 : 0);
  w.u32(m.ciaddr).u32(m.yiaddr).u32(m.siaddr).u32(m.giaddr);
  w.u48(m.chaddr).bytes(new Uint8Array(10 + 64 + 128));
  w.u32(MAGIC_COOKIE);
  for (const { code, data } of m.options) {
    for (let at = 0; at === 0 || at < data.length; at += MAX_OPTION) {
      const part = data.subarray(at, at + MAX_OPTION);
      w.u8(code).u8(part.length).bytes(part);
    }
  }
  w.u8(OPTION_END);
  if (w.length < minLength) w.bytes(new Uint8Array(minLength - w.length));
  return w.finish();
}

export function decodeDhcp(bytes: Uint8Array): Result<DhcpMessage, DecodeError> {
  const r = new ByteReader(bytes);
  const op = r.u8();
  const hardware = r.u16();
  r.u8();
  const [xid, secs, flags] = [r.u32(), r.u16(), r.u16()];
  const [ciaddr, yiaddr, siaddr, giaddr] = [r.u32(), r.u32(), r.u32(), r.u32()];
  const chaddr = r.u48();
  r.take(10 + 64 + 128);
  const cookie = r.u32();
  if (r.short) return truncated('dhcp');
  if (hardware !== 0x0106) return malformed('dhcp', 'not Ethernet');
  if (cookie !== MAGIC_COOKIE) return malformed('dhcp', 'magic cookie');
  const options: DhcpOption[] = [];
  while (r.left > 0) {
    const code = r.u8();
    if (code === OPTION_END) break;
    if (code === OPTION_PAD) continue;
    const data = r.take(r.u8()).slice();
    const before = options.at(-1);
    if (before?.code === code && before.data.length > 0 && before.data.length % MAX_OPTION === 0) {
      options[options.length - 1] = { code, data: concat([before.data, data]) };
    } else options.push({ code, data });
  }
  if (r.short) return truncated('dhcp');
  const broadcast = (flags & 0x8000) !== 0;
  return ok({ op, xid, secs, broadcast, ciaddr, yiaddr, siaddr, giaddr, chaddr, options });
}
