import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { BRIDGE_USAGE } from './usage';

/** do_mdb(), bridge/mdb.c. Multicast snooping keeps no groups here, so the database is empty. */
export function* mdbCommand(ctx: ToolContext, args: Args): Step<number> {
  const verb = args.left > 0 ? args.take() : 'show';
  const is = (name: string): boolean => matches(verb, name);
  if (is('add') || is('delete')) yield* args.notSimulated('bridge mdb', verb);
  if (!is('show') && !is('lst') && !is('list')) {
    if (!is('help')) {
      yield* args.fail(`Command "${verb}" is unknown, try "bridge mdb help".\n`);
    }
    ctx.stdio.error(BRIDGE_USAGE.mdb);
    return yield* exit(-1);
  }
  while (args.left > 0) {
    if (args.take() !== 'dev') continue;
    const name = yield* args.value();
    if (!ctx.device(name)) return ctx.noDevice(name);
  }
  const p = ctx.print;
  p.newJson();
  p.openObject();
  if (p.json) p.openArray('mdb');
  if (p.json) p.closeArray();
  p.openObject('router');
  p.closeObject();
  p.closeObject();
  p.deleteJson();
  return 0;
}
