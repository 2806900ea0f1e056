import type { VxlanAttributes } from '../../../../linux/rtnetlink/link';
import type { Ip } from '../../../../wire/frame';
import { isMulticast } from '../../../../wire/ip';
import type { Args } from '../../args';
import { exit, type Step } from '../../command';
import type { ToolContext } from '../../context';
import { getAddress } from '../../inet-prefix';
import { parseUnsigned } from '../../number';
import { type Option, parseOption } from '../../option-table';
import { unknownOption } from './unknown-option';

interface VxlanState {
  readonly ctx: ToolContext;
  readonly attrs: { -readonly [K in keyof VxlanAttributes]: VxlanAttributes[K] };
  /** The attributes already given (check_duparg). */
  readonly seen: Set<string>;
  daddr: Ip | undefined;
}

/** vxlan_parse_opt(), ip/iplink_vxlan.c. */
export function* parseVxlanKind(
  ctx: ToolContext,
  args: Args,
  create: boolean,
): Step<VxlanAttributes> {
  const state: VxlanState = { ctx, attrs: {}, seen: new Set(), daddr: undefined };
  while (args.left > 0) {
    if (yield* parseOption(args, state, OPTIONS)) continue;
    yield* unknownOption(ctx, args.current, 'vxlan', 'unknown command');
  }
  const { attrs, daddr } = state;
  if (attrs.external && attrs.id !== undefined) {
    yield* fail(ctx, "vxlan: both 'external' and vni cannot be specified\n");
  }
  if (!attrs.external && attrs.id === undefined && create) {
    yield* fail(ctx, 'vxlan: missing virtual network identifier\n');
  }
  if (daddr !== undefined && isMulticast(daddr) && attrs.link === undefined) {
    yield* fail(ctx, "vxlan: 'group' requires 'dev' to be specified\n");
  }
  if (!state.seen.has('dstport') && create) ctx.stdio.error(NO_PORT);
  if (daddr) {
    if (isMulticast(daddr)) attrs.group = daddr;
    else attrs.remote = daddr;
  }
  if (create) attrs.learning ??= true;
  if (attrs.dstPort === 0) attrs.dstPort = undefined;
  return attrs;
}

const NO_PORT =
  'vxlan: destination port not specified\n' +
  'Will use Linux kernel default (non-standard value)\n' +
  "Use 'dstport 4789' to get the IANA assigned value\n" +
  "Use 'dstport 0' to get default and quiet this message\n";

/** A complaint and the parser's -1. */
function* fail(ctx: ToolContext, text: string): Step<never> {
  ctx.stdio.error(text);
  return yield* exit(1);
}

function* once(state: VxlanState, args: Args, key: string, value: string): Step<void> {
  if (state.seen.has(key)) yield* args.garbage(key, value);
  state.seen.add(key);
}

type FlagKey = 'learning' | 'proxy' | 'rsc' | 'l2miss' | 'l3miss' | 'udpCsum';

const flag = (names: string, key: FlagKey, value: boolean): Option<VxlanState> => ({
  names: `${names}*`,
  flag: true,
  *run(state, word, args) {
    if (state.seen.has(key)) yield* args.garbage(word, word);
    state.seen.add(key);
    state.attrs[key] = value;
  },
});

const absent = (names: string): Option<VxlanState> => ({
  names,
  flag: true,
  *run(_state, word, args) {
    yield* args.notSimulated('ip link', `vxlan ${word}`);
  },
});

type NumberKey = 'ttl' | 'ageingSec' | 'limit';

const count = (
  names: string,
  key: NumberKey,
  none: string,
  complaint: string,
): Option<VxlanState> => ({
  names,
  *run(state, value, args) {
    yield* once(state, args, key, value);
    const number = value === none ? 0 : parseUnsigned(value);
    if (number === undefined) yield* args.invalid(complaint, value);
    if (key === 'ttl' && (number ?? 0) > 255) yield* args.invalid('TTL must be <= 255', value);
    state.attrs[key] = number;
  },
});

