import { type Args, isInterfaceName } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { macOf, parseLladdr } from '../lladdr';
import { netnsAt, netnsByName } from '../netns-name';
import { atoi, parseInteger } from '../number';
import { type Option, parseOption } from '../option-table';
import type { LinkParse } from './link-state';

/** IFALIASZ of include/uapi/linux/if.h. */
const IFALIASZ = 256;

/** The options of iplink_parse() in its order; true when the current word was one. */
export const linkOptions = (args: Args, state: LinkParse): Step<boolean> =>
  parseOption(args, state, OPTIONS);

type LinkFlag = 'arp' | 'multicast' | 'allmulticast' | 'promisc';

/** on_off(): its return -1 ends as exit status 1. */
const flagOption = (name: LinkFlag): Option<LinkParse> => ({
  names: name,
  *run(state, value, args) {
    if (value !== 'on' && value !== 'off') {
      const text = `Error: argument of "${name}" must be "on" or "off", not "${value}"\n`;
      yield* args.fail(text, 1);
    }
    state.attrs[name] = value === 'on';
  },
});

const absent = (names: string, what: string): Option<LinkParse> => ({
  names,
  *run(_state, _value, args) {
    yield* args.notSimulated('ip link', what);
  },
});

const OPTIONS: readonly Option<LinkParse>[] = [
  {
    names: 'up down',
    flag: true,
    set(state, word) {
      state.attrs.up = word === 'up';
    },
  },
  {
    names: 'name',
    *run(state, value, args) {
      yield* takeName(args, state, value);
    },
  },
  {
    names: 'index',
    *run(state, value, args) {
      if (state.attrs.ifindex !== undefined) yield* args.duplicate('index', value);
      if (atoi(value) <= 0) yield* args.invalid('Invalid "index" value', value);
      state.attrs.ifindex = atoi(value);
    },
  },
  {
    names: 'link*',
    set(state, value) {
      state.link = value;
    },
  },
  {
    names: 'address*',
    *run(state, value) {
      const bytes = yield* takeLladdr(state.ctx, value);
      state.addressLength = bytes.length;
      if (bytes.length === 6) state.attrs.address = macOf(bytes);
      else if (state.create) state.refusal = { errno: 'EINVAL' };
    },
  },
  {
    names: 'broadcast* brd',
    *run(state, value) {
      const bytes = yield* takeLladdr(state.ctx, value);
      if (bytes.length === 6) state.attrs.broadcast = macOf(bytes);
      else state.refusal = { errno: 'EINVAL' };
    },
  },
  {
    names: 'txqueuelen* qlen txqlen*',
    *run(state, value, args) {
      if (state.attrs.txQueueLen !== undefined) yield* args.duplicate('txqueuelen', value);
      state.attrs.txQueueLen = yield* takeInteger(args, 'txqueuelen', value);
    },
  },
  {
    names: 'mtu',
    *run(state, value, args) {
      if (state.attrs.mtu !== undefined) yield* args.duplicate('mtu', value);
      state.attrs.mtu = yield* takeInteger(args, 'mtu', value);
    },
  },
  absent('xdpgeneric xdpdrv xdpoffload xdp', 'xdp'),
  {
    names: 'netns',
    *run(state, value, args) {
      if (state.attrs.netns) yield* args.duplicate('netns', value);
      yield* takeNetns(state, value, args);
    },
  },
  flagOption('multicast'),
  flagOption('allmulticast'),
  flagOption('promisc'),
  absent('trailers', 'trailers'),
  flagOption('arp'),
  {
    names: 'carrier',
    *run(state, value, args) {
      state.attrs.carrier = yield* args.onOff('carrier', value);
    },
  },
  absent('vf', 'vf'),
  {
    names: 'master*',
    *run(state, value, args) {
      const master = state.ctx.device(value);
      if (!master) yield* args.invalid('Device does not exist\n', value);
      state.attrs.master = master?.ifindex;
    },
  },
  {
    names: 'vrf',
    *run(_state, value, args) {
      yield* args.invalid('Not a valid VRF name\n', value);
    },
  },
  {
    names: 'nomaster*',
    flag: true,
    set(state) {
      state.attrs.master = 0;
    },
  },
  absent('dynamic*', 'dynamic'),
  {
    names: 'type*',
    set(state, value) {
      state.type = value;
    },
  },
  {
    names: 'alias*',
    *run(state, value, args) {
      if (value.length >= IFALIASZ) yield* args.invalid('alias too long\n', value);
      state.attrs.alias = value;
    },
  },
  {
    names: 'group',
    *run(state, value, args) {
      if (state.group !== undefined) yield* args.duplicate('group', value);
      const group = state.ctx.names.number('group', value, 0x7fff_ffff);
      if (group === undefined) yield* args.invalid('Invalid "group" value\n', value);
      state.group = group;
      state.attrs.group = group;
    },
  },
  absent('mode', 'mode'),
  absent('state', 'state'),
  absent('numtxqueues*', 'numtxqueues'),
  absent('numrxqueues*', 'numrxqueues'),
  {
    names: 'addrgenmode*',
    *run(state, value, args) {
      const mode = ['eui64', 'none', 'stable_secret', 'random'].indexOf(value);
      if (mode < 0) yield* args.invalid('Invalid address generation mode\n', value);
      if (mode > 1) yield* args.notSimulated('ip link', `addrgenmode ${value}`);
      state.attrs.addrGenMode = mode;
    },
  },
  absent('link-netns* link-netnsid*', 'link-netnsid'),
  absent('protodown protodown_reason', 'protodown'),
  absent('gso_max_size gso_max_segs gro_max_size', 'segmentation offload'),
  absent('parentdev', 'parentdev'),
];

function* takeInteger(args: Args, name: string, value: string): Step<number> {
  const number = parseInteger(value);
  if (number !== undefined) return number;
  return yield* args.invalid(`Invalid "${name}" value\n`, value);
}

/** ll_addr_a2n() with its complaint; the parser's -1. */
function* takeLladdr(ctx: ToolContext, value: string): Step<readonly number[]> {
  const bytes = parseLladdr(value);
  if (bytes.ok) return bytes.value;
  ctx.stdio.error(`"${bytes.error}" is invalid lladdr.\n`);
  return yield* exit(1);
}

function* takeNetns(state: LinkParse, value: string, args: Args): Step<void> {
  const { ctx } = state;
  const pid = parseInteger(value);
  const named = netnsByName(ctx.proc, value);
  const net = named ?? (pid === undefined ? undefined : netnsAt(ctx.proc, `/proc/${pid}/ns/net`));
  if (net) {
    state.attrs.netns = net;
    return;
  }
  if (pid === undefined) yield* args.invalid('Invalid "netns" value\n', value);
  state.refusal = { errno: 'ESRCH' };
}

/** The name given with `name`, checked. */
function* takeName(args: Args, state: LinkParse, value: string): Step<void> {
  if (state.name !== undefined) yield* args.duplicate('name', value);
  if (!isInterfaceName(value)) yield* args.invalid('"name" not a valid ifname', value);
  state.name = value;
  state.dev ??= value;
}
