import { familyOf } from '../../wire/ip';
import type { Channel } from './channel';
import type { Command } from './cli-command';
import type { Filter } from './filter/ast';
import { netInNet, runFilter } from './filter/eval';
import { parseFilter, parseNetOrAddress, parseWhere } from './filter/parse';
import type { Proto } from './proto';
import type { Route } from './route';
import { routeLines } from './show-route';
import { bestOf, type Net, type RTable } from './table';

/** struct rt_show_data. */
interface Query {
  net: ReturnType<typeof parseNetOrAddress> | undefined;
  mode: 'equal' | 'for' | 'in';
  all: boolean;
  primary: boolean;
  filtered: boolean;
  count: boolean;
  filter: Filter | undefined;
  protocol: Proto | undefined;
  exportTo:
    | { readonly proto: Proto; readonly mode: 'export' | 'noexport' | 'preexport' | 'exported' }
    | undefined;
  readonly tables: RTable[];
}

/** `show route`, nest/config.Y and nest/rt-show.c. */
export function showRoute({ p, daemon, out }: Command): void {
  const q = parseQuery({ p, daemon });
  if (p.failed) return;
  const tables = chosenTables(q, [...daemon.tables.values()]);
  const counts = { shown: 0, routes: 0, nets: 0 };
  let found = false;
  for (const table of tables) {
    const before = { ...counts };
    const channel = q.exportTo?.proto.channels.find((c) => c.table === table);
    let headed = q.tables.length > 0 && !q.count && !q.net;
    if (headed) out.push(`1007-Table ${table.name}:`);
    for (const net of networks(q, table)) {
      found = true;
      const lines = netLines(q, net, { channel, counts, symbols: daemon.config.symbols });
      if (lines.length === 0 || q.count) continue;
      if (!headed) {
        if (out.length > 0) out.push('1007-');
        out.push(`1007-Table ${table.name}:`);
        headed = true;
      }
      out.push(...lines.map((line) => `1007-${line}`));
    }
    if (!q.count) continue;
    out.push(
      `1007-${counts.shown - before.shown} of ${counts.routes - before.routes} routes for ${counts.nets - before.nets} networks in table ${table.name}`,
    );
  }
  if (q.net && q.mode !== 'in' && !found) out.push('8001 Network not found');
  else if (q.count && tables.length > 1) {
    out.push(
      `0014 Total: ${counts.shown} of ${counts.routes} routes for ${counts.nets} networks in ${tables.length} tables`,
    );
  } else out.push('0000 ');
}

function parseQuery({ p, daemon }: Pick<Command, 'p' | 'daemon'>): Query {
  const q: Query = {
    net: undefined,
    mode: 'equal',
    all: false,
    primary: false,
    filtered: false,
    count: false,
    filter: undefined,
    protocol: undefined,
    exportTo: undefined,
    tables: [],
  };
  const proto = (): Proto | undefined => {
    const { text } = p.expect('CF_SYM_KNOWN');
    const named = daemon.protos.find((known) => known.name === text);
    if (!named) p.fail(`${text} is not a protocol`);
    return named;
  };
  while (!p.is('END')) {
    if (p.is('IP4', 'IP6')) q.net = parseNetOrAddress(p);
    else if (p.take('FOR')) {
      q.net = parseNetOrAddress(p);
      q.mode = 'for';
    } else if (p.take('IN')) {
      q.net = parseNetOrAddress(p);
      q.mode = 'in';
    } else if (p.take('ALL')) q.all = true;
    else if (p.take('PRIMARY')) q.primary = true;
    else if (p.take('FILTERED')) q.filtered = true;
    else if (p.take('COUNT')) q.count = true;
    else if (p.take('STATS')) p.notSimulated('show route stats');
    else if (p.take('TABLE')) tables(p, daemon.tables, q);
    else if (p.take('PROTOCOL')) q.protocol = proto();
    else if (p.take('WHERE')) q.filter = parseWhere(p);
    else if (p.take('FILTER')) q.filter = parseFilter(p);
    else if (p.is('EXPORT', 'NOEXPORT', 'PREEXPORT', 'EXPORTED')) {
      const word = p.next().kind;
      const to = proto();
      const mode = EXPORT_MODES[word];
      if (to && mode) q.exportTo = { proto: to, mode };
    } else p.unexpected();
  }
  if (q.filtered && (q.exportTo || q.primary)) p.fail('Incompatible show route options');
  return q;
}

