import { err, OK, type Result } from '../../base/result';
import type { Timer } from '../../base/scheduler';
import type { Ip, Mac } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import { l3Length } from '../../wire/length';
import type { NetDevice } from '../device/net-device';
import type { Errno } from '../errno';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';

/** NUD_* of include/uapi/linux/neighbour.h, as `ip neigh` prints them. */
export type NudState =
  | 'NONE'
  | 'INCOMPLETE'
  | 'REACHABLE'
  | 'STALE'
  | 'DELAY'
  | 'PROBE'
  | 'FAILED'
  | 'NOARP'
  | 'PERMANENT';

/** struct neigh_parms; times in ms, as the sysctls of /proc/sys/net/ipv4/neigh/NAME/. */
export interface NeighParms {
  mcast_solicit: number;
  ucast_solicit: number;
  app_solicit: number;
  mcast_resolicit: number;
  retrans_time_ms: number;
  base_reachable_time_ms: number;
  delay_first_probe_time_ms: number;
  gc_stale_time_ms: number;
  unres_qlen_bytes: number;
  proxy_qlen: number;
  anycast_delay_ms: number;
  proxy_delay_ms: number;
  locktime_ms: number;
  /** Drawn from [0.5, 1.5) x base_reachable_time. */
  reachable_time_us: number;
}

/** NTF_PROXY: an address we answer for (`ip neigh add proxy`). */
export interface ProxyNeighbour {
  readonly ip: Ip;
  readonly dev: NetDevice | undefined;
}

/** What ARP and neighbour discovery do differently: struct neigh_ops and the table's callbacks. */
export interface NeighProtocol {
  /** neigh->ops->solicit: ask for the address; `to` is known for a unicast probe. */
  solicit(neigh: Neighbour, skb: Skb | undefined, to: Mac | undefined): void;
  /** neigh->ops->error_report: nobody answered. */
  errorReport(neigh: Neighbour, skb: Skb): void;
  /** What is told when an entry appears or changes: neigh_update_notify(). */
  notify(neigh: Neighbour): void;
}

export interface NeighUpdate {
  /** NEIGH_UPDATE_F_OVERRIDE: a changed address wins. */
  readonly override?: boolean | undefined;
  /** NEIGH_UPDATE_F_WEAK_OVERRIDE. */
  readonly weakOverride?: boolean | undefined;
  /** NEIGH_UPDATE_F_ADMIN: a request of `ip neigh`. */
  readonly admin?: boolean | undefined;
  /** NEIGH_UPDATE_F_ISROUTER with OVERRIDE_ISROUTER. */
  readonly isRouter?: boolean | undefined;
}

const CONNECTED: ReadonlySet<NudState> = new Set(['PERMANENT', 'NOARP', 'REACHABLE']);
const VALID: ReadonlySet<NudState> = new Set([
  'PERMANENT',
  'NOARP',
  'REACHABLE',
  'PROBE',
  'STALE',
  'DELAY',
]);
const IN_TIMER: ReadonlySet<NudState> = new Set(['INCOMPLETE', 'REACHABLE', 'DELAY', 'PROBE']);

export const nudConnected = (state: NudState): boolean => CONNECTED.has(state);
export const nudValid = (state: NudState): boolean => VALID.has(state);

/** struct neighbour, with the state machine of net/core/neighbour.c. */
export class Neighbour {
  readonly #queue: Skb[] = [];
  #state: NudState = 'NONE';
  #lladdr: Mac | undefined;
  #timer: Timer | undefined;
  #probes = 0;
  #confirmedUs: number;
  #usedUs: number;
  #updatedUs: number;
  #dead = false;
  isRouter = false;
  externLearn = false;
  protocol = 0;
  readonly refcount = 1;

  constructor(
    readonly family: Family,
    readonly ip: Ip,
    readonly dev: NetDevice,
    readonly parms: NeighParms,
    readonly ops: NeighProtocol,
  ) {
    const now = dev.netns.kernel.scheduler.nowUs;
    this.#usedUs = now;
    this.#updatedUs = now;
    this.#confirmedUs = now - parms.base_reachable_time_ms * 2000;
  }

