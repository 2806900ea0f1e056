/** Counters of /proc/net/snmp, snmp6 and netstat by MIB and name ("Ip", "InReceives"). */
export class Snmp {
  readonly #counts = new Map<string, number>();

  /** SNMP_INC_STATS(). */
  inc(mib: string, name: string, by = 1): void {
    const key = `${mib}/${name}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  get(mib: string, name: string): number {
    return this.#counts.get(`${mib}/${name}`) ?? 0;
  }
}
