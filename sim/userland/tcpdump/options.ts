import { DEFAULT_SNAPLEN } from '../../wire/pcap';
import type { Dump } from '../../wire/print';
import { getopt, type LongOption, type Option } from '../glibc/getopt';

/** What tcpdump's command line sets. */
export interface TcpdumpOptions {
  device: string | undefined;
  readFile: string | undefined;
  writeFile: string | undefined;
  filterFile: string | undefined;
  count: number | undefined;
  snaplen: number;
  numeric: boolean;
  link: boolean;
  quiet: boolean;
  absoluteSeq: boolean;
  noChecksum: boolean;
  noPromisc: boolean;
  number: boolean;
  verbose: number;
  /** How often -t was given. */
  time: number;
  lineBuffered: boolean;
  packetBuffered: boolean;
  countOnly: boolean;
  dump: Dump | undefined;
  direction: 'in' | 'out' | 'inout';
}

export type ParsedTcpdump =
  | { readonly kind: 'run'; readonly options: TcpdumpOptions; readonly filter: readonly string[] }
  | { readonly kind: 'usage'; readonly error: string; readonly code: number }
  | { readonly kind: 'version' }
  | { readonly kind: 'list' }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'notSimulated'; readonly option: string };

export const VERSION = `tcpdump version 4.99.3
libpcap version 1.10.3 (with TPACKET_V3)
OpenSSL 3.0.17 1 Jul 2025
`;

export const USAGE = `Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]
		[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]
		[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]
		[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]
		[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]
		[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]
		[ --time-stamp-precision precision ] [ --micro ] [ --nano ]
		[ -z postrotate-command ] [ -Z user ] [ expression ]
`;

const OPTSTRING = 'aAbB:c:C:dDeE:fF:G:hHi:Ij:JKlLm:M:nNOpqQ:r:s:StT:uUvV:w:W:xXy:Yz:Z:#';
const LONG: readonly LongOption[] = [
  { name: 'buffer-size', short: 'B', argument: 'required' },
  { name: 'list-interfaces', short: 'D' },
  { name: 'help', short: 'h' },
  { name: 'interface', short: 'i', argument: 'required' },
  { name: 'no-promiscuous-mode', short: 'p' },
  { name: 'direction', short: 'Q', argument: 'required' },
  { name: 'snapshot-length', short: 's', argument: 'required' },
  { name: 'absolute-tcp-sequence-numbers', short: 'S' },
  { name: 'packet-buffered', short: 'U' },
  { name: 'dont-verify-checksums', short: 'K' },
  { name: 'number', short: '#' },
  { name: 'count' },
  { name: 'version' },
  { name: 'immediate-mode' },
  { name: 'linktype', short: 'y', argument: 'required' },
  { name: 'list-data-link-types', short: 'L' },
  { name: 'list-time-stamp-types', short: 'J' },
  { name: 'monitor-mode', short: 'I' },
  { name: 'nano' },
  { name: 'no-optimize', short: 'O' },
  { name: 'relinquish-privileges', short: 'Z', argument: 'required' },
  { name: 'time-stamp-precision', argument: 'required' },
  { name: 'time-stamp-type', short: 'j', argument: 'required' },
  { name: 'micro' },
  { name: 'lengths' },
  { name: 'print' },
];

const NOT_SIMULATED = new Set([
  ...[
    'a',
    'b',
    'C',
    'd',
    'E',
    'G',
    'H',
    'I',
    'j',
    'J',
    'L',
    'm',
    'M',
    'T',
    'V',
    'W',
    'y',
    'Y',
    'z',
  ],
  ...['lengths', 'nano', 'print', 'time-stamp-precision'],
]);

const defaults = (): TcpdumpOptions => ({
  device: undefined,
  readFile: undefined,
  writeFile: undefined,
  filterFile: undefined,
  count: undefined,
  snaplen: DEFAULT_SNAPLEN,
  numeric: false,
  link: false,
  quiet: false,
  absoluteSeq: false,
  noChecksum: false,
  noPromisc: false,
  number: false,
  verbose: 0,
  time: 0,
  lineBuffered: false,
  packetBuffered: false,
  countOnly: false,
  dump: undefined,
  direction: 'inout',
});

/** main() of tcpdump.c as far as the arguments go. */
export function parseTcpdump(argv: readonly string[]): ParsedTcpdump {
  const parsed = getopt(argv, OPTSTRING, LONG);
  const options = defaults();
  for (const option of parsed.ok ? parsed.options : parsed.before) {
    const stop = apply(options, option);
    if (stop) return stop;
  }
  if (!parsed.ok) return { kind: 'usage', error: parsed.error, code: 1 };
  return { kind: 'run', options, filter: parsed.operands };
}

const SWITCHES: Readonly<Record<string, (o: TcpdumpOptions) => Partial<TcpdumpOptions>>> = {
  A: (o) => ({ dump: o.dump === 'A' ? 'AA' : 'A' }),
  e: () => ({ link: true }),
  f: () => ({}),
  'immediate-mode': () => ({}),
  K: () => ({ noChecksum: true }),
  l: () => ({ lineBuffered: true }),
  micro: () => ({}),
  N: () => ({}),
  n: () => ({ numeric: true }),
  O: () => ({}),
  p: () => ({ noPromisc: true }),
  q: () => ({ quiet: true }),
  S: () => ({ absoluteSeq: true }),
  t: (o) => ({ time: o.time + 1 }),
  u: () => ({}),
  U: () => ({ packetBuffered: true }),
  v: (o) => ({ verbose: o.verbose + 1 }),
  x: (o) => ({ dump: o.dump === 'x' ? 'xx' : 'x' }),
  X: (o) => ({ dump: o.dump === 'X' ? 'XX' : 'X' }),
  '#': () => ({ number: true }),
  count: () => ({ countOnly: true }),
};

function apply(o: TcpdumpOptions, { name, value = '' }: Option): ParsedTcpdump | undefined {
  if (NOT_SIMULATED.has(name)) return { kind: 'notSimulated', option: `-${name}` };
  const toggle = SWITCHES[name];
  if (toggle) {
    Object.assign(o, toggle(o));
    return undefined;
  }
  switch (name) {
    case 'i':
      o.device = value;
      return undefined;
    case 'r':
      o.readFile = value;
      return undefined;
    case 'w':
      o.writeFile = value;
      return undefined;
    case 'F':
      o.filterFile = value;
      return undefined;
    case 'B':
    case 'Z':
      return undefined;
    case 'h':
      return { kind: 'usage', error: VERSION, code: 0 };
    case 'version':
      return { kind: 'version' };
    case 'D':
      return { kind: 'list' };
    default:
      return applyNumber(o, name, value);
  }
}

function applyNumber(o: TcpdumpOptions, name: string, value: string): ParsedTcpdump | undefined {
  if (name === 'Q') {
    if (value !== 'in' && value !== 'out' && value !== 'inout') {
      return { kind: 'error', text: `unknown capture direction \`${value}'` };
    }
    o.direction = value;
    return undefined;
  }
  const number = Number(value);
  const whole = /^\d+$/.test(value);
  if (name === 'c') {
    if (!whole || number < 1) return { kind: 'error', text: `invalid packet count ${value}` };
    o.count = number;
    return undefined;
  }
  if (!whole || number > DEFAULT_SNAPLEN) {
    return {
      kind: 'error',
      text: `invalid snaplen ${value} (must be >= 0 and <= ${DEFAULT_SNAPLEN})`,
    };
  }
  o.snaplen = number === 0 ? DEFAULT_SNAPLEN : number;
  return undefined;
}
