import { getopt, type Option } from '../glibc/getopt';

/** What the command line of traceroute 2.1 sets. */
export interface TracerouteOptions {
  family: 4 | 6 | undefined;
  /** `default`: UDP to ever higher ports; `udp`: to one. */
  method: 'default' | 'udp' | 'icmp' | 'tcp';
  numeric: boolean;
  dontFragment: boolean;
  firstHop: number;
  maxHops: number;
  probesPerHop: number;
  simultaneous: number;
  port: number | undefined;
  tos: number;
  waitSec: number;
  hereFactor: number;
  nearFactor: number;
  sendWaitSec: number;
  device: string | undefined;
  source: string | undefined;
  mark: number;
  /** undefined: an IP header and 40. */
  packetLength: number | undefined;
  /** --mtu. */
  mtuDiscovery: boolean;
  /** --back. */
  backward: boolean;
  /** -r: SO_DONTROUTE. */
  dontRoute: boolean;
}

export type ParsedTraceroute =
  | { readonly kind: 'run'; readonly options: TracerouteOptions; readonly host: string }
  | { readonly kind: 'usage'; readonly error: string }
  | { readonly kind: 'version' }
  /** ex_error(): text and a line end on standard error, exit 2. */
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'notSimulated'; readonly option: string };

const NOT_SIMULATED = new Set(['A', 'D', 'g', 'l', 'M', 'O', 'P', 'sport']);
const MAX_HOPS = 255;
const MAX_PROBES = 10;

const defaults = (): TracerouteOptions => ({
  family: undefined,
  method: 'default',
  numeric: false,
  dontFragment: false,
  firstHop: 1,
  maxHops: 30,
  probesPerHop: 3,
  simultaneous: 16,
  port: undefined,
  tos: 0,
  waitSec: 5,
  hereFactor: 3,
  nearFactor: 10,
  sendWaitSec: 0,
  device: undefined,
  source: undefined,
  mark: 0,
  packetLength: undefined,
  mtuDiscovery: false,
  backward: false,
  dontRoute: false,
});

/** main() of traceroute.c. */
export function parseTraceroute(argv: readonly string[]): ParsedTraceroute {
  const parsed = getopt(argv, '46AdDeFf:g:Ii:l:M:m:N:nO:P:p:q:rs:Tt:UVw:z:', [
    { name: 'mtu' },
    { name: 'back' },
    { name: 'version', short: 'V' },
    { name: 'help' },
    { name: 'fwmark', argument: 'required' },
    { name: 'icmp', short: 'I' },
    { name: 'tcp', short: 'T' },
    { name: 'udp', short: 'U' },
    { name: 'debug', short: 'd' },
    { name: 'dont-fragment', short: 'F' },
    { name: 'extensions', short: 'e' },
    { name: 'as-path-lookups', short: 'A' },
    { name: 'dccp', short: 'D' },
    { name: 'gateway', short: 'g', argument: 'required' },
    { name: 'interface', short: 'i', argument: 'required' },
    { name: 'source', short: 's', argument: 'required' },
    { name: 'sim-queries', short: 'N', argument: 'required' },
    { name: 'sendwait', short: 'z', argument: 'required' },
    { name: 'tos', short: 't', argument: 'required' },
    { name: 'flowlabel', short: 'l', argument: 'required' },
    { name: 'module', short: 'M', argument: 'required' },
    { name: 'options', short: 'O', argument: 'required' },
    { name: 'protocol', short: 'P', argument: 'required' },
    { name: 'sport', argument: 'required' },
    { name: 'max-hops', short: 'm', argument: 'required' },
    { name: 'first', short: 'f', argument: 'required' },
    { name: 'queries', short: 'q', argument: 'required' },
    { name: 'wait', short: 'w', argument: 'required' },
    { name: 'port', short: 'p', argument: 'required' },
  ]);
  if (!parsed.ok) {
    const bad = /'([^']*)'/.exec(parsed.error)?.[1] ?? '';
    const at = Math.max(
      1,
      argv.findIndex((word) => word.startsWith(`-${bad}`)),
    );
    return {
      kind: 'error',
      text: `Bad option \`${bad.startsWith('-') ? bad : `-${bad}`}' (argc ${at})`,
    };
  }
  const options = defaults();
  for (const option of parsed.options) {
    const stop = apply(options, option);
    if (stop) return stop;
  }
  const [host, length] = parsed.operands;
  if (host === undefined) {
    if (argv.length === 1) return { kind: 'usage', error: '' };
    return { kind: 'error', text: 'Specify "host" missing argument.' };
  }
  if (length !== undefined) {
    if (!/^\d+$/.test(length)) {
      return {
        kind: 'error',
        text: `Cannot handle "packetlen" cmdline arg \`${length}' on position 2 (argc ${argv.length - 1})`,
      };
    }
    options.packetLength = Number(length);
  }
  return checked(options, host);
}

