import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';
import { type ArpPacket, ETH_P_IP } from './frame';

/** RFC 826 `ar$op`; include/uapi/linux/if_arp.h. */
export const ARPOP_REQUEST = 1;
export const ARPOP_REPLY = 2;
export const ARPHRD_ETHER = 1;
/** Header and two address pairs, Ethernet and IPv4. */
export const ARP_LENGTH = 28;

export function writeArp(w: ByteWriter, arp: ArpPacket): void {
  w.u16(ARPHRD_ETHER).u16(ETH_P_IP).u8(6).u8(4).u16(arp.op);
  w.u48(arp.sha).u32(arp.spa).u48(arp.tha).u32(arp.tpa);
}

/** Only Ethernet and IPv4; what follows the 28 bytes is padding. */
export function decodeArp(bytes: Uint8Array): Result<ArpPacket, DecodeError> {
  const r = new ByteReader(bytes);
  const hardware = r.u16();
  const protocol = r.u16();
  const lengths = r.u16();
  const op = r.u16();
  const sha = r.u48();
  const spa = r.u32();
  const tha = r.u48();
  const tpa = r.u32();
  if (r.short) return truncated('arp');
  if (hardware !== ARPHRD_ETHER || protocol !== ETH_P_IP || lengths !== 0x0604) {
    return malformed('arp', 'not Ethernet and IPv4');
  }
  return ok({ kind: 'arp', op, sha, spa, tha, tpa });
}
