import type { NetDevice } from '../../../linux/device/net-device';
import type { Neighbour, NudState, ProxyNeighbour } from '../../../linux/ip/neighbour';
import type { Ip } from '../../../wire/frame';
import { type Family, formatIp } from '../../../wire/ip';
import { matches } from '../args';
import type { ToolContext } from '../context';
import { parseUnsigned } from '../number';
import { familyColor } from '../print';
import { linkAddress } from './link-print';

/** NUD_* of include/uapi/linux/neighbour.h. */
export const NUD: Readonly<Record<NudState, number>> = {
  NONE: 0,
  INCOMPLETE: 0x01,
  REACHABLE: 0x02,
  STALE: 0x04,
  DELAY: 0x08,
  PROBE: 0x10,
  FAILED: 0x20,
  NOARP: 0x40,
  PERMANENT: 0x80,
};

const STATES: readonly NudState[] = [
  'NONE',
  'INCOMPLETE',
  'REACHABLE',
  'STALE',
  'DELAY',
  'PROBE',
  'FAILED',
  'NOARP',
  'PERMANENT',
];

/** nud_state_a2n(), ip/ipneigh.c. */
export function parseNudState(word: string): NudState | undefined {
  if (matches(word, 'permanent')) return 'PERMANENT';
  if (matches(word, 'reachable')) return 'REACHABLE';
  const named = STATES.find((state) => state.toLowerCase() === word);
  if (named) return named;
  if (matches(word, 'failed')) return 'FAILED';
  const number = parseUnsigned(word, 0xff);
  return STATES.find((state) => NUD[state] === number);
}

/** struct ndmsg and its attributes. */
export interface ShownNeigh {
  readonly family: Family;
  readonly ip: Ip;
  readonly dev: NetDevice | undefined;
  readonly lladdr: number | undefined;
  readonly state: NudState;
  readonly router: boolean;
  readonly proxy: boolean;
  readonly externLearn: boolean;
  readonly protocol: number;
  readonly neighbour: Neighbour | undefined;
}

/** neigh_fill_info(), net/core/neighbour.c. */
export const fillNeigh = (n: Neighbour): ShownNeigh => ({
  family: n.family,
  ip: n.ip,
  dev: n.dev,
  lladdr: NUD[n.state] & VALID ? n.lladdr : undefined,
  state: n.state,
  router: n.isRouter,
  proxy: false,
  externLearn: n.externLearn,
  protocol: n.protocol,
  neighbour: n,
});

/** NUD_VALID: the states in which a link-layer address is known. */
const VALID = 0x80 | 0x40 | 0x02 | 0x10 | 0x04 | 0x08;

/** pneigh_fill_info(). */
export const fillProxyNeigh = (n: ProxyNeighbour): ShownNeigh => ({
  family: typeof n.ip === 'number' ? 4 : 6,
  ip: n.ip,
  dev: n.dev,
  lladdr: undefined,
  state: 'NONE',
  router: false,
  proxy: true,
  externLearn: false,
  protocol: 0,
  neighbour: undefined,
});

export interface NeighPrintOptions {
  /** filter.index: the device is the same in every line. */
  readonly hideDevice?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}

/** print_neigh(), ip/ipneigh.c. */
export function printNeigh(ctx: ToolContext, n: ShownNeigh, options: NeighPrintOptions = {}): void {
  const p = ctx.print;
  const dev = options.hideDevice ? undefined : n.dev;
  p.openObject();
  if (options.deleted) p.bool('deleted', 'Deleted ', true);
  if (ctx.options.brief) {
    p.color(familyColor(n.ip), 'dst', '%-39s ', formatIp(n.ip));
    if (dev) p.color('ifname', 'dev', '%-16s ', dev.name);
    if (n.lladdr !== undefined && n.dev)
      p.color('mac', 'lladdr', '%s', linkAddress(n.dev, n.lladdr));
    p.fp('\n');
    p.closeObject();
    return;
  }
  p.color(familyColor(n.ip), 'dst', '%s ', formatIp(n.ip));
  if (dev) {
    p.fp('dev ');
    p.color('ifname', 'dev', '%s ', dev.name);
  }
  if (n.lladdr !== undefined && n.dev) {
    p.fp('lladdr ');
    p.color('mac', 'lladdr', '%s ', linkAddress(n.dev, n.lladdr));
  }
  if (n.router) p.nil('router', '%s ', 'router');
  if (n.proxy) p.nil('proxy', '%s ', 'proxy');
  if (n.externLearn) p.nil('extern_learn', '%s ', 'extern_learn');
  if (ctx.options.stats && n.neighbour) printCacheInfo(ctx, n.neighbour);
  if (n.state !== 'NONE') {
    p.openArray(p.json ? 'state' : undefined);
    p.any(undefined, '%s ', n.state);
    p.closeArray();
  }
  if (n.protocol) p.any('protocol', 'proto %s ', ctx.names.name('rt_protos', n.protocol));
  p.fp('\n');
  p.closeObject();
}

/** print_cacheinfo(). */
function printCacheInfo(ctx: ToolContext, n: Neighbour): void {
  const p = ctx.print;
  const age = (sinceUs: number): number => Math.floor((ctx.nowUs - sinceUs) / 1_000_000);
  if (n.refcount) p.any('refcnt', ' ref %u', n.refcount);
  p.any('used', ' used %u', age(n.usedUs));
  p.any('confirmed', '/%u', age(n.confirmedUs));
  p.any('updated', '/%u', age(n.updatedUs));
  p.any('probes', 'probes %u ', n.probes);
}
