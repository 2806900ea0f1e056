import { networkOf } from '../../../wire/ip';
import { IPS_DYING, type NfConn } from '../conntrack/conn';
import type { NftPktinfo } from '../nft-pktinfo';
import type { XtConnlimit } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** Connections of one key that a rule remembers, as CONNCOUNT_GC_MAX_NODES keeps its walks short. */
const MAX_CONNECTIONS = 65_536;

/** connlimit_mt(), net/netfilter/xt_connlimit.c: connections that passed this rule and still live. */
export function connlimitMatch(match: XtConnlimit): XtMatchFn {
  const lists = new Map<string, Set<NfConn>>();
  return (pkt) => {
    const { ct } = pkt.skb;
    if (!ct) return false;
    const ip = match.side === 'daddr' ? pkt.ip.dst : pkt.ip.src;
    const key = `${networkOf(ip, match.mask)} ${ct.zone.id}`;
    const list = lists.get(key) ?? new Set<NfConn>();
    lists.set(key, list);
    return count(list, ct, pkt) > match.limit !== match.invert;
  };
}

/** nf_conncount_count(): those that ended leave the list. */
function count(list: Set<NfConn>, ct: NfConn, pkt: NftPktinfo): number {
  const now = pkt.net.kernel.scheduler.nowUs;
  for (const other of list) if (other !== ct && !lives(other, now)) list.delete(other);
  if (list.size < MAX_CONNECTIONS) list.add(ct);
  return list.size;
}

/** Found in the table and, for TCP, not already_closed(). */
function lives(ct: NfConn, nowUs: number): boolean {
  if (!ct.confirmed || ct.has(IPS_DYING) || ct.timeoutUs <= nowUs) return false;
  return ct.tcp?.state !== 'TIME_WAIT' && ct.tcp?.state !== 'CLOSE';
}
