import type { NetDevice } from '../../../linux/device/net-device';
import { IFF_UP } from '../../../linux/device/net-device';
import { delAddress } from '../../../linux/rtnetlink/addr';
import { type Args, matches } from '../args';
import type { Step } from '../command';
import { rtnlErrorText, type ToolContext } from '../context';
import { getPrefix } from '../inet-prefix';
import { type Option, parseOption } from '../option-table';
import { ADDRESS_FLAGS, printAddress } from './address-print';
import { addressUsage } from './address-usage';
import { LinkFilter } from './link-filter';
import { printLink } from './link-print';
import { printLinkStats } from './link-stats';
import { addressesOf, IFA_F_SECONDARY, type ShownAddress } from './shown-address';

interface ListState {
  readonly ctx: ToolContext;
  readonly filter: LinkFilter;
  dev: string | undefined;
}

/** ipaddr_list_link(): `ip link show` is `ip address show` of the family PACKET. */
export function* listLinks(ctx: ToolContext, args: Args): Step<number> {
  ctx.options.family = 'link';
  ctx.doLink = true;
  return yield* listAddresses(ctx, args, 'list');
}

/** ipaddr_list_flush_or_save(), ip/ipaddress.c. */
export function* listAddresses(
  ctx: ToolContext,
  args: Args,
  action: 'list' | 'flush',
): Step<number> {
  const filter = new LinkFilter();
  filter.oneline = ctx.options.oneline;
  filter.showQueue = true;
  filter.family = ctx.options.family;
  if (action === 'flush') {
    if (args.left <= 0) return complain(ctx, 'Flush requires arguments.\n');
    if (filter.family === 'link') return complain(ctx, 'Cannot flush link addresses.\n');
  }
  const state: ListState = { ctx, filter, dev: undefined };
  yield* parseFilter(args, state);
  if (state.dev !== undefined) {
    const dev = ctx.device(state.dev);
    if (!dev) return complain(ctx, `Device "${state.dev}" does not exist.\n`);
    filter.ifindex = dev.ifindex;
  }
  if (action === 'flush') return flushAddresses(ctx, filter);
  ctx.print.newJson();
  showAll(ctx, filter);
  ctx.print.deleteJson();
  return 0;
}

function complain(ctx: ToolContext, text: string): number {
  ctx.stdio.error(text);
  return -1;
}

function* parseFilter(args: Args, state: ListState): Step<void> {
  while (args.left > 0) {
    if (yield* parseOption(args, state, FILTERS)) continue;
    let word = args.take();
    if (takeFlag(state.filter, word)) continue;
    if (word === 'dev') word = yield* args.value();
    else if (matches(word, 'help')) yield* addressUsage(state.ctx);
    if (state.dev !== undefined) yield* args.garbage('dev', word);
    state.dev = word;
  }
}

const FILTERS: readonly Option<ListState>[] = [
  {
    names: 'to',
    *run({ filter }, value, args) {
      filter.prefix = yield* getPrefix(args, value, filter.family);
      if (filter.family === 0) filter.family = filter.prefix.family;
    },
  },
  {
    names: 'scope',
    *run({ ctx, filter }, value, args) {
      const scope = ctx.names.number('rt_scopes', value);
      if (scope === undefined && value !== 'all') yield* args.invalid('invalid "scope"\n', value);
      filter.scope = scope;
    },
  },
  {
    names: 'up',
    flag: true,
    set({ filter }) {
      filter.up = true;
    },
  },
  {
    names: 'label',
    set({ filter }, value) {
      filter.label = value;
    },
  },
  {
    names: 'group',
    *run({ ctx, filter }, value, args) {
      const group = ctx.names.number('group', value, 0x7fff_ffff);
      if (group === undefined) yield* args.invalid('Invalid "group" value\n', value);
      filter.group = group ?? -1;
    },
  },
  {
    names: 'master',
    *run({ ctx, filter }, value, args) {
      const master = ctx.device(value);
      if (!master) yield* args.invalid('Device does not exist\n', value);
      filter.master = master?.ifindex ?? 0;
    },
  },
  {
    names: 'vrf',
    *run(_state, value, args) {
      yield* args.invalid('Not a valid VRF name\n', value);
    },
  },
  {
    names: 'nomaster',
    flag: true,
    set({ filter }) {
      filter.master = -1;
    },
  },
  {
    names: 'type',
    set({ filter }, value) {
      if (value.endsWith('_slave')) filter.slaveKind = value.slice(0, -'_slave'.length);
      else filter.kind = value;
    },
  },
];

/**
 * get_filter(): a flag's name, perhaps with a minus; `dynamic` and `primary` are the opposite of
 * one.
 */
