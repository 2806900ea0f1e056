import type { ChannelConfig } from './config';
import type { Proto } from './proto';

/** PLD_*: which way a limit counts. */
export type LimitDirection = 'receive' | 'import' | 'export';

/** struct channel_limit of the three kinds, nest/proto.c. */
export class ChannelLimits {
  readonly #active = new Set<LimitDirection>();
  readonly #blocked = new Set<LimitDirection>();

  constructor(readonly proto: Proto) {}

  isHit(direction: LimitDirection): boolean {
    return this.#active.has(direction) || this.#blocked.has(direction);
  }

  /** channel_reset_limit(). */
  reset(): void {
    this.#active.clear();
    this.#blocked.clear();
  }

  /** channel_notify_limit(): true where one route more is too many. */
  exceeded(direction: LimitDirection, config: ChannelConfig, count: number): boolean {
    const limit = config[`${direction}Limit`];
    if (!limit) return false;
    if (count < limit.limit || this.#blocked.has(direction)) return this.#blocked.has(direction);
    const { action } = limit;
    if (!this.#active.has(direction) || (action === 'warn' && count === limit.limit)) {
      const what = `hits route ${direction} limit (${limit.limit}), action: ${action}`;
      this.proto.daemon.log('warning', `Protocol ${this.proto.name} ${what}`);
    }
    if (action === 'warn') {
      this.#active.add(direction);
      return false;
    }
    this.#blocked.add(direction);
    if (action !== 'block') this.proto.limitHit(action, direction);
    return true;
  }
}
