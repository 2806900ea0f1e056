import { type Args, matches } from '../args';
import type { Step } from '../command';
import type { ToolContext } from '../context';
import { listLinks } from './address-show';
import { KIND_USAGE } from './kind-usage';
import { deleteLink, linkProperty, modifyLink } from './link-modify';
import { linkUsage } from './link-parse';

/** do_iplink(), ip/iplink.c. */
export function* linkCommand(ctx: ToolContext, args: Args): Step<number> {
  if (args.left < 1) return yield* listLinks(ctx, args);
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  if (is('add')) return yield* modifyLink(ctx, args, true);
  if (is('set') || is('change')) return yield* modifyLink(ctx, args, false);
  if (is('replace')) return yield* args.notSimulated('ip link', 'replace');
  if (is('delete')) return yield* deleteLink(ctx, args);
  if (is('show') || is('lst') || is('list')) return yield* listLinks(ctx, args);
  if (is('xstats') || is('afstats')) return yield* args.notSimulated('ip link', verb);
  if (is('property')) return yield* linkProperty(ctx, args);
  if (is('help')) return yield* help(ctx, args);
  return yield* args.fail(`Command "${verb}" is unknown, try "ip link help".\n`);
}

/** iplink_help(): the usage of one kind, on stdout. */
function* help(ctx: ToolContext, args: Args): Step<number> {
  if (args.left === 0) yield* linkUsage(ctx);
  const kind = Object.entries(KIND_USAGE).find(([name]) => name === args.current);
  if (!kind) return yield* linkUsage(ctx);
  ctx.stdio.out(kind[1]);
  return 0;
}
