import { TCP_CT_STATES } from '../../linux/netfilter/conntrack/tcp-state';
import { protocolByName } from '../glibc/protocols';
import { type CtCommand, type Failure, problem } from './command';
import { atoi, cStrtoul } from './number';
import {
  type CtCommandName,
  ICMP_OPTIONS,
  ICMPV6_OPTIONS,
  type LongOption,
  PORT_OPTIONS,
  STATE_OPTION,
} from './options';

/** struct ctproto_handler of extensions/libct_proto_*.c. */
export interface ProtocolHandler {
  readonly name: string;
  readonly proto: number;
  readonly options: readonly LongOption[];
  /** final_check(). */
  readonly check: (
    flags: ReadonlySet<string>,
    name: CtCommandName | undefined,
  ) => Failure | undefined;
  readonly parse: (cmd: CtCommand, letter: string, value: string) => Failure | undefined;
  readonly help: string;
}

const PORT_HELP = `  --orig-port-src		original source port
  --orig-port-dst		original destination port
  --reply-port-src		reply source port
  --reply-port-dst		reply destination port
  --mask-port-src		mask source port
  --mask-port-dst		mask destination port
  --tuple-port-src		expectation tuple src port
  --tuple-port-src		expectation tuple dst port
`;

const icmpHelp = (name: string): string =>
  `  --${name}-type\t\t\t${name} type\n  --${name}-code\t\t\t${name} code\n  --${name}-id\t\t\t${name} id\n`;

function parsePort(cmd: CtCommand, letter: string, value: string): Failure | undefined {
  const port = atoi(value) & 0xffff;
  if (letter === '1') cmd.orig.srcPort = port;
  else if (letter === '2') cmd.orig.dstPort = port;
  else if (letter === '3') cmd.repl.srcPort = port;
  else if (letter === '4') cmd.repl.dstPort = port;
  return undefined;
}

function parseTcp(cmd: CtCommand, letter: string, value: string): Failure | undefined {
  if (letter !== '7') return parsePort(cmd, letter, value);
  const state = value === 'LISTEN' ? 'SYN_SENT2' : TCP_CT_STATES.find((name) => name === value);
  if (!state) return problem(`unknown TCP state \`${value}'`);
  cmd.tcpState = state;
  return undefined;
}

function parseIcmp(cmd: CtCommand, letter: string, value: string): Failure | undefined {
  const number = atoi(value);
  if (letter === '1') cmd.icmp.type = number & 0xff;
  else if (letter === '2') cmd.icmp.code = number & 0xff;
  else cmd.icmp.id = number & 0xffff;
  return undefined;
}

const illegal = (name: string): Failure => problem(`Illegal option \`--${name}' with this command`);
export const needed = (name: string): Failure =>
  problem(`You need to supply the \`--${name}' option for this command`);

const CREATES: ReadonlySet<string> = new Set(['create', 'add']);
const FILTERS: ReadonlySet<string> = new Set(['list', 'update', 'delete', 'event']);
const PORT_NAMES: readonly (readonly [letter: string, name: string])[] = [
  ['1', 'sport'],
  ['2', 'dport'],
  ['3', 'reply-port-src'],
  ['4', 'reply-port-dst'],
  ['5', 'mask-port-src'],
  ['6', 'mask-port-dst'],
  ['7', 'state'],
  ['8', 'tuple-port-src'],
  ['9', 'tuple-port-dst'],
];

function checkPorts(
  flags: ReadonlySet<string>,
  name: CtCommandName | undefined,
): Failure | undefined {
  if (name === undefined || name.startsWith('exp-')) return undefined;
  const exact = CREATES.has(name) || name === 'get';
  const allowed = exact || FILTERS.has(name);
  for (const [letter, label] of PORT_NAMES) {
    const never = letter === '5' || letter === '6' || letter === '8' || letter === '9';
    if (flags.has(letter) && (!allowed || never)) return illegal(label);
  }
  if (!exact) return undefined;
  const pair = (a: string, b: string): boolean => flags.has(a) && flags.has(b);
  if (pair('1', '2') || pair('3', '4')) return undefined;
  const reply = !flags.has('1') && !flags.has('2') && (flags.has('3') || flags.has('4'));
  return problem(
    reply
      ? "you have to specify `--reply-src-port' and `--reply-dst-port'"
      : "you have to specify `--sport' and `--dport'",
  );
}

function checkTcp(
  flags: ReadonlySet<string>,
  name: CtCommandName | undefined,
): Failure | undefined {
  if (name && CREATES.has(name) && !flags.has('7')) return needed('state');
  return checkPorts(flags, name);
}

const checkIcmp =
  (prefix: string) =>
  (flags: ReadonlySet<string>, name: CtCommandName | undefined): Failure | undefined => {
    const labels = ['type', 'code', 'id'].map((part) => `${prefix}-${part}`);
    const exact = name !== undefined && (CREATES.has(name) || name === 'get');
    const allowed = exact || (name !== undefined && FILTERS.has(name));
    for (const [i, label] of labels.entries()) {
      const given = flags.has(String(i + 1));
      if (given && !allowed) return illegal(label);
      if (!given && exact && i < 2) return needed(label);
    }
    return undefined;
  };

const ports = (name: string, proto: number): ProtocolHandler => ({
  name,
  proto,
  options: PORT_OPTIONS,
  check: checkPorts,
  parse: parsePort,
  help: PORT_HELP,
});

const HANDLERS: readonly ProtocolHandler[] = [
  {
    name: 'tcp',
    proto: 6,
    options: [...PORT_OPTIONS, ...STATE_OPTION],
    check: checkTcp,
    parse: parseTcp,
    help: `${PORT_HELP}  --state\t\t\tTCP state, fe. ESTABLISHED\n`,
  },
  ports('udp', 17),
  ports('udplite', 136),
  ports('sctp', 132),
  ports('dccp', 33),
  {
    name: 'icmp',
    proto: 1,
    options: ICMP_OPTIONS,
    check: checkIcmp('icmp'),
    parse: parseIcmp,
    help: icmpHelp('icmp'),
  },
  {
    name: 'icmpv6',
    proto: 58,
    options: ICMPV6_OPTIONS,
    check: checkIcmp('icmpv6'),
    parse: parseIcmp,
    help: icmpHelp('icmpv6'),
  },
];

const unknown = (proto: number): ProtocolHandler => ({
  name: 'unknown',
  proto,
  options: [],
  check: () => undefined,
  parse: () => undefined,
  help: '  no options (unsupported)\n',
});

/** findproto(): by name, then /etc/protocols, then by number. */
export function findProtocol(text: string): ProtocolHandler | undefined {
  const lower = text.toLowerCase();
  const named = HANDLERS.find((handler) => handler.name === lower);
  if (named) return named;
  const number = protocolByName(text) ?? protocolNumber(text);
  if (number === undefined) return undefined;
  return HANDLERS.find((handler) => handler.proto === number) ?? unknown(number);
}

export const handlerOf = (proto: number): ProtocolHandler | undefined =>
  HANDLERS.find((handler) => handler.proto === proto);

/** parse_proto_num(). */
function protocolNumber(text: string): number | undefined {
  const { value, rest } = cStrtoul(text);
  return rest === '' && text !== '' && value <= 255 ? value : undefined;
}
