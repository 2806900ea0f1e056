import type { Proc } from '../../linux/process';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';

interface Goroutine {
  readonly calls: Blocking<void>;
  on: readonly WaitQueue[];
  untilUs: number | undefined;
}

/** Go's scheduler for one process: what waits is resumed when anything it may wait for has happened. */
export class Goroutines {
  readonly #proc: Proc;
  readonly #all = new Set<Goroutine>();
  readonly #fresh: Goroutine[] = [];
  readonly #started = new WaitQueue();

  constructor(proc: Proc) {
    this.#proc = proc;
  }

  /** `go f()`. */
  go(calls: Blocking<void>): void {
    this.#fresh.push({ calls, on: [], untilUs: undefined });
    this.#started.wake();
  }

  /** Runs them all until a caught signal comes. */
  *run(): Blocking<void> {
    for (;;) {
      this.#startFresh();
      const waits = [...this.#all];
      const until = Math.min(...waits.map((one) => one.untilUs ?? Number.POSITIVE_INFINITY));
      const left = Math.max(0, until - this.#proc.host.nowUs);
      yield {
        kind: 'wait',
        on: [this.#started, ...waits.flatMap((one) => one.on)],
        timeoutUs: Number.isFinite(until) ? left : undefined,
      };
      if (this.#proc.pending.length > 0) return;
      for (const one of waits) this.#resume(one);
    }
  }

  #startFresh(): void {
    for (let one = this.#fresh.shift(); one; one = this.#fresh.shift()) {
      this.#all.add(one);
      this.#resume(one);
    }
  }

  #resume(one: Goroutine): void {
    const { nowUs } = this.#proc.host;
    const late = one.untilUs !== undefined && nowUs >= one.untilUs;
    const next = one.calls.next({ kind: late ? 'timeout' : 'woken' });
    if (next.done) {
      this.#all.delete(one);
      return;
    }
    const { value } = next;
    one.on = value.kind === 'wait' ? value.on : [];
    const us = value.kind === 'wait' ? value.timeoutUs : 0;
    one.untilUs = us === undefined ? undefined : nowUs + us;
  }
}
