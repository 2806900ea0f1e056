/** The only clock and the only event queue of a world. Order is (time, insertion). Times in µs. */
export interface Timer {
  readonly atUs: number;
  cancel(): void;
}

/** Why running stopped. */
export type RunResult = 'idle' | 'reached' | 'budget';

/** One instant of the queue: a function, and what was asked to follow it at once. */
class Entry implements Timer {
  fn: (() => void) | undefined;
  more: (() => void)[] | undefined;

  constructor(
    readonly atUs: number,
    readonly seq: number,
    fn: () => void,
    readonly queue: { dropped(): void },
  ) {
    this.fn = fn;
  }

  cancel(): void {
    if (!this.fn) return;
    this.fn = undefined;
    this.more = undefined;
    this.queue.dropped();
  }
}

export class Scheduler {
  #nowUs = 0;
  #seq = 0;
  #events = 0;
  #cancelled = 0;
  readonly #heap: Entry[] = [];
  /** The entry queued last, while it may still be followed. */
  #latest: Entry | undefined;

  /** Virtual time since the world began. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Events executed so far. */
  get events(): number {
    return this.#events;
  }

  get pending(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** Runs `fn` after `delayUs` (0 = after what is already due now). */
  after(delayUs: number, fn: () => void): Timer {
    return this.at(this.#nowUs + Math.max(0, Math.round(delayUs)), fn);
  }

  at(atUs: number, fn: () => void): Timer {
    const entry = new Entry(Math.max(atUs, this.#nowUs), this.#seq++, fn, this);
    this.#push(entry);
    this.#latest = undefined;
    return entry;
  }

  /**
   * As `after` for what nobody cancels. Functions that are queued one after the other for the same time
   * share one place in the queue: a flood to hundreds of ports costs one. Each counts as an event.
   */
  follow(delayUs: number, fn: () => void): void {
    const atUs = this.#nowUs + Math.max(0, Math.round(delayUs));
    const latest = this.#latest;
    if (latest?.fn && latest.atUs === atUs) {
      if (latest.more) latest.more.push(fn);
      else latest.more = [fn];
      return;
    }
    const entry = new Entry(atUs, this.#seq++, fn, this);
    this.#push(entry);
    this.#latest = entry;
  }

  /** An entry of the queue was cancelled. */
  dropped(): void {
    this.#cancelled++;
    if (this.#cancelled > 64 && this.#cancelled > this.#heap.length / 2) this.#compact();
  }

  /** The time of the next event, if there is one. */
  nextUs(): number | undefined {
    return this.#peek()?.atUs;
  }

  /** Executes the next event if it is due by `limitUs`. */
  step(limitUs = Number.POSITIVE_INFINITY): boolean {
    const next = this.#peek();
    if (!next || next.atUs > limitUs) return false;
    this.#pop();
    this.#nowUs = next.atUs;
    const { fn, more } = next;
    next.fn = undefined;
    next.more = undefined;
    this.#events += 1 + (more?.length ?? 0);
    fn?.();
    if (more) for (const one of more) one();
    return true;
  }

  /** Moves the clock to `atUs` when nothing is due before it. */
  advanceTo(atUs: number): void {
    if (atUs > this.#nowUs) this.#nowUs = atUs;
  }

  #peek(): Entry | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (!top || top.fn) return top;
      this.#pop();
      this.#cancelled--;
    }
  }

  #compact(): void {
    const live = this.#heap.filter((e) => e.fn);
    this.#heap.length = 0;
    this.#cancelled = 0;
    for (const e of live) this.#push(e);
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up];
      if (!parent || before(parent, entry)) break;
      heap[i] = parent;
      i = up;
    }
    heap[i] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      let least = left;
      if (right && before(right, left)) {
        child++;
        least = right;
      }
      if (before(last, least)) break;
      heap[i] = least;
      i = child;
    }
    heap[i] = last;
  }
}

const before = (a: Entry, b: Entry): boolean =>
  a.atUs < b.atUs || (a.atUs === b.atUs && a.seq < b.seq);
