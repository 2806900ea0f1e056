import type { Cidr } from '../../wire/ip';
import { bgpMergeable } from './bgp/better';
import type { ChannelConfig, ChannelFilter } from './config';
import { runFilter } from './filter/eval';
import { ChannelLimits } from './limit';
import type { Proto } from './proto';
import { netKey, type Route, sameRoute, sortNexthops } from './route';
import { bestOf, type Net, type RTable, resolveRecursive } from './table';

/** struct proto_stats. */
export interface ChannelStats {
  imported: number;
  filtered: number;
  exported: number;
  preferred: number;
  updates: {
    received: number;
    invalid: number;
    filtered: number;
    ignored: number;
    accepted: number;
  };
  withdraws: { received: number; invalid: number; ignored: number; accepted: number };
  exports: { received: number; rejected: number; filtered: number; accepted: number };
  exportWithdraws: { received: number; accepted: number };
}

const newStats = (): ChannelStats => ({
  imported: 0,
  filtered: 0,
  exported: 0,
  preferred: 0,
  updates: { received: 0, invalid: 0, filtered: 0, ignored: 0, accepted: 0 },
  withdraws: { received: 0, invalid: 0, ignored: 0, accepted: 0 },
  exports: { received: 0, rejected: 0, filtered: 0, accepted: 0 },
  exportWithdraws: { received: 0, accepted: 0 },
});

/** A change of a network, as rte_announce() hands it on. */
export interface NetChange {
  readonly route: Route | undefined;
  readonly old: Route | undefined;
  readonly best: Route | undefined;
  readonly oldBest: Route | undefined;
}

/** struct channel: where a protocol meets a table. */
export class Channel {
  state: 'DOWN' | 'START' | 'UP' = 'DOWN';
  stats = newStats();
  /** Which networks this channel exports now, and as what: export_map. */
  readonly exported = new Map<string, Route>();
  readonly limits: ChannelLimits;
  readonly #imported = new Map<string, Cidr>();

  constructor(
    readonly proto: Proto,
    public config: ChannelConfig,
    readonly table: RTable,
  ) {
    this.limits = new ChannelLimits(proto);
  }

  get exporting(): boolean {
    return this.state === 'UP' && this.proto.hooks.routeNotify !== undefined;
  }

  /** channel_set_state(CS_UP), and the first feed. */
  up(): void {
    this.state = 'UP';
    this.stats = newStats();
    this.limits.reset();
    this.table.channels.add(this);
    if (this.exporting) this.proto.daemon.defer(() => this.feed());
  }

