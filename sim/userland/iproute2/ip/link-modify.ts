import { err } from '../../../base/result';
import type { NetDevice } from '../../../linux/device/net-device';
import { changeLink, delLink, newLink } from '../../../linux/rtnetlink/link';
import { type Args, matches } from '../args';
import type { Step } from '../command';
import type { ToolContext } from '../context';
import { parseKind } from './link-kind';
import { linkGarbage, linkUsage, parseLink } from './link-parse';

/** iplink_modify(RTM_NEWLINK), ip/iplink.c: `ip link add` and `ip link set`. */
export function* modifyLink(ctx: ToolContext, args: Args, create: boolean): Step<number> {
  const parsed = yield* parseLink(ctx, args, create);
  if (!parsed) return -1;
  const kind = yield* parseKind(ctx, args, parsed);
  if (kind === 'failed') return -1;
  const { refusal } = parsed;
  if (create) {
    if (kind === undefined) {
      ctx.stdio.error('Not enough information: "type" argument is required\n');
      return -1;
    }
    if (refusal) return ctx.answer(err(refusal));
    return ctx.answer(ctx.rtnl(() => newLink(ctx.net, parsed.attrs, kind)));
  }
  if (refusal) return ctx.answer(err(refusal));
  const { device } = parsed;
  if (device) return ctx.answer(ctx.rtnl(() => changeLink(ctx.net, device, parsed.attrs)));
  return changeGroup(ctx, parsed.group ?? 0, (dev) =>
    ctx.rtnl(() => changeLink(ctx.net, dev, parsed.attrs)),
  );
}

/** iplink_modify(RTM_DELLINK). */
export function* deleteLink(ctx: ToolContext, args: Args): Step<number> {
  const parsed = yield* parseLink(ctx, args, false);
  if (!parsed) return -1;
  if (parsed.type !== undefined && args.left > 0) {
    if (matches(args.current, 'help')) yield* linkUsage(ctx);
    yield* linkGarbage(args);
  }
  const { device } = parsed;
  if (device) return ctx.answer(ctx.rtnl(() => delLink(ctx.net, device)));
  return changeGroup(ctx, parsed.group ?? 0, (dev) => ctx.rtnl(() => delLink(ctx.net, dev)));
}

/**
 * rtnl_group_changelink() and rtnl_group_dellink(): every device of a group; ENODEV when there is
 * none.
 */
function changeGroup(
  ctx: ToolContext,
  group: number,
  change: (dev: NetDevice) => ReturnType<typeof changeLink>,
): number {
  const members = ctx.net.devices().filter((dev) => dev.group === group);
  if (members.length === 0) {
    return ctx.answer({ ok: false, error: { errno: 'ENODEV' } });
  }
  for (const dev of members) {
    if (dev.dead) continue;
    const code = ctx.answer(change(dev));
    if (code !== 0) return code;
  }
  return 0;
}

/** iplink_prop(): `ip link property add|del dev NAME altname NAME`. */
export function* linkProperty(ctx: ToolContext, args: Args): Step<number> {
  const verb = args.left > 0 ? args.take() : 'help';
  const add = matches(verb, 'add');
  if (!add && !matches(verb, 'del')) yield* linkUsage(ctx);
  let dev: NetDevice | undefined;
  const names: string[] = [];
  while (args.left > 0) {
    const word = args.take();
    if (word === 'dev') {
      const name = yield* args.value();
      dev = ctx.device(name);
      if (!dev) return ctx.noDevice(name);
    } else if (word === 'altname') names.push(yield* args.value());
    else yield* args.fail(`Error: argument "${word}" is wrong: \n`);
  }
  if (!dev) {
    return yield* args.fail('Not enough information: "dev" argument is required.\n');
  }
  for (const name of names) {
    const attrs = add ? { addAltName: name } : { delAltName: name };
    const code = ctx.answer(ctx.rtnl(() => changeLink(ctx.net, dev, attrs)));
    if (code !== 0) return code;
  }
  return 0;
}
