import {
  delRoute,
  type NexthopRequest,
  newRoute,
  type RouteFlags,
  type RouteRequest,
} from '../../../linux/rtnetlink/route';
import type { Family } from '../../../wire/ip';
import { type Args, matches } from '../args';
import type { Step } from '../command';
import type { ToolContext } from '../context';
import { getPrefix, type InetPrefix } from '../inet-prefix';
import { parseOption } from '../option-table';
import { parseNexthops } from './route-nexthop';
import { ROUTE_OPTIONS } from './route-options';
import type { RouteParse } from './route-parse';
import { routeUsage } from './route-show';
import { parseRouteType } from './route-type';

const RT_TABLE_MAIN = 254;
const RT_TABLE_LOCAL = 255;
const RT_SCOPE_UNIVERSE = 0;
const RT_SCOPE_LINK = 253;
const RT_SCOPE_HOST = 254;
const RTPROT_BOOT = 3;

/** iproute_modify(), ip/iproute.c. */
export function* modifyRoute(
  ctx: ToolContext,
  args: Args,
  flags: RouteFlags | 'delete',
): Step<number> {
  const state: RouteParse = {
    ctx,
    family: ctx.options.family,
    dst: undefined,
    type: undefined,
    gateway: undefined,
    dev: undefined,
    prefSrc: undefined,
    tos: undefined,
    priority: undefined,
    scope: undefined,
    table: undefined,
    protocol: undefined,
    expires: undefined,
    pref: undefined,
    onlink: false,
    metrics: {},
    lock: [],
  };
  while (args.left > 0 && args.current !== 'nexthop') {
    if (yield* parseOption(args, state, ROUTE_OPTIONS)) continue;
    yield* takeDestination(args, state);
  }
  if (!state.dst) return yield* routeUsage(ctx);
  const dev = state.dev === undefined ? undefined : ctx.device(state.dev);
  if (state.dev !== undefined && !dev) return ctx.noDevice(state.dev);
  const nexthops = args.left > 0 ? yield* parseNexthops(args, state) : undefined;
  const remove = flags === 'delete';
  const request = { ...toRequest(state, state.dst, { nexthops, remove }), oif: dev?.ifindex };
  return ctx.answer(
    flags === 'delete'
      ? ctx.rtnl(() => delRoute(ctx.net, request))
      : ctx.rtnl(() => newRoute(ctx.net, request, flags)),
  );
}

/** The last branch of the parser: an optional type, then the prefix. */
function* takeDestination(args: Args, state: RouteParse): Step<void> {
  let word = args.take();
  if (word === 'to') word = yield* args.value();
  const type = /^\d/.test(word) ? undefined : parseRouteType(word);
  if (type) {
    state.type = type;
    word = yield* args.value();
  }
  if (matches(word, 'help')) yield* routeUsage(state.ctx);
  if (state.dst) yield* args.garbage('to', word);
  state.dst = yield* getPrefix(args, word, state.family);
  if (state.family === 0) state.family = state.dst.family;
}

function toRequest(
  state: RouteParse,
  dst: InetPrefix,
  more: { readonly nexthops: readonly NexthopRequest[] | undefined; readonly remove: boolean },
): RouteRequest {
  const family: Family = state.family === 6 ? 6 : 4;
  const { type } = state;
  const local = type === 'local' || type === 'broadcast' || type === 'anycast';
  return {
    family,
    table: state.table ?? (local ? RT_TABLE_LOCAL : RT_TABLE_MAIN),
    dst: dst.address ?? (family === 4 ? 0 : 0n),
    prefixLen: dst.bits,
    tos: state.tos,
    priority: state.priority,
    type: type ?? (more.remove ? undefined : 'unicast'),
    protocol: state.protocol ?? (more.remove ? undefined : RTPROT_BOOT),
    scope: state.scope ?? defaultScope(state, family, more),
    prefSrc: state.prefSrc,
    metrics: {
      ...state.metrics,
      ...(state.lock.length > 0 ? { lock: state.lock } : {}),
    },
    via: state.gateway,
    onlink: state.onlink,
    nexthops: more.nexthops,
    expiresSec: state.expires,
    pref: state.pref,
  };
}

/** Undefined is RT_SCOPE_NOWHERE of a deletion: any. */
function defaultScope(
  state: RouteParse,
  family: Family,
  more: { readonly nexthops: readonly NexthopRequest[] | undefined; readonly remove: boolean },
): number | undefined {
  if (family === 6) return RT_SCOPE_UNIVERSE;
  switch (state.type ?? 'unicast') {
    case 'local':
      return RT_SCOPE_HOST;
    case 'broadcast':
    case 'multicast':
    case 'anycast':
      return RT_SCOPE_LINK;
    case 'unicast':
      if (more.remove) return undefined;
      return state.gateway === undefined && !more.nexthops ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    default:
      return more.remove ? undefined : RT_SCOPE_UNIVERSE;
  }
}
