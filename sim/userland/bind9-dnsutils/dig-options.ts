import { DNS_PORT, T_A, T_PTR } from '../../wire/dns';
import type { Ip } from '../../wire/frame';
import { parseIp } from '../../wire/ip';
import { reverseName } from '../glibc/getaddrinfo';
import { typeNumber } from './record-text';

/** One lookup of dig: dig_lookup_t. */
export interface DigLookup {
  name: string | undefined;
  type: number | undefined;
  class: boolean;
  ttl: boolean;
  chaos: boolean;
  port: number;
  short: boolean;
  identify: boolean;
  multiline: boolean;
  sending: boolean;
  tcp: boolean;
  recurse: boolean;
  search: boolean;
  domain: string | undefined;
  edns: boolean;
  cookie: boolean;
  udpSize: number;
  dnssec: boolean;
  adFlag: boolean;
  cdFlag: boolean;
  source: Ip | undefined;
  family: 4 | 6 | undefined;
  timeoutSec: number;
  tries: number;
  /** Parts of the output that +noall and the like turn off. */
  shown: ReadonlySet<DigPart>;
}

export interface DigCommand {
  readonly server: string | undefined;
  readonly lookups: readonly DigLookup[];
}

export type DigPart =
  | 'cmd'
  | 'comments'
  | 'question'
  | 'answer'
  | 'authority'
  | 'additional'
  | 'stats';
const PARTS: readonly DigPart[] = [
  'cmd',
  'comments',
  'question',
  'answer',
  'authority',
  'additional',
  'stats',
];

/** UDP size of BIND 9.18's tools. */
const UDP_SIZE = 1232;

const defaults = (): DigLookup => ({
  name: undefined,
  type: undefined,
  class: true,
  ttl: true,
  chaos: false,
  port: DNS_PORT,
  short: false,
  identify: false,
  multiline: false,
  sending: false,
  tcp: false,
  recurse: true,
  search: false,
  domain: undefined,
  edns: true,
  cookie: true,
  udpSize: UDP_SIZE,
  dnssec: false,
  adFlag: true,
  cdFlag: false,
  source: undefined,
  family: undefined,
  timeoutSec: 5,
  tries: 3,
  shown: new Set(PARTS),
});

const USAGE =
  'Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n' +
  '            {global-d-opt} host [@local-server] {local-d-opt}\n' +
  '            [ host [@local-server] {local-d-opt} [...]]\n\n' +
  'Use "dig -h" (or "dig -h | more") for complete list of options\n';

const CLASSES: Readonly<Record<string, boolean>> = { IN: false, CH: true, CHAOS: true };

/** parse_args(): options before the first name hold for all, later ones for their own lookup. */
export function parseDig(args: readonly string[]): DigCommand | string {
  const global = defaults();
  const lookups: DigLookup[] = [];
  let server: string | undefined;
  let current = global;
  const start = (name: string): void => {
    current = { ...global, shown: new Set(global.shown), name };
    lookups.push(current);
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg.startsWith('@')) server = arg.slice(1);
    else if (arg.startsWith('+')) {
      const wrong = applyPlus(current, arg.slice(1));
      if (wrong !== undefined) return wrong;
      for (const one of [global, ...lookups]) share(current, one);
    } else if (arg.startsWith('-') && arg !== '-') {
      const letter = arg[1] ?? '';
      const value = 'bcfkmpqtxy'.includes(letter) ? arg.slice(2) || (args[++i] ?? '') : '';
      if (letter === 'f') return `hopwise: dig: -f is not simulated\n`;
      if (letter === 'q') start(value);
      else if (letter === 'x') {
        const ip = parseIp(value);
        if (ip === undefined) return `Invalid IP address ${value}\n`;
        start(reverseName(ip));
        current.type ??= T_PTR;
      } else {
        const wrong = applyDash(current, letter, value);
        if (wrong !== undefined) return wrong;
      }
    } else if (CLASSES[arg.toUpperCase()] !== undefined) {
      current.chaos = CLASSES[arg.toUpperCase()] ?? false;
    } else if (typeNumber(arg) !== undefined) current.type = typeNumber(arg);
    else start(arg);
  }
  return { server, lookups: lookups.length > 0 ? lookups : [global] };
}

/** +short and +cmd hold for every lookup. */
function share(from: DigLookup, to: DigLookup): void {
  const cmd: readonly DigPart[] = from.shown.has('cmd') ? ['cmd'] : [];
  to.short = from.short;
  to.shown = new Set([...cmd, ...[...to.shown].filter((part) => part !== 'cmd')]);
}

