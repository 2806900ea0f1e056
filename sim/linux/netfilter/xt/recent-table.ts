import type { Ip } from '../../../wire/frame';
import type { Netns } from '../../netns';

/** ip_list_tot: addresses in one list; the one that was longest silent goes first. */
const MAX_ENTRIES = 100;
/** Stamps of an entry unless a rule's hit count asks for more. */
const DEFAULT_STAMPS = 32;
/** XT_RECENT_MAX_NSTAMPS. */
export const MAX_HITCOUNT = 65_535;

/** struct recent_entry. */
export interface RecentEntry {
  readonly addr: Ip;
  ttl: number;
  /** When it was seen; a ring in the kernel's order. */
  readonly stampsUs: number[];
  index: number;
}

/** struct recent_table: the entries in order of their last update. */
export class RecentTable {
  users = 0;
  readonly #entries = new Map<Ip, RecentEntry>();
  #maxStamps = DEFAULT_STAMPS;

  /** A rule with a larger hit count needs longer rings; what was kept is forgotten. */
  fitHitcount(hitcount: number): void {
    let stamps = hitcount === 0 ? DEFAULT_STAMPS : 1;
    while (stamps < hitcount) stamps *= 2;
    if (stamps <= this.#maxStamps && this.users > 0) return;
    this.#maxStamps = stamps;
    this.flush();
  }

  get entries(): readonly RecentEntry[] {
    return [...this.#entries.values()];
  }

  /** recent_entry_lookup(): with a TTL, only the entry that was seen with the same. */
  lookup(addr: Ip, ttl: number): RecentEntry | undefined {
    const entry = this.#entries.get(addr);
    return entry && (ttl === 0 || entry.ttl === 0 || entry.ttl === ttl) ? entry : undefined;
  }

  /** recent_entry_init(). */
  init(addr: Ip, ttl: number, nowUs: number): RecentEntry {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
    const entry: RecentEntry = { addr, ttl, stampsUs: [nowUs], index: 1 };
    this.#entries.set(addr, entry);
    return entry;
  }

  /** recent_entry_update(): one more stamp, and last in line. */
  update(entry: RecentEntry, nowUs: number): void {
    entry.index &= this.#maxStamps - 1;
    entry.stampsUs[entry.index] = nowUs;
    entry.index++;
    this.#entries.delete(entry.addr);
    this.#entries.set(entry.addr, entry);
  }

  /** recent_entry_reap(): the entry first in line goes if it was last seen before. */
  reap(beforeUs: number): void {
    const [oldest] = this.#entries.values();
    const last = oldest?.stampsUs[oldest.index - 1];
    if (oldest && last !== undefined && last < beforeUs) this.#entries.delete(oldest.addr);
  }

  remove(addr: Ip): void {
    this.#entries.delete(addr);
  }

  flush(): void {
    this.#entries.clear();
  }
}

const lists = new WeakMap<Netns, Map<string, RecentTable>>();

/** struct recent_net: the lists that rules of this namespace name. */
export function recentTables(net: Netns): Map<string, RecentTable> {
  const known = lists.get(net);
  if (known) return known;
  const made = new Map<string, RecentTable>();
  lists.set(net, made);
  return made;
}
