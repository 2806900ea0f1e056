import { ByteReader, type ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';

/** IANA's port, and the one that Linux used before (and flannel still does): drivers/net/vxlan. */
export const VXLAN_PORT = 4789;
export const VXLAN_PORT_LINUX = 8472;
export const VXLAN_HLEN = 8;
/** The I flag: the VNI is valid. */
const VXLAN_HF_VNI = 0x0800_0000;

/** RFC 7348 §5. */
export function writeVxlanHeader(w: ByteWriter, vni: number): void {
  w.u32(VXLAN_HF_VNI).u32((vni << 8) >>> 0);
}

export function readVxlanHeader(
  bytes: Uint8Array,
): Result<{ readonly vni: number; readonly payload: Uint8Array }, DecodeError> {
  const r = new ByteReader(bytes);
  const flags = r.u32();
  const vni = r.u32();
  if (r.short) return truncated('vxlan');
  if (flags !== VXLAN_HF_VNI || (vni & 0xff) !== 0) return malformed('vxlan', 'flags');
  return ok({ vni: vni >>> 8, payload: r.rest() });
}
