import type { Ip } from '../../../wire/frame';
import type { Errno } from '../../errno';
import type { Netns } from '../../netns';
import type { NftPktinfo } from '../nft-pktinfo';
import type { XtRecent } from '../xt-match';
import { MAX_HITCOUNT, type RecentEntry, RecentTable, recentTables } from './recent-table';
import type { XtMatchFn } from './verdict';

/** recent_mt_check(), net/netfilter/xt_recent.c: the list comes with the first rule that names it. */
export function recentCheck(net: Netns, match: XtRecent): Errno | undefined {
  const { action, seconds, hitcount, reap } = match;
  const writes = action === 'set' || action === 'remove';
  if (writes && (seconds !== 0 || hitcount !== 0 || reap || match.rttl)) return 'EINVAL';
  if (reap && seconds === 0) return 'EINVAL';
  if (hitcount > MAX_HITCOUNT || match.list === '') return 'EINVAL';
  const tables = recentTables(net);
  const table = tables.get(match.list) ?? new RecentTable();
  table.fitHitcount(hitcount);
  table.users++;
  tables.set(match.list, table);
  return undefined;
}

/** recent_mt_destroy(): and goes with the last one. */
export function recentDestroy(net: Netns, match: XtRecent): void {
  const tables = recentTables(net);
  const table = tables.get(match.list);
  if (!table) return;
  table.users--;
  if (table.users === 0) tables.delete(match.list);
}

/** recent_mt(). */
export function recentMatch(match: XtRecent): XtMatchFn {
  return (pkt) => {
    const table = recentTables(pkt.net).get(match.list);
    if (!table) return match.invert;
    const now = pkt.net.kernel.scheduler.nowUs;
    const addr = maskedAddress(pkt, match);
    const ttl = ttlBeforeForwarding(pkt);
    const entry = table.lookup(addr, match.rttl ? ttl : 0);
    if (!entry) {
      if (match.action !== 'set') return match.invert;
      table.init(addr, ttl, now);
      return !match.invert;
    }
    const answer = verdict(match, table, entry, now) !== match.invert;
    if (match.action === 'set' || (match.action === 'update' && answer)) {
      table.update(entry, now);
      entry.ttl = ttl;
    }
    return answer;
  };
}

function verdict(match: XtRecent, table: RecentTable, entry: RecentEntry, now: number): boolean {
  if (match.action === 'set') return true;
  if (match.action === 'remove') {
    table.remove(entry.addr);
    return true;
  }
  const since = now - match.seconds * 1_000_000;
  const hits = entry.stampsUs.filter((stamp) => match.seconds === 0 || stamp >= since).length;
  if (match.reap) table.reap(since);
  return hits > 0 && hits >= match.hitcount;
}

function maskedAddress(pkt: NftPktinfo, match: XtRecent): Ip {
  const ip = match.side === 'dest' ? pkt.ip.dst : pkt.ip.src;
  const { mask } = match;
  if (typeof ip === 'number') return typeof mask === 'number' ? (ip & mask) >>> 0 : ip;
  return typeof mask === 'bigint' ? ip & mask : ip;
}

/** The TTL as it came in, also after ip_forward(). */
function ttlBeforeForwarding(pkt: NftPktinfo): number {
  const ttl = pkt.ip.kind === 'ipv4' ? pkt.ip.ttl : pkt.ip.hopLimit;
  return pkt.out && !pkt.skb.sk ? ttl + 1 : ttl;
}
