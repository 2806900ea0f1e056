import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { checksum } from './checksum';
import { badChecksum, type DecodeError, truncated } from './decode-error';
import type { IcmpMessage } from './frame';

/** RFC 792 types; names of include/uapi/linux/icmp.h. */
export const ICMP_ECHOREPLY = 0;
export const ICMP_DEST_UNREACH = 3;
export const ICMP_SOURCE_QUENCH = 4;
export const ICMP_REDIRECT = 5;
export const ICMP_ECHO = 8;
export const ICMP_ROUTER_ADVERT = 9;
export const ICMP_ROUTER_SOLICIT = 10;
export const ICMP_TIME_EXCEEDED = 11;
export const ICMP_PARAMETERPROB = 12;
export const ICMP_TIMESTAMP = 13;
export const ICMP_TIMESTAMPREPLY = 14;
export const ICMP_ADDRESS = 17;
export const ICMP_ADDRESSREPLY = 18;

/** Codes of ICMP_DEST_UNREACH. */
export const ICMP_NET_UNREACH = 0;
export const ICMP_HOST_UNREACH = 1;
export const ICMP_PROT_UNREACH = 2;
export const ICMP_PORT_UNREACH = 3;
export const ICMP_FRAG_NEEDED = 4;
export const ICMP_SR_FAILED = 5;
export const ICMP_NET_ANO = 9;
export const ICMP_HOST_ANO = 10;
export const ICMP_PKT_FILTERED = 13;

/** Codes of ICMP_REDIRECT and ICMP_TIME_EXCEEDED. */
export const ICMP_REDIR_NET = 0;
export const ICMP_REDIR_HOST = 1;
export const ICMP_EXC_TTL = 0;
export const ICMP_EXC_FRAGTIME = 1;

/** Type, code, checksum, and the second word. */
export const ICMP_HLEN = 8;

/** icmp_is_err(): the types that carry a packet that went wrong. */
export const isIcmpError = (type: number): boolean =>
  type === ICMP_DEST_UNREACH ||
  type === ICMP_SOURCE_QUENCH ||
  type === ICMP_REDIRECT ||
  type === ICMP_TIME_EXCEEDED ||
  type === ICMP_PARAMETERPROB;

export function writeIcmp(w: ByteWriter, icmp: IcmpMessage): void {
  const start = w.length;
  w.u8(icmp.type).u8(icmp.code).u16(0).u32(icmp.rest).bytes(icmp.data);
  w.patch16(start + 2, checksum(w.view().subarray(start)));
}

export function decodeIcmp(bytes: Uint8Array, verify: boolean): Result<IcmpMessage, DecodeError> {
  const r = new ByteReader(bytes);
  const type = r.u8();
  const code = r.u8();
  const found = r.u16();
  const rest = r.u32();
  if (r.short) return truncated('icmp');
  if (verify && checksum(bytes) !== 0) {
    return badChecksum('icmp', found, checksum(bytes, ~found & 0xffff));
  }
  return ok({ kind: 'icmp', type, code, rest, data: r.rest().slice() });
}
