import type { Range } from '../../../linux/netfilter/xt-match';
import type { XtNat } from '../../../linux/netfilter/xt-target';
import type { Ip } from '../../../wire/frame';
import { type Family, formatIp, parseIpv4, parseIpv6 } from '../../../wire/ip';
import { serviceByName } from '../../../wire/services';
import { bad, good, type Parsed, type RuleContext } from '../extension';
import { strtoul, strtoulPrefix } from '../strtoul';

/** What struct nf_nat_range2 keeps of addresses and ports. */
export type NatRange = Pick<XtNat, 'addresses' | 'ports' | 'basePort'>;

/** IPPROTO_TCP, UDP, SCTP, DCCP and ICMP have ports or ids to choose. */
const PORT_PROTOCOLS: readonly number[] = [6, 17, 132, 33, 1];

export const hasPorts = ({ proto }: RuleContext): boolean =>
  PORT_PROTOCOLS.includes(proto?.value ?? 0);

const MAX_PORT = 65_535;

/** parse_ports() of libxt_NAT.c: `port`, `min-max`, `min-max/base`. */
export function parseNatPorts(arg: string, portok: boolean): Parsed<NatRange> {
  if (!portok) return bad('Need TCP, UDP, SCTP or DCCP with port specification');
  const low = strtoulPrefix(arg, 0, MAX_PORT);
  const port = low?.value ?? serviceByName(arg)?.port;
  if (port === undefined) return bad(`Port \`${arg}' not valid`);
  const rest = low?.rest ?? '';
  if (rest === '') return good({ ports: { min: port, max: port } });
  if (rest.startsWith(':')) return bad('Invalid port:port syntax - use dash');
  if (!rest.startsWith('-')) return bad(`Garbage after port value: \`${rest}'`);
  const second = rest.slice(1);
  const high = strtoulPrefix(second, 0, MAX_PORT);
  if (!high) return bad(`Port \`${second}' not valid`);
  if (high.value < port) return bad(`Port range \`${second}' funky`);
  const ports: Range = { min: port, max: high.value };
  if (high.rest === '') return good({ ports });
  if (!high.rest.startsWith('/')) return bad(`Garbage after port range: \`${high.rest}'`);
  const third = high.rest.slice(1);
  const basePort = strtoul(third, 1, MAX_PORT) ?? serviceByName(third)?.port;
  return basePort === undefined ? bad(`Port \`${third}' not valid`) : good({ ports, basePort });
}

interface Parts {
  /** Empty: no address is meant. */
  readonly addresses: string;
  readonly ports: string | undefined;
}

/** Where parse_to() of libxt_NAT.c finds the port: after `]`, or after the only colon. */
function splitTo(arg: string, family: Family): Parsed<Parts> {
  const open = arg.indexOf('[');
  if (open < 0) {
    const first = arg.indexOf(':');
    const colon = first >= 0 && arg.includes(':', first + 1) ? -1 : first;
    if (colon < 0) return good({ addresses: arg, ports: undefined });
    return good({ addresses: arg.slice(0, colon), ports: arg.slice(colon + 1) });
  }
  const close = arg.indexOf(']', open);
  if (close < 0 || family === 4) return bad('Invalid address format');
  const colon = arg.indexOf(':', close + 1);
  return good({
    addresses: arg.slice(open + 1, close),
    ports: colon < 0 ? undefined : arg.slice(colon + 1),
  });
}

/** parse_to() of libxt_NAT.c: `address[-address][:ports]`, IPv6 addresses before ports in brackets. */
export function parseNatTo(arg: string, portok: boolean, family: Family): Parsed<NatRange> {
  const parts = splitTo(arg, family);
  if (!parts.ok) return parts;
  const { addresses, ports } = parts.value;
  const range = ports === undefined ? good({}) : parseNatPorts(ports, portok);
  if (!range.ok || (addresses === '' && ports !== undefined)) return range;
  const dash = addresses.indexOf('-');
  const low = dash < 0 ? addresses : addresses.slice(0, dash);
  const min = parseAddress(low, family);
  if (!min.ok) return min;
  const max = dash < 0 ? min : parseAddress(addresses.slice(dash + 1), family);
  if (!max.ok) return max;
  return good({ ...range.value, addresses: { min: min.value, max: max.value } });
}

function parseAddress(text: string, family: Family): Parsed<Ip> {
  const ip = family === 4 ? parseIpv4(text) : parseIpv6(text);
  return ip === undefined ? bad(`Bad IP address "${text}"`) : good(ip);
}

/** sprint_range(). */
export function natRangeText({ addresses, ports, basePort }: NatRange, family: Family): string {
  let text = '';
  if (addresses) {
    const { min, max } = addresses;
    text = min === max ? formatIp(min) : `${formatIp(min)}-${formatIp(max)}`;
    if (family === 6 && ports) text = `[${text}]`;
  }
  if (ports) text += `:${ports.min}${ports.max === ports.min ? '' : `-${ports.max}`}`;
  return basePort === undefined ? text : `${text}/${basePort}`;
}
