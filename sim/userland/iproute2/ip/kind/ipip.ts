import type { NetDevice } from '../../../../linux/device/net-device';
import type { NewLinkKind } from '../../../../linux/rtnetlink/link';
import type { Args } from '../../args';
import { exit, type Step } from '../../command';
import type { ToolContext } from '../../context';
import { getAddress } from '../../inet-prefix';
import { parseUnsigned } from '../../number';
import { type Option, parseOption } from '../../option-table';
import { unknownOption } from './unknown-option';

type Ipip = Extract<NewLinkKind, { kind: 'ipip' }>;

interface IpipState {
  readonly ctx: ToolContext;
  readonly attrs: { -readonly [K in keyof Ipip]: Ipip[K] };
}

/** iptunnel_parse_opt(), ip/link_iptnl.c, for ipip. */
export function* parseIpipKind(
  ctx: ToolContext,
  args: Args,
  lower: NetDevice | undefined,
): Step<NewLinkKind> {
  const state: IpipState = { ctx, attrs: { kind: 'ipip', link: lower?.ifindex } };
  while (args.left > 0) {
    if (yield* parseOption(args, state, OPTIONS)) continue;
    yield* unknownOption(ctx, args.current, 'ipip', 'unknown command');
  }
  return state.attrs;
}

const endpoint = (key: 'local' | 'remote'): Option<IpipState> => ({
  names: key,
  *run(state, value, args) {
    const { address } = yield* getAddress(args, value, 4);
    state.attrs[key] = typeof address === 'number' ? address : 0;
  },
});

const OPTIONS: readonly Option<IpipState>[] = [
  {
    names: 'mode',
    *run(_state, value, args) {
      if (value === 'ipip' || value === 'ipv4/ipv4' || value === 'ip4ip4') return;
      yield* args.notSimulated('ip link', `ipip mode ${value}`);
    },
  },
  endpoint('remote'),
  endpoint('local'),
  {
    names: 'dev*',
    *run(state, value) {
      const dev = state.ctx.device(value);
      if (!dev) yield* exit(state.ctx.noDevice(value));
      state.attrs.link = dev?.ifindex;
    },
  },
  {
    names: 'ttl hoplimit hlim',
    *run(state, value, args) {
      const ttl = value === 'inherit' ? 0 : parseUnsigned(value, 255);
      if (ttl === undefined) yield* args.invalid('invalid TTL\n', value);
      state.attrs.ttl = ttl;
    },
  },
  {
    names: 'tos tclass dsfield*',
    *run(state, value, args) {
      const tos = value === 'inherit' ? 1 : state.ctx.names.number('rt_dsfield', value);
      if (tos === undefined) yield* args.invalid('bad TOS value', value);
      state.attrs.tos = tos;
    },
  },
  {
    names: 'pmtudisc nopmtudisc',
    flag: true,
    set(state, word) {
      state.attrs.pmtudisc = word === 'pmtudisc';
    },
  },
  {
    names: 'fwmark external noencap encap encap-sport encap-dport 6rd-prefix 6rd-relay_prefix',
    flag: true,
    *run(_state, word, args) {
      yield* args.notSimulated('ip link', `ipip ${word}`);
    },
  },
];