function takeFlag(filter: LinkFilter, word: string): boolean {
  let invert = word.startsWith('-');
  let name = invert ? word.slice(1) : word;
  if (name === 'dynamic' || name === 'primary') {
    invert = !invert;
    name = name === 'dynamic' ? 'permanent' : 'secondary';
  }
  const flag = ADDRESS_FLAGS.find((f) => f.name === name);
  if (!flag) return false;
  if (invert) filter.flags &= ~flag.mask;
  else filter.flags |= flag.mask;
  filter.flagMask |= flag.mask;
  return true;
}

function showAll(ctx: ToolContext, filter: LinkFilter): void {
  const linkless = filter.family !== 'link' && filter.oneline;
  for (const dev of ctx.net.devices()) {
    if (filter.ifindex && dev.ifindex !== filter.ifindex) continue;
    const addresses = addressesOf(dev, ctx.nowUs);
    if (filter.family !== 'link' && !shown(filter, addresses)) continue;
    showDevice(ctx, filter, dev, { addresses, linkless });
  }
}

/**
 * ipaddr_filter(): devices without a matching address are left out, unless they have none at all.
 */
const shown = (filter: LinkFilter, addresses: readonly ShownAddress[]): boolean =>
  (addresses.length === 0 && filter.family === 0) || addresses.some((a) => filter.takesAddress(a));

function showDevice(
  ctx: ToolContext,
  filter: LinkFilter,
  dev: NetDevice,
  what: { readonly addresses: readonly ShownAddress[]; readonly linkless: boolean },
): void {
  const p = ctx.print;
  if (!ctx.print.json && what.linkless && !ctx.options.brief) {
    showSelected(ctx, filter, dev, what.addresses);
    return;
  }
  p.openObject();
  const taken = what.linkless && !ctx.options.brief ? true : printLink(ctx, dev, filter);
  if (taken && filter.family !== 'link') showSelected(ctx, filter, dev, what.addresses);
  if (taken && !ctx.doLink && ctx.options.stats > 0 && !ctx.options.brief) {
    printLinkStats(ctx, dev);
    p.nl();
  }
  p.closeObject();
}

/** print_selected_addrinfo(). */
function showSelected(
  ctx: ToolContext,
  filter: LinkFilter,
  dev: NetDevice,
  addresses: readonly ShownAddress[],
): void {
  const p = ctx.print;
  if (p.json) p.openArray('addr_info');
  for (const address of addresses) {
    if (filter.family !== 0 && filter.family !== address.family) continue;
    if (filter.up && !(dev.flags & IFF_UP)) continue;
    p.openObject();
    if (filter.takesAddress(address)) {
      printAddress(ctx, address, { withDevice: filter.oneline });
    }
    p.closeObject();
  }
  if (p.json) p.closeArray();
  if (ctx.options.brief) p.fp('\n');
}

/** ipaddr_flush(): rounds of dump and delete, as promoted secondaries come up again. */
function flushAddresses(ctx: ToolContext, filter: LinkFilter): number {
  const limit = ctx.options.maxFlushLoops;
  const onlyPrimary = !(filter.flags & IFA_F_SECONDARY) && !!(filter.flagMask & IFA_F_SECONDARY);
  for (let round = 0; limit === 0 || round < limit; round++) {
    const found = ctx.net
      .devices()
      .flatMap((dev) => addressesOf(dev, ctx.nowUs))
      .filter((a) => filter.takesAddress(a));
    if (found.length === 0) return flushed(ctx, round);
    for (const address of found) {
      const { dev, local, peer, prefixLen } = address;
      const gone = ctx.rtnl(() =>
        delAddress(ctx.net, { dev, local, peer, prefixLen, label: address.label }),
      );
      if (gone.ok || gone.error.errno === 'EADDRNOTAVAIL') continue;
      ctx.stdio.error(rtnlErrorText(gone.error));
      return 1;
    }
    if (ctx.options.stats > 0) {
      ctx.stdio.out(`\n*** Round ${round + 1}, deleting ${found.length} addresses ***\n`);
    }
    if (onlyPrimary) return flushed(ctx, round + 1);
  }
  ctx.stdio.error(`*** Flush remains incomplete after ${limit} rounds. ***\n`);
  return 1;
}

function flushed(ctx: ToolContext, rounds: number): number {
  if (ctx.options.stats === 0) return 0;
  const text = `*** Flush is complete after ${rounds} round${rounds > 1 ? 's' : ''} ***\n`;
  ctx.stdio.out(rounds === 0 ? 'Nothing to flush.\n' : text);
  return 0;
}
