import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { checksum, pseudoSum } from './checksum';
import { badChecksum, type DecodeError, truncated } from './decode-error';
import { type Icmpv6Message, IPPROTO_ICMPV6, type Ipv6 } from './frame';

/** RFC 4443 and RFC 4861 types; names of include/uapi/linux/icmpv6.h and include/net/ndisc.h. */
export const ICMPV6_DEST_UNREACH = 1;
export const ICMPV6_PKT_TOOBIG = 2;
export const ICMPV6_TIME_EXCEED = 3;
export const ICMPV6_PARAMPROB = 4;
export const ICMPV6_ECHO_REQUEST = 128;
export const ICMPV6_ECHO_REPLY = 129;
export const ICMPV6_MGM_QUERY = 130;
export const ICMPV6_MGM_REPORT = 131;
export const ICMPV6_MGM_REDUCTION = 132;
export const NDISC_ROUTER_SOLICITATION = 133;
export const NDISC_ROUTER_ADVERTISEMENT = 134;
export const NDISC_NEIGHBOUR_SOLICITATION = 135;
export const NDISC_NEIGHBOUR_ADVERTISEMENT = 136;
export const NDISC_REDIRECT = 137;
export const ICMPV6_MLD2_REPORT = 143;

/** Codes of ICMPV6_DEST_UNREACH. */
export const ICMPV6_NOROUTE = 0;
export const ICMPV6_ADM_PROHIBITED = 1;
export const ICMPV6_ADDR_UNREACH = 3;
export const ICMPV6_PORT_UNREACH = 4;
export const ICMPV6_POLICY_FAIL = 5;
export const ICMPV6_REJECT_ROUTE = 6;

/** RFC 4443 §2.1: the high bit clear means error. */
export const isIcmpv6Error = (type: number): boolean => type < 128;

interface Path {
  readonly src: Ipv6;
  readonly dst: Ipv6;
}

export function writeIcmpv6(w: ByteWriter, icmp: Icmpv6Message, path: Path): void {
  const start = w.length;
  w.u8(icmp.type).u8(icmp.code).u16(0).u32(icmp.rest).bytes(icmp.data);
  const sum = pseudoSum(path, IPPROTO_ICMPV6, w.length - start);
  w.patch16(start + 2, checksum(w.view().subarray(start), sum));
}

/** Verifies the checksum if given the addresses of its pseudo-header. */
export function decodeIcmpv6(bytes: Uint8Array, path?: Path): Result<Icmpv6Message, DecodeError> {
  const r = new ByteReader(bytes);
  const type = r.u8();
  const code = r.u8();
  const found = r.u16();
  const rest = r.u32();
  if (r.short) return truncated('icmpv6');
  if (path) {
    const sum = pseudoSum(path, IPPROTO_ICMPV6, bytes.length);
    if (checksum(bytes, sum) !== 0) {
      return badChecksum('icmpv6', found, checksum(bytes, sum + (~found & 0xffff)));
    }
  }
  return ok({ kind: 'icmpv6', type, code, rest, data: r.rest().slice() });
}
