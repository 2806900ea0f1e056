import type { NfConn } from './conn';
import { type CtMessage, ctMessage } from './message';

/** enum ip_conntrack_events, as bits. */
export const IPCT_NEW = 1 << 0;
export const IPCT_RELATED = 1 << 1;
export const IPCT_DESTROY = 1 << 2;
export const IPCT_REPLY = 1 << 3;
export const IPCT_ASSURED = 1 << 4;
export const IPCT_PROTOINFO = 1 << 5;
export const IPCT_HELPER = 1 << 6;
export const IPCT_MARK = 1 << 7;
export const IPCT_ALL = 0xffff;

/** Who asked for a change, as a message tells its listeners (nlmsg_pid). */
export interface CtReport {
  readonly portid: number;
}

export type CtListener = (message: CtMessage) => void;

/** nf_conntrack_event_cache(): what is reported once the packet is through. */
export function eventCache(ct: NfConn, event: number): void {
  if (ct.ecache) ct.ecache.pending |= event;
}

/** ctnetlink_conntrack_event(): to whom listens, as the entry is now. */
export function reportEvents(
  listeners: ReadonlySet<CtListener>,
  ct: NfConn,
  events: number,
  at: { readonly nowUs: number; readonly report?: CtReport | undefined },
): void {
  if (!ct.ecache || (events & ct.ecache.mask) === 0 || listeners.size === 0) return;
  const message = ctMessage(ct, { nowUs: at.nowUs, events, portid: at.report?.portid });
  for (const listener of listeners) listener(message);
}
