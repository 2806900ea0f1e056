import type { NetDevice } from '../../../linux/device/net-device';
import {
  addBridgeVlan,
  type BridgeVlan,
  bridgeVlansOf,
  delBridgeVlan,
} from '../../../linux/rtnetlink/vlan';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { atoi } from '../number';
import { BRIDGE_USAGE } from './usage';

const VLAN_N_VID = 4096;

/** do_vlan(), bridge/vlan.c. */
export function* vlanCommand(ctx: ToolContext, args: Args): Step<number> {
  if (args.left === 0) return yield* showVlans(ctx, args);
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  if (is('add')) return yield* modifyVlan(ctx, args, true);
  if (is('delete')) return yield* modifyVlan(ctx, args, false);
  if (is('show') || is('lst') || is('list')) return yield* showVlans(ctx, args);
  if (is('tunnelshow') || is('set') || is('global')) yield* args.notSimulated('bridge vlan', verb);
  if (is('help')) {
    ctx.stdio.error(BRIDGE_USAGE.vlan);
    return yield* exit(-1);
  }
  return yield* args.fail(`Command "${verb}" is unknown, try "bridge vlan help".\n`);
}

function complain(ctx: ToolContext, text: string): number {
  ctx.stdio.error(text);
  return -1;
}

/** vlan_modify(). */
function* modifyVlan(ctx: ToolContext, args: Args, add: boolean): Step<number> {
  let name: string | undefined;
  let range: string | undefined;
  const flags = new Set<string>();
  while (args.left > 0) {
    const word = args.take();
    if (word === 'dev') name = yield* args.value();
    else if (word === 'vid') range = yield* args.value();
    else if (word === 'tunnel_info') yield* args.notSimulated('bridge vlan', word);
    else flags.add(word);
  }
  if (name === undefined || range === undefined) {
    return complain(ctx, 'Device and VLAN ID are required arguments.\n');
  }
  const dev = ctx.device(name);
  if (!dev) return complain(ctx, `Cannot find bridge device "${name}"\n`);
  const [first = 0, last] = range.split('-').map(atoi);
  if (first >= VLAN_N_VID) return complain(ctx, `Invalid VLAN ID "${first}"\n`);
  if (last !== undefined) {
    if (last >= VLAN_N_VID || first >= last) {
      return complain(ctx, `Invalid VLAN range "${first}-${last}"\n`);
    }
    if (flags.has('pvid')) return complain(ctx, 'pvid cannot be configured for a vlan range\n');
  }
  const self = flags.has('self');
  for (let id = first; id <= (last ?? first); id++) {
    const vlan = { id, pvid: flags.has('pvid'), untagged: flags.has('untagged') };
    const done = add
      ? ctx.rtnl(() => addBridgeVlan(ctx.net, dev, vlan, self))
      : ctx.rtnl(() => delBridgeVlan(ctx.net, dev, id, self));
    if (!done.ok) return ctx.answer(done) && -1;
  }
  return 0;
}

/** vlan_show(). */
function* showVlans(ctx: ToolContext, args: Args): Step<number> {
  let name: string | undefined;
  let wanted = 0;
  while (args.left > 0) {
    const word = args.take();
    if (word === 'dev') {
      const value = yield* args.value();
      if (name !== undefined) yield* args.duplicate('dev', value);
      name = value;
    } else if (word === 'vid') {
      const value = yield* args.value();
      if (wanted) yield* args.duplicate('vid', value);
      wanted = atoi(value);
    }
  }
  const only = name === undefined ? undefined : ctx.device(name);
  if (name !== undefined && !only) return ctx.noDevice(name);
  if (ctx.options.stats > 0) yield* args.notSimulated('bridge vlan', '-s');
  ctx.print.newJson();
  ctx.print.fp('%-16s  %-9s\n', 'port', 'vlan-id');
  for (const dev of ctx.net.devices()) if (!only || only === dev) showDevice(ctx, dev, wanted);
  ctx.print.deleteJson();
  return 0;
}

/** print_vlan_info(). */
function showDevice(ctx: ToolContext, dev: NetDevice, wanted: number): void {
  const p = ctx.print;
  const all = (bridgeVlansOf(dev) ?? []).filter((vlan) => !wanted || vlan.id === wanted);
  const rows = ctx.options.compressVlans ? compress(all) : all.map((vlan) => [vlan, vlan] as const);
  if (rows.length === 0) return;
  p.openObject();
  p.color('ifname', 'ifname', '%-16s  ', dev.name);
  if (p.json) p.openArray('vlans');
  rows.forEach(([first, last], i) => {
    if (i > 0) p.fp('%-16s  ', '');
    p.openObject();
    p.any('vlan', '%u', first.id);
    if (first.id !== last.id) p.any('vlanEnd', '-%u', last.id);
    if (first.pvid || first.untagged) {
      if (p.json) p.openArray('flags');
      if (first.pvid) p.any(undefined, ' %s', 'PVID');
      if (first.untagged) p.any(undefined, ' %s', 'Egress Untagged');
      if (p.json) p.closeArray();
    }
    p.closeObject();
    p.nl();
  });
  if (p.json) p.closeArray();
  p.closeObject();
}

/**
 * RTEXT_FILTER_BRVLAN_COMPRESSED: neighbours with the same flags become a range; a PVID stands
 * alone.
 */
function compress(vlans: readonly BridgeVlan[]): readonly (readonly [BridgeVlan, BridgeVlan])[] {
  const rows: [BridgeVlan, BridgeVlan][] = [];
  for (const vlan of vlans) {
    const row = rows.at(-1);
    const joins =
      row &&
      row[1].id + 1 === vlan.id &&
      row[1].untagged === vlan.untagged &&
      !vlan.pvid &&
      !row[1].pvid;
    if (joins) row[1] = vlan;
    else rows.push([vlan, vlan]);
  }
  return rows;
}