const EXPORT_MODES: Readonly<Record<string, NonNullable<Query['exportTo']>['mode']>> = {
  EXPORT: 'export',
  NOEXPORT: 'noexport',
  PREEXPORT: 'preexport',
  EXPORTED: 'exported',
};

function tables(p: Command['p'], known: ReadonlyMap<string, RTable>, q: Query): void {
  if (p.take('ALL')) {
    q.tables.push(...known.values());
    return;
  }
  if (!p.is('CF_SYM_KNOWN')) {
    p.unexpected('CF_SYM_KNOWN', 'ALL');
    return;
  }
  const { text } = p.next();
  const table = known.get(text);
  if (table) q.tables.push(table);
  else p.fail('Table expected');
}

/** rt_show_get_default_tables(), rt_show_prepare_tables(). */
function chosenTables(q: Query, all: readonly RTable[]): readonly RTable[] {
  let list: readonly RTable[] = q.tables;
  if (list.length === 0) {
    const proto = q.exportTo?.proto ?? q.protocol;
    list = proto
      ? proto.channels.map((channel) => channel.table)
      : all.filter((table) => table.name === `master${table.family}`);
  }
  const { net } = q;
  return net ? list.filter((table) => table.family === familyOf(net.address)) : list;
}

function networks(q: Query, table: RTable): readonly Net[] {
  const { net } = q;
  if (!net) return table.nets();
  if (q.mode === 'in') return table.nets().filter((known) => netInNet(known.net, net));
  if (q.mode === 'equal') {
    const exact = table.find(net);
    return exact ? [exact] : [];
  }
  const candidates = table
    .nets()
    .filter((known) => netInNet(net, known.net) && known.routes.some((r) => !r.filtered));
  const longest = candidates.sort((a, b) => b.net.prefixLen - a.net.prefixLen)[0];
  return longest ? [longest] : [];
}

/** rt_show_net(). */
function netLines(
  q: Query,
  net: Net,
  {
    channel,
    counts,
    symbols,
  }: {
    readonly channel: Channel | undefined;
    readonly counts: { shown: number; routes: number; nets: number };
    readonly symbols: Parameters<typeof runFilter>[2];
  },
): readonly string[] {
  const lines: string[] = [];
  let counted = false;
  for (const route of net.routes) {
    if (route.filtered !== q.filtered) continue;
    counts.routes++;
    if (!counted) counts.nets++;
    counted = true;
    const shown = q.exportTo ? exported(q, net, { route, channel }) : route;
    if (shown && passes(q, shown, symbols)) {
      counts.shown++;
      const result = q.filter ? runFilter(q.filter, shown, symbols).route : shown;
      lines.push(
        ...routeLines(result, {
          first: lines.length === 0,
          primary: net.routes[0] === route,
          all: q.all,
        }),
      );
    }
    if (q.primary) break;
    if (q.exportTo && q.exportTo.mode !== 'exported') break;
  }
  return lines;
}

function passes(q: Query, route: Route, symbols: Parameters<typeof runFilter>[2]): boolean {
  if (q.protocol && route.sender.proto !== q.protocol) return false;
  return !q.filter || runFilter(q.filter, route, symbols).verdict === 'accept';
}

function exported(
  { exportTo }: Query,
  net: Net,
  { route, channel }: { readonly route: Route; readonly channel: Channel | undefined },
): Route | undefined {
  if (channel?.state !== 'UP' || bestOf(net) !== route) return undefined;
  if (channel.proto.preexport(channel, route) === 'reject') return undefined;
  if (exportTo?.mode === 'preexport') return route;
  const passed = channel.exportRoute(net, route);
  if (exportTo?.mode === 'noexport') return passed ? undefined : route;
  return passed;
}
