import type { Randomness } from '../base/prng';
import type { Scheduler } from '../base/scheduler';
import type { Netns } from './netns';
import type { Tracer } from './trace';

/** Frames on cables, in queues and behind events at one time; a broadcast storm ends here. */
export const DEFAULT_MAX_PACKETS_IN_FLIGHT = 20_000;

const MAX_FAULTS = 16;

export interface KernelOptions {
  readonly scheduler: Scheduler;
  readonly random: Randomness;
  readonly tracer: Tracer;
  readonly maxPacketsInFlight?: number | undefined;
}

/** What all network namespaces of one world share: clock, chance, trace, and the packet budget. */
export class Kernel {
  readonly scheduler: Scheduler;
  readonly random: Randomness;
  readonly tracer: Tracer;
  readonly maxPacketsInFlight: number;
  /** Frames between two devices right now. */
  packetsInFlight = 0;
  /** Set once when `maxPacketsInFlight` was hit: the world says so in words. */
  packetBudgetExceeded = false;
  /** What processes died of by a fault of ours or for want of stack, the first few: what a fuzzer looks for. */
  readonly faults: string[] = [];
  /** init_net of each machine, by host name. */
  readonly initNetns = new Map<string, Netns>();
  #packetId = 0;
  #inode = 4_026_532_000;

  constructor(options: KernelOptions) {
    this.scheduler = options.scheduler;
    this.random = options.random;
    this.tracer = options.tracer;
    this.maxPacketsInFlight = options.maxPacketsInFlight ?? DEFAULT_MAX_PACKETS_IN_FLIGHT;
  }

  fault(text: string): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push(text);
  }

  nextPacketId(): number {
    return ++this.#packetId;
  }

  /** ns_alloc_inum(), fs/nsfs.c: the number in `net:[4026532001]`. */
  nextInode(): number {
    return ++this.#inode;
  }
}
