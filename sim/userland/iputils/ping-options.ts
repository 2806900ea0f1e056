import type { PmtuDiscover } from '../../linux/sk-buff';
import type { Ip } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import { parseIpv4, parseIpv6 } from '../../wire/ip';
import { getopt, type Option } from '../glibc/getopt';
import { strtolOrError } from './error';

/** struct ping_rts as the command line sets it, ping.h of iputils. */
export interface PingOptions {
  family: Family | undefined;
  count: number | undefined;
  intervalMs: number;
  intervalGiven: boolean;
  deadlineSec: number;
  lingerMs: number;
  size: number;
  ttl: number | undefined;
  tos: number;
  mark: number;
  pattern: readonly number[] | undefined;
  pmtudisc: PmtuDiscover | undefined;
  sourceAddr: Ip | undefined;
  device: string | undefined;
  preload: number;
  broadcast: boolean;
  /** -B: the first source address stays. */
  strictSource: boolean;
  numeric: boolean;
  quiet: boolean;
  flood: boolean;
  adaptive: boolean;
  audible: boolean;
  timestamps: boolean;
  outstanding: boolean;
  verbose: boolean;
  noLoop: boolean;
  ident: number | undefined;
  /** Said before anything else. */
  readonly warnings: string[];
}

export type ParsedPing =
  | { readonly kind: 'run'; readonly options: PingOptions; readonly target: string }
  | { readonly kind: 'usage'; readonly error: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'noTarget' }
  /** error(status, 0, text). */
  | { readonly kind: 'error'; readonly text: string; readonly status: number }
  | { readonly kind: 'notSimulated'; readonly option: string };

const OPTSTRING = 'h?4bRT:6F:N:aABc:CdDe:fi:I:l:Lm:M:nOp:qQ:rs:S:t:UvVw:W:';
const INT_MAX = 2_147_483_647;
/** As near as a number comes to 2^63 - 1. */
const LONG_MAX = 2 ** 63;
/**
 * What needs parts of the machine that are not there; each would change what is sent or printed.
 */
const NOT_SIMULATED = new Set(['R', 'T', 'F', 'N', 'r']);

const defaults = (): PingOptions => ({
  family: undefined,
  count: undefined,
  intervalMs: 1000,
  intervalGiven: false,
  deadlineSec: 0,
  lingerMs: 10_000,
  size: 56,
  ttl: undefined,
  tos: 0,
  mark: 0,
  pattern: undefined,
  pmtudisc: undefined,
  sourceAddr: undefined,
  device: undefined,
  preload: 1,
  broadcast: false,
  strictSource: false,
  numeric: false,
  quiet: false,
  flood: false,
  adaptive: false,
  audible: false,
  timestamps: false,
  outstanding: false,
  verbose: false,
  noLoop: false,
  ident: undefined,
  warnings: [],
});

/** main() of ping/ping.c as far as the arguments go. */
export function parsePing(argv: readonly string[]): ParsedPing {
  const parsed = getopt(argv, OPTSTRING);
  const options = defaults();
  const name = argv[0] ?? '';
  if (name.endsWith('4')) options.family = 4;
  if (name.endsWith('6')) options.family = 6;
  for (const option of parsed.ok ? parsed.options : parsed.before) {
    const stop = apply(options, option);
    if (stop) return stop;
  }
  if (!parsed.ok) return { kind: 'usage', error: parsed.error };
  const target = parsed.operands.at(-1);
  if (target === undefined) return { kind: 'noTarget' };
  if (parsed.operands.length > 1) return { kind: 'notSimulated', option: 'source route' };
  if (options.flood && !options.intervalGiven) options.intervalMs = 0;
  return { kind: 'run', options, target };
}

const error = (text: string, status = 2): ParsedPing => ({ kind: 'error', text, status });

type Switch = (o: PingOptions) => void;

/** Options without an argument. */
const SWITCHES: Readonly<Record<string, Switch>> = {
  b: (o) => {
    o.broadcast = true;
  },
  a: (o) => {
    o.audible = true;
  },
  A: (o) => {
    o.adaptive = true;
  },
  B: (o) => {
    o.strictSource = true;
  },
  C: () => undefined,
  d: () => undefined,
  D: (o) => {
    o.timestamps = true;
  },
  f: (o) => {
    o.flood = true;
    o.numeric = true;
  },
  L: (o) => {
    o.noLoop = true;
  },
  n: (o) => {
    o.numeric = true;
  },
  O: (o) => {
    o.outstanding = true;
  },
  q: (o) => {
    o.quiet = true;
  },
  U: () => undefined,
  v: (o) => {
    o.verbose = true;
  },
};

/** Options with a whole number, and its bounds. */
const NUMBERS: Readonly<
  Record<string, readonly [min: number, max: number, set: (o: PingOptions, n: number) => void]>
