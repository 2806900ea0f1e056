import type { FibRule, RuleAction } from '../../../linux/ip/rule';
import type { Family } from '../../../wire/ip';
import { isInterfaceName } from '../args';
import type { ToolContext } from '../context';
import { getPrefix, type InetPrefix } from '../inet-prefix';
import { parseInteger, parseUnsigned } from '../number';
import type { Option } from '../option-table';

/** What iprule_modify() collects; undefined is "not given". */
export interface RuleParse {
  readonly ctx: ToolContext;
  readonly family: Family;
  not: boolean | undefined;
  src: FibRule['src'];
  dst: FibRule['dst'];
  priority: number | undefined;
  tos: number | undefined;
  mark: number | undefined;
  markMask: number | undefined;
  protocol: number | undefined;
  table: number | undefined;
  suppressPrefixLen: number | undefined;
  iif: string | undefined;
  oif: string | undefined;
  uidRange: FibRule['uidRange'];
  ipProto: number | undefined;
  sport: FibRule['sport'];
  dport: FibRule['dport'];
  action: RuleAction | undefined;
  /** Something that the kernel refuses with EINVAL. */
  badFamily: boolean;
}

function setPrefix(state: RuleParse, key: 'src' | 'dst', prefix: InetPrefix): void {
  const { address, bits } = prefix;
  if (address === undefined) {
    state[key] = { address: state.family === 4 ? 0 : 0n, prefixLen: 0 };
    return;
  }
  if ((typeof address === 'number') !== (state.family === 4)) state.badFamily = true;
  state[key] = { address, prefixLen: bits };
}

const prefix = (names: string, key: 'src' | 'dst'): Option<RuleParse> => ({
  names,
  *run(state, value, args) {
    setPrefix(state, key, yield* getPrefix(args, value, state.ctx.options.family));
  },
});

const device = (names: string, key: 'iif' | 'oif', label: string): Option<RuleParse> => ({
  names,
  *run(state, value, args) {
    if (!isInterfaceName(value)) yield* args.invalid(`${label} not a valid ifname`, value);
    state[key] = value;
  },
});

const range = (names: string, key: 'sport' | 'dport' | 'uidRange'): Option<RuleParse> => ({
  names,
  *run(state, value, args) {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(value) ?? [];
    if (from === undefined || (key === 'uidRange' && to === undefined)) {
      const label = { sport: 'port', dport: 'dport', uidRange: 'UID' }[key];
      yield* args.invalid(`invalid ${label} range\n`, value);
    }
    state[key] = { from: Number(from), to: Number(to ?? from) };
  },
});

const absent = (names: string): Option<RuleParse> => ({
  names,
  flag: true,
  *run(_state, word, args) {
    yield* args.notSimulated('ip rule', word);
  },
});

const IP_PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['icmp', 1],
  ['tcp', 6],
  ['udp', 17],
  ['ipv6-icmp', 58],
  ['sctp', 132],
]);

/** The branches of iprule_modify() in its order. */
export const RULE_OPTIONS: readonly Option<RuleParse>[] = [
  {
    names: 'not',
    flag: true,
    set(state) {
      state.not = true;
    },
  },
  prefix('from', 'src'),
  prefix('to', 'dst'),
  {
    names: 'preference* order* priority*',
    *run(state, value, args) {
      state.priority = parseUnsigned(value);
      if (state.priority === undefined) {
        yield* args.invalid('preference value is invalid\n', value);
      }
    },
  },
  {
    names: 'tos dsfield*',
    *run(state, value, args) {
      state.tos = state.ctx.names.number('rt_dsfield', value);
      if (state.tos === undefined) yield* args.invalid('TOS value is invalid\n', value);
    },
  },
  {
    names: 'fwmark',
    *run(state, value, args) {
      const [mark = '', mask] = value.split('/');
      state.mark = parseUnsigned(mark);
      if (state.mark === undefined) yield* args.invalid('fwmark value is invalid\n', mark);
      if (mask === undefined) return;
      state.markMask = parseUnsigned(mask);
      if (state.markMask === undefined) yield* args.invalid('fwmask value is invalid\n', mask);
    },
  },
  absent('realms*'),
  {
    names: 'protocol*',
    *run(state, value, args) {
      state.protocol = state.ctx.names.number('rt_protos', value);
      if (state.protocol === undefined) {
        yield* args.invalid('"protocol" value is invalid\n', value);
      }
    },
  },
  absent('tun_id*'),
  {
    names: 'table* lookup',
    *run(state, value, args) {
      state.table = state.ctx.names.number('rt_tables', value, 0xffff_ffff);
      if (state.table === undefined) yield* args.invalid('invalid table ID\n', value);
    },
  },
  {
    names: 'suppress_prefixlength* sup_pl',
    *run(state, value, args) {
      const length = parseInteger(value);
      if (length === undefined || length < 0) {
        yield* args.invalid('suppress_prefixlength value is invalid\n', value);
      }
      state.suppressPrefixLen = length;
    },
  },
  absent('suppress_ifgroup* sup_group'),
  device('dev iif', 'iif', '"iif"/"dev"'),
  device('oif', 'oif', '"oif"'),
  absent('l3mdev'),
  range('uidrange', 'uidRange'),
  absent('nat map-to*'),
  {
    names: 'ipproto',
    *run(state, value, args) {
      state.ipProto = IP_PROTOCOLS.get(value) ?? parseUnsigned(value, 255);
      if (state.ipProto === undefined) yield* args.invalid('Invalid "ipproto" value\n', value);
    },
  },
  range('sport', 'sport'),
  range('dport', 'dport'),
];
