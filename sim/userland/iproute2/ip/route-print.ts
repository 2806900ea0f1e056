import type { RouteMetrics } from '../../../linux/ip/fib';
import type { Ip } from '../../../wire/frame';
import { addressBits, familyOf, formatIp } from '../../../wire/ip';
import { cFormat } from '../c-format';
import type { ToolContext } from '../context';
import { familyColor, type Printer } from '../print';
import { RouteFilter } from './route-filter';
import type { ShownNexthop, ShownRoute } from './shown-route';

const RT_TABLE_MAIN = 254;
const RTPROT_BOOT = 3;
const NO_FILTER = new RouteFilter();

/** print_route(), ip/iproute.c. What a filter has fixed is not repeated in each line. */
export function printRoute(
  ctx: ToolContext,
  r: ShownRoute,
  filter: RouteFilter = NO_FILTER,
  deleted = false,
): void {
  const p = ctx.print;
  const { details } = ctx.options;
  p.openObject();
  if (deleted) p.bool('deleted', 'Deleted ', true);
  if (r.type !== 'unicast' || details) p.any('type', '%s ', r.type);
  const target = r.dst === undefined ? 'default' : prefixText(r.dst, r.prefixLen);
  p.color(r.dst === undefined ? 'none' : familyColor(r.dst), 'dst', '%s ', target);
  if (r.from) {
    const text = prefixText(r.from.address, r.from.prefixLen);
    p.color(familyColor(r.from.address), 'from', 'from %s ', text);
  }
  if (r.tos && filter.tos === undefined) {
    p.any('tos', 'tos %s ', ctx.names.name('rt_dsfield', r.tos));
  }
  if (r.gateway !== undefined && filter.via?.bits !== addressBits(r.family)) {
    printGateway(p, r.family, r.gateway);
  }
  if (r.dev && filter.oif === undefined) printDevice(p, 'dev', r.dev.name);
  if ((r.table !== RT_TABLE_MAIN || details) && r.table !== 0 && !filter.table) {
    p.any('table', 'table %s ', ctx.names.name('rt_tables', r.table));
  }
  if (!r.cloned) printOrigin(ctx, r, filter);
  if (r.prefSrc !== undefined && filter.prefSrc?.bits !== addressBits(r.family)) {
    p.fp('src ');
    p.color(familyColor(r.prefSrc), 'prefsrc', '%s ', formatIp(r.prefSrc));
  }
  if (r.priority !== undefined && filter.metric === undefined) {
    p.any('metric', 'metric %u ', r.priority);
  }
  printRouteFlags(p, r.flags);
  printTail(p, r, filter);
  for (const nexthop of multipath(p, r)) printNexthop(p, r, nexthop);
  if (r.nexthops.length > 0 && p.json) p.closeArray();
  p.fp('\n');
  p.closeObject();
}

/** print_rta_ifidx(). */
function printDevice(p: Printer, key: 'dev' | 'iif', name: string): void {
  p.fp('%s ', key);
  p.color('ifname', key, '%s ', name);
}

/** A host's prefix is printed without its length. */
const prefixText = (ip: Ip, length: number): string =>
  length === addressBits(familyOf(ip)) ? formatIp(ip) : `${formatIp(ip)}/${length}`;

function printOrigin(ctx: ToolContext, r: ShownRoute, filter: RouteFilter): void {
  const { details } = ctx.options;
  if ((r.protocol !== RTPROT_BOOT || details) && filter.protocol === undefined) {
    ctx.print.any('protocol', 'proto %s ', ctx.names.name('rt_protos', r.protocol));
  }
  if ((r.scope !== 0 || details) && filter.scope === undefined) {
    ctx.print.any('scope', 'scope %s ', ctx.names.name('rt_scopes', r.scope));
  }
}

