import { protocolByName, protocolName } from '../glibc/protocols';
import { bad, good, type Parsed } from './extension';
import { strtoul } from './strtoul';

/** xtables_chain_protos[] of libxtables: names that need no file. */
const CHAIN_PROTOS: readonly (readonly [name: string, number: number])[] = [
  ['tcp', 6],
  ['sctp', 132],
  ['udp', 17],
  ['udplite', 136],
  ['icmp', 1],
  ['ipv6-icmp', 58],
  ['icmpv6', 58],
  ['esp', 50],
  ['ah', 51],
  ['mobility-header', 135],
  ['ipv6-mh', 135],
  ['mh', 135],
  ['all', 0],
];

/** xtables_parse_protocol(). */
export function parseProtocol(text: string): Parsed<number> {
  const number =
    strtoul(text, 0, 255) ??
    CHAIN_PROTOS.find(([name]) => name === text)?.[1] ??
    protocolByName(text);
  return number === undefined ? bad(`unknown protocol "${text}" specified`) : good(number);
}

/** proto_to_name(), iptables/xshared.c: `nolookup` leaves /etc/protocols alone. */
export function protoToName(proto: number, nolookup: boolean): string | undefined {
  const known = CHAIN_PROTOS.find(([, number]) => number === proto)?.[0];
  return known ?? (proto !== 0 && !nolookup ? protocolName(proto) : undefined);
}

/** is_exthdr(), iptables/xshared.c: extension headers are no upper layer's protocol. */
export const isExtensionHeader = (proto: number): boolean => [43, 44, 51, 60].includes(proto);