function checked(options: TracerouteOptions, host: string): ParsedTraceroute {
  const error = (text: string): ParsedTraceroute => ({ kind: 'error', text });
  if (options.firstHop < 1 || options.firstHop > options.maxHops)
    return error('first hop out of range');
  if (options.maxHops > MAX_HOPS) return error(`max hops cannot be more than ${MAX_HOPS}`);
  if (options.probesPerHop < 1 || options.probesPerHop > MAX_PROBES) {
    return error(`no more than ${MAX_PROBES} probes per hop`);
  }
  if ((options.packetLength ?? 0) > 65_000) return error('too big packetlen 65000 specified');
  return { kind: 'run', options, host };
}

const SWITCHES: Readonly<Record<string, Partial<TracerouteOptions>>> = {
  '4': { family: 4 },
  '6': { family: 6 },
  F: { dontFragment: true },
  I: { method: 'icmp' },
  T: { method: 'tcp' },
  U: { method: 'udp' },
  d: {},
  e: {},
  r: { dontRoute: true },
  back: { backward: true },
  mtu: { mtuDiscovery: true, dontFragment: true, simultaneous: 1 },
  n: { numeric: true },
};

const NUMBERS: Readonly<Record<string, (n: number) => Partial<TracerouteOptions>>> = {
  f: (n) => ({ firstHop: n }),
  m: (n) => ({ maxHops: n }),
  N: (n) => ({ simultaneous: n }),
  p: (n) => ({ port: n }),
  q: (n) => ({ probesPerHop: n }),
  t: (n) => ({ tos: n }),
  // Values above 10 are milliseconds.
  z: (n) => ({ sendWaitSec: n > 10 ? n / 1000 : n }),
  fwmark: (n) => ({ mark: n }),
};

function apply(o: TracerouteOptions, { name, value = '' }: Option): ParsedTraceroute | undefined {
  if (NOT_SIMULATED.has(name)) {
    return { kind: 'notSimulated', option: name.length > 1 ? `--${name}` : `-${name}` };
  }
  const toggle = SWITCHES[name];
  if (toggle) {
    Object.assign(o, toggle);
    return undefined;
  }
  if (name === 'V') return { kind: 'version' };
  if (name === 'help') return { kind: 'usage', error: '' };
  if (name === 'i') o.device = value;
  else if (name === 's') o.source = value;
  else if (name === 'w') return applyWait(o, value);
  else {
    const set = NUMBERS[name];
    if (!set || !/^(0x[0-9a-f]+|\d+(\.\d+)?)$/i.test(value)) return badArgument(name, value);
    Object.assign(o, set(Number(value)));
  }
  return undefined;
}

const badArgument = (name: string, value: string): ParsedTraceroute => ({
  kind: 'error',
  text: `Cannot handle \`-${name}' option with arg \`${value}' (argc 1)`,
});

/** -w MAX[,HERE,NEAR]. */
function applyWait(o: TracerouteOptions, value: string): ParsedTraceroute | undefined {
  const [max = '', here, near] = value.split(',');
  const number = /^\d*\.?\d+$/;
  if (![max, here ?? '0', near ?? '0'].every((text) => number.test(text))) {
    return badArgument('w', value);
  }
  o.waitSec = Number(max);
  if (here !== undefined) o.hereFactor = Number(here);
  if (near !== undefined) o.nearFactor = Number(near);
  return undefined;
}
