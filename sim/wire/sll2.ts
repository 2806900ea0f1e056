import { ByteReader, ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { decodeL3, type EncodeOptions, encodeL3, etherTypeOf } from './codec';
import { type DecodeError, truncated } from './decode-error';
import { ETH_P_8021Q, type EthernetFrame, type L3, type Mac } from './frame';

/**
 * Linux cooked capture v2, what `tcpdump -i any` sees:
 * https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html
 */

/** sll_pkttype of linux/if_packet.h. */
export const PACKET_HOST = 0;
export const PACKET_BROADCAST = 1;
export const PACKET_MULTICAST = 2;
export const PACKET_OTHERHOST = 3;
export const PACKET_OUTGOING = 4;

/**
 * dev->type of include/uapi/linux/if_arp.h: veth and bridge 1, loopback 772, ipip 768, none 65534.
 */
export interface Sll2Meta {
  readonly ifindex: number;
  readonly packetType: number;
  readonly hardwareType: number;
}

export interface Sll2Packet extends Sll2Meta {
  readonly src: Mac;
  readonly payload: L3;
}

/**
 * The header holds the sender's address; `src` is undefined on a device without link-layer
 * addresses.
 */
export function encodeSll2(
  packet: {
    readonly src?: Mac | undefined;
    readonly payload: L3;
    readonly vlan?: EthernetFrame['vlan'];
  },
  meta: Sll2Meta,
  options: EncodeOptions = {},
): Uint8Array {
  const { src, payload, vlan } = packet;
  const type = etherTypeOf(payload);
  const w = new ByteWriter()
    .u16(vlan ? ETH_P_8021Q : type)
    .u16(0)
    .u32(meta.ifindex);
  w.u16(meta.hardwareType)
    .u8(meta.packetType)
    .u8(src === undefined ? 0 : 6);
  w.u48(src ?? 0).u16(0);
  if (vlan) w.u16((vlan.pcp << 13) | vlan.id).u16(type);
  return w.bytes(encodeL3(payload, options)).finish();
}

/** A VLAN tag behind the header stays part of an unknown payload. */
export function decodeSll2(bytes: Uint8Array): Result<Sll2Packet, DecodeError> {
  const r = new ByteReader(bytes);
  const type = r.u16();
  r.u16();
  const ifindex = r.u32();
  const hardwareType = r.u16();
  const packetType = r.u8();
  r.u8();
  const src = r.u48();
  r.u16();
  if (r.short) return truncated('ethernet');
  const payload = decodeL3(type, r.rest());
  if (!payload.ok) return payload;
  return ok({ ifindex, packetType, hardwareType, src, payload: payload.value });
}
