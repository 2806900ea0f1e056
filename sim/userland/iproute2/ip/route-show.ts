import { strerror } from '../../../linux/errno';
import type { FibRoute } from '../../../linux/ip/fib';
import { delRoute, dumpRoutes } from '../../../linux/rtnetlink/route';
import type { Family } from '../../../wire/ip';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import { rtnlErrorText, type ToolContext } from '../context';
import { getPrefix, type InetPrefix } from '../inet-prefix';
import { parseUnsigned } from '../number';
import { type Option, parseOption } from '../option-table';
import { readFamily } from './family';
import { RouteFilter } from './route-filter';
import { printRoute } from './route-print';
import { parseRouteType } from './route-type';
import { fillRoute } from './shown-route';
import { USAGE } from './usage';

const RT_TABLE_MAIN = 254;

interface ListState {
  readonly ctx: ToolContext;
  readonly filter: RouteFilter;
  dev: string | undefined;
  iif: string | undefined;
}

/** iproute_list_flush_or_save(), ip/iproute.c. */
export function* listRoutes(ctx: ToolContext, args: Args, action: 'list' | 'flush'): Step<number> {
  const filter = new RouteFilter();
  filter.family = ctx.options.family;
  filter.table = RT_TABLE_MAIN;
  if (action === 'flush' && args.left <= 0) {
    ctx.stdio.error('"ip route flush" requires arguments.\n');
    return -1;
  }
  const state: ListState = { ctx, filter, dev: undefined, iif: undefined };
  while (args.left > 0) {
    if (yield* parseOption(args, state, FILTERS)) continue;
    yield* takePrefix(args, state);
  }
  for (const [name, key] of [
    [state.iif, 'iif'],
    [state.dev, 'oif'],
  ] as const) {
    if (name === undefined) continue;
    filter[key] = ctx.device(name);
    if (!filter[key]) return ctx.noDevice(name);
  }
  const family = ctx.options.family === 0 && filter.table ? 4 : ctx.options.family;
  const families: readonly Family[] = family === 0 ? [4, 6] : family === 6 ? [6] : [4];
  if (action === 'flush') return flushRoutes(ctx, filter, families);
  if (filter.cloned) {
    if (ctx.net.ipv4.exceptions.isEmpty) return 0;
    return yield* args.notSimulated('ip route', 'show cache');
  }
  ctx.print.newJson();
  for (const one of families) {
    const missing = missingTable(ctx, filter, one);
    if (missing !== undefined) {
      ctx.stdio.error(`${missing}Dump terminated\n`);
      return -2;
    }
    for (const route of dump(ctx, filter, one)) {
      printRoute(ctx, fillRoute(route, ctx.nowUs), filter);
    }
  }
  ctx.print.deleteJson();
  return 0;
}

const dump = (ctx: ToolContext, filter: RouteFilter, family: Family): readonly FibRoute[] =>
  dumpRoutes(ctx.net, family, filter.table || undefined).filter((route) =>
    filter.takes(fillRoute(route, ctx.nowUs)),
  );

/**
 * inet_dump_fib() with strict checking: a table that is not there, but for main
 * (save_route_errhndlr).
 */
function missingTable(ctx: ToolContext, filter: RouteFilter, family: Family): string | undefined {
  const tables = family === 4 ? ctx.net.fib4 : ctx.net.fib6;
  if (!filter.table || filter.table === RT_TABLE_MAIN) return undefined;
  if (tables.tableIds().includes(filter.table)) return undefined;
  return `Error: ipv${family}: FIB table does not exist.\n`;
}

/** The `to` prefix: root, match, or exact. */
function* takePrefix(args: Args, state: ListState): Step<void> {
  const { filter } = state;
  let word = args.take();
  if (matches(word, 'to')) word = yield* args.value();
  const read = function* (text: string): Step<InetPrefix> {
    return yield* getPrefix(args, text, state.ctx.options.family);
  };
  if (matches(word, 'root')) filter.root = yield* read(yield* args.value());
  else if (matches(word, 'match')) filter.match = yield* read(yield* args.value());
  else {
    if (matches(word, 'exact')) word = yield* args.value();
    filter.match = yield* read(word);
    filter.root = filter.match;
  }
}

export function* routeUsage(ctx: ToolContext): Step<never> {
  ctx.stdio.error(USAGE.route);
  return yield* exit(-1);
}

