import type { Scheduler, Timer } from '../../base/scheduler';
import { JIFFY_US, wheelDelayUs } from '../socket/timer-wheel';

/** HZ of the kernel that the recordings ran on. */
const HZ = 1_000_000 / JIFFY_US;

/** struct timer_list as the spanning tree uses it: one function, armed again and again. */
export class BridgeTimer {
  #timer: Timer | undefined;
  #expiresUs = 0;

  constructor(
    readonly scheduler: Scheduler,
    readonly expired: () => void,
  ) {}

  get pending(): boolean {
    return this.#timer !== undefined;
  }

  /** mod_timer(). */
  arm(delayUs: number): void {
    this.disarm();
    const { nowUs } = this.scheduler;
    this.#expiresUs = nowUs + delayUs;
    this.#timer = this.scheduler.after(wheelDelayUs(nowUs, delayUs), () => {
      this.#timer = undefined;
      this.expired();
    });
  }

  /** mod_timer() with round_jiffies(): to the full second that is near, so that timers fire together. */
  armRounded(delayUs: number): void {
    const now = Math.floor(this.scheduler.nowUs / JIFFY_US);
    const asked = now + Math.ceil(delayUs / JIFFY_US);
    const past = asked % HZ;
    const rounded = past < HZ / 4 ? asked - past : asked - past + HZ;
    this.arm(((rounded > now ? rounded : asked) - now) * JIFFY_US);
  }

  /** timer_delete(). */
  disarm(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** br_timer_value(), in USER_HZ. */
  get value(): number {
    if (!this.#timer) return 0;
    return Math.max(0, Math.floor((this.#expiresUs - this.scheduler.nowUs) / 10_000));
  }
}
