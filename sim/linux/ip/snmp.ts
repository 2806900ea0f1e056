/** Where a counter stands in every namespace's list; numbers are given as names are first counted. */
const SLOTS = new Map<string, Map<string, number>>();
let slots = 0;

function slotOf(mib: string, name: string): number {
  let names = SLOTS.get(mib);
  if (!names) {
    names = new Map();
    SLOTS.set(mib, names);
  }
  let slot = names.get(name);
  if (slot === undefined) {
    slot = slots++;
    names.set(name, slot);
  }
  return slot;
}

/** Counters of /proc/net/snmp, snmp6 and netstat by MIB and name ("Ip", "InReceives"). */
export class Snmp {
  readonly #counts: number[] = [];

  /** SNMP_INC_STATS(). */
  inc(mib: string, name: string, by = 1): void {
    const slot = slotOf(mib, name);
    while (this.#counts.length <= slot) this.#counts.push(0);
    this.#counts[slot] = (this.#counts[slot] ?? 0) + by;
  }

  get(mib: string, name: string): number {
    const slot = SLOTS.get(mib)?.get(name);
    return slot === undefined ? 0 : (this.#counts[slot] ?? 0);
  }
}