/** print_rta_gateway(), print_rta_via(): a gateway of the other family names it. */
function printGateway(p: Printer, family: 4 | 6, gateway: Ip): void {
  if (familyOf(gateway) === family) {
    p.fp('via ');
    p.color(familyColor(gateway), 'gateway', '%s ', formatIp(gateway));
    return;
  }
  const name = familyOf(gateway) === 6 ? 'inet6' : 'inet';
  p.openObject('via');
  p.field('family', name);
  p.field('host', formatIp(gateway));
  p.closeObject();
  p.fp('via %s ', name);
  if (!p.json) p.color(familyColor(gateway), undefined, '%s ', formatIp(gateway));
}

function printRouteFlags(p: Printer, flags: readonly string[]): void {
  p.openArray(p.json ? 'flags' : undefined);
  for (const flag of flags) p.any(undefined, '%s ', flag);
  p.closeArray();
}

function printTail(p: Printer, r: ShownRoute, filter: RouteFilter): void {
  if (r.mark) {
    if (p.json) p.field('mark', r.mark);
    else p.fp(r.mark >= 16 ? 'mark 0x%llx ' : 'mark %u ', r.mark);
  }
  if (r.uid !== undefined) p.any('uid', 'uid %u ', r.uid);
  if (r.family === 4 && r.cloned) printCacheFlags(p, r.cacheFlags);
  if (r.expiresSec !== undefined) p.any('expires', 'expires %dsec ', r.expiresSec);
  printMetrics(p, r.metrics);
  if (r.iif && filter.iif === undefined) printDevice(p, 'iif', r.iif.name);
  if (r.pref !== undefined) p.any('pref', 'pref %s', r.pref);
}

/** print_cache_flags(). */
function printCacheFlags(p: Printer, flags: readonly string[]): void {
  if (p.json) {
    p.openArray('cache');
    for (const flag of flags) p.field(undefined, flag);
    p.closeArray();
    return;
  }
  p.fp('%s    cache ', p.separator);
  if (flags.length > 0) p.fp('<%s> ', flags.join(','));
}

/** The metrics in RTAX_* order with the names of mx_names[]. */
const METRICS = [
  'mtu',
  'window',
  'rtt',
  'advmss',
  'hoplimit',
  'initcwnd',
  'initrwnd',
  'quickack',
  'congctl',
] as const;

/** print_rta_metrics(); a round trip time is kept in eighths of a millisecond. */
function printMetrics(p: Printer, metrics: RouteMetrics): void {
  const locked = new Set(metrics.lock ?? []);
  const present = METRICS.filter((name) => metrics[name] !== undefined || locked.has(name));
  if (present.length === 0) return;
  if (p.json) {
    p.openArray('metrics');
    p.openObject();
  }
  for (const name of present) {
    const value = metrics[name] ?? 0;
    p.fp('%s %s', name, locked.has(name) ? 'lock ' : '');
    if (name === 'congctl') p.any('congestion', '%s ', value);
    else if (name === 'rtt') printTime(p, name, Math.floor(Number(value) / 8));
    else p.any(name, '%u ', value);
  }
  if (p.json) {
    p.closeObject();
    p.closeArray();
  }
}

function printTime(p: Printer, name: string, ms: number): void {
  if (p.json) p.field(name, ms);
  else p.fp('%s ', ms >= 1000 ? cFormat('%gs', ms / 1000) : `${ms}ms`);
}

function multipath(p: Printer, r: ShownRoute): readonly ShownNexthop[] {
  if (r.nexthops.length > 0 && p.json) p.openArray('nexthops');
  return r.nexthops;
}

/** One nexthop of print_rta_multipath(). */
function printNexthop(p: Printer, r: ShownRoute, nexthop: ShownNexthop): void {
  p.openObject();
  p.fp('%s\tnexthop ', p.separator);
  if (nexthop.via !== undefined) printGateway(p, r.family, nexthop.via);
  p.any('dev', 'dev %s ', nexthop.dev?.name ?? '*');
  p.any('weight', 'weight %d ', nexthop.weight);
  printRouteFlags(p, nexthop.flags);
  p.closeObject();
}
