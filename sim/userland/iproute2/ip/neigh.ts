import type { NetDevice } from '../../../linux/device/net-device';
import type { NudState } from '../../../linux/ip/neighbour';
import {
  delNeigh,
  delProxyNeigh,
  getNeigh,
  type NeighFlags,
  newNeigh,
  newProxyNeigh,
} from '../../../linux/rtnetlink/neigh';
import type { Ip } from '../../../wire/frame';
import { type Args, matches } from '../args';
import type { Step } from '../command';
import type { ToolContext } from '../context';
import { getAddress } from '../inet-prefix';
import { macOf, parseLladdr } from '../lladdr';
import { type Option, parseOption } from '../option-table';
import { fillNeigh, parseNudState, printNeigh } from './neigh-print';
import { listNeigh, neighUsage } from './neigh-show';

interface NeighParse {
  readonly ctx: ToolContext;
  lladdr: string | undefined;
  state: NudState;
  proxy: boolean;
  router: boolean;
  use: boolean;
  externLearn: boolean;
  protocol: number | undefined;
  dst: Ip | undefined;
  dstGiven: boolean;
  dev: string | undefined;
}

/** do_ipneigh(), ip/ipneigh.c. */
export function* neighCommand(ctx: ToolContext, args: Args): Step<number> {
  if (args.left < 1) return yield* listNeigh(ctx, args, 'show');
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  if (is('add')) return yield* modify(ctx, args, { create: true, excl: true, replace: false });
  if (is('change') || verb === 'chg') {
    return yield* modify(ctx, args, { create: false, excl: false, replace: true });
  }
  if (is('replace')) return yield* modify(ctx, args, { create: true, excl: false, replace: true });
  if (is('delete')) return yield* modify(ctx, args, 'delete');
  if (is('get')) return yield* get(ctx, args);
  if (is('show') || is('lst') || is('list')) return yield* listNeigh(ctx, args, 'show');
  if (is('flush')) return yield* listNeigh(ctx, args, 'flush');
  if (is('help')) yield* neighUsage(ctx);
  return yield* args.fail(`Command "${verb}" is unknown, try "ip neigh help".\n`);
}

const emptyParse = (ctx: ToolContext): NeighParse => ({
  ctx,
  lladdr: undefined,
  state: 'PERMANENT',
  proxy: false,
  router: false,
  use: false,
  externLearn: false,
  protocol: undefined,
  dst: undefined,
  dstGiven: false,
  dev: undefined,
});

/** ipneigh_modify(). */
function* modify(ctx: ToolContext, args: Args, flags: NeighFlags | 'delete'): Step<number> {
  const state = emptyParse(ctx);
  while (args.left > 0) {
    if (yield* parseOption(args, state, OPTIONS)) continue;
    yield* takeDestination(args, state);
  }
  const { dst } = state;
  if (dst === undefined || (state.dev === undefined && !state.proxy)) {
    return yield* args.fail('Device and destination are required arguments.\n');
  }
  let lladdr: number | undefined;
  if (state.lladdr !== undefined && state.lladdr !== 'null') {
    const bytes = parseLladdr(state.lladdr);
    if (!bytes.ok) {
      ctx.stdio.error(`"${bytes.error}" is invalid lladdr.\n`);
      return -1;
    }
    if (bytes.value.length !== 6) {
      return ctx.answer({ ok: false, error: { errno: 'EINVAL', message: 'Invalid link address' } });
    }
    lladdr = macOf(bytes.value);
  }
  const dev = state.dev === undefined ? undefined : ctx.device(state.dev);
  if (state.dev !== undefined && !dev) return ctx.noDevice(state.dev);
  return send(state, { dst, dev, lladdr, flags });
}

interface Request {
  readonly dst: Ip;
  readonly dev: NetDevice | undefined;
  readonly lladdr: number | undefined;
  readonly flags: NeighFlags | 'delete';
}

