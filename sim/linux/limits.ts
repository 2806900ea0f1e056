/** What one world may use; a bound that is passed stops the world and says which one it was. */
export interface Limits {
  readonly events: number;
  readonly virtualUs: number;
  /** CPU time that all processes together may use, µs. */
  readonly cpuUs: number;
  readonly processes: number;
  /** Bytes of all regular files together. */
  readonly fileBytes: number;
  readonly inodes: number;
  /** Bytes written to terminals. */
  readonly outputBytes: number;
  readonly packetsInFlight: number;
}

/** Of a learner's sandbox and of its grading alike: what ran in the page can be graded. */
export const DEFAULT_LIMITS: Limits = {
  events: 5_000_000,
  virtualUs: 24 * 3_600_000_000,
  cpuUs: 10_000_000,
  processes: 512,
  fileBytes: 64 * 1024 * 1024,
  inodes: 50_000,
  outputBytes: 8 * 1024 * 1024,
  packetsInFlight: 20_000,
};

export type Bound = keyof Limits;

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');

/** The bound in words, as learners and graders read it. */
export function boundText(bound: Bound, limits: Limits): string {
  switch (bound) {
    case 'events':
      return `stopped: more than ${grouped(limits.events)} events`;
    case 'virtualUs':
      return `stopped: more than ${grouped(limits.virtualUs / 1_000_000)} s of virtual time`;
    case 'cpuUs':
      return `stopped: more than ${grouped(limits.cpuUs / 1_000_000)} s of CPU time (a loop without end?)`;
    case 'processes':
      return `stopped: more than ${grouped(limits.processes)} processes`;
    case 'fileBytes':
      return `stopped: files hold more than ${grouped(limits.fileBytes / 1_048_576)} MiB`;
    case 'inodes':
      return `stopped: more than ${grouped(limits.inodes)} files`;
    case 'outputBytes':
      return `stopped: more than ${grouped(limits.outputBytes / 1_048_576)} MiB of output`;
    case 'packetsInFlight':
      return `stopped: more than ${grouped(limits.packetsInFlight)} packets in flight (a bridge loop?)`;
  }
}

/** What is used of the limits; one per world. */
export class Usage {
  passed: Bound | undefined;
  #processes = 0;
  #fileBytes = 0;
  #inodes = 0;
  #outputBytes = 0;
  #cpuUs = 0;

  constructor(readonly limits: Limits) {}

  takeProcess(): boolean {
    if (this.#processes >= this.limits.processes) return this.#pass('processes');
    this.#processes++;
    return true;
  }

  giveProcess(): void {
    this.#processes--;
  }

  /** A full disk is an errno that programs see (ENOSPC), not the end of the world. */
  takeFileBytes(bytes: number): boolean {
    if (bytes > 0 && this.#fileBytes + bytes > this.limits.fileBytes) return false;
    this.#fileBytes += bytes;
    return true;
  }

  takeInode(): boolean {
    if (this.#inodes >= this.limits.inodes) return false;
    this.#inodes++;
    return true;
  }

  giveInode(): void {
    this.#inodes--;
  }

  takeCpu(us: number): void {
    this.#cpuUs += us;
    if (this.#cpuUs > this.limits.cpuUs) this.#pass('cpuUs');
  }

  takeOutput(bytes: number): void {
    this.#outputBytes += bytes;
    if (this.#outputBytes > this.limits.outputBytes) this.#pass('outputBytes');
  }

  pass(bound: Bound): void {
    this.#pass(bound);
  }

  #pass(bound: Bound): false {
    this.passed ??= bound;
    return false;
  }
}
