/**
 * What a process can wait for. A process is a generator that yields a `Wait` and is resumed with a `Wake`;
 * every blocking call (`read`, `accept`, `waitpid`, …) is a loop around one such yield, as in the kernel
 * (wait_event_interruptible, include/linux/wait.h).
 */
export type Wait =
  | {
      readonly kind: 'wait';
      /** Woken when any of these is; empty: only the time-out or a signal. */
      readonly on: readonly WaitQueue[];
      readonly timeoutUs?: number | undefined;
    }
  /** The one door for an asynchronous library: the virtual clock stands still until the driver settles it. */
  | { readonly kind: 'host'; readonly service: string; readonly request: unknown };

export type Wake =
  | { readonly kind: 'woken' }
  | { readonly kind: 'timeout' }
  /** A caught signal is pending: take it with `Proc.takeSignal`. */
  | { readonly kind: 'signal' }
  | { readonly kind: 'host'; readonly result: unknown };

/** A running program; its value is the exit status 0..255. */
export type Process = Generator<Wait, number, Wake>;
/** A call that may block and then gives `T`. */
export type Blocking<T> = Generator<Wait, T, Wake>;

/** wait_queue_head: who sleeps until something changes. */
export class WaitQueue {
  #waiters = new Set<() => void>();

  add(waiter: () => void): void {
    this.#waiters.add(waiter);
  }

  remove(waiter: () => void): void {
    this.#waiters.delete(waiter);
  }

  get size(): number {
    return this.#waiters.size;
  }

  /** wake_up_all(): everybody looks again. */
  wake(): void {
    if (this.#waiters.size === 0) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter();
  }
}