  get state(): NudState {
    return this.#state;
  }
  get lladdr(): Mac | undefined {
    return this.#lladdr;
  }
  get probes(): number {
    return this.#probes;
  }
  get queue(): readonly Skb[] {
    return this.#queue;
  }
  get usedUs(): number {
    return this.#usedUs;
  }
  get confirmedUs(): number {
    return this.#confirmedUs;
  }
  get updatedUs(): number {
    return this.#updatedUs;
  }

  /** The constructor's answer for devices without address resolution. */
  setNoArp(lladdr: Mac | undefined): void {
    this.#state = 'NOARP';
    this.#lladdr = lladdr;
  }

  /** dst_confirm(): the layer above heard from the other side. */
  confirm(): void {
    this.#confirmedUs = this.#now();
  }

  /** neigh_resolve_output(): the address to send to now, or undefined when the packet waits or was dropped. */
  resolve(skb: Skb): Mac | undefined {
    this.#usedUs = this.#now();
    const ready = this.eventSend(skb);
    return ready ? (this.#lladdr ?? 0) : undefined;
  }

  /** neigh_event_send(): true if the address can be used. */
  eventSend(skb: Skb | undefined): boolean {
    const state = this.#state;
    if (CONNECTED.has(state) || state === 'DELAY' || state === 'PROBE') return true;
    if (this.#dead) {
      if (skb) kfreeSkbReason(skb, 'NEIGH_DEAD', 'neigh_event_send');
      return false;
    }
    if (state === 'STALE') {
      this.#set('DELAY');
      this.#schedule(this.parms.delay_first_probe_time_ms * 1000);
      return true;
    }
    let probeNow = false;
    if (state !== 'INCOMPLETE') {
      if (this.parms.mcast_solicit + this.parms.app_solicit === 0) {
        this.#set('FAILED');
        if (skb) kfreeSkbReason(skb, 'NEIGH_FAILED', 'neigh_event_send');
        return false;
      }
      this.#probes = this.parms.ucast_solicit;
      this.#set('INCOMPLETE');
      this.#schedule(this.#retransUs());
      probeNow = true;
    }
    if (skb) this.#enqueue(skb);
    if (probeNow) this.#probe();
    return false;
  }

  /** neigh_update(). EPERM for a permanent entry, EINVAL without an address. */
  update(
    lladdr: Mac | undefined,
    state: NudState,
    flags: NeighUpdate = {},
  ): Result<undefined, Errno> {
    const old = this.#state;
    if (!flags.admin && (old === 'NOARP' || old === 'PERMANENT')) return err('EPERM');
    if (this.#dead) return err('EINVAL');
    if (!VALID.has(state)) {
      this.#set(state);
      if ((old === 'INCOMPLETE' || old === 'PROBE') && state === 'FAILED') this.#invalidate();
      this.ops.notify(this);
      return OK;
    }
    if (lladdr === undefined && !VALID.has(old)) return err('EINVAL');
    this.#updateValid(lladdr ?? this.#lladdr, state, flags);
    return OK;
  }

  #updateValid(lladdr: Mac | undefined, asked: NudState, flags: NeighUpdate): void {
    const old = this.#state;
    const now = this.#now();
    let next = asked;
    let address = lladdr;
    if (CONNECTED.has(next)) this.#confirmedUs = now;
    if (VALID.has(old)) {
      if (address !== this.#lladdr && !flags.override) {
        if (!(flags.weakOverride && CONNECTED.has(old))) return;
        address = this.#lladdr;
        next = 'STALE';
      } else if (address === this.#lladdr && next === 'STALE' && !flags.admin) next = old;
    }
    if (flags.isRouter !== undefined) this.isRouter = flags.isRouter;
    if (next === old && address === this.#lladdr) return;
    this.#updatedUs = now;
    if (next !== old) {
      if (next === 'PROBE') this.#probes = 0;
      this.#set(next);
      if (IN_TIMER.has(next)) {
        this.#schedule(next === 'REACHABLE' ? this.parms.reachable_time_us : 0);
      }
    }
    if (address !== this.#lladdr) {
      this.#lladdr = address;
      if (!CONNECTED.has(next)) this.#confirmedUs = now - this.parms.base_reachable_time_ms * 2000;
    }
    this.ops.notify(this);
    if (!VALID.has(old)) this.#flushQueue();
  }

  /** neigh_flush_dev(): out of the table; what waited is lost. */
  destroy(): void {
    this.#dead = true;
    this.#timer?.cancel();
    for (const skb of this.#queue.splice(0)) kfreeSkbReason(skb, 'NEIGH_DEAD', 'neigh_destroy');
  }

  #now(): number {
    return this.dev.netns.kernel.scheduler.nowUs;
  }

  #retransUs(): number {
    return Math.max(this.parms.retrans_time_ms * 1000, 10_000);
  }

  #set(state: NudState): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#state = state;
    this.#updatedUs = this.#now();
  }

  #schedule(delayUs: number): void {
    this.#timer?.cancel();
    const { scheduler } = this.dev.netns.kernel;
    this.#timer = scheduler.after(delayUs, () => this.#timerHandler());
  }