function send(state: NeighParse, { dst, dev, lladdr, flags }: Request): number {
  const { ctx } = state;
  if (state.proxy) {
    return ctx.answer(
      flags === 'delete'
        ? ctx.rtnl(() => delProxyNeigh(ctx.net, dev, dst))
        : ctx.rtnl(() => newProxyNeigh(ctx.net, dev, dst)),
    );
  }
  if (!dev) return ctx.answer({ ok: false, error: { errno: 'EINVAL' } });
  if (flags === 'delete') return ctx.answer(ctx.rtnl(() => delNeigh(ctx.net, dev, dst)));
  const { state: nud, router, use, externLearn, protocol } = state;
  const request = { dev, ip: dst, lladdr, state: nud, router, use, externLearn, protocol };
  return ctx.answer(ctx.rtnl(() => newNeigh(ctx.net, request, flags)));
}

function* takeDestination(args: Args, state: NeighParse): Step<void> {
  let word = args.take();
  if (word === 'to') word = yield* args.value();
  if (matches(word, 'help')) word = yield* args.value();
  if (state.dstGiven) yield* args.garbage('to', word);
  yield* setDestination(args, state, word);
}

function* setDestination(args: Args, state: NeighParse, word: string): Step<void> {
  state.dst = (yield* getAddress(args, word, state.ctx.options.family)).address;
  state.dstGiven = true;
}

const flag = (names: string, key: 'router' | 'use' | 'externLearn'): Option<NeighParse> => ({
  names,
  flag: true,
  set(state) {
    state[key] = true;
  },
});

const proxy: Option<NeighParse> = {
  names: 'proxy*',
  *run(state, value, args) {
    if (matches(value, 'help')) yield* neighUsage(state.ctx);
    if (state.dstGiven) yield* args.duplicate('address', value);
    yield* setDestination(args, state, value);
    state.proxy = true;
  },
};

const OPTIONS: readonly Option<NeighParse>[] = [
  {
    names: 'lladdr*',
    *run(state, value, args) {
      if (state.lladdr !== undefined) yield* args.duplicate('lladdr', value);
      state.lladdr = value;
    },
  },
  {
    names: 'nud',
    *run(state, value, args) {
      const nud = parseNudState(value);
      if (!nud) yield* args.invalid('nud state is bad', value);
      state.state = nud ?? 'NONE';
    },
  },
  proxy,
  flag('router', 'router'),
  flag('use', 'use'),
  {
    names: 'managed',
    flag: true,
    *run(_state, _word, args) {
      yield* args.notSimulated('ip neigh', 'managed');
    },
  },
  flag('extern_learn*', 'externLearn'),
  {
    names: 'dev',
    set(state, value) {
      state.dev = value;
    },
  },
  {
    names: 'protocol*',
    *run(state, value, args) {
      state.protocol = state.ctx.names.number('rt_protos', value);
      if (state.protocol === undefined) {
        yield* args.invalid('"protocol" value is invalid\n', value);
      }
    },
  },
];

/** ipneigh_get(). */
function* get(ctx: ToolContext, args: Args): Step<number> {
  const state = emptyParse(ctx);
  const options = OPTIONS.filter((option) => option.names === 'dev' || option === proxy);
  while (args.left > 0) {
    if (yield* parseOption(args, state, options)) continue;
    let word = args.take();
    if (word === 'to') word = yield* args.value();
    if (matches(word, 'help')) yield* neighUsage(ctx);
    if (state.dstGiven) yield* args.garbage('to', word);
    yield* setDestination(args, state, word);
  }
  if (state.proxy) return yield* args.notSimulated('ip neigh get', 'proxy');
  if (state.dst === undefined || state.dev === undefined) {
    ctx.stdio.error('Device and address are required arguments.\n');
    return -1;
  }
  const dev = ctx.device(state.dev);
  if (!dev) return ctx.noDevice(state.dev);
  const found = getNeigh(ctx.net, dev, state.dst);
  if (!found.ok) return ctx.answer(found);
  printNeigh(ctx, fillNeigh(found.value));
  return 0;
}