> = {
  c: [1, LONG_MAX, (o, n) => Object.assign(o, { count: n })],
  e: [0, 0xffff, (o, n) => Object.assign(o, { ident: n })],
  l: [1, 65_536, (o, n) => Object.assign(o, { preload: n })],
  m: [0, 4_294_967_295, (o, n) => Object.assign(o, { mark: n })],
  s: [0, INT_MAX, (o, n) => Object.assign(o, { size: n })],
  S: [1, INT_MAX, () => undefined],
  t: [0, 255, (o, n) => Object.assign(o, { ttl: n })],
  w: [0, INT_MAX, (o, n) => Object.assign(o, { deadlineSec: n })],
};

/** One option; a result ends the parsing. */
function apply(o: PingOptions, { name, value = '' }: Option): ParsedPing | undefined {
  if (NOT_SIMULATED.has(name)) return { kind: 'notSimulated', option: `-${name}` };
  const numeric = NUMBERS[name];
  if (numeric) {
    const [min, max, set] = numeric;
    const number = strtolOrError(value, min, max);
    if ('error' in number) return error(number.error, 1);
    set(o, number.value);
    return undefined;
  }
  const toggle = SWITCHES[name];
  if (toggle) {
    toggle(o);
    return undefined;
  }
  return applySpecial(o, name, value);
}

function applySpecial(o: PingOptions, name: string, value: string): ParsedPing | undefined {
  switch (name) {
    case '4':
    case '6': {
      const family = name === '4' ? 4 : 6;
      if (o.family !== undefined && o.family !== family) {
        return error('only one -4 or -6 option may be specified');
      }
      o.family = family;
      return undefined;
    }
    case 'i':
      return applyInterval(o, value);
    case 'W':
      return applyLinger(o, value);
    case 'I':
      return applySource(o, value);
    case 'M':
      if (value !== 'do' && value !== 'dont' && value !== 'want') {
        return error(`invalid -M argument: ${value}`);
      }
      o.pmtudisc = value;
      return undefined;
    case 'p':
      return applyPattern(o, value);
    case 'Q':
      return applyTos(o, value);
    case 'V':
      return { kind: 'version' };
    default:
      return { kind: 'usage', error: '' };
  }
}

/** ping_strtod(): what a number begins with; the rest is complained about. */
function decimal(o: PingOptions, text: string): number {
  const [number = ''] = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i.exec(text) ?? [];
  if (number.length < text.length) {
    o.warnings.push(`option argument contains garbage: ${text.slice(number.length)}`);
    o.warnings.push('this will become fatal error in the future');
  }
  return Number(number);
}

function applyInterval(o: PingOptions, value: string): ParsedPing | undefined {
  const seconds = decimal(o, value);
  if (seconds > INT_MAX / 1000) return error(`bad timing interval: ${value}`);
  o.intervalMs = Math.max(0, Math.trunc(seconds * 1000));
  o.intervalGiven = true;
  return undefined;
}

function applyLinger(o: PingOptions, value: string): ParsedPing | undefined {
  const seconds = decimal(o, value);
  if (seconds < 0 || seconds > INT_MAX / 1_000_000) return error(`bad linger time: ${value}`);
  // schedule_exit(): a timer of 0 never goes off.
  o.lingerMs = Math.trunc(seconds * 1000) || INT_MAX;
  return undefined;
}

function applySource(o: PingOptions, value: string): ParsedPing | undefined {
  if (!value.includes(':')) {
    const v4 = parseIpv4(value);
    if (v4 === undefined) o.device = value;
    else o.sourceAddr = v4;
    return undefined;
  }
  const [host = '', zone] = value.split('%');
  const v6 = parseIpv6(host);
  if (v6 === undefined) return error(`invalid source address: ${value}`);
  o.sourceAddr = v6;
  if (zone !== undefined) o.device = zone;
  return undefined;
}

/** fill(), ping_common.c: up to 16 bytes in hexadecimal. */
function applyPattern(o: PingOptions, value: string): ParsedPing | undefined {
  const bad = /[^0-9a-f]/i.exec(value);
  if (bad) return error(`patterns must be specified as hex digits: ${value.slice(bad.index)}`);
  const bytes = value.match(/.{1,2}/g) ?? [];
  o.pattern = bytes.slice(0, 16).map((pair) => Number.parseInt(pair, 16));
  return undefined;
}

function applyTos(o: PingOptions, value: string): ParsedPing | undefined {
  const hex = /^0x[0-9a-f]+$/i.test(value);
  if (!hex && !/^\d+$/.test(value)) return error(`bad TOS value: ${value}`);
  const tos = Number(value);
  if (tos > 255) return error(`the decimal value of TOS bits must be in range 0-255: ${tos}`);
  o.tos = tos;
  return undefined;
}
