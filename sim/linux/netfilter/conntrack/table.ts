import type { Timer } from '../../../base/scheduler';
import type { Netns } from '../../netns';
import type { NfHookOps } from '../hook';
import {
  type CtZone,
  IPS_ASSURED,
  IPS_CONFIRMED,
  IPS_DYING,
  IPS_SRC_NAT_DONE,
  type NfConn,
  zoneId,
} from './conn';
import { type CtGlobals, type CtSysctl, newCtGlobals, newCtSysctl } from './ct-sysctl';
import { type CtListener, type CtReport, eventCache, reportEvents } from './event';
import { IPCT_DESTROY } from './ipct';
import { CtNat } from './nat-state';
import { newCtStats } from './stats';
import { tcpCanEarlyDrop } from './tcp-state';
import { type CtDir, type NfTuple, ORIGINAL, REPLY, tupleKey } from './tuple';

/** struct nf_conntrack_tuple_hash. */
export interface TupleHash {
  readonly ct: NfConn;
  readonly dir: CtDir;
}

/** gc_worker() has a turn about this often (GC_SCAN_INTERVAL_INIT), µs. */
const GC_INTERVAL_US = 30_000_000;
/** Entries at which what expired is looked for although nobody asks. */
const COLLECT_AT = 1024;

/** Entries of a full table that early_drop() looks at: about as many as eight buckets hold. */
const EARLY_DROP_RANGE = 16;

/** struct netns_ct and its part of nf_conntrack_hash: the connections of one namespace. */
export class NfConntrack {
  readonly sysctl: CtSysctl = newCtSysctl();
  readonly globals: CtGlobals;
  readonly stats = newCtStats();
  readonly listeners = new Set<CtListener>();
  readonly nat = new CtNat();
  /** nf_conntrack_net.users4, users6: rules that need connections, and the hooks there for them. */
  readonly users = new Map<
    'ipv4' | 'ipv6',
    { count: number; readonly ops: readonly NfHookOps[] }
  >();
  readonly #hash = new Map<string, TupleHash>();
  readonly #entries = new Set<NfConn>();
  #gc: Timer | undefined;
  #collectAt = COLLECT_AT;

  constructor(readonly net: Netns) {
    const init = net.kernel.initNetns.get(net.hostName);
    this.globals = init && init !== net ? conntrackOf(init).globals : newCtGlobals();
  }

  get nowUs(): number {
    return this.net.kernel.scheduler.nowUs;
  }

  /** Confirmed connections in the order in which they came; expired ones too. */
  entries(): ReadonlySet<NfConn> {
    return this.#entries;
  }

  /** nf_conntrack_count(). Packets that are still on their first way are not counted. */
  get count(): number {
    this.#collect();
    return this.#entries.size;
  }

  /** nf_ctnetlink_has_listener. */
  get hasListener(): boolean {
    return this.listeners.size > 0;
  }

  /** The part of __nf_conntrack_alloc() that counts; false when the table is full. */
  admit(): boolean {
    const max = this.globals.nf_conntrack_max;
    return max === 0 || this.#entries.size < max || this.count < max || this.#earlyDrop();
  }

  /** nf_conntrack_free() of one that never was confirmed. */
  release(ct: NfConn): void {
    if (ct.has(IPS_CONFIRMED | IPS_DYING)) return;
    ct.status |= IPS_DYING;
    if (ct.has(IPS_SRC_NAT_DONE)) this.nat.removeBySource(ct);
  }

  /** __nf_conntrack_find_get(). */
  find(zone: CtZone, tuple: NfTuple): TupleHash | undefined {
    const forward = zoneId(zone, ORIGINAL);
    const found = this.#lookup(tuple, forward);
    if (found && (zone.dir === 'both' || found.dir === ORIGINAL)) return found;
    const back = zoneId(zone, REPLY);
    if (back === forward) return undefined;
    const other = this.#lookup(tuple, back);
    return other?.dir === REPLY ? other : undefined;
  }

