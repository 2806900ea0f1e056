import type { Ip } from '../../wire/frame';
import { addressBits, familyOf, maskV4, parseIpv6 } from '../../wire/ip';
import { inetAton } from '../glibc/inet-aton';
import { type Failure, problem } from './command';

export interface ParsedAddress {
  readonly ip: Ip;
  /** undefined: no `/`. */
  readonly prefixLen: number | undefined;
}

/** parse_addr(): INET6_ADDRSTRLEN characters are looked at; `invalid` is a prefix that cannot be. */
export function parseAddress(text: string): ParsedAddress | 'invalid' | undefined {
  const cut = text.slice(0, 45);
  const slash = cut.indexOf('/');
  const host = slash < 0 ? cut : cut.slice(0, slash);
  const ip = inetAton(host) ?? parseIpv6(host);
  if (ip === undefined) return undefined;
  if (slash < 0) return { ip, prefixLen: undefined };
  const digits = cut.slice(slash + 1);
  const prefixLen = /^\s*\+?\d*$/.test(digits) ? Number(digits) : -1;
  if (prefixLen < 0 || prefixLen > addressBits(familyOf(ip))) return 'invalid';
  return { ip, prefixLen };
}

/** nfct_build_netmask(). */
export const netmask = (family: 4 | 6, prefixLen: number): Ip =>
  family === 4 ? maskV4(prefixLen) : ((1n << BigInt(prefixLen)) - 1n) << BigInt(128 - prefixLen);

export interface AddressAndPort {
  readonly address: string;
  readonly port: number | undefined;
}

/** split_address_and_port(): `1.2.3.4:80`, `[fd00::1]:80`. */
export function splitAddressAndPort(text: string): AddressAndPort | Failure {
  const open = text.indexOf('[');
  if (open >= 0) {
    const close = text.indexOf(']', open);
    if (close === open + 1) return problem('No IPv6 address specified');
    if (close < 0) return problem("No closing ']' around IPv6 address");
    const colon = text.indexOf(':', close);
    if (colon < 0) return { address: text, port: undefined };
    return withPort(text.slice(open + 1, close), text.slice(colon + 1));
  }
  const colon = text.indexOf(':');
  if (colon < 0 || text.includes(':', colon + 1)) return { address: text, port: undefined };
  return withPort(text.slice(0, colon), text.slice(colon + 1));
}

function withPort(address: string, digits: string): AddressAndPort | Failure {
  if (digits === '') return problem("No port specified after `:'");
  const port = /^\d+$/.test(digits) ? Number(digits) : -1;
  if (port < 0 || port > 65_535) return problem(`Invalid port \`${digits}'`);
  return { address, port };
}