const FILTERS: readonly Option<ListState>[] = [
  {
    names: 'table*',
    *run({ ctx, filter }, value, args) {
      const table = ctx.names.number('rt_tables', value, 0xffff_ffff);
      if (table !== undefined) filter.table = table;
      else if (value === 'all') filter.table = 0;
      else if (value === 'cache') filter.cloned = true;
      else if (value === 'help') yield* routeUsage(ctx);
      else yield* args.invalid('table id value is invalid\n', value);
    },
  },
  {
    names: 'vrf*',
    *run(_state, value, args) {
      yield* args.invalid('Invalid VRF\n', value);
    },
  },
  {
    names: 'cached* cloned*',
    flag: true,
    set({ filter }) {
      filter.cloned = true;
    },
  },
  {
    names: 'tos dsfield*',
    *run({ ctx, filter }, value, args) {
      filter.tos = ctx.names.number('rt_dsfield', value);
      if (filter.tos === undefined) yield* args.invalid('TOS value is invalid\n', value);
    },
  },
  {
    names: 'protocol*',
    *run({ ctx, filter }, value, args) {
      filter.protocol = ctx.names.number('rt_protos', value);
      if (filter.protocol === undefined && value !== 'all') {
        yield* args.invalid('invalid "protocol"\n', value);
      }
    },
  },
  {
    names: 'scope*',
    *run({ ctx, filter }, value, args) {
      filter.scope = ctx.names.number('rt_scopes', value);
      if (filter.scope === undefined && value !== 'all') {
        yield* args.invalid('invalid "scope"\n', value);
      }
    },
  },
  {
    names: 'type*',
    *run({ filter }, value, args) {
      filter.type = parseRouteType(value);
      if (!filter.type) yield* args.invalid('node type value is invalid\n', value);
    },
  },
  {
    names: 'dev oif',
    set(state, value) {
      state.dev = value;
    },
  },
  {
    names: 'iif',
    set(state, value) {
      state.iif = value;
    },
  },
  {
    names: 'mark',
    *run({ filter }, value, args) {
      filter.mark = parseUnsigned(value);
      if (filter.mark === undefined) yield* args.invalid('invalid mark value', value);
    },
  },
  {
    names: 'metric* priority* preference',
    *run({ filter }, value, args) {
      filter.metric = parseUnsigned(value);
      if (filter.metric === undefined) yield* args.invalid('"metric" value is invalid\n', value);
    },
  },
  {
    names: 'via',
    *run({ ctx, filter }, value, args) {
      const family = readFamily(value);
      const text = family === undefined ? value : yield* args.value();
      filter.via = yield* getPrefix(args, text, family ?? ctx.options.family);
    },
  },
  {
    names: 'src',
    *run({ ctx, filter }, value, args) {
      filter.prefSrc = yield* getPrefix(args, value, ctx.options.family);
    },
  },
  {
    names: 'realms* from*',
    flag: true,
    *run(_state, word, args) {
      yield* args.notSimulated('ip route', word);
    },
  },
];

/** iproute_flush(): rounds of dump and delete until a dump finds nothing. */
function flushRoutes(ctx: ToolContext, filter: RouteFilter, families: readonly Family[]): number {
  const { stats } = ctx.options;
  for (const family of families) {
    const missing = missingTable(ctx, filter, family);
    if (missing === undefined || filter.cloned) continue;
    ctx.stdio.error(`${missing}Flush terminated\n`);
    return -2;
  }
  if (filter.cloned) {
    if (!families.includes(4)) return 0;
    ctx.net.sysctl.get('net/ipv4/route/flush')?.write('-1');
    if (stats) ctx.stdio.out('*** IPv4 routing cache is flushed.\n');
    return 0;
  }
  const found = families.flatMap((family) => dump(ctx, filter, family));
  for (const route of found) {
    const gone = ctx.rtnl(() => delRoute(ctx.net, selector(route)));
    if (gone.ok || gone.error.errno === 'ESRCH') continue;
    ctx.stdio.error(rtnlErrorText(gone.error));
    ctx.stdio.error(`Failed to send flush request: ${strerror(gone.error.errno)}\n`);
    return -2;
  }
  if (!stats) return 0;
  if (found.length === 0) ctx.stdio.out('Nothing to flush.\n');
  else {
    ctx.stdio.out(`\n*** Round 1, deleting ${found.length} entries ***\n`);
    ctx.stdio.out('*** Flush is complete after 1 round ***\n');
  }
  return 0;
}

/** The dumped message sent back as RTM_DELROUTE. */
function selector(route: FibRoute): Parameters<typeof delRoute>[1] {
  const first = route.nexthops.length === 1 ? route.nexthops[0] : undefined;
  return {
    family: route.family,
    table: route.table,
    dst: route.dst,
    prefixLen: route.prefixLen,
    tos: route.tos,
    priority: route.priority,
    type: route.type,
    protocol: route.protocol,
    scope: route.scope,
    prefSrc: route.prefSrc,
    oif: first?.dev?.ifindex,
    via: first?.via,
  };
}
