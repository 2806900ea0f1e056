import { type Args, matches } from '../args';
import type { Step } from '../command';
import type { ToolContext } from '../context';
import { modifyAddress } from './address-modify';
import { listAddresses } from './address-show';
import { addressUsage } from './address-usage';

/** do_ipaddr(), ip/ipaddress.c. */
export function* addressCommand(ctx: ToolContext, args: Args): Step<number> {
  if (args.left < 1) return yield* listAddresses(ctx, args, 'list');
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  if (is('add')) {
    return yield* modifyAddress(ctx, args, { create: true, excl: true, replace: false });
  }
  if (is('change') || verb === 'chg') {
    return yield* modifyAddress(ctx, args, { create: false, excl: false, replace: true });
  }
  if (is('replace')) {
    return yield* modifyAddress(ctx, args, { create: true, excl: false, replace: true });
  }
  if (is('delete')) return yield* modifyAddress(ctx, args, 'delete');
  if (is('list') || is('show') || is('lst')) return yield* listAddresses(ctx, args, 'list');
  if (is('flush')) return yield* listAddresses(ctx, args, 'flush');
  if (is('save') || is('showdump') || is('restore')) {
    yield* args.notSimulated('ip address', verb);
  }
  if (is('help')) yield* addressUsage(ctx);
  return yield* args.fail(`Command "${verb}" is unknown, try "ip address help".\n`);
}
