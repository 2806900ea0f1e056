import type { FdbEntry } from '../../../linux/rtnetlink/fdb';
import { dumpFdb } from '../../../linux/rtnetlink/fdb';
import type { RtnlMessage } from '../../../linux/rtnetlink/notify';
import { WaitQueue } from '../../../linux/wait-queue';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { timestamp } from '../timestamp';
import { printFdb } from './fdb-print';
import { printPort } from './link';
import { BRIDGE_USAGE } from './usage';

type Group = 'link' | 'fdb';

/** do_monitor(), bridge/monitor.c: ports and forwarding entries as they come and go. */
export function* bridgeMonitorCommand(ctx: ToolContext, args: Args): Step<number> {
  const groups = new Set<Group>();
  let banner = false;
  while (args.left > 0) {
    const word = args.take();
    if (matches(word, 'file')) yield* args.notSimulated('bridge monitor', 'file');
    else if (matches(word, 'link')) groups.add('link');
    else if (matches(word, 'fdb')) groups.add('fdb');
    else if (matches(word, 'mdb') || matches(word, 'vlan')) {
      yield* args.notSimulated('bridge monitor', word);
    } else if (word === 'all') banner = true;
    else if (matches(word, 'help')) {
      ctx.stdio.error(BRIDGE_USAGE.monitor);
      yield* exit(-1);
    } else {
      yield* args.fail(`Argument "${word}" is unknown, try "bridge monitor help".\n`);
    }
  }
  const all = groups.size === 0;
  const header = (group: Group, label: string): boolean => {
    if (!all && !groups.has(group)) return false;
    if (ctx.options.timestamp) ctx.stdio.out(timestamp(ctx));
    if (banner) ctx.stdio.out(label);
    return true;
  };
  const arrived = new WaitQueue();
  const stop = ctx.net.rtnlListen((message) => {
    const entry = entryOf(ctx, message);
    const deleted = message.kind.startsWith('del');
    if (message.kind === 'newlink' || message.kind === 'dellink') {
      if (message.dev.brport && header('link', '[LINK]')) printPort(ctx, message.dev, deleted);
    } else if (entry && header('fdb', '[NEIGH]')) printFdb(ctx, entry, { deleted });
    arrived.wake();
  });
  try {
    for (;;) yield { kind: 'wait', on: [arrived] };
  } finally {
    stop();
  }
}

/** The entry that a notification is about; one already gone is shown as far as it was named. */
function entryOf(ctx: ToolContext, message: RtnlMessage): FdbEntry | undefined {
  if (message.kind !== 'newfdb' && message.kind !== 'delfdb') return undefined;
  const { dev, mac, vlan } = message;
  const bridge = dev.brport?.bridge;
  const found = dumpFdb(ctx.net, { dev }).find((e) => e.mac === mac && (e.vlan ?? 0) === vlan);
  return (
    found ?? {
      dev,
      mac,
      vlan: vlan || undefined,
      self: bridge === undefined,
      master: bridge,
      state: 'reachable',
      sticky: false,
      externLearn: false,
      dst: undefined,
      port: undefined,
      vni: undefined,
      via: undefined,
      usedUs: ctx.nowUs,
      updatedUs: ctx.nowUs,
    }
  );
}