/** dash_option(): those that set something. */
function applyDash(o: DigLookup, letter: string, value: string): string | undefined {
  switch (letter) {
    case '4':
      o.family = 4;
      return undefined;
    case '6':
      o.family = 6;
      return undefined;
    case 'b':
      o.source = parseIp(value.split('#')[0] ?? '');
      return o.source === undefined ? `dig: invalid address ${value}\n` : undefined;
    case 'c':
      o.chaos = CLASSES[value.toUpperCase()] ?? false;
      return undefined;
    case 'p':
      o.port = Number(value);
      return undefined;
    case 't':
      if (typeNumber(value) === undefined) return `;; Warning, ignoring invalid type ${value}\n`;
      o.type = typeNumber(value);
      return undefined;
    default:
      return 'dhimrvuy'.includes(letter)
        ? `hopwise: dig: -${letter} is not simulated\n`
        : `Invalid option: -${letter}\n${USAGE}`;
  }
}

type Setter = (on: boolean, value: string | undefined, o: DigLookup) => Partial<DigLookup>;

const setPart =
  (part: DigPart): Setter =>
  (on, _value, { shown }) => ({
    shown: new Set(on ? [...shown, part] : [...shown].filter((p) => p !== part)),
  });
const nothing: Setter = () => ({});

/** plus_option(): names may be shortened; the first that fits is meant. */
const PLUS: readonly (readonly [name: string, set: Setter | 'absent'])[] = [
  ...PARTS.map((part) => [part, setPart(part)] as const),
  ['aaflag', nothing],
  ['aaonly', nothing],
  ['adflag', (on) => ({ adFlag: on })],
  ['all', (on) => ({ shown: new Set(on ? PARTS : []) })],
  ['badcookie', nothing],
  ['besteffort', nothing],
  ['bufsize', (on, value) => ({ udpSize: on ? Number(value ?? UDP_SIZE) : UDP_SIZE })],
  ['cdflag', (on) => ({ cdFlag: on })],
  ['class', (on) => ({ class: on })],
  ['coflag', 'absent'],
  ['cookie', (on) => ({ cookie: on })],
  ['crypto', nothing],
  ['defname', (on) => ({ search: on })],
  ['dns64prefix', 'absent'],
  ['dnssec', (on) => ({ dnssec: on })],
  ['do', (on) => ({ dnssec: on })],
  ['domain', (on, value) => ({ domain: on ? value : undefined })],
  ['dscp', 'absent'],
  ['edns', (on) => ({ edns: on })],
  ['ednsflags', 'absent'],
  ['ednsnegotiation', 'absent'],
  ['ednsopt', 'absent'],
  ['expandaaaa', 'absent'],
  ['expire', 'absent'],
  ['fail', nothing],
  ['fuzztime', 'absent'],
  ['header-only', 'absent'],
  ['https', 'absent'],
  ['identify', (on) => ({ identify: on })],
  ['idnin', nothing],
  ['idnout', nothing],
  ['ignore', nothing],
  ['keepalive', 'absent'],
  ['keepopen', nothing],
  ['mapped', nothing],
  ['multiline', (on) => ({ multiline: on })],
  ['ndots', nothing],
  ['nsid', 'absent'],
  ['nssearch', 'absent'],
  ['onesoa', nothing],
  ['opcode', 'absent'],
  ['padding', 'absent'],
  ['qid', 'absent'],
  ['qr', (on) => ({ sending: on })],
  ['raflag', 'absent'],
  ['rdflag', (on) => ({ recurse: on })],
  ['recurse', (on) => ({ recurse: on })],
  ['retry', (_on, value) => ({ tries: Number(value ?? 2) + 1 })],
  ['rrcomments', nothing],
  ['search', (on) => ({ search: on })],
  ['short', (on) => ({ short: on })],
  ['showbadcookie', 'absent'],
  ['showsearch', 'absent'],
  ['sigchase', 'absent'],
  ['split', 'absent'],
  ['subnet', 'absent'],
  ['tcflag', 'absent'],
  ['tcp', (on) => ({ tcp: on })],
  ['time', (_on, value) => ({ timeoutSec: Math.max(1, Number(value ?? 5)) })],
  ['timeout', (_on, value) => ({ timeoutSec: Math.max(1, Number(value ?? 5)) })],
  ['tls', 'absent'],
  ['topdown', 'absent'],
  ['trace', 'absent'],
  ['tries', (_on, value) => ({ tries: Math.max(1, Number(value ?? 3)) })],
  ['trusted-key', 'absent'],
  ['ttlid', (on) => ({ ttl: on })],
  ['ttlunits', 'absent'],
  ['unknownformat', 'absent'],
  ['vc', (on) => ({ tcp: on })],
  ['yaml', 'absent'],
  ['zflag', 'absent'],
];

function applyPlus(o: DigLookup, text: string): string | undefined {
  const [word = '', value] = text.split('=');
  const off = word.startsWith('no');
  const name = off ? word.slice(2) : word;
  const found =
    PLUS.find(([n]) => n === name) ?? PLUS.find(([n]) => name !== '' && n.startsWith(name));
  if (!found) return `Invalid option: +${text}\n${USAGE}`;
  if (found[1] === 'absent') return `hopwise: dig: +${text} is not simulated\n`;
  Object.assign(o, found[1](!off, value, o));
  return undefined;
}

/** NS of the root where nothing is asked. */
export const typeAsked = (o: DigLookup): number => o.type ?? (o.name === undefined ? 2 : T_A);