  #lookup(tuple: NfTuple, zone: number): TupleHash | undefined {
    const found = this.#hash.get(tupleKey(tuple, zone));
    if (!found || found.ct.timeoutUs > this.nowUs) return found;
    this.delete(found.ct);
    return undefined;
  }

  /** The entry that holds the key of `ct` in this direction already. */
  clash(ct: NfConn, dir: CtDir): TupleHash | undefined {
    const found = this.#hash.get(ct.key(dir));
    if (!found || found.ct.timeoutUs > this.nowUs) return found;
    this.delete(found.ct);
    return undefined;
  }

  /** nf_conntrack_tuple_taken(): by another connection than `ct`. */
  taken(tuple: NfTuple, ct: NfConn): boolean {
    const found = this.#lookup(tuple, zoneId(ct.zone, REPLY));
    if (!found || found.ct === ct) return false;
    return found.ct.key(ORIGINAL) !== ct.key(ORIGINAL);
  }

  /** __nf_conntrack_hash_insert(). An entry that lost a clash is found by its replies only. */
  insert(ct: NfConn, dirs: 'both' | 'reply' = 'both'): void {
    if (dirs === 'both') this.#hash.set(ct.key(ORIGINAL), { ct, dir: ORIGINAL });
    this.#hash.set(ct.key(REPLY), { ct, dir: REPLY });
    this.#entries.add(ct);
    ct.status |= IPS_CONFIRMED;
    if (this.#entries.size >= this.#collectAt) {
      this.#collect();
      this.#collectAt = Math.max(COLLECT_AT, 2 * this.#entries.size);
    }
    this.#armGc();
  }

  /** nf_ct_delete(): off the table, and whoever listens hears of it. */
  delete(ct: NfConn, report?: CtReport): boolean {
    if (!this.#entries.delete(ct)) return false;
    if (ct.tstamp && ct.tstamp.stopUs === undefined) ct.tstamp.stopUs = this.nowUs;
    eventCache(ct, IPCT_DESTROY);
    ct.status |= IPS_DYING;
    reportEvents(this.listeners, ct, IPCT_DESTROY, { nowUs: this.nowUs, report });
    for (const dir of [ORIGINAL, REPLY] as const) {
      if (this.#hash.get(ct.key(dir))?.ct === ct) this.#hash.delete(ct.key(dir));
    }
    if (ct.has(IPS_SRC_NAT_DONE)) this.nat.removeBySource(ct);
    if (this.#entries.size === 0) {
      this.#gc?.cancel();
      this.#gc = undefined;
    }
    return true;
  }

  /** nf_ct_iterate_cleanup_net(). */
  cleanup(which: (ct: NfConn) => boolean, report?: CtReport): number {
    const doomed = [...this.#entries].filter(which);
    for (const ct of doomed) this.delete(ct, report);
    return doomed.length;
  }

  /** Live entries; those past their time go (ctnetlink_dump_table()). */
  dump(): readonly NfConn[] {
    this.#reap();
    return [...this.#entries];
  }

  /** nf_ct_deliver_cached_events(). */
  deliverEvents(ct: NfConn, report?: CtReport): void {
    const { ecache } = ct;
    if (!ecache || ecache.pending === 0 || !ct.confirmed || ct.has(IPS_DYING)) return;
    const events = ecache.pending;
    ecache.pending = 0;
    reportEvents(this.listeners, ct, events, { nowUs: this.nowUs, report });
  }

  /** cleanup_net(). */
  destroy(): void {
    this.listeners.clear();
    this.cleanup(() => true);
  }

  #reap(): void {
    this.cleanup((ct) => ct.timeoutUs <= this.nowUs);
  }

  /** early_drop(): room is made by an entry that is not ASSURED. */
  #earlyDrop(): boolean {
    let seen = 0;
    for (const ct of this.#entries) {
      if (!ct.has(IPS_ASSURED)) {
        this.delete(ct);
        this.stats.early_drop++;
        return true;
      }
      if (++seen >= EARLY_DROP_RANGE) break;
    }
    this.cleanup((ct) => ct.tcp !== undefined && tcpCanEarlyDrop(ct.tcp) && this.#nearlyFull());
    return this.#entries.size < this.globals.nf_conntrack_max;
  }

  #nearlyFull(): boolean {
    return this.#entries.size >= Math.floor(this.globals.nf_conntrack_max / 100) * 95;
  }

  /** Joins the listeners; returns the way out. */
  listen(listener: CtListener): () => void {
    this.listeners.add(listener);
    this.#armGc();
    return () => this.listeners.delete(listener);
  }

  /** A turn of gc_worker() is an event only while somebody could hear of it. */
  #armGc(): void {
    if (this.#gc || !this.hasListener || this.#entries.size === 0) return;
    const next = this.nowUs - (this.nowUs % GC_INTERVAL_US) + GC_INTERVAL_US;
    this.#gc = this.net.kernel.scheduler.at(next, () => {
      this.#gc = undefined;
      this.#collect();
      this.#armGc();
    });
  }

  /** gc_worker(): what had expired at its last turn is gone. */
  #collect(): void {
    const turn = this.nowUs - (this.nowUs % GC_INTERVAL_US);
    this.cleanup((ct) => ct.timeoutUs <= turn);
  }
}

/** The connections of a namespace; made on first need. */
export function conntrackOf(net: Netns): NfConntrack {
  net.ct ??= new NfConntrack(net);
  return net.ct;
}
