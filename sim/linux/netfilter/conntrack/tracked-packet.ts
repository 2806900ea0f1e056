import type { L4 } from '../../../wire/frame';
import type { Skb } from '../../sk-buff';
import type { CtInfo, NfConn } from './conn';

/** A packet with the connection it belongs to, as a protocol's tracker sees it. */
export interface TrackedPacket {
  readonly skb: Skb;
  readonly ct: NfConn;
  readonly info: CtInfo;
  readonly l4: L4;
}
