import type { Netns } from '../../netns';
import type { NftFamily } from '../nf-tables';
import { type HashlimitTable, hashlimitTables } from './hashlimit-table';

/** user2credits(): HZ * CREDITS_PER_JIFFY over XT_HASHLIMIT_SCALE_v2, with HZ 250. */
const CREDITS_PER_US = 137_438_953n;

const credits = (us: number): bigint => BigInt(Math.floor(us)) * CREDITS_PER_US;

/** dl_seq_real_show(): seconds to live, the key, credit, its cap and the cost of a packet. */
export function hashlimitText(table: HashlimitTable, nowUs: number): string {
  const { avg, burst } = table.config;
  return table
    .entries(nowUs)
    .map((entry) => {
      const seconds = Math.floor((entry.expiresUs - nowUs) / 1_000_000);
      const key = `${entry.src}:${entry.srcPort}->${entry.dst}:${entry.dstPort}`;
      const credit = Math.min(avg * burst, entry.credit + nowUs - entry.updatedUs);
      return `${seconds} ${key} ${credits(credit)} ${credits(avg * burst)} ${credits(avg)}\n`;
    })
    .join('');
}

/** The files of /proc/net/ipt_hashlimit and ip6t_hashlimit. */
export function hashlimitFiles(net: Netns, family: NftFamily): ReadonlyMap<string, () => string> {
  const files = new Map<string, () => string>();
  for (const table of hashlimitTables(net).values()) {
    if (table.family !== family) continue;
    files.set(table.config.list, () => hashlimitText(table, net.kernel.scheduler.nowUs));
  }
  return files;
}
