import { formatIp, parseIp } from '../../../wire/ip';
import type { Errno } from '../../errno';
import type { Netns } from '../../netns';
import type { RecentTable } from './recent-table';

/** CONFIG_HZ; INITIAL_JIFFIES lets the counter wrap five minutes after the start. */
const HZ = 250;
const INITIAL_JIFFIES = 2 ** 32 - 300 * HZ;

const jiffies = (us: number): number => INITIAL_JIFFIES + Math.floor((us * HZ) / 1_000_000);

/** recent_seq_show(), net/netfilter/xt_recent.c. */
export function recentText(table: RecentTable): string {
  return table.entries
    .map((entry) => {
      const stamps = entry.stampsUs.map(jiffies);
      const last = stamps[entry.index - 1] ?? 0;
      const head = `src=${formatIp(entry.addr)} ttl: ${entry.ttl} last_seen: ${last}`;
      return `${head} oldest_pkt: ${entry.index} ${stamps.join(', ')}\n`;
    })
    .join('');
}

/** recent_mt_proc_write(): `+ADDR`, `-ADDR` and `/` for all. */
export function recentWrite(net: Netns, table: RecentTable, text: string): Errno | undefined {
  const [command] = text;
  const rest = text.slice(1).trim();
  if (command === '/') {
    table.flush();
    return undefined;
  }
  if (command !== '+' && command !== '-') return 'EINVAL';
  const addr = parseIp(rest);
  if (addr === undefined) return 'EINVAL';
  const entry = table.lookup(addr, 0);
  const now = net.kernel.scheduler.nowUs;
  if (command === '-') table.remove(addr);
  else if (entry) table.update(entry, now);
  else table.init(addr, 0, now);
  return undefined;
}
