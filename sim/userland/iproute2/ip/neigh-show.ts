import type { NetDevice } from '../../../linux/device/net-device';
import { delNeigh, delProxyNeigh, dumpNeigh, dumpProxyNeigh } from '../../../linux/rtnetlink/neigh';
import type { Family } from '../../../wire/ip';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import { rtnlErrorText, type ToolContext } from '../context';
import { type AddressFamily, getPrefix, type InetPrefix, prefixMatches } from '../inet-prefix';
import { type Option, parseOption } from '../option-table';
import {
  fillNeigh,
  fillProxyNeigh,
  NUD,
  parseNudState,
  printNeigh,
  type ShownNeigh,
} from './neigh-print';
import { USAGE } from './usage';

/** MAX_ROUNDS of ip/ipneigh.c. */
const MAX_ROUNDS = 10;
/** The bit that stands for NUD_NONE in the filter. */
const NONE_BIT = 0x100;

interface NeighFilter {
  readonly ctx: ToolContext;
  readonly flush: boolean;
  family: AddressFamily;
  dev: string | undefined;
  device: NetDevice | undefined;
  /** 0 any, -1 nomaster, else an ifindex. */
  master: number;
  unused: boolean;
  states: number;
  statesGiven: boolean;
  proxy: boolean;
  protocol: number;
  prefix: InetPrefix | undefined;
}

/** do_show_or_flush(), ip/ipneigh.c. */
export function* listNeigh(ctx: ToolContext, args: Args, action: 'show' | 'flush'): Step<number> {
  const flush = action === 'flush';
  if (flush && args.left <= 0) {
    ctx.stdio.error('Flush requires arguments.\n');
    return -1;
  }
  const filter: NeighFilter = {
    ctx,
    flush,
    family: ctx.options.family,
    dev: undefined,
    device: undefined,
    master: 0,
    unused: false,
    states: flush ? ~(NUD.PERMANENT | NUD.NOARP) : 0xff & ~NUD.NOARP,
    statesGiven: false,
    proxy: false,
    protocol: 0,
    prefix: undefined,
  };
  while (args.left > 0) {
    if (yield* parseOption(args, filter, FILTERS)) continue;
    let word = args.take();
    if (word === 'to') word = yield* args.value();
    if (matches(word, 'help')) yield* neighUsage(ctx);
    filter.prefix = yield* getPrefix(args, word, filter.family);
    if (filter.family === 0) filter.family = filter.prefix.family;
  }
  if (filter.dev !== undefined) {
    filter.device = ctx.device(filter.dev);
    if (!filter.device) return ctx.noDevice(filter.dev);
  }
  if (flush) return flushNeigh(filter);
  ctx.print.newJson();
  for (const neigh of select(filter)) {
    printNeigh(ctx, neigh, { hideDevice: filter.device !== undefined });
  }
  ctx.print.deleteJson();
  return 0;
}

export function* neighUsage(ctx: ToolContext): Step<never> {
  ctx.stdio.error(USAGE.neigh);
  return yield* exit(-1);
}

function select(filter: NeighFilter): readonly ShownNeigh[] {
  const { net } = filter.ctx;
  const families: readonly Family[] =
    filter.family === 4 ? [4] : filter.family === 6 ? [6] : filter.family === 0 ? [4, 6] : [];
  return families
    .flatMap((family) =>
      filter.proxy
        ? dumpProxyNeigh(net, family).map(fillProxyNeigh)
        : dumpNeigh(net, family).map(fillNeigh),
    )
    .filter((neigh) => takes(filter, neigh));
}

/** The tests at the head of print_neigh(), and the kernel's own for `master`. */
function takes(filter: NeighFilter, n: ShownNeigh): boolean {
  if (filter.device && filter.device !== n.dev) return false;
  if (filter.master > 0 && n.dev?.master?.ifindex !== filter.master) return false;
  if (filter.master < 0 && n.dev?.master) return false;
  const bits = NUD[n.state];
  if (!(filter.states & bits) && !n.proxy && !n.externLearn) {
    if (bits !== 0 || !(filter.states & NONE_BIT)) return false;
  }
  if (!prefixMatches(filter.prefix, n.ip)) return false;
  if (filter.protocol && filter.protocol !== n.protocol) return false;
  return !(filter.unused && n.neighbour && n.neighbour.refcount > 0);
}

function flushNeigh(filter: NeighFilter): number {
  const { ctx } = filter;
  const { stats } = ctx.options;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = select(filter);
    if (found.length === 0) {
      const rounds = `${round} round${round > 1 ? 's' : ''}`;
      const done = `*** Flush is complete after ${rounds} ***\n`;
      if (stats) ctx.stdio.out(round === 0 ? 'Nothing to flush.\n' : done);
      return 0;
    }
    for (const { dev, ip, proxy } of found) {
      if (!dev) continue;
      const gone = proxy
        ? ctx.rtnl(() => delProxyNeigh(ctx.net, dev, ip))
        : ctx.rtnl(() => delNeigh(ctx.net, dev, ip));
      if (gone.ok || gone.error.errno === 'ENOENT') continue;
      ctx.stdio.error(rtnlErrorText(gone.error));
      return 1;
    }
    if (stats) ctx.stdio.out(`\n*** Round ${round + 1}, deleting ${found.length} entries ***\n`);
    filter.states &= ~NUD.FAILED;
  }
  ctx.stdio.out(`*** Flush not complete bailing out after ${MAX_ROUNDS} rounds\n`);
  return 1;
}

const FILTERS: readonly Option<NeighFilter>[] = [
  {
    names: 'dev',
    *run(filter, value, args) {
      if (filter.dev !== undefined) yield* args.duplicate('dev', value);
      filter.dev = value;
    },
  },
  {
    names: 'master',
    *run(filter, value, args) {
      const master = filter.ctx.device(value);
      if (!master) yield* args.invalid('Device does not exist\n', value);
      filter.master = master?.ifindex ?? 0;
    },
  },
  {
    names: 'vrf',
    *run(_filter, value, args) {
      yield* args.invalid('Not a valid VRF name\n', value);
    },
  },
  {
    names: 'nomaster',
    flag: true,
    set(filter) {
      filter.master = -1;
    },
  },
  {
    names: 'unused',
    flag: true,
    set(filter) {
      filter.unused = true;
    },
  },
  {
    names: 'nud',
    *run(filter, value, args) {
      if (!filter.statesGiven) filter.states = 0;
      filter.statesGiven = true;
      const state = parseNudState(value);
      if (!state && value !== 'all') yield* args.invalid('nud state is bad', value);
      if (state) filter.states |= NUD[state] || NONE_BIT;
      else filter.states |= filter.flush ? ~NUD.NOARP : ~0;
    },
  },
  {
    names: 'proxy',
    flag: true,
    set(filter) {
      filter.proxy = true;
    },
  },
  {
    names: 'protocol*',
    *run(filter, value, args) {
      const protocol = filter.ctx.names.number('rt_protos', value);
      if (protocol === undefined && value !== 'all') {
        yield* args.invalid('invalid "protocol"\n', value);
      }
      filter.protocol = protocol ?? 0;
    },
  },
];
