import type { RtnlMessage } from '../../../linux/rtnetlink/notify';
import { WaitQueue } from '../../../linux/wait-queue';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { timestamp } from '../timestamp';
import { printAddress } from './address-print';
import { LinkFilter } from './link-filter';
import { printLink } from './link-print';
import { fillNeigh, printNeigh } from './neigh-print';
import { printRoute } from './route-print';
import { printRule } from './rule-print';
import { fillInet, fillInet6 } from './shown-address';
import { fillRoute } from './shown-route';
import { USAGE } from './usage';

const GROUPS = ['link', 'address', 'route', 'neigh', 'rule', 'nsid'] as const;
type Group = (typeof GROUPS)[number];
/** Groups in which nothing ever happens here. */
const SILENT = ['mroute', 'prefix', 'netconf', 'nexthop', 'stats'];

interface Monitor {
  readonly ctx: ToolContext;
  readonly groups: Set<Group>;
  readonly filter: LinkFilter;
  banner: boolean;
}

/** do_ipmonitor(), ip/ipmonitor.c: prints what rtnetlink tells until a signal ends it. */
export function* monitorCommand(ctx: ToolContext, args: Args): Step<number> {
  const monitor: Monitor = { ctx, groups: new Set(), filter: new LinkFilter(), banner: false };
  monitor.filter.oneline = true;
  yield* parse(monitor, args);
  if (monitor.groups.size === 0) for (const group of GROUPS) monitor.groups.add(group);
  const arrived = new WaitQueue();
  // Printed as it happens: a message carries what it is about, which can have changed when this
  // process next runs. run() writes the text before each wait.
  const stop = ctx.net.rtnlListen((message) => {
    show(monitor, message);
    arrived.wake();
  });
  try {
    for (;;) yield { kind: 'wait', on: [arrived] };
  } finally {
    stop();
  }
}

function* parse(monitor: Monitor, args: Args): Step<void> {
  while (args.left > 0) {
    const word = args.take();
    const group = GROUPS.find((name) => matches(word, name));
    if (matches(word, 'file')) yield* args.notSimulated('ip monitor', 'file');
    else if (matches(word, 'label')) monitor.banner = true;
    else if (group) monitor.groups.add(group);
    else if (SILENT.some((name) => matches(word, name))) {
      yield* args.notSimulated('ip monitor', word);
    } else if (word === 'all') monitor.banner = true;
    else if (matches(word, 'all-nsid')) yield* args.notSimulated('ip monitor', 'all-nsid');
    else if (matches(word, 'help')) {
      monitor.ctx.stdio.error(USAGE.monitor);
      yield* exit(-1);
    } else if (word === 'dev') {
      const name = yield* args.value();
      const dev = monitor.ctx.device(name);
      if (!dev) yield* args.invalid('Device does not exist\n', name);
      monitor.filter.ifindex = dev?.ifindex ?? 0;
    } else {
      yield* args.fail(`Argument "${word}" is unknown, try "ip monitor help".\n`);
    }
  }
}

/** accept_msg(). */
function show(monitor: Monitor, message: RtnlMessage): void {
  const { ctx, filter } = monitor;
  const deleted = message.kind.startsWith('del');
  const family = ctx.options.family;
  switch (message.kind) {
    case 'newlink':
    case 'dellink':
      if (header(monitor, 'link', '[LINK]')) printLink(ctx, message.dev, filter, deleted);
      return;
    case 'newaddr':
    case 'deladdr': {
      const six = typeof message.address.address === 'bigint';
      if (family && family !== (six ? 6 : 4)) return;
      const shown =
        'local' in message.address
          ? fillInet(message.address, ctx.nowUs)
          : fillInet6(message.address, ctx.nowUs);
      if (filter.ifindex && filter.ifindex !== shown.dev.ifindex) return;
      if (!header(monitor, 'address', '[ADDR]')) return;
      printAddress(ctx, shown, { withDevice: true, deleted });
      return;
    }
    case 'newroute':
    case 'delroute':
      if (family && family !== message.route.family) return;
      if (!header(monitor, 'route', '[ROUTE]')) return;
      printRoute(ctx, fillRoute(message.route, ctx.nowUs), undefined, deleted);
      return;
    case 'newneigh':
    case 'delneigh':
      if (family && family !== message.neigh.family) return;
      if (filter.ifindex && filter.ifindex !== message.neigh.dev.ifindex) return;
      if (!header(monitor, 'neigh', '[NEIGH]')) return;
      printNeigh(ctx, fillNeigh(message.neigh), { deleted, hideDevice: filter.ifindex > 0 });
      return;
    case 'newrule':
    case 'delrule':
      if (family && family !== message.rule.family) return;
      if (header(monitor, 'rule', '[RULE]')) printRule(ctx, message.rule, deleted);
      return;
    case 'newnsid':
    case 'delnsid': {
      if (!header(monitor, 'nsid', '[NSID]')) return;
      const name = ctx.netnsNameOf(message.nsid);
      const words = name === undefined ? '' : `(iproute2 netns name: ${name})`;
      ctx.stdio.out(`${deleted ? 'Deleted ' : ''}nsid ${message.nsid} ${words}\n`);
      return;
    }
    case 'newfdb':
    case 'delfdb':
      return;
  }
}

/** print_headers(); false when the group was not asked for. */
function header(monitor: Monitor, group: Group, label: string): boolean {
  if (!monitor.groups.has(group)) return false;
  const { ctx } = monitor;
  if (ctx.options.timestamp) ctx.stdio.out(timestamp(ctx));
  if (monitor.banner) ctx.stdio.out(label);
  return true;
}
