/** Counters of /proc/net/snmp, snmp6 and netstat by MIB and name ("Ip", "InReceives"). */
export class Snmp {
  readonly #mibs = new Map<string, Map<string, number>>();

  /** SNMP_INC_STATS(). */
  inc(mib: string, name: string, by = 1): void {
    let counts = this.#mibs.get(mib);
    if (!counts) {
      counts = new Map();
      this.#mibs.set(mib, counts);
    }
    counts.set(name, (counts.get(name) ?? 0) + by);
  }

  get(mib: string, name: string): number {
    return this.#mibs.get(mib)?.get(name) ?? 0;
  }
}
