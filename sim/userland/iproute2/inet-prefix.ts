import type { Ip } from '../../wire/frame';
import { addressBits, type Family, maskV4, networkOf, parseIpv6 } from '../../wire/ip';
import type { Args } from './args';
import type { Step } from './command';
import { parseUnsigned } from './number';

/** ip's -f: what preferred_family may be; 0 is AF_UNSPEC. */
export type AddressFamily = 0 | Family | 'link' | 'bridge' | 'mpls';

/**
 * inet_prefix of include/utils.h. `address` is absent for `default`, `any` and `all` without a
 * family.
 */
export interface InetPrefix {
  readonly family: AddressFamily;
  readonly address: Ip | undefined;
  readonly bits: number;
  /** PREFIXLEN_SPECIFIED: written with a length, or `default`. */
  readonly specified: boolean;
  /** `any` and `all`: no bytes at all. */
  readonly any: boolean;
}

/** family_name(), lib/utils.c. */
export function familyName(family: AddressFamily): string {
  if (family === 4) return 'inet';
  if (family === 6) return 'inet6';
  return family === 0 ? 'any valid' : family;
}

/** get_addr_1(): `bits` is -2 for the words, -1 for an address. */
export function parseAddress(text: string, family: AddressFamily): InetPrefix | undefined {
  if (text === 'default') {
    const address = family === 4 ? 0 : family === 6 ? 0n : undefined;
    return { family, address, bits: -2, specified: true, any: false };
  }
  if (text === 'all' || text === 'any') {
    return { family, address: undefined, bits: -2, specified: false, any: true };
  }
  const six = text.includes(':');
  if (family !== 0 && family !== (six ? 6 : 4)) return undefined;
  const address = six ? parseIpv6(text) : parseLegacyIpv4(text);
  if (address === undefined) return undefined;
  return { family: six ? 6 : 4, address, bits: -1, specified: false, any: false };
}

/** get_addr_ipv4(): 10.8 is 10.8.0.0, unlike inet_aton(3). */
function parseLegacyIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length > 4) return undefined;
  let value = 0;
  for (const part of parts) {
    const byte = parseUnsigned(part, 255);
    if (byte === undefined) return undefined;
    value = value * 256 + byte;
  }
  return value * 256 ** (4 - parts.length);
}

/** get_prefix_1(). */
export function parsePrefix(text: string, family: AddressFamily): InetPrefix | undefined {
  const slash = text.indexOf('/');
  const found = parseAddress(slash < 0 ? text : text.slice(0, slash), family);
  if (!found) return undefined;
  const width = found.family === 4 || found.family === 6 ? addressBits(found.family) : 0;
  if (slash < 0) return { ...found, bits: found.bits === -2 ? 0 : width };
  const length = parseNetmask(text.slice(slash + 1));
  if (found.bits === -2 || length === undefined || length > width) return undefined;
  return { ...found, bits: length, specified: true };
}

/** get_netmask(): a length or a dotted quad. */
function parseNetmask(text: string): number | undefined {
  const length = parseUnsigned(text);
  if (length !== undefined) return length;
  const mask = parseAddress(text, 4)?.address;
  if (typeof mask !== 'number') return undefined;
  for (let bits = 0; bits <= 32; bits++) if (maskV4(bits) === mask) return bits;
  return undefined;
}

/** get_addr(): ends the tool when it is none. */
export function* getAddress(args: Args, text: string, family: AddressFamily): Step<InetPrefix> {
  const found = parseAddress(text, family);
  if (found) return found;
  return yield* args.fail(
    `Error: ${familyName(family)} address is expected rather than "${text}".\n`,
    1,
  );
}

/** get_prefix(). */
export function* getPrefix(args: Args, text: string, family: AddressFamily): Step<InetPrefix> {
  if (family === 'link') {
    return yield* args.fail(
      `Error: "${text}" may be inet prefix, but it is not allowed in this context.\n`,
      1,
    );
  }
  const found = parsePrefix(text, family);
  if (found) return found;
  return yield* args.fail(
    `Error: ${familyName(family)} prefix is expected rather than "${text}".\n`,
    1,
  );
}

/**
 * inet_addr_match_rta(): whether `ip` lies in the filter prefix; a filter without bits takes all.
 */
export function prefixMatches(filter: InetPrefix | undefined, ip: Ip | undefined): boolean {
  if (!filter || ip === undefined || filter.address === undefined || filter.bits <= 0) return true;
  if (typeof filter.address !== typeof ip) return false;
  return networkOf(ip, filter.bits) === networkOf(filter.address, filter.bits);
}
