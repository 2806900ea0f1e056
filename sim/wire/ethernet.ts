import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, truncated } from './decode-error';
import { ETH_HLEN, ETH_P_8021Q, type EthernetFrame, type Mac } from './frame';

/** Bytes of an 802.1Q tag, VLAN_HLEN of include/linux/if_vlan.h. */
export const VLAN_HLEN = 4;

export interface EthernetHeader {
  readonly dst: Mac;
  readonly src: Mac;
  readonly vlan?: { readonly id: number; readonly pcp: number } | undefined;
  /** The type behind the tag, if there is one; below 0x600 it is an 802.3 length. */
  readonly etherType: number;
  readonly payload: Uint8Array;
}

export const ethernetHeaderLength = (frame: EthernetFrame): number =>
  frame.vlan ? ETH_HLEN + VLAN_HLEN : ETH_HLEN;

/** IEEE 802.3 §3.1.1, tag control information IEEE 802.1Q §9.6 (drop eligible is not modelled). */
export function writeEthernetHeader(w: ByteWriter, frame: EthernetFrame, etherType: number): void {
  w.u48(frame.dst).u48(frame.src);
  if (frame.vlan) w.u16(ETH_P_8021Q).u16((frame.vlan.pcp << 13) | (frame.vlan.id & 0xfff));
  w.u16(etherType);
}

export function readEthernetHeader(bytes: Uint8Array): Result<EthernetHeader, DecodeError> {
  const r = new ByteReader(bytes);
  const dst = r.u48();
  const src = r.u48();
  const first = r.u16();
  if (first !== ETH_P_8021Q) {
    if (r.short) return truncated('ethernet');
    return ok({ dst, src, etherType: first, payload: r.rest() });
  }
  const tci = r.u16();
  const etherType = r.u16();
  if (r.short) return truncated('ethernet');
  return ok({ dst, src, vlan: { id: tci & 0xfff, pcp: tci >>> 13 }, etherType, payload: r.rest() });
}
