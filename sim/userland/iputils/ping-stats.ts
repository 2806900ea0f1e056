/** MAX_DUP_CHK of ping.h: the sequence numbers that are remembered. */
const MAX_DUP_CHK = 0x10000;

/** The counters of struct ping_rts, ping.h and ping_common.c. */
export class PingStats {
  transmitted = 0;
  received = 0;
  repeats = 0;
  errors = 0;
  pipeSize = 0;
  /** Round trips in µs. */
  tmin = Number.MAX_SAFE_INTEGER;
  tmax = 0;
  tsum = 0;
  tsum2 = 0;
  /** Exponential average, eight times. */
  rtt = 0;
  #acked = 0;
  readonly #seen = new Set<number>();

  /** advance_ntransmitted(). */
  advance(): void {
    this.transmitted++;
    if (((this.transmitted - this.#acked) & 0xffff) > 0x7fff) this.#acked = this.transmitted + 1;
  }

  /** acknowledge(). */
  acknowledge(seq: number): void {
    const diff = (this.transmitted - seq) & 0xffff;
    if (diff > 0x7fff) return;
    if (diff + 1 > this.pipeSize) this.pipeSize = diff + 1;
    const ahead = ((seq - this.#acked) << 16) >> 16 > 0;
    const stale = ((this.transmitted - this.#acked) & 0xffff) > 0x7fff;
    if (ahead || stale) this.#acked = seq;
  }

  /** in_flight(). */
  get inFlight(): number {
    const diff = (this.transmitted - this.#acked) & 0xffff;
    return diff <= 0x7fff ? diff : this.transmitted - this.received - this.errors;
  }

  forget(seq: number): void {
    this.#seen.delete(seq % MAX_DUP_CHK);
  }

  wasSeen(seq: number): boolean {
    return this.#seen.has(seq % MAX_DUP_CHK);
  }

  /** gather_statistics(): true if the answer came before. */
  gather(seq: number, tripUs: number | undefined): boolean {
    this.received++;
    this.acknowledge(seq);
    if (tripUs !== undefined) {
      this.tsum += tripUs;
      this.tsum2 += tripUs * tripUs;
      this.tmin = Math.min(this.tmin, tripUs);
      this.tmax = Math.max(this.tmax, tripUs);
      this.rtt = this.rtt === 0 ? tripUs * 8 : this.rtt + tripUs - Math.trunc(this.rtt / 8);
    }
    if (this.wasSeen(seq)) {
      this.repeats++;
      this.received--;
      return true;
    }
    this.#seen.add(seq % MAX_DUP_CHK);
    return false;
  }
}

const millis = (us: number): string =>
  `${Math.trunc(us / 1000)}.${String(us % 1000).padStart(3, '0')}`;

/** printf("%g"). */
const general = (value: number): string => String(Number(value.toPrecision(6)));

interface Totals {
  readonly hostname: string;
  /** From the start to the last probe sent. */
  readonly elapsedUs: number;
  readonly timing: boolean;
  /** -f, -A or no interval: the pace is of interest. */
  readonly pace: boolean;
}

/** finish(), ping_common.c. */
export function finishText(stats: PingStats, totals: Totals): string {
  const parts = [`${stats.transmitted} packets transmitted`, `${stats.received} received`];
  if (stats.repeats > 0) parts.push(`+${stats.repeats} duplicates`);
  if (stats.errors > 0) parts.push(`+${stats.errors} errors`);
  if (stats.transmitted > 0) {
    const loss = ((stats.transmitted - stats.received) * 100) / stats.transmitted;
    parts.push(`${general(loss)}% packet loss`);
    parts.push(`time ${Math.round(totals.elapsedUs / 1000)}ms`);
  }
  const tail: string[] = [];
  if (stats.received > 0 && totals.timing) tail.push(rttText(stats));
  if (stats.pipeSize > 1) tail.push(`pipe ${stats.pipeSize}`);
  if (stats.received > 0 && totals.pace && stats.transmitted > 1) {
    const gap = Math.trunc(totals.elapsedUs / (stats.transmitted - 1));
    tail.push(`ipg/ewma ${millis(gap)}/${millis(Math.trunc(stats.rtt / 8))} ms`);
  }
  return `\n--- ${totals.hostname} ping statistics ---\n${parts.join(', ')}\n${tail.join(', ')}\n`;
}

function rttText(stats: PingStats): string {
  const total = stats.received + stats.repeats;
  const average = Math.trunc(stats.tsum / total);
  const variance = Math.trunc(
    (stats.tsum2 - Math.trunc((stats.tsum * stats.tsum) / total)) / total,
  );
  const deviation = Math.trunc(Math.sqrt(Math.max(0, variance)));
  const shown = [stats.tmin, average, stats.tmax, deviation].map(millis).join('/');
  return `rtt min/avg/max/mdev = ${shown} ms`;
}

/** status(), what SIGQUIT prints to standard error. */
export function statusText(stats: PingStats, timing: boolean): string {
  const lost = (stats.transmitted - stats.received) * 100;
  const loss = stats.transmitted > 0 ? Math.trunc(lost / stats.transmitted) : 0;
  const head = `\r${stats.received}/${stats.transmitted} packets, ${loss}% loss`;
  if (stats.received === 0 || !timing) return `${head}\n`;
  const average = Math.trunc(stats.tsum / (stats.received + stats.repeats));
  const shown = [stats.tmin, average, Math.trunc(stats.rtt / 8), stats.tmax].map(millis).join('/');
  return `${head}, min/avg/ewma/max = ${shown} ms\n`;
}

/** The `time=` of a reply: fewer decimals the longer it took. */
export function tripText(us: number): string {
  if (us >= 100_000 - 50) return ` time=${Math.trunc((us + 500) / 1000)} ms`;
  if (us >= 10_000 - 5) {
    const rounded = us + 50;
    return ` time=${Math.trunc(rounded / 1000)}.${Math.trunc((rounded % 1000) / 100)} ms`;
  }
  if (us >= 1000) {
    const rounded = us + 5;
    const decimals = String(Math.trunc((rounded % 1000) / 10)).padStart(2, '0');
    return ` time=${Math.trunc(rounded / 1000)}.${decimals} ms`;
  }
  return ` time=${millis(us)} ms`;
}
