import { type Args, matches } from '../args';
import type { Step } from '../command';
import type { ToolContext } from '../context';
import { getRouteCommand } from './route-get';
import { modifyRoute } from './route-modify';
import { listRoutes, routeUsage } from './route-show';

const NONE = { create: false, excl: false, replace: false, append: false } as const;

/** do_iproute(), ip/iproute.c. */
export function* routeCommand(ctx: ToolContext, args: Args): Step<number> {
  if (args.left < 1) return yield* listRoutes(ctx, args, 'list');
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  if (is('list') || is('show') || is('lst')) return yield* listRoutes(ctx, args, 'list');
  if (is('get')) return yield* getRouteCommand(ctx, args);
  if (is('add')) return yield* modifyRoute(ctx, args, { ...NONE, create: true, excl: true });
  if (is('change') || verb === 'chg') {
    return yield* modifyRoute(ctx, args, { ...NONE, replace: true });
  }
  if (is('replace')) {
    return yield* modifyRoute(ctx, args, { ...NONE, create: true, replace: true });
  }
  if (is('prepend')) return yield* modifyRoute(ctx, args, { ...NONE, create: true });
  if (is('append')) {
    return yield* modifyRoute(ctx, args, { ...NONE, create: true, append: true });
  }
  if (is('test')) return yield* modifyRoute(ctx, args, { ...NONE, excl: true });
  if (is('delete')) return yield* modifyRoute(ctx, args, 'delete');
  if (is('flush')) return yield* listRoutes(ctx, args, 'flush');
  if (is('save') || is('restore') || is('showdump')) {
    return yield* args.notSimulated('ip route', verb);
  }
  if (is('help')) yield* routeUsage(ctx);
  return yield* args.fail(`Command "${verb}" is unknown, try "ip route help".\n`);
}
