import { type IpPacket, type TcpSegment, TH_FIN, TH_SYN } from '../../wire/frame';
import type { Skb } from '../sk-buff';

/** A received segment with the packet it came in. */
export interface Received {
  readonly skb: Skb;
  readonly packet: IpPacket;
  readonly segment: TcpSegment;
}

/** Length in sequence space: RFC 9293 SEG.LEN. */
export const segLen = (s: TcpSegment): number =>
  s.payload.length + ((s.flags & TH_SYN) !== 0 ? 1 : 0) + ((s.flags & TH_FIN) !== 0 ? 1 : 0);
