import { getopt, type Option } from '../glibc/getopt';

/** What the command line of nc(1) sets; netcat-openbsd 1.219. */
export interface NcOptions {
  family: 4 | 6 | undefined;
  listen: boolean;
  keep: boolean;
  udp: boolean;
  verbose: number;
  scan: boolean;
  numeric: boolean;
  noStdin: boolean;
  shutdownAtEof: boolean;
  broadcast: boolean;
  random: boolean;
  crlf: boolean;
  /** -w, seconds. */
  timeoutSec: number | undefined;
  /** -q, seconds after end of input; negative: for ever. */
  quitSec: number | undefined;
  intervalSec: number;
  sourcePort: string | undefined;
  sourceAddr: string | undefined;
  tos: number;
  ttl: number | undefined;
}

export type ParsedNc =
  | {
      readonly kind: 'run';
      readonly options: NcOptions;
      readonly host: string | undefined;
      readonly port: string | undefined;
    }
  | { readonly kind: 'usage'; readonly error: string }
  | { readonly kind: 'help' }
  /** errx(1, …). */
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'notSimulated'; readonly option: string };

export const NC_USAGE = `usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
	  [destination] [port]
`;

const OPTSTRING = '46bCDdFhI:i:klM:m:NnO:P:p:q:rSs:T:tUuV:vW:w:X:x:Zz';
const NOT_SIMULATED = new Set([
  'D',
  'F',
  'I',
  'm',
  'O',
  'P',
  'S',
  't',
  'U',
  'V',
  'W',
  'X',
  'x',
  'Z',
]);

const defaults = (): NcOptions => ({
  family: undefined,
  listen: false,
  keep: false,
  udp: false,
  verbose: 0,
  scan: false,
  numeric: false,
  noStdin: false,
  shutdownAtEof: false,
  broadcast: false,
  random: false,
  crlf: false,
  timeoutSec: undefined,
  quitSec: undefined,
  intervalSec: 0,
  sourcePort: undefined,
  sourceAddr: undefined,
  tos: 0,
  ttl: undefined,
});

type Switch = (o: NcOptions) => void;
const SWITCHES: Readonly<Record<string, Switch>> = {
  '4': (o) => void Object.assign(o, { family: 4 }),
  '6': (o) => void Object.assign(o, { family: 6 }),
  b: (o) => void Object.assign(o, { broadcast: true }),
  C: (o) => void Object.assign(o, { crlf: true }),
  d: (o) => void Object.assign(o, { noStdin: true }),
  k: (o) => void Object.assign(o, { keep: true }),
  l: (o) => void Object.assign(o, { listen: true }),
  N: (o) => void Object.assign(o, { shutdownAtEof: true }),
  n: (o) => void Object.assign(o, { numeric: true }),
  r: (o) => void Object.assign(o, { random: true }),
  u: (o) => void Object.assign(o, { udp: true }),
  v: (o) => void Object.assign(o, { verbose: o.verbose + 1 }),
  z: (o) => void Object.assign(o, { scan: true }),
};

/** main() of netcat.c as far as the arguments go. */
export function parseNc(argv: readonly string[]): ParsedNc {
  const parsed = getopt(argv, OPTSTRING);
  const options = defaults();
  for (const option of parsed.ok ? parsed.options : parsed.before) {
    const stop = apply(options, option);
    if (stop) return stop;
  }
  if (!parsed.ok) return { kind: 'usage', error: parsed.error };
  return operands(options, parsed.operands);
}

const error = (text: string): ParsedNc => ({ kind: 'error', text });

function apply(o: NcOptions, { name, value = '' }: Option): ParsedNc | undefined {
  if (name === 'h') return { kind: 'help' };
  if (NOT_SIMULATED.has(name)) return { kind: 'notSimulated', option: `-${name}` };
  const toggle = SWITCHES[name];
  if (toggle) {
    toggle(o);
    return undefined;
  }
  const number = Number(value);
  const whole = /^-?\d+$/.test(value);
  switch (name) {
    case 'p':
      o.sourcePort = value;
      return undefined;
    case 's':
      o.sourceAddr = value;
      return undefined;
    case 'w':
      if (!whole || number < 0) return error(`timeout is invalid: ${value}`);
      o.timeoutSec = number;
      return undefined;
    case 'q':
      if (!whole) return error(`quit timer is invalid: ${value}`);
      o.quitSec = number;
      return undefined;
    case 'i':
      if (!whole || number < 0) return error(`interval is invalid: ${value}`);
      o.intervalSec = number;
      return undefined;
    case 'M':
      if (!whole || number < 0 || number > 255) return error(`ttl is invalid: ${value}`);
      o.ttl = number;
      return undefined;
    default:
      return applyTos(o, value);
  }
}

const TOS: Readonly<Record<string, number>> = {
  lowdelay: 0x10,
  throughput: 0x08,
  reliability: 0x04,
  lowcost: 0x02,
  ef: 0xb8,
  critical: 0xa0,
  netcontrol: 0xe0,
  inetcontrol: 0xc0,
};

function applyTos(o: NcOptions, value: string): ParsedNc | undefined {
  const tos = TOS[value] ?? (/^(0x[0-9a-f]+|\d+)$/i.test(value) ? Number(value) : undefined);
  if (tos === undefined || tos > 255) return error(`illegal tos value ${value}`);
  o.tos = tos;
  return undefined;
}

function operands(o: NcOptions, rest: readonly string[]): ParsedNc {
  let [host, port] = rest;
  if (rest.length === 0 && !o.listen) return { kind: 'usage', error: '' };
  if (rest.length > 2) return { kind: 'usage', error: '' };
  if (o.listen && o.sourceAddr !== undefined) return { kind: 'usage', error: '' };
  if (o.listen && rest.length === 1) {
    port = o.sourcePort === undefined ? host : undefined;
    host = o.sourcePort === undefined ? undefined : host;
  }
  if (o.listen && o.sourcePort !== undefined) port ??= o.sourcePort;
  if (!o.listen && rest.length === 1) return error('missing port number');
  if (o.listen && port === undefined) return error('missing port number');
  if (o.listen && o.scan) return error('cannot use -z and -l');
  if (o.keep && !o.listen) return error('must use -l with -k');
  return { kind: 'run', options: o, host, port };
}

/** build_ports(): `80`, `20-25`, a name; undefined if invalid. */
export function portsOf(
  text: string,
  byName: (name: string) => number | undefined,
): readonly number[] | undefined {
  const named = byName(text);
  if (named !== undefined) return [named];
  const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!range) return undefined;
  const from = Number(range[1]);
  const to = Number(range[2] ?? range[1]);
  const [low, high] = from <= to ? [from, to] : [to, from];
  if (low < 1 || high > 65_535) return undefined;
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}
