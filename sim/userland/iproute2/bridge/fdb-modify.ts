import { delFdb, type FdbFlags, type FdbRequest, newFdb } from '../../../linux/rtnetlink/fdb';
import type { Ip, Mac } from '../../../wire/frame';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { getAddress } from '../inet-prefix';
import { atoi, parseUnsigned } from '../number';
import { type Option, parseOption } from '../option-table';
import { BRIDGE_USAGE } from './usage';

interface FdbParse {
  readonly ctx: ToolContext;
  address: string | undefined;
  dev: string | undefined;
  dst: Ip | undefined;
  port: number | undefined;
  vni: number | undefined;
  srcVni: number | undefined;
  via: number | undefined;
  vlan: number | undefined;
  self: boolean;
  master: boolean;
  use: boolean;
  externLearn: boolean;
  sticky: boolean;
  permanent: boolean;
  reachable: boolean;
  noarp: boolean;
}

export function* fdbUsage(ctx: ToolContext): Step<never> {
  ctx.stdio.error(BRIDGE_USAGE.fdb);
  return yield* exit(-1);
}

/** sscanf("%hhx:…"): six hexadecimal bytes, whatever follows. */
export function addressOfFdb(text: string): Mac | undefined {
  const found = /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}/i.exec(text)?.[0];
  return found?.split(':').reduce((mac, byte) => mac * 256 + Number.parseInt(byte, 16), 0);
}

/** fdb_modify(), bridge/fdb.c. */
export function* modifyFdb(ctx: ToolContext, args: Args, flags: FdbFlags | 'delete'): Step<number> {
  const state: FdbParse = {
    ctx,
    address: undefined,
    dev: undefined,
    dst: undefined,
    port: undefined,
    vni: undefined,
    srcVni: undefined,
    via: undefined,
    vlan: undefined,
    self: false,
    master: false,
    use: false,
    externLearn: false,
    sticky: false,
    permanent: false,
    reachable: false,
    noarp: true,
  };
  while (args.left > 0) {
    if (yield* parseOption(args, state, OPTIONS)) continue;
    let word = args.take();
    if (word === 'to') word = yield* args.value();
    if (matches(word, 'help')) yield* fdbUsage(ctx);
    if (state.address !== undefined) yield* args.garbage('to', word);
    state.address = word;
  }
  if (state.dev === undefined || state.address === undefined) {
    ctx.stdio.error('Device and address are required arguments.\n');
    return -1;
  }
  const mac = addressOfFdb(state.address);
  if (mac === undefined) {
    ctx.stdio.error(`Invalid mac address ${state.address}\n`);
    return -1;
  }
  const dev = ctx.device(state.dev);
  if (!dev) return ctx.noDevice(state.dev);
  const permanent = state.permanent || !state.reachable;
  const request: FdbRequest = {
    dev,
    mac,
    vlan: state.vlan,
    self: state.self || !state.master,
    master: state.master,
    state: permanent ? 'permanent' : state.noarp ? 'static' : 'dynamic',
    sticky: state.sticky,
    externLearn: state.externLearn,
    use: state.use,
    dst: state.dst,
    port: state.port || undefined,
    vni: state.vni,
    srcVni: state.srcVni,
    via: state.via,
  };
  const done =
    flags === 'delete'
      ? ctx.rtnl(() => delFdb(ctx.net, request))
      : ctx.rtnl(() => newFdb(ctx.net, request, flags));
  return ctx.answer(done) && -1;
}

type FlagKey = 'self' | 'master' | 'use' | 'externLearn' | 'sticky' | 'permanent' | 'reachable';

const flag = (names: string, key: FlagKey): Option<FdbParse> => ({
  names,
  flag: true,
  set(state) {
    state[key] = true;
  },
});

const vni = (names: string, key: 'vni' | 'srcVni', label: string): Option<FdbParse> => ({
  names,
  *run(state, value, args) {
    state[key] = parseUnsigned(value, 0xff_ffff);
    if (state[key] === undefined) yield* args.invalid(`invalid ${label}\n`, value);
  },
});

const OPTIONS: readonly Option<FdbParse>[] = [
  {
    names: 'dev',
    set(state, value) {
      state.dev = value;
    },
  },
  {
    names: 'dst',
    *run(state, value, args) {
      if (state.dst !== undefined) yield* args.garbage('dst', value);
      state.dst = (yield* getAddress(args, value, state.ctx.options.family)).address;
    },
  },
  {
    names: 'nhid',
    *run(_state, _value, args) {
      yield* args.notSimulated('bridge fdb', 'nhid');
    },
  },
  {
    names: 'port',
    *run(state, value, args) {
      state.port = parseUnsigned(value, 0xffff);
      if (state.port === undefined) yield* args.invalid('invalid port\n', value);
    },
  },
  vni('vni', 'vni', 'VNI'),
  vni('src_vni', 'srcVni', 'src VNI'),
  {
    names: 'via',
    *run(state, value) {
      const dev = state.ctx.device(value);
      if (!dev) yield* exit(state.ctx.noDevice(value));
      state.via = dev?.ifindex;
    },
  },
  flag('self', 'self'),
  flag('master*', 'master'),
  {
    names: 'router*',
    flag: true,
    *run(_state, word, args) {
      yield* args.notSimulated('bridge fdb', word);
    },
  },
  flag('local* permanent*', 'permanent'),
  flag('temp* static*', 'reachable'),
  {
    names: 'dynamic*',
    flag: true,
    set(state) {
      state.reachable = true;
      state.noarp = false;
    },
  },
  {
    names: 'vlan*',
    *run(state, value, args) {
      if (state.vlan !== undefined) yield* args.garbage('vlan', 'vlan');
      state.vlan = atoi(value);
    },
  },
  flag('use*', 'use'),
  flag('extern_learn*', 'externLearn'),
  flag('sticky*', 'sticky'),
];
