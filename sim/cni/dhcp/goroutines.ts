import type { Proc } from '../../linux/process';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';

interface Goroutine {
  readonly calls: Blocking<void>;
  on: readonly WaitQueue[];
  untilUs: number | undefined;
  ready: boolean;
  readonly wake: () => void;
}

/** Go's scheduler for one process: who waits for the same things as before is left alone. */
export class Goroutines {
  readonly #proc: Proc;
  readonly #all = new Set<Goroutine>();
  readonly #changed = new WaitQueue();

  constructor(proc: Proc) {
    this.#proc = proc;
  }

  /** `go f()`. */
  go(calls: Blocking<void>): void {
    const one: Goroutine = {
      calls,
      on: [],
      untilUs: undefined,
      ready: true,
      wake: () => {
        one.ready = true;
        this.#changed.wake();
      },
    };
    this.#all.add(one);
    this.#changed.wake();
  }

  /** Runs them all until a caught signal comes. */
  *run(): Blocking<void> {
    while (this.#proc.pending.length === 0) {
      const next = [...this.#all].filter((one) => this.#isReady(one));
      for (const one of next) this.#resume(one);
      if (next.length > 0) continue;
      const until = Math.min(...[...this.#all].map((one) => one.untilUs ?? Infinity));
      const timeoutUs = until === Infinity ? undefined : until - this.#proc.host.nowUs;
      yield { kind: 'wait', on: [this.#changed], timeoutUs };
    }
  }

  #isReady({ ready, untilUs }: Goroutine): boolean {
    return ready || (untilUs !== undefined && untilUs <= this.#proc.host.nowUs);
  }

  #resume(one: Goroutine): void {
    for (const queue of one.on) queue.remove(one.wake);
    const kind = one.ready ? 'woken' : 'timeout';
    one.ready = false;
    const next = one.calls.next({ kind });
    if (next.done) {
      this.#all.delete(one);
      return;
    }
    const { value } = next;
    one.on = value.kind === 'wait' ? value.on : [];
    const us = value.kind === 'wait' ? value.timeoutUs : 0;
    one.untilUs = us === undefined ? undefined : this.#proc.host.nowUs + us;
    for (const queue of one.on) queue.add(one.wake);
  }
}