  /** CS_FLUSHING to CS_DOWN: the routes that came through here go. */
  down(): void {
    if (this.state === 'DOWN') return;
    this.table.channels.delete(this);
    this.exported.clear();
    for (const net of [...this.#imported.values()]) this.#enter(net, undefined);
    this.#imported.clear();
    this.state = 'DOWN';
  }

  /** rt_feed_channel(). */
  feed(): void {
    if (!this.exporting) return;
    for (const net of this.table.nets()) {
      const best = bestOf(net);
      if (best) this.#notify(net, best, best);
    }
    this.proto.feedEnd(this);
  }

  /** channel_request_feeding() after the export policy changed: what no longer passes is withdrawn. */
  refeed(): void {
    if (!this.exporting) return;
    for (const net of this.table.nets()) {
      const best = bestOf(net);
      this.#notify(net, best, best);
    }
  }

  /** rte_update2(): a route from the protocol, or its withdrawal. */
  import(net: Cidr, given: Route | undefined): void {
    const { stats } = this;
    if (!given) {
      stats.withdraws.received++;
      if (!this.#imported.has(netKey(net))) stats.withdraws.ignored++;
      else this.#enter(net, undefined);
      return;
    }
    stats.updates.received++;
    const passed = this.#filter(this.config.import, resolveRecursive(given));
    if (!passed) stats.updates.filtered++;
    if (!passed && !this.config.keepFiltered) {
      if (this.#imported.has(netKey(net))) this.#enter(net, undefined);
      return;
    }
    this.#enter(net, passed ?? { ...given, filtered: true });
  }

  #enter(net: Cidr, route: Route | undefined): void {
    const { stats } = this;
    const key = netKey(net);
    const old = this.table.find(net)?.routes.find((known) => known.sender === this);
    if (route && old && sameRoute(old, route)) {
      if (!route.filtered) stats.updates.ignored++;
      return;
    }
    if (!old && !route) {
      stats.withdraws.ignored++;
      return;
    }
    const counts = route && !route.filtered;
    const all = stats.imported + stats.filtered;
    const tooMany =
      (route && !old && this.limits.exceeded('receive', this.config, all)) ||
      (counts &&
        (!old || old.filtered) &&
        this.limits.exceeded('import', this.config, stats.imported));
    if (tooMany) {
      stats.updates.ignored++;
      return;
    }
    if (counts) stats.updates.accepted++;
    else if (old && !old.filtered) stats.withdraws.accepted++;
    else stats.withdraws.ignored++;
    if (route) stats[route.filtered ? 'filtered' : 'imported']++;
    if (old) stats[old.filtered ? 'filtered' : 'imported']--;
    if (route) this.#imported.set(key, net);
    else this.#imported.delete(key);
    this.table.update(this, net, route);
    this.proto.daemon.tablesChanged = true;
  }

  /** rt_notify_basic(), rt_notify_merged(). */
  announce(net: Net, { best, oldBest, route, old }: NetChange): void {
    if (this.proto.mergeLimit === 0) {
      if (best !== oldBest) this.#notify(net, best, oldBest);
      return;
    }
    if (!best && !oldBest) return;
    const relevant = (changed: Route | undefined, to: Route | undefined): boolean =>
      changed !== undefined && to !== undefined && (changed === to || bgpMergeable(to, changed));
    if (best === oldBest && !relevant(route, best) && !relevant(old, oldBest)) return;
    this.#notify(net, best, oldBest);
  }

  #notify(net: Net, best: Route | undefined, oldBest: Route | undefined): void {
    const { stats } = this;
    if (best) stats.exports.received++;
    else stats.exportWithdraws.received++;
    const route = best && this.exportRoute(net, best, stats);
    const key = netKey(net.net);
    const old = oldBest ? this.exported.get(key) : undefined;
    if (!route && !old) return;
    if (route && !old && this.limits.exceeded('export', this.config, stats.exported)) {
      stats.exports.rejected++;
      return;
    }
    if (route) {
      stats.exports.accepted++;
      this.exported.set(key, route);
    } else {
      stats.exportWithdraws.accepted++;
      this.exported.delete(key);
    }
    stats.exported = this.exported.size;
    this.proto.routeNotify(this, net.net, { route, old });
  }

  /** export_filter() and rt_export_merged(): what leaves, if anything. */
  exportRoute(net: Net, best: Route, stats?: ChannelStats): Route | undefined {
    const passed = this.#exportOne(best, stats);
    if (!passed || this.proto.mergeLimit === 0 || passed.dest !== 'unicast') return passed;
    const more = net.routes
      .filter((other) => other !== best && !other.filtered && bgpMergeable(best, other))
      .map((other) => this.#exportOne(other))
      .filter((other) => other?.dest === 'unicast');
    const nexthops = [passed, ...more].flatMap((other) => other?.nexthops ?? []);
    const distinct = nexthops.filter(
      (nh, i) => nexthops.findIndex((o) => o.gw === nh.gw && o.iface === nh.iface) === i,
    );
    return { ...passed, nexthops: sortNexthops(distinct).slice(0, this.proto.mergeLimit) };
  }

  #exportOne(route: Route, stats?: ChannelStats): Route | undefined {
    if (this.proto.preexport(this, route) === 'reject') {
      if (stats) stats.exports.rejected++;
      return undefined;
    }
    const passed = this.#filter(this.config.export, { ...route, fresh: new Set<string>() }, !stats);
    if (!passed && stats) stats.exports.filtered++;
    return passed;
  }

  #filter(filter: ChannelFilter | undefined, route: Route, silent = false): Route | undefined {
    if (filter === 'accept') return route;
    if (filter === 'reject' || !filter) return undefined;
    const { daemon } = this.proto;
    const result = runFilter(filter, route, daemon.config.symbols);
    if (!silent) for (const line of result.output) daemon.log('info', line);
    return result.verdict === 'accept' ? result.route : undefined;
  }
}
