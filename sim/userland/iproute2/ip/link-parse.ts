import type { NetDevice } from '../../../linux/device/net-device';
import { type Args, isAlternativeName, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { linkOptions } from './link-options';
import type { LinkParse } from './link-state';
import { USAGE } from './usage';

/** iplink_parse(), ip/iplink.c. Undefined is its -1: the complaint was printed. */
export function* parseLink(
  ctx: ToolContext,
  args: Args,
  create: boolean,
): Step<LinkParse | undefined> {
  const state: LinkParse = {
    ctx,
    create,
    attrs: {},
    name: undefined,
    dev: undefined,
    link: undefined,
    type: undefined,
    group: undefined,
    addressLength: 0,
    refusal: undefined,
    device: undefined,
    lower: undefined,
  };
  while (args.left > 0 && state.type === undefined) {
    if (yield* linkOptions(args, state)) continue;
    if (matches(args.current, 'help')) yield* linkUsage(ctx);
    let word = args.take();
    if (word === 'dev') word = yield* args.value();
    if (state.dev !== state.name) yield* args.garbage('dev', word);
    if (!isAlternativeName(word)) yield* args.invalid('"dev" not a valid ifname', word);
    state.dev = word;
  }
  state.name ??= state.dev;
  state.dev ??= state.name;
  return (yield* finish(ctx, args, state)) ? state : undefined;
}

function* finish(ctx: ToolContext, args: Args, state: LinkParse): Step<boolean> {
  const { attrs, create } = state;
  const known = state.dev === undefined ? undefined : ctx.device(state.dev);
  const bytes = known && addressBytes(known);
  if (!create && bytes && state.addressLength > 0 && state.addressLength !== bytes) {
    ctx.stdio.error(`Invalid address length ${state.addressLength} - must be ${bytes} bytes\n`);
    return false;
  }
  if (attrs.ifindex !== undefined && !create && !attrs.netns) {
    yield* args.fail(
      'index can be used only when creating devices or when moving device to another netns.\n',
    );
  }
  if (state.group !== undefined && state.dev === undefined) {
    if (args.left > 0) yield* linkGarbage(args);
    if (create) yield* args.fail('group cannot be used when creating devices.\n');
    state.type = undefined;
    return true;
  }
  if (create) return yield* finishCreate(ctx, args, state);
  if (state.dev === undefined) {
    yield* args.fail('Not enough information: "dev" argument is required.\n');
    return false;
  }
  if (!known) {
    ctx.noDevice(state.dev);
    return false;
  }
  state.device = known;
  if (state.name !== state.dev) attrs.name = state.name;
  return true;
}

function* finishCreate(ctx: ToolContext, args: Args, state: LinkParse): Step<boolean> {
  if (state.name !== state.dev) {
    yield* args.fail('both "name" and "dev" cannot be used when creating devices.\n');
  }
  if (state.link !== undefined) {
    state.lower = ctx.device(state.link);
    if (!state.lower) {
      ctx.noDevice(state.link);
      return false;
    }
  }
  if (state.name !== undefined) state.attrs.name = state.name;
  return true;
}

/** nl_get_ll_addr_len(): a tunnel's address is an IPv4 address; 0: the device has none. */
const addressBytes = (dev: NetDevice): number =>
  dev.linkType === 'ipip' ? 4 : dev.linkType === 'none' ? 0 : 6;

export function* linkGarbage(args: Args): Step<never> {
  return yield* args.fail(
    `Garbage instead of arguments "${args.current} ...". Try "ip link help".\n`,
  );
}

export function* linkUsage(ctx: ToolContext): Step<never> {
  ctx.stdio.error(USAGE.link);
  return yield* exit(-1);
}
