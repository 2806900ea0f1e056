import type { Args } from '../args';
import type { Step } from '../command';
import { getAddress } from '../inet-prefix';
import { parseUnsigned } from '../number';
import type { Option } from '../option-table';
import { readFamily } from './family';
import type { RouteParse } from './route-parse';

type NumericMetric = 'mtu' | 'hoplimit' | 'advmss' | 'window' | 'initcwnd' | 'initrwnd';

/** `NAME [ lock ] NUMBER`. */
function metric(names: string, key: NumericMetric, label: string): Option<RouteParse> {
  return {
    names,
    *run(state, value, args) {
      const text = yield* afterLock(args, state, key, value);
      const number = parseUnsigned(text, key === 'hoplimit' ? 255 : 0xffff_ffff);
      if (number === undefined) yield* args.invalid(`"${label}" value is invalid\n`, text);
      state.metrics[key] = number;
    },
  };
}

function* afterLock(args: Args, state: RouteParse, key: string, value: string): Step<string> {
  if (value !== 'lock') return value;
  state.lock.push(key);
  return yield* args.value();
}

function absent(names: string): Option<RouteParse> {
  return {
    names,
    flag: true,
    *run(_state, word, args) {
      yield* args.notSimulated('ip route', word);
    },
  };
}

/** get_time_rtt(), lib/utils.c: milliseconds, kept in eighths when a unit was given. */
function parseRtt(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d*)?)([a-z]*)$/i.exec(text) ?? [];
  if (digits === '') return undefined;
  const value = Number(digits);
  if (unit === '') return Math.ceil(value);
  if (/^(s|secs?)$/i.test(unit)) return Math.ceil(value * 1000) * 8;
  return /^(ms|msecs?)$/i.test(unit) ? Math.ceil(value) * 8 : undefined;
}

/** The branches of iproute_modify() in its order. */
export const ROUTE_OPTIONS: readonly Option<RouteParse>[] = [
  {
    names: 'src',
    *run(state, value, args) {
      const found = yield* getAddress(args, value, state.family);
      if (state.family === 0) state.family = found.family;
      state.prefSrc = found.address;
    },
  },
  absent('as'),
  {
    names: 'via',
    *run(state, value, args) {
      if (state.gateway !== undefined) {
        yield* args.invalid('use nexthop syntax to specify multiple via\n', 'via');
      }
      const family = readFamily(value);
      const text = family === undefined ? value : yield* args.value();
      const found = yield* getAddress(args, text, family ?? state.family);
      if (state.family === 0) state.family = found.family;
      state.gateway = found.address;
    },
  },
  absent('from'),
  {
    names: 'tos dsfield*',
    *run(state, value, args) {
      state.tos = state.ctx.names.number('rt_dsfield', value);
      if (state.tos === undefined) yield* args.invalid('"tos" value is invalid\n', value);
    },
  },
  {
    names: 'expires',
    *run(state, value, args) {
      state.expires = parseUnsigned(value);
      if (state.expires === undefined) yield* args.invalid('"expires" value is invalid\n', value);
    },
  },
  {
    names: 'metric* priority* preference',
    *run(state, value, args) {
      state.priority = parseUnsigned(value);
      if (state.priority === undefined) yield* args.invalid('"metric" value is invalid\n', value);
    },
  },
  {
    names: 'scope',
    *run(state, value, args) {
      state.scope = state.ctx.names.number('rt_scopes', value);
      if (state.scope === undefined) yield* args.invalid('invalid "scope" value\n', value);
    },
  },
  metric('mtu', 'mtu', 'mtu'),
  metric('hoplimit', 'hoplimit', 'hoplimit'),
  metric('advmss', 'advmss', 'mss'),
  absent('reordering*'),
  {
    names: 'rtt',
    *run(state, value, args) {
      const text = yield* afterLock(args, state, 'rtt', value);
      state.metrics.rtt = parseRtt(text);
      if (state.metrics.rtt === undefined) yield* args.invalid('"rtt" value is invalid\n', text);
    },
  },
  absent('rto_min'),
  metric('window*', 'window', 'window'),
  absent('cwnd*'),
  metric('initcwnd*', 'initcwnd', 'initcwnd'),
  metric('initrwnd*', 'initrwnd', 'initrwnd'),
  absent('features*'),
  {
    names: 'quickack*',
    *run(state, value, args) {
      const number = parseUnsigned(value);
      if (number === undefined) yield* args.invalid('"quickack" value is invalid\n', value);
      if ((number ?? 0) > 1) yield* args.invalid('"quickack" value should be 0 or 1\n', value);
      state.metrics.quickack = number;
    },
  },
  {
    names: 'congctl*',
    *run(state, value, args) {
      state.metrics.congctl = yield* afterLock(args, state, 'congctl', value);
    },
  },
  absent('rttvar* ssthresh* realms*'),
  {
    names: 'onlink',
    flag: true,
    set(state) {
      state.onlink = true;
    },
  },
  absent('nhid'),
  {
    names: 'protocol*',
    *run(state, value, args) {
      state.protocol = state.ctx.names.number('rt_protos', value);
      if (state.protocol === undefined) {
        yield* args.invalid('"protocol" value is invalid\n', value);
      }
    },
  },
  {
    names: 'table*',
    *run(state, value, args) {
      state.table = state.ctx.names.number('rt_tables', value, 0xffff_ffff);
      if (state.table === undefined) yield* args.invalid('"table" value is invalid\n', value);
    },
  },
  {
    names: 'vrf*',
    *run(_state, value, args) {
      yield* args.invalid('Invalid VRF\n', value);
    },
  },
  {
    names: 'dev oif',
    set(state, value) {
      state.dev = value;
    },
  },
  {
    names: 'pref*',
    *run(state, value, args) {
      state.pref = (['low', 'medium', 'high'] as const).find((name) => name === value);
      if (!state.pref) yield* args.invalid('"pref" value is invalid\n', value);
    },
  },
  absent('encap ttl-propagate fastopen_no_cookie*'),
];