  /** neigh_timer_handler(). */
  #timerHandler(): void {
    const now = this.#now();
    const delayUs = this.parms.delay_first_probe_time_ms * 1000;
    let next = this.#retransUs();
    switch (this.#state) {
      case 'REACHABLE': {
        const left = this.#confirmedUs + this.parms.reachable_time_us - now;
        if (left > 0) next = left;
        else if (now <= this.#usedUs + delayUs) {
          this.#set('DELAY');
          next = delayUs;
        } else {
          this.#set('STALE');
          this.ops.notify(this);
        }
        break;
      }
      case 'DELAY':
        if (now <= this.#confirmedUs + delayUs) {
          this.#set('REACHABLE');
          next = Math.max(this.#confirmedUs + this.parms.reachable_time_us - now, 10_000);
        } else {
          this.#set('PROBE');
          this.#probes = 0;
        }
        this.ops.notify(this);
        break;
      default:
        break;
    }
    const probing = this.#state === 'INCOMPLETE' || this.#state === 'PROBE';
    if (probing && this.#probes >= this.#maxProbes()) {
      this.#set('FAILED');
      this.#invalidate();
      this.ops.notify(this);
      return;
    }
    if (IN_TIMER.has(this.#state)) this.#schedule(next);
    if (probing) this.#probe();
  }

  #maxProbes(): number {
    const { ucast_solicit, app_solicit, mcast_solicit, mcast_resolicit } = this.parms;
    const last = this.#state === 'PROBE' ? mcast_resolicit : mcast_solicit;
    return ucast_solicit + app_solicit + last;
  }

  /** neigh_probe(): unicast to the address known so far, then multicast. */
  #probe(): void {
    const unicast = this.#probes < this.parms.ucast_solicit;
    this.#probes++;
    this.ops.solicit(this, this.#queue.at(-1), unicast ? this.#lladdr : undefined);
  }

  /** __neigh_event_send(): the queue is bounded in bytes; the oldest goes first. */
  #enqueue(skb: Skb): void {
    const size = (one: Skb): number => l3Length(one.packet) + SKB_OVERHEAD;
    let bytes = size(skb);
    for (const waiting of this.#queue) bytes += size(waiting);
    while (bytes > this.parms.unres_qlen_bytes) {
      const oldest = this.#queue.shift();
      if (!oldest) break;
      bytes -= size(oldest);
      kfreeSkbReason(oldest, 'NEIGH_QUEUEFULL', 'neigh_event_send');
    }
    traceSkb(skb, 'neigh_resolve_output', 'queue');
    this.#queue.push(skb);
  }

  #flushQueue(): void {
    for (const skb of this.#queue.splice(0)) this.output?.(skb);
  }

  /** Sends a packet that waited; set by the table. */
  output: ((skb: Skb) => void) | undefined;

  /** neigh_invalidate(): everyone who waits learns that nobody answered. */
  #invalidate(): void {
    for (const skb of this.#queue.splice(0)) this.ops.errorReport(this, skb);
  }
}

/** SKB_TRUESIZE(0): what a packet costs besides its bytes. */
const SKB_OVERHEAD = 576;
