import type { Proc } from '../../linux/process';
import { type Blocking, type Wait, WaitQueue, type Wake } from '../../linux/wait-queue';

/** A goroutine of the daemon: something that blocks while others of the same process go on. */
type Routine = Generator<Wait, void, Wake>;

interface Ready {
  readonly routine: Routine;
  readonly wake: Wake;
}

/** The scheduler of a Go program inside one process: routines wait apart from each other, and run one at a time. */
export class Goroutines {
  readonly #ready: Ready[] = [];
  readonly #changed = new WaitQueue();

  constructor(readonly proc: Proc) {}

  go(routine: Routine): void {
    this.#ready.push({ routine, wake: { kind: 'woken' } });
    this.#changed.wake();
  }

  /** Runs whatever is ready, for as long as the process lives. */
  *run(): Blocking<never> {
    for (;;) {
      for (let next = this.#ready.shift(); next; next = this.#ready.shift()) this.#step(next);
      yield { kind: 'wait', on: [this.#changed] };
    }
  }

  #step({ routine, wake }: Ready): void {
    const step = routine.next(wake);
    if (!step.done) this.#park(routine, step.value);
  }

  #park(routine: Routine, wait: Wait): void {
    if (wait.kind === 'host') return;
    const { scheduler } = this.proc.host.kernel;
    let timer: { cancel(): void } | undefined;
    const resume = (wake: Wake): void => {
      for (const queue of wait.on) queue.remove(woken);
      timer?.cancel();
      this.#ready.push({ routine, wake });
      this.#changed.wake();
    };
    const woken = (): void => resume({ kind: 'woken' });
    for (const queue of wait.on) queue.add(woken);
    if (wait.timeoutUs !== undefined) {
      timer = scheduler.after(wait.timeoutUs, () => resume({ kind: 'timeout' }));
    }
  }
}
