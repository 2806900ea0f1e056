import type { NfConn } from './conn';
import { type CtMessage, ctMessage } from './message';

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
