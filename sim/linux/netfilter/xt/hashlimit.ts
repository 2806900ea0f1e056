import type { Ip } from '../../../wire/frame';
import { formatIp, networkOf } from '../../../wire/ip';
import { ipLength } from '../../../wire/length';
import type { Netns } from '../../netns';
import type { NftFamily } from '../nf-tables';
import { type NftPktinfo, portsOf } from '../nft-pktinfo';
import type { XtHashlimit } from '../xt-match';
import {
  type HashlimitEntry,
  HashlimitTable,
  hashlimitKey,
  hashlimitTables,
} from './hashlimit-table';
import type { XtMatchFn } from './verdict';

/** xt_hashlimit_len_to_chunks(): bytes are counted in chunks of 16. */
const CHUNK = 16;

/** hashlimit_mt_check(), net/netfilter/xt_hashlimit.c. */
export function hashlimitCheck(net: Netns, family: NftFamily, match: XtHashlimit): void {
  const tables = hashlimitTables(net);
  const key = hashlimitKey(family, match.list);
  const table = tables.get(key) ?? new HashlimitTable(match, family);
  table.users++;
  tables.set(key, table);
}

/** hashlimit_mt_destroy(). */
export function hashlimitDestroy(net: Netns, family: NftFamily, match: XtHashlimit): void {
  const tables = hashlimitTables(net);
  const key = hashlimitKey(family, match.list);
  const table = tables.get(key);
  if (!table) return;
  table.users--;
  if (table.users === 0) tables.delete(key);
}

/** hashlimit_mt_common(): true below the rate, or above it with `--hashlimit-above`. */
export const hashlimitMatch =
  (match: XtHashlimit): XtMatchFn =>
  (pkt) => {
    const table = hashlimitTables(pkt.net).get(hashlimitKey(pkt.family, match.list));
    const entry = table && entryOf(table, pkt, match);
    if (!entry) return false;
    return take(entry, match, pkt) !== match.above;
  };

/** dsthash_find() or a new one, with what time gave it since: rateinfo_recalc(). */
function entryOf(
  table: HashlimitTable,
  pkt: NftPktinfo,
  match: XtHashlimit,
): HashlimitEntry | undefined {
  const now = pkt.net.kernel.scheduler.nowUs;
  const who = keyOf(pkt, match);
  const key = `${who.src} ${who.srcPort} ${who.dst} ${who.dstPort}`;
  const rate = bytesPerSecond(match);
  const full = match.bytes ? rate : match.avg * match.burst;
  const expiresUs = now + match.htableExpire * 1000;
  const known = table.find(key, now);
  if (!known) {
    const refills = match.bytes ? match.burst : 0;
    return table.add(key, { ...who, credit: full, refills, updatedUs: now, expiresUs });
  }
  const passed = now - known.updatedUs;
  const gained = match.bytes ? (passed * rate) / 1_000_000 : passed;
  known.credit = Math.min(full, known.credit + gained);
  known.updatedUs = now;
  known.expiresUs = expiresUs;
  return known;
}

/** user2credits_byte(): `avg` is what a chunk costs of 2^32 a second. */
const bytesPerSecond = (match: XtHashlimit): number => (CHUNK * 2 ** 32) / match.avg;

function take(entry: HashlimitEntry, match: XtHashlimit, pkt: NftPktinfo): boolean {
  let cost = match.avg;
  if (match.bytes) {
    const rate = bytesPerSecond(match);
    cost = Math.min(rate, (Math.floor(ipLength(pkt.ip) / CHUNK) + 1) * CHUNK);
    if (entry.credit < cost && entry.refills > 0) {
      entry.refills--;
      entry.credit = rate;
    }
  }
  if (entry.credit < cost) return false;
  entry.credit -= cost;
  return true;
}

type Who = Pick<HashlimitEntry, 'src' | 'srcPort' | 'dst' | 'dstPort'>;

/** hashlimit_init_dst(): what the mode does not ask for is 0. */
function keyOf(pkt: NftPktinfo, match: XtHashlimit): Who {
  const { mode } = match;
  const { src, dst } = pkt.ip;
  const none: Ip = typeof src === 'number' ? 0 : 0n;
  const byPort = mode.includes('srcport') || mode.includes('dstport');
  const ports = byPort ? portsOf(pkt.ip) : undefined;
  return {
    src: formatIp(mode.includes('srcip') ? networkOf(src, match.srcMask) : none),
    srcPort: mode.includes('srcport') ? (ports?.srcPort ?? 0) : 0,
    dst: formatIp(mode.includes('dstip') ? networkOf(dst, match.dstMask) : none),
    dstPort: mode.includes('dstport') ? (ports?.dstPort ?? 0) : 0,
  };
}