const endpoint = (name: 'group' | 'remote'): Option<VxlanState> => ({
  names: `${name}*`,
  *run(state, value, args) {
    const multicast = state.daddr !== undefined && isMulticast(state.daddr);
    if (state.daddr !== undefined && multicast !== (name === 'group')) {
      yield* fail(state.ctx, 'vxlan: both group and remote cannot be specified\n');
    }
    yield* once(state, args, 'daddr', value);
    const { address } = yield* getAddress(args, value, familyOfLocal(state));
    if (address === undefined || isMulticast(address) !== (name === 'group') || !address) {
      yield* args.invalid(`invalid ${name} address`, value);
    }
    state.daddr = address;
  },
});

const familyOfLocal = (state: VxlanState): 0 | 4 | 6 =>
  state.attrs.local === undefined ? 0 : typeof state.attrs.local === 'number' ? 4 : 6;

const familyOfRemote = (state: VxlanState): 0 | 4 | 6 =>
  state.daddr === undefined ? 0 : typeof state.daddr === 'number' ? 4 : 6;

const OPTIONS: readonly Option<VxlanState>[] = [
  {
    names: 'id* vni*',
    *run(state, value, args) {
      yield* once(state, args, 'id', value);
      const id = parseUnsigned(value, 0xff_ffff);
      if (id === undefined) yield* args.invalid('invalid id', value);
      state.attrs.id = id;
    },
  },
  endpoint('group'),
  endpoint('remote'),
  {
    names: 'local*',
    *run(state, value, args) {
      yield* once(state, args, 'local', value);
      const { address } = yield* getAddress(args, value, familyOfRemote(state));
      if (!address || isMulticast(address)) yield* args.invalid('invalid local address', value);
      state.attrs.local = address;
    },
  },
  {
    names: 'dev*',
    *run(state, value, args) {
      yield* once(state, args, 'dev', value);
      const dev = state.ctx.device(value);
      if (!dev) yield* exit(state.ctx.noDevice(value));
      state.attrs.link = dev?.ifindex;
    },
  },
  count('ttl* hoplimit*', 'ttl', 'auto', 'invalid TTL'),
  {
    names: 'tos* dsfield*',
    *run(state, value, args) {
      yield* once(state, args, 'tos', value);
      const tos = value === 'inherit' ? 1 : state.ctx.names.number('rt_dsfield', value);
      if (tos === undefined) yield* args.invalid('bad TOS value', value);
      state.attrs.tos = tos;
    },
  },
  absent('df* label* flowlabel*'),
  count('ageing*', 'ageingSec', 'none', 'ageing timer'),
  count('maxaddress*', 'limit', 'unlimited', 'max addresses'),
  {
    names: 'port* srcport*',
    *run(state, value, args) {
      yield* once(state, args, 'srcport', value);
      const low = parseUnsigned(value, 0xffff);
      if (low === undefined) return yield* args.invalid('min port', value);
      const last = yield* args.value();
      const high = parseUnsigned(last, 0xffff);
      if (high === undefined) return yield* args.invalid('max port', last);
      if (low || high) state.attrs.srcPort = { low, high };
    },
  },
  {
    names: 'dstport*',
    *run(state, value, args) {
      yield* once(state, args, 'dstport', value);
      const port = parseUnsigned(value, 0xffff);
      if (port === undefined) yield* args.invalid('dst port', value);
      state.attrs.dstPort = port;
    },
  },
  flag('nolearning', 'learning', false),
  flag('learning', 'learning', true),
  flag('noproxy', 'proxy', false),
  flag('proxy', 'proxy', true),
  flag('norsc', 'rsc', false),
  flag('rsc', 'rsc', true),
  flag('nol2miss', 'l2miss', false),
  flag('l2miss', 'l2miss', true),
  flag('nol3miss', 'l3miss', false),
  flag('l3miss', 'l3miss', true),
  flag('udpcsum', 'udpCsum', true),
  flag('noudpcsum', 'udpCsum', false),
  absent('udp6zerocsumtx* noudp6zerocsumtx* udp6zerocsumrx* noudp6zerocsumrx*'),
  absent('remcsumtx* noremcsumtx* remcsumrx* noremcsumrx*'),
  {
    names: 'external*',
    flag: true,
    set(state) {
      state.attrs.external = true;
      state.attrs.learning = false;
    },
  },
  absent('noexternal* gbp* gpe* vnifilter novnifilter'),
];
