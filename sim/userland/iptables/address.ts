import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { addressBits, type Family, parseIpv6 } from '../../wire/ip';
import { getaddrinfo } from '../glibc/getaddrinfo';
import { hostsByName } from '../glibc/hosts';
import { bad, good, type Parsed } from './extension';
import { prefixMask } from './option-value';
import { strtoul } from './strtoul';

/** One address of `-s` or `-d` with its mask, already applied. */
export interface AddressMask {
  readonly address: Ip;
  readonly mask: Ip;
}

/** How many addresses one option may stand for. */
const MAX_ADDRESSES = 4096;

/** xtables_ipparse_multiple(), xtables_ip6parse_multiple(): `a[/mask],b[/mask]`. */
export function* parseAddresses(
  proc: Proc,
  family: Family,
  text: string,
): Blocking<Parsed<readonly AddressMask[]>> {
  const found: AddressMask[] = [];
  for (const part of text.split(',')) {
    const word = part.trimStart();
    if (word.length > 255) return bad('Hostname too long');
    const slash = word.lastIndexOf('/');
    const mask = parseMask(family, slash < 0 ? undefined : word.slice(slash + 1));
    if (!mask.ok) return mask;
    // With a null mask the name does not matter.
    const name = isZero(mask.value) ? anyAddress(family) : slash < 0 ? word : word.slice(0, slash);
    const addresses = yield* hostNetwork(proc, family, name);
    if (!addresses.ok) return addresses;
    for (const address of addresses.value) {
      found.push({ address: maskAddress(address, mask.value), mask: mask.value });
    }
    if (found.length > MAX_ADDRESSES) return bad('Hostname too long');
  }
  return good(found);
}

const isZero = (ip: Ip): boolean => ip === 0 || ip === 0n;
const anyAddress = (family: Family): string => (family === 4 ? '0.0.0.0' : '::');

/** The address with the bits outside the mask cleared. */
export function maskAddress(address: Ip, mask: Ip): Ip {
  if (typeof address === 'number' && typeof mask === 'number') return (address & mask) >>> 0;
  return BigInt(address) & BigInt(mask);
}

/** parse_ipmask(), parse_ip6mask(). */
function parseMask(family: Family, text: string | undefined): Parsed<Ip> {
  const bits = addressBits(family);
  if (text === undefined) return good(prefixMask(family, bits));
  const whole = family === 4 ? numericToIpv4(text, true) : parseIpv6(text);
  if (whole !== undefined) return good(whole);
  const length = strtoul(text, 0, bits);
  if (length === undefined) return bad(`invalid mask \`${text}' specified`);
  return good(prefixMask(family, length));
}

/** __numeric_to_ipaddr(): bytes in any base; an address may stop early, a mask may not. */
function numericToIpv4(text: string, isMask: boolean): number | undefined {
  const parts = text.slice(0, 19).split('.');
  if (parts.length > 4 || (isMask && parts.length < 4)) return undefined;
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const part = parts[i];
    const byte = part === undefined ? 0 : strtoul(part, 0, 255);
    if (byte === undefined) return undefined;
    value = value * 256 + byte;
  }
  return value;
}

/** /etc/networks of Debian. */
const NETWORKS: ReadonlyMap<string, number> = new Map([
  ['default', 0],
  ['loopback', 0x7f00_0000],
  ['link-local', 0xa9fe_0000],
]);

/** getnetbyaddr(3). */
export const networkName = (address: Ip): string | undefined =>
  [...NETWORKS].find(([, network]) => network === address)?.[0];

/** ipparse_hostnetwork(), ip6parse_hostnetwork(): a number, a network's or a host's name. */
function* hostNetwork(proc: Proc, family: Family, name: string): Blocking<Parsed<readonly Ip[]>> {
  const numeric = family === 4 ? numericToIpv4(name, false) : parseIpv6(name);
  const known = numeric ?? (family === 4 ? NETWORKS.get(name) : undefined);
  if (known !== undefined) return good([known]);
  const found = yield* getaddrinfo(proc, name, family);
  const addresses = typeof found === 'string' ? [] : found.addresses;
  const mapped = family === 4 ? hostsByName(proc, name).filter((e) => e.addr === 1n) : [];
  const all = [...addresses, ...mapped.map(() => LOOPBACK)];
  return all.length > 0 ? good(all) : bad(`host/network \`${name}' not found`);
}

/** INADDR_LOOPBACK: what glibc's files backend makes of `::1` in /etc/hosts when IPv4 is asked for. */
const LOOPBACK = 0x7f00_0001;
