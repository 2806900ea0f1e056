import type { Flow } from '../../../linux/ip/dst';
import { getRoute } from '../../../linux/rtnetlink/route';
import { type Args, matches } from '../args';
import type { Step } from '../command';
import type { ToolContext } from '../context';
import { type AddressFamily, getPrefix, type InetPrefix } from '../inet-prefix';
import { parseUnsigned } from '../number';
import { type Option, parseOption } from '../option-table';
import { printRoute } from './route-print';
import { routeUsage } from './route-show';
import { fillLookup, fillRoute } from './shown-route';

interface GetState {
  readonly ctx: ToolContext;
  readonly flow: { -readonly [K in keyof Flow]: Flow[K] };
  family: AddressFamily;
  dst: InetPrefix | undefined;
  iif: string | undefined;
  oif: string | undefined;
  fibMatch: boolean;
}

/** iproute_get(), ip/iproute.c. */
export function* getRouteCommand(ctx: ToolContext, args: Args): Step<number> {
  const state: GetState = {
    ctx,
    flow: { dst: 0 },
    family: ctx.options.family,
    dst: undefined,
    iif: undefined,
    oif: undefined,
    fibMatch: false,
  };
  while (args.left > 0) {
    if (yield* parseOption(args, state, OPTIONS)) continue;
    let word = args.take();
    if (word === 'to') word = yield* args.value();
    if (matches(word, 'help')) yield* routeUsage(ctx);
    yield* takeDestination(args, state, word);
  }
  if (!state.dst) {
    ctx.stdio.error('need at least a destination address\n');
    return -1;
  }
  const iif = state.iif === undefined ? undefined : ctx.device(state.iif);
  if (state.iif !== undefined && !iif) return ctx.noDevice(state.iif);
  const oif = state.oif === undefined ? undefined : ctx.device(state.oif);
  if (state.oif !== undefined && !oif) return ctx.noDevice(state.oif);
  const family = state.family === 6 ? 6 : 4;
  const dst = state.dst.address ?? (family === 4 ? 0 : 0n);
  const flow: Flow = { ...state.flow, dst, iif: iif?.ifindex, oif: oif?.ifindex };
  const found = getRoute(ctx.net, flow, family);
  if (!found.ok) return ctx.answer(found);
  ctx.print.newJson();
  const { route } = found.value;
  if (state.fibMatch && route) printRoute(ctx, fillRoute(route, ctx.nowUs));
  else printRoute(ctx, fillLookup(found.value, { flow, iif, nowUs: ctx.nowUs }));
  ctx.print.deleteJson();
  return 0;
}

function* takeDestination(args: Args, state: GetState, word: string): Step<void> {
  state.dst = yield* getPrefix(args, word, state.family);
  if (state.family === 0) state.family = state.dst.family;
  const full = state.family === 6 ? 128 : 32;
  if ((state.family === 4 || state.family === 6) && state.dst.bits !== full) {
    state.ctx.stdio.error(
      `Warning: /${state.dst.bits} as prefix is invalid, only /${full} (or none) is supported.\n`,
    );
  }
}

const port = (name: 'sport' | 'dport', key: 'srcPort' | 'dstPort'): Option<GetState> => ({
  names: `${name}*`,
  *run({ flow }, value, args) {
    flow[key] = parseUnsigned(value, 0xffff);
    if (flow[key] === undefined) yield* args.invalid(`invalid ${name}\n`, value);
  },
});

/** inet_proto_a2n(), lib/inet_proto.c. */
const IP_PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['icmp', 1],
  ['tcp', 6],
  ['udp', 17],
  ['ipv6-icmp', 58],
  ['sctp', 132],
]);

const OPTIONS: readonly Option<GetState>[] = [
  {
    names: 'tos dsfield*',
    *run({ ctx, flow }, value, args) {
      flow.tos = ctx.names.number('rt_dsfield', value);
      if (flow.tos === undefined) yield* args.invalid('TOS value is invalid\n', value);
    },
  },
  {
    names: 'from*',
    *run(state, value, args) {
      if (matches(value, 'help')) yield* routeUsage(state.ctx);
      const from = yield* getPrefix(args, value, state.family);
      if (state.family === 0) state.family = from.family;
      state.flow.src = from.address;
    },
  },
  {
    names: 'iif*',
    set(state, value) {
      state.iif = value;
    },
  },
  {
    names: 'mark*',
    *run({ flow }, value, args) {
      flow.mark = parseUnsigned(value);
      if (flow.mark === undefined) yield* args.invalid('invalid mark value', value);
    },
  },
  {
    names: 'oif* dev',
    set(state, value) {
      state.oif = value;
    },
  },
  {
    names: 'notify* connected* as',
    flag: true,
    *run(_state, word, args) {
      yield* args.notSimulated('ip route get', word);
    },
  },
  {
    names: 'vrf*',
    *run(_state, value, args) {
      yield* args.invalid('Invalid VRF\n', value);
    },
  },
  {
    names: 'uid*',
    *run({ flow }, value, args) {
      flow.uid = parseUnsigned(value);
      if (flow.uid === undefined) yield* args.invalid('invalid UID\n', value);
    },
  },
  {
    names: 'fibmatch*',
    flag: true,
    set(state) {
      state.fibMatch = true;
    },
  },
  port('sport', 'srcPort'),
  port('dport', 'dstPort'),
  {
    names: 'ipproto*',
    *run({ flow }, value, args) {
      flow.protocol = IP_PROTOCOLS.get(value) ?? parseUnsigned(value, 255);
      if (flow.protocol === undefined) yield* args.invalid('Invalid "ipproto" value\n', value);
    },
  },
];
