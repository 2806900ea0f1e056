import type { BridgePort, BridgePortOptions } from '../../../linux/device/bridge-port';
import type { NetDevice } from '../../../linux/device/net-device';
import { changeLink } from '../../../linux/rtnetlink/link';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { printLinkFlags } from '../ip/link-flags';
import { linkByIndex, printNameAndLink } from '../ip/link-print';
import { atoi } from '../number';
import { type Option, parseOption } from '../option-table';
import type { Printer } from '../print';
import { BRIDGE_USAGE } from './usage';

const STP_STATES: readonly string[] = [
  'disabled',
  'listening',
  'learning',
  'forwarding',
  'blocking',
];

/** do_link(), bridge/link.c. */
export function* bridgeLinkCommand(ctx: ToolContext, args: Args): Step<number> {
  if (args.left === 0) return yield* showPorts(ctx, args);
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  if (is('set') || is('change')) return yield* setPort(ctx, args);
  if (is('show') || is('lst') || is('list')) return yield* showPorts(ctx, args);
  if (is('help')) yield* usage(ctx);
  return yield* args.fail(`Command "${verb}" is unknown, try "bridge link help".\n`);
}

function* usage(ctx: ToolContext): Step<never> {
  ctx.stdio.error(BRIDGE_USAGE.link);
  return yield* exit(-1);
}

/** brlink_show(). */
function* showPorts(ctx: ToolContext, args: Args): Step<number> {
  let wanted: string | undefined;
  while (args.left > 0) {
    if (args.take() !== 'dev') continue;
    const value = yield* args.value();
    if (wanted !== undefined) yield* args.duplicate('dev', value);
    wanted = value;
  }
  const only = wanted === undefined ? undefined : ctx.device(wanted);
  if (wanted !== undefined && !only) return ctx.noDevice(wanted);
  ctx.print.newJson();
  for (const dev of ctx.net.devices()) if (!only || only === dev) printPort(ctx, dev);
  ctx.print.deleteJson();
  return 0;
}

/** print_linkinfo() of bridge/link.c: ports only. */
export function printPort(ctx: ToolContext, dev: NetDevice, deleted = false): void {
  const port = dev.brport;
  if (!port) return;
  const p = ctx.print;
  p.openObject();
  if (deleted) p.bool('deleted', 'Deleted ', true);
  p.any('ifindex', '%d: ', dev.ifindex);
  // br_fill_ifinfo() leaves out a link whose number is the port's own.
  const link = dev.link?.ifindex === dev.ifindex ? undefined : linkByIndex(dev);
  const peerDown = printNameAndLink(p, '%s: ', dev, link);
  printLinkFlags(p, dev.getFlags(), peerDown);
  p.any('mtu', 'mtu %u ', dev.mtu);
  p.any('master', 'master %s ', port.bridge.name);
  p.any('state', 'state %s ', port.state);
  p.any('priority', 'priority %u ', port.priority);
  p.any('cost', 'cost %u ', port.cost);
  if (ctx.options.details) printDetails(p, port);
  p.fp('\n');
  p.closeObject();
}

function printDetails(p: Printer, port: BridgePort): void {
  p.fp('%s    ', p.separator);
  p.onOff('hairpin', 'hairpin %s ', port.hairpin);
  p.onOff('guard', 'guard %s ', port.guard);
  p.onOff('root_block', 'root_block %s ', port.rootBlock);
  p.onOff('fastleave', 'fastleave %s ', port.fastLeave);
  p.onOff('learning', 'learning %s ', port.learning);
  p.onOff('flood', 'flood %s ', port.flood);
  p.onOff('mcast_flood', 'mcast_flood %s ', port.mcastFlood);
  p.onOff('bcast_flood', 'bcast_flood %s ', port.bcastFlood);
  p.any('mcast_router', 'mcast_router %u ', port.mcastRouter);
  p.onOff('mcast_to_unicast', 'mcast_to_unicast %s ', port.mcastToUnicast);
  p.onOff('neigh_suppress', 'neigh_suppress %s ', port.neighSuppress);
  p.onOff('vlan_tunnel', 'vlan_tunnel %s ', port.vlanTunnel);
  p.onOff('isolated', 'isolated %s ', port.isolated);
  p.onOff('locked', 'locked %s ', port.locked);
}

interface SetState {
  dev: string | undefined;
  readonly port: { -readonly [K in keyof BridgePortOptions]: BridgePortOptions[K] };
}

type FlagKey = {
  [K in keyof BridgePortOptions]-?: Exclude<BridgePortOptions[K], undefined> extends boolean
    ? K
    : never;
}[keyof BridgePortOptions];

const flag = (name: string, key: FlagKey): Option<SetState> => ({
  names: name,
  *run(state, value, args) {
    state.port[key] = yield* args.onOff(name, value);
  },
});

const number = (name: 'cost' | 'priority' | 'mcast_router'): Option<SetState> => ({
  names: name,
  set(state, value) {
    const parsed = atoi(value);
    // brlink_modify() sends a cost only if there is one.
    if (name === 'cost' && parsed <= 0) return;
    state.port[name === 'mcast_router' ? 'mcastRouter' : name] = parsed;
  },
});

const OPTIONS: readonly Option<SetState>[] = [
  {
    names: 'dev',
    set(state, value) {
      state.dev = value;
    },
  },
  flag('guard', 'guard'),
  flag('hairpin', 'hairpin'),
  flag('fastleave', 'fastLeave'),
  flag('root_block', 'rootBlock'),
  flag('learning', 'learning'),
  flag('flood', 'flood'),
  number('mcast_router'),
  flag('mcast_flood', 'mcastFlood'),
  flag('bcast_flood', 'bcastFlood'),
  flag('mcast_to_unicast', 'mcastToUnicast'),
  number('cost'),
  number('priority'),
  {
    names: 'state',
    *run(state, value, args) {
      const named = STP_STATES.indexOf(value);
      const parsed = /^-?\d+$/.test(value) ? Number(value) : named;
      if (parsed < 0) yield* args.fail('Error: invalid STP port state\n');
      state.port.state = parsed;
    },
  },
  {
    names: 'hwmode self learning_sync backup_port nobackup_port',
    flag: true,
    *run(_state, word, args) {
      yield* args.notSimulated('bridge link', word);
    },
  },
  { names: 'master', flag: true, set() {} },
  flag('neigh_suppress', 'neighSuppress'),
  flag('vlan_tunnel', 'vlanTunnel'),
  flag('isolated', 'isolated'),
  flag('locked', 'locked'),
];

/** brlink_modify(). */
function* setPort(ctx: ToolContext, args: Args): Step<number> {
  const state: SetState = { dev: undefined, port: {} };
  while (args.left > 0) if (!(yield* parseOption(args, state, OPTIONS))) yield* usage(ctx);
  if (state.dev === undefined) {
    ctx.stdio.error('Device is a required argument.\n');
    return -1;
  }
  const dev = ctx.device(state.dev);
  if (!dev) {
    ctx.stdio.error(`Cannot find bridge device "${state.dev}"\n`);
    return -1;
  }
  if (!dev.brport) {
    return ctx.answer({ ok: false, error: { errno: 'EOPNOTSUPP' } }) && -1;
  }
  return ctx.answer(ctx.rtnl(() => changeLink(ctx.net, dev, { brport: state.port }))) && -1;
}
