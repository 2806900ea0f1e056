import type { Invertible, Range } from '../../linux/netfilter/xt-match';
import { serviceByName, serviceName } from '../../wire/services';
import { servicePort } from '../glibc/services';
import { bad, good, type Parsed } from './extension';
import { strtoul } from './strtoul';

/** Protocols of which /etc/services knows ports. */
type Transport = 'tcp' | 'udp';

const isTransport = (protocol: string): protocol is Transport =>
  protocol === 'tcp' || protocol === 'udp';

/** xtables_parse_port(): a number, or a service of that protocol. */
export function parsePort(text: string, protocol: string): Parsed<number> {
  const named = isTransport(protocol) ? servicePort(text, protocol) : undefined;
  const port = strtoul(text, 0, 65535) ?? named;
  return port === undefined ? bad(`invalid port/service \`${text}' specified`) : good(port);
}

/** parse_tcp_ports(), parse_udp_ports(): `port`, `min:max`, either end may be missing. */
export function parsePortRange(text: string, protocol: string): Parsed<Range> {
  const colon = text.indexOf(':');
  const low = colon < 0 ? text : text.slice(0, colon);
  const high = colon < 0 ? text : text.slice(colon + 1);
  const min = low === '' && colon >= 0 ? good(0) : parsePort(low, protocol);
  if (!min.ok) return min;
  const max = high === '' && colon >= 0 ? good(65_535) : parsePort(high, protocol);
  if (!max.ok) return max;
  if (min.value > max.value) return bad('invalid portrange (min > max)');
  return good({ min: min.value, max: max.value });
}

export const isAnyPort = ({ min, max }: Range): boolean => min === 0 && max === 65_535;

/** xtables_getportbyname(): by getaddrinfo(3), whatever the protocol. */
export const portByName = (text: string): number | undefined =>
  /^\d+$/.test(text) ? Number(text) % 65_536 : serviceByName(text)?.port;

/** getservbyport(3) for what -L without -n prints: the name, else the number. */
export function portText(port: number, protocol: string, numeric: boolean): string {
  const name = !numeric && isTransport(protocol) ? serviceName(port, protocol) : undefined;
  return name ?? String(port);
}

/** print_ports() of libxt_tcp.c and libxt_udp.c: ` dpt:80`, ` dpts:!80:90`. */
export function printPorts(
  name: 'spt' | 'dpt',
  ports: Invertible<Range> | undefined,
  protocol: string,
  numeric: boolean,
): string {
  if (!ports) return '';
  const { min, max } = ports.value;
  const inv = ports.invert ? '!' : '';
  const low = portText(min, protocol, numeric);
  if (min === max) return ` ${name}:${inv}${low}`;
  return ` ${name}s:${inv}${low}:${portText(max, protocol, numeric)}`;
}

/** The ports of tcp_save() and udp_save(). */
export function savePorts(option: string, ports: Invertible<Range> | undefined): string {
  if (!ports || isAnyPort(ports.value)) return '';
  const { min, max } = ports.value;
  return `${ports.invert ? ' !' : ''} --${option} ${min === max ? min : `${min}:${max}`}`;
}

/** The ports of tcp_xlate() and udp_xlate(). */
export function xlatePorts(words: string, ports: Invertible<Range> | undefined): string {
  if (!ports || isAnyPort(ports.value)) return '';
  const { min, max } = ports.value;
  return `${words} ${ports.invert ? '!= ' : ''}${min === max ? min : `${min}-${max}`}`;
}

/** A range from port 0 is one comparison in nft. */
export function nativePorts(name: string, ports: Invertible<Range> | undefined): string {
  if (!ports || ports.value.min > 0 || ports.value.max === 0) return xlatePorts(name, ports);
  return `${name} ${ports.invert ? '>' : '<='} ${ports.value.max}`;
}
