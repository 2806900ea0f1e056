import { Randomness } from '../base/prng';
import { Scheduler } from '../base/scheduler';
import { Host, type HostRequest } from './host';
import { Kernel } from './kernel';
import { boundText, DEFAULT_LIMITS, type Limits, Usage } from './limits';
import { Tracer } from './trace';

export interface WorldOptions {
  readonly seed: string;
  readonly limits?: Partial<Limits> | undefined;
}

/** Why `run` came back. */
export type RunState =
  /** Nothing is left to happen by itself. */
  | { readonly kind: 'idle' }
  /** The clock is where it was to go. */
  | { readonly kind: 'reached' }
  /** The driver has to answer the `host` waits first (see `takeRequests`). */
  | { readonly kind: 'host' }
  /** A bound was passed; the world does not run any more. */
  | { readonly kind: 'stopped'; readonly text: string };

/**
 * A world is a pure function of (what was put into it, seed, input). It holds machines, one clock and one event
 * queue; advancing it in slices of any size gives the same trace.
 */
export class World {
  readonly scheduler = new Scheduler();
  readonly tracer = new Tracer();
  readonly random: Randomness;
  readonly kernel: Kernel;
  readonly usage: Usage;
  readonly hosts = new Map<string, Host>();
  #requests: HostRequest[] = [];

  constructor(options: WorldOptions) {
    this.random = new Randomness(options.seed);
    this.usage = new Usage({ ...DEFAULT_LIMITS, ...options.limits });
    this.kernel = new Kernel({
      scheduler: this.scheduler,
      random: this.random,
      tracer: this.tracer,
      maxPacketsInFlight: this.usage.limits.packetsInFlight,
    });
  }

  get nowUs(): number {
    return this.scheduler.nowUs;
  }

  addHost(name: string): Host {
    const host = new Host(name, {
      kernel: this.kernel,
      usage: this.usage,
      request: (request) => this.#requests.push(request),
    });
    this.hosts.set(name, host);
    return host;
  }

  /** Runs what is due by `untilUs` (at most `maxEvents` of it), then moves the clock there. */
  runUntil(untilUs: number, maxEvents = Number.POSITIVE_INFINITY): RunState {
    const limits = this.usage.limits;
    let left = Math.min(maxEvents, limits.events - this.scheduler.events + 1);
    while (left-- > 0) {
      if (this.#stopped()) return { kind: 'stopped', text: this.stopText ?? '' };
      if (this.#requests.length > 0) return { kind: 'host' };
      if (!this.scheduler.step(untilUs)) {
        if (Number.isFinite(untilUs)) this.scheduler.advanceTo(untilUs);
        return this.scheduler.nextUs() === undefined ? { kind: 'idle' } : { kind: 'reached' };
      }
    }
    if (this.#stopped()) return { kind: 'stopped', text: this.stopText ?? '' };
    return { kind: 'reached' };
  }

  /** Runs until `done` says so after an event. */
  runWhile(busy: () => boolean, untilUs = Number.POSITIVE_INFINITY): RunState {
    while (busy()) {
      if (this.#stopped()) return { kind: 'stopped', text: this.stopText ?? '' };
      if (this.#requests.length > 0) return { kind: 'host' };
      if (!this.scheduler.step(untilUs)) {
        if (Number.isFinite(untilUs)) this.scheduler.advanceTo(untilUs);
        return this.scheduler.nextUs() === undefined ? { kind: 'idle' } : { kind: 'reached' };
      }
    }
    return { kind: 'reached' };
  }

  /** The `host` waits to answer with `proc.settle(result)`; the clock stands until then. */
  takeRequests(): readonly HostRequest[] {
    const requests = this.#requests;
    this.#requests = [];
    return requests;
  }

  /** In words, which bound was passed. */
  get stopText(): string | undefined {
    return this.usage.passed && boundText(this.usage.passed, this.usage.limits);
  }

  #stopped(): boolean {
    if (this.usage.passed) return true;
    if (this.scheduler.events > this.usage.limits.events) this.usage.pass('events');
    else if (this.scheduler.nowUs > this.usage.limits.virtualUs) this.usage.pass('virtualUs');
    else if (this.kernel.packetBudgetExceeded) this.usage.pass('packetsInFlight');
    return this.usage.passed !== undefined;
  }
}
