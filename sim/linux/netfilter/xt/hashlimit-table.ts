import type { Netns } from '../../netns';
import type { NftFamily } from '../nf-tables';
import type { XtHashlimit } from '../xt-match';

/** struct dsthash_ent: one key's bucket. Credit in µs of the rate, or in bytes. */
export interface HashlimitEntry {
  readonly src: string;
  readonly srcPort: number;
  readonly dst: string;
  readonly dstPort: number;
  credit: number;
  /** How often a byte bucket may still be filled at once. */
  refills: number;
  updatedUs: number;
  expiresUs: number;
}

/** htable_create(): entries of one table when neither size nor maximum is given. */
const DEFAULT_MAX = 65_536;

/** struct xt_hashlimit_htable; the first rule that names it decides its numbers. */
export class HashlimitTable {
  users = 0;
  readonly #entries = new Map<string, HashlimitEntry>();

  constructor(
    readonly config: XtHashlimit,
    readonly family: NftFamily,
  ) {}

  /** htable_gc() has been: what expired is gone. */
  entries(nowUs: number): readonly HashlimitEntry[] {
    for (const [key, entry] of this.#entries) {
      if (entry.expiresUs < nowUs) this.#entries.delete(key);
    }
    return [...this.#entries.values()];
  }

  find(key: string, nowUs: number): HashlimitEntry | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresUs >= nowUs ? entry : undefined;
  }

  /** dsthash_alloc_init(); undefined when the table is full. */
  add(key: string, entry: HashlimitEntry): HashlimitEntry | undefined {
    const max = this.config.htableMax || DEFAULT_MAX;
    if (this.#entries.size >= max && this.entries(entry.updatedUs).length >= max) return undefined;
    this.#entries.set(key, entry);
    return entry;
  }
}

const tables = new WeakMap<Netns, Map<string, HashlimitTable>>();

/** hashlimit_net.htables, by family and name. */
export function hashlimitTables(net: Netns): Map<string, HashlimitTable> {
  const known = tables.get(net);
  if (known) return known;
  const made = new Map<string, HashlimitTable>();
  tables.set(net, made);
  return made;
}

export const hashlimitKey = (family: NftFamily, name: string): string => `${family} ${name}`;
