import { ByteWriter } from '../../../base/bytes';
import type { BgpOpen } from '../../../wire/bgp';
import type { BgpProtocol } from './bgp-proto';

type Checked =
  | { readonly holdTime: number; readonly keepaliveTime: number; readonly as4: boolean }
  | { readonly code: number; readonly subcode: number; readonly data?: Uint8Array };

/** bgp_rx_open(): the checks of RFC 4271 §6.2, in bird's order. */
export function checkOpen(bgp: BgpProtocol, open: BgpOpen): Checked {
  const { config } = bgp;
  const wrong = (subcode: number, data?: Uint8Array): Checked =>
    data ? { code: 2, subcode, data } : { code: 2, subcode };
  const offered = open.holdTimeSec;
  if (offered > 0 && offered < 3) return wrong(6);
  if (open.identifier === 0 || (bgp.isInternal && open.identifier === bgp.localId)) return wrong(3);
  const families = open.capabilities.flatMap((c) => (c.kind === 'multiprotocol' ? [c.afi] : []));
  const common = bgp.proto.channels.some((channel) => {
    const afi = channel.config.family === 4 ? 1 : 2;
    return families.includes(afi) || (open.capabilities.length === 0 && afi === 1);
  });
  if (!common) return wrong(7);
  const as4 = open.capabilities.find((c) => c.kind === 'as4');
  const as = as4?.kind === 'as4' ? as4.as : open.myAs;
  if (config.remoteAs ? as !== config.remoteAs : as === config.localAs) {
    return wrong(2, new ByteWriter(4).u32(as).finish());
  }
  const holdTime = Math.min(offered, config.holdTime);
  const keepalive =
    config.keepaliveTime > 0 && config.holdTime > 0
      ? Math.floor((config.keepaliveTime * holdTime) / config.holdTime)
      : Math.floor(holdTime / 3);
  const keepaliveTime = holdTime > 0 ? Math.max(1, keepalive) : 0;
  return { holdTime, keepaliveTime, as4: as4 !== undefined };
}
