import type { NetDevice } from '../../../linux/device/net-device';
import { dumpFdb, type FdbEntry, flushFdb } from '../../../linux/rtnetlink/fdb';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { atoi } from '../number';
import { addressOfFdb, fdbUsage, modifyFdb } from './fdb-modify';
import { printFdb } from './fdb-print';

/** do_fdb(), bridge/fdb.c. */
export function* fdbCommand(ctx: ToolContext, args: Args): Step<number> {
  if (args.left === 0) return yield* showFdb(ctx, args);
  const verb = args.take();
  const is = (name: string): boolean => matches(verb, name);
  const base = { create: true, excl: false, append: false, replace: false };
  if (is('add')) return yield* modifyFdb(ctx, args, { ...base, excl: true });
  if (is('append')) return yield* modifyFdb(ctx, args, { ...base, append: true });
  if (is('replace')) return yield* modifyFdb(ctx, args, { ...base, replace: true });
  if (is('delete')) return yield* modifyFdb(ctx, args, 'delete');
  if (is('get')) return yield* getFdb(ctx, args);
  if (is('show') || is('lst') || is('list')) return yield* showFdb(ctx, args);
  if (verb === 'flush') return yield* flush(ctx, args);
  if (is('help')) yield* fdbUsage(ctx);
  return yield* args.fail(`Command "${verb}" is unknown, try "bridge fdb help".\n`);
}

interface Filter {
  dev: string | undefined;
  bridge: string | undefined;
  vlan: number;
  states: Set<FdbEntry['state']>;
  dynamic: boolean;
}

/** state_a2n(). */
function parseState(word: string): readonly FdbEntry['state'][] | undefined {
  if (matches(word, 'permanent')) return ['permanent'];
  if (matches(word, 'static') || matches(word, 'temp')) return ['static'];
  if (matches(word, 'stale')) return ['stale'];
  if (matches(word, 'reachable') || matches(word, 'dynamic')) return ['reachable'];
  return word === 'all' ? ['permanent', 'static', 'stale', 'reachable'] : undefined;
}

/** fdb_show(). Unknown words are passed over, as there. */
function* showFdb(ctx: ToolContext, args: Args): Step<number> {
  const filter: Filter = {
    dev: undefined,
    bridge: undefined,
    vlan: 0,
    states: new Set(),
    dynamic: false,
  };
  while (args.left > 0) yield* takeFilter(ctx, args, filter);
  const bridge = filter.bridge === undefined ? undefined : ctx.device(filter.bridge);
  if (filter.bridge !== undefined && !bridge) {
    ctx.stdio.error(`Cannot find bridge device "${filter.bridge}"\n`);
    return -1;
  }
  const dev = filter.dev === undefined ? undefined : ctx.device(filter.dev);
  if (filter.dev !== undefined && !dev) return ctx.noDevice(filter.dev);
  ctx.print.newJson();
  for (const entry of dumpFdb(ctx.net, { bridge, dev })) {
    if (takes(filter, entry, dev)) printFdb(ctx, entry, { hideDevice: dev !== undefined });
  }
  ctx.print.deleteJson();
  return 0;
}

function* takeFilter(ctx: ToolContext, args: Args, filter: Filter): Step<void> {
  const word = args.take();
  switch (word) {
    case 'brport':
    case 'dev':
      filter.dev = yield* args.value();
      return;
    case 'br':
      filter.bridge = yield* args.value();
      return;
    case 'vlan': {
      const value = yield* args.value();
      if (filter.vlan) yield* args.duplicate('vlan', value);
      filter.vlan = atoi(value);
      return;
    }
    case 'state': {
      const value = yield* args.value();
      const states = parseState(value);
      if (!states) yield* args.invalid('invalid state', value);
      for (const state of states ?? []) filter.states.add(state);
      return;
    }
    case 'dynamic':
      filter.dynamic = true;
      return;
    default:
      if (matches(word, 'help')) yield* fdbUsage(ctx);
  }
}

function takes(filter: Filter, entry: FdbEntry, dev: NetDevice | undefined): boolean {
  if (dev && entry.dev !== dev) return false;
  if (filter.states.size > 0 && !filter.states.has(entry.state)) return false;
  if (filter.vlan && filter.vlan !== entry.vlan) return false;
  return !(filter.dynamic && entry.state === 'permanent');
}

/**
 * fdb_get() and br_fdb_get() of the kernel: one entry of a bridge's table, or of the device's
 * own.
 */
function* getFdb(ctx: ToolContext, args: Args): Step<number> {
  const given = new Map<string, string>();
  let self = false;
  while (args.left > 0) {
    let word = args.take();
    if (word === 'brport' || word === 'dev' || word === 'br') {
      given.set(word === 'br' ? 'br' : 'dev', yield* args.value());
    } else if (word === 'vni') yield* args.notSimulated('bridge fdb get', 'vni');
    else if (word === 'self') self = true;
    else if (matches(word, 'vlan')) given.set('vlan', yield* args.value());
    else if (!matches(word, 'master') && !matches(word, 'dynamic')) {
      if (word === 'to') word = yield* args.value();
      if (matches(word, 'help')) yield* fdbUsage(ctx);
      if (given.has('to')) yield* args.garbage('to', word);
      given.set('to', word);
    }
  }
  const to = given.get('to');
  const devName = given.get('dev');
  const bridgeName = given.get('br');
  if (to === undefined || (devName === undefined && bridgeName === undefined)) {
    ctx.stdio.error('Device or master and address are required arguments.\n');
    return -1;
  }
  const mac = addressOfFdb(to);
  if (mac === undefined) {
    ctx.stdio.error(`Invalid mac address ${to}\n`);
    return -1;
  }
  const dev = devName === undefined ? undefined : ctx.device(devName);
  if (devName !== undefined && !dev) return ctx.noDevice(devName);
  const bridge = bridgeName === undefined ? dev?.brport?.bridge : ctx.device(bridgeName);
  if (bridgeName !== undefined && !bridge) {
    ctx.stdio.error(`Cannot find bridge device "${bridgeName}"\n`);
    return -1;
  }
  if (!self && !bridge) {
    const message = 'Device is not a bridge port';
    return ctx.answer({ ok: false, error: { errno: 'EINVAL', message } });
  }
  const vlan = atoi(given.get('vlan') ?? '0');
  const found = dumpFdb(ctx.net, self ? { dev } : { bridge }).find(
    (e) => e.mac === mac && (e.vlan ?? 0) === vlan && e.self === self,
  );
  if (!found) {
    return ctx.answer({ ok: false, error: { errno: 'ENOENT', message: 'Fdb entry not found' } });
  }
  ctx.print.newJson();
  printFdb(ctx, found);
  ctx.print.deleteJson();
  return 0;
}

/** fdb_flush(); only the whole table of a bridge or of one port. */
function* flush(ctx: ToolContext, args: Args): Step<number> {
  let name: string | undefined;
  let master = false;
  while (args.left > 0) {
    const word = args.take();
    if (word === 'dev') name = yield* args.value();
    else if (word === 'help') yield* fdbUsage(ctx);
    else if (word === 'master') master = true;
    else if (word !== 'self') {
      yield* args.notSimulated('bridge fdb flush', word);
    }
  }
  if (name === undefined) {
    ctx.stdio.error('Device is a required argument.\n');
    return yield* exit(-1);
  }
  const dev = ctx.device(name);
  if (!dev) {
    ctx.stdio.error(`Cannot find bridge device "${name}"\n`);
    return -1;
  }
  return ctx.answer(ctx.rtnl(() => flushFdb(ctx.net, dev, master))) && -1;
}
