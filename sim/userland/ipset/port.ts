import { ok } from '../../base/result';
import { serviceByName } from '../../wire/services';
import { protocolByName, protocolName } from '../glibc/protocols';
import { parseNumber } from './number';
import { type Parsed, syntax } from './problem';

/** `[PROTO:]PORT[-PORT]`. */
export interface Ports {
  readonly proto: number;
  readonly first: number;
  readonly last: number;
}

const TCP = 6;
const ICMP = 1;
const ICMPV6 = 58;
/** Protocols whose element has ports: TCP, SCTP, UDP, UDPLITE. */
const WITH_PORTS: readonly number[] = [6, 132, 17, 136];

/** Names of types and codes: lib/icmp.c, lib/icmpv6.c. */
const ICMP_NAMES: readonly (readonly [name: string, type: number, code: number])[] = [
  ['echo-reply', 0, 0],
  ['network-unreachable', 3, 0],
  ['host-unreachable', 3, 1],
  ['protocol-unreachable', 3, 2],
  ['port-unreachable', 3, 3],
  ['fragmentation-needed', 3, 4],
  ['source-route-failed', 3, 5],
  ['network-unknown', 3, 6],
  ['host-unknown', 3, 7],
  ['network-prohibited', 3, 9],
  ['host-prohibited', 3, 10],
  ['TOS-network-unreachable', 3, 11],
  ['TOS-host-unreachable', 3, 12],
  ['communication-prohibited', 3, 13],
  ['host-precedence-violation', 3, 14],
  ['precedence-cutoff', 3, 15],
  ['source-quench', 4, 0],
  ['network-redirect', 5, 0],
  ['host-redirect', 5, 1],
  ['TOS-network-redirect', 5, 2],
  ['TOS-host-redirect', 5, 3],
  ['echo-request', 8, 0],
  ['router-advertisement', 9, 0],
  ['router-solicitation', 10, 0],
  ['ttl-zero-during-transit', 11, 0],
  ['ttl-zero-during-reassembly', 11, 1],
  ['ip-header-bad', 12, 0],
  ['required-option-missing', 12, 1],
  ['timestamp-request', 13, 0],
  ['timestamp-reply', 14, 0],
  ['address-mask-request', 17, 0],
  ['address-mask-reply', 18, 0],
];

const ICMPV6_NAMES: readonly (readonly [name: string, type: number, code: number])[] = [
  ['no-route', 1, 0],
  ['communication-prohibited', 1, 1],
  ['address-unreachable', 1, 3],
  ['port-unreachable', 1, 4],
  ['packet-too-big', 2, 0],
  ['ttl-zero-during-transit', 3, 0],
  ['ttl-zero-during-reassembly', 3, 1],
  ['bad-header', 4, 0],
  ['unknown-header-type', 4, 1],
  ['unknown-option', 4, 2],
  ['echo-request', 128, 0],
  ['echo-reply', 129, 0],
  ['router-solicitation', 133, 0],
  ['router-advertisement', 134, 0],
  ['neighbour-solicitation', 135, 0],
  ['neighbour-advertisement', 136, 0],
  ['redirect', 137, 0],
];

const namesOf = (proto: number): typeof ICMP_NAMES => (proto === ICMP ? ICMP_NAMES : ICMPV6_NAMES);

/** ipset_parse_proto_port(): without a protocol it is TCP. */
export function parseProtoPort(text: string): Parsed<Ports> {
  const colon = text.indexOf(':');
  if (colon < 0) return parsePorts(text, TCP, 'tcp');
  const name = text.slice(0, colon);
  const rest = text.slice(colon + 1);
  const proto = parseProto(name);
  if (!proto.ok) return proto;
  if (WITH_PORTS.includes(proto.value)) return parsePorts(rest, proto.value, name);
  if (proto.value === ICMP || proto.value === ICMPV6) return parseIcmp(rest, proto.value);
  if (rest === '0') return ok({ proto: proto.value, first: 0, last: 0 });
  return syntax(`Protocol ${name} can be used with pseudo port value 0 only.`);
}

function parseProto(text: string): Parsed<number> {
  const named = text === 'icmpv6' ? ICMPV6 : protocolByName(text.toLowerCase());
  if (named !== undefined) return ok(named);
  const number = parseNumber(text, 0, 255);
  if (number.ok && number.value !== 0) return number;
  return syntax(`cannot parse '${text}' as a protocol name`);
}

/** ipset_parse_tcpudp_port(): a number or a service, and a range of them. */
export function parsePorts(text: string, proto: number, name: string): Parsed<Ports> {
  const dash = text.indexOf('-');
  const low = dash < 0 ? text : text.slice(0, dash);
  const first = parsePort(low, name);
  if (!first.ok) return first;
  const last = dash < 0 ? first : parsePort(text.slice(dash + 1), name);
  if (!last.ok) return last;
  const [a, b] = [first.value, last.value];
  return ok({ proto, first: Math.min(a, b), last: Math.max(a, b) });
}

function parsePort(text: string, protocol: string): Parsed<number> {
  const number = parseNumber(text, 0, 65_535);
  const port = number.ok ? number.value : serviceByName(text)?.port;
  if (port !== undefined) return ok(port);
  const said = number.ok ? '' : number.error.text.replace('Syntax error: ', '');
  return syntax(
    `${said}\nSyntax error: '${protocol}' is invalid as number\n` +
      `cannot parse '${text}' as a ${protocol} port`,
  );
}

/** ipset_parse_icmp(): a name, or TYPE/CODE. */
function parseIcmp(text: string, proto: number): Parsed<Ports> {
  const named = namesOf(proto).find(([name]) => name === text);
  const [type = '', code = ''] = text.split('/');
  const numbers = [parseNumber(type, 0, 255), parseNumber(code, 0, 255)];
  const [high, low] = numbers.map((number) => (number.ok ? number.value : undefined));
  const port = named
    ? named[1] * 256 + named[2]
    : high === undefined || low === undefined
      ? undefined
      : high * 256 + low;
  if (port !== undefined) return ok({ proto, first: port, last: port });
  const family = proto === ICMP ? 'ICMP' : 'ICMPv6';
  return syntax(`Cannot parse ${text} as ${family} type/code`);
}

/** ipset_print_proto_port(). */
export function protoPortText(proto: number, port: number): string {
  const name = protocolName(proto) ?? String(proto);
  if (proto !== ICMP && proto !== ICMPV6) return `${name}:${port}`;
  const [type, code] = [port >> 8, port & 0xff];
  const named = namesOf(proto).find(([, t, c]) => t === type && c === code)?.[0];
  return `${name}:${named ?? `${type}/${code}`}`;
}
