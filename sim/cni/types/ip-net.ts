import type { Ip } from '../../wire/frame';
import {
  addressBits,
  type Cidr,
  contains,
  familyOf,
  formatIp,
  maskV4,
  networkOf,
  parseIp,
} from '../../wire/ip';

/** net.IPNet. A `wide` one has IPv4 in Go's 16-byte form, which `%v` shows in the mask. */
export interface IpNet extends Cidr {
  readonly wide?: boolean | undefined;
}

const MAPPED = 0xffffn;

/** net.ParseIP(): an IPv4-mapped address is IPv4. */
export function parseGoIp(text: string): Ip | undefined {
  const ip = parseIp(text);
  if (typeof ip !== 'bigint' || ip >> 32n !== MAPPED) return ip;
  return Number(ip & 0xffff_ffffn);
}

/** net.ParseCIDR(), with the address kept. */
export function parseGoCidr(text: string): IpNet | undefined {
  const [addressText = '', lengthText = '', ...more] = text.split('/');
  const address = parseGoIp(addressText);
  if (address === undefined || more.length > 0 || !/^\d{1,3}$/.test(lengthText)) return undefined;
  const prefixLen = Number(lengthText);
  return prefixLen > addressBits(familyOf(address)) ? undefined : { address, prefixLen };
}

/** ip.NextIP() of plugins/pkg/ip. */
export const nextIp = (ip: Ip): Ip =>
  typeof ip === 'number' ? (ip + 1) >>> 0 : BigInt.asUintN(128, ip + 1n);

/** net.IP's `%v`; nil is `<nil>`. */
export const goIp = (ip: Ip | undefined): string => (ip === undefined ? '<nil>' : formatIp(ip));

/** net.IPNet by value: `%v`, and `%+v` with the names of its fields. */
export function goNet(net: IpNet, names = false): string {
  const hex = net.wide ? `${'0'.repeat(20)}ffff${maskHex(net)}` : maskHex(net);
  return names ? `{IP:${goIp(net.address)} Mask:${hex}}` : `{${goIp(net.address)} ${hex}}`;
}

function maskHex({ address, prefixLen }: IpNet): string {
  if (typeof address === 'number') return maskV4(prefixLen).toString(16).padStart(8, '0');
  const mask = prefixLen === 0 ? 0n : BigInt.asUintN(128, -1n << BigInt(128 - prefixLen));
  return mask.toString(16).padStart(32, '0');
}

export const sameNet = (a: Cidr, b: Cidr): boolean =>
  a.address === b.address && a.prefixLen === b.prefixLen;

export const networkCidr = ({ address, prefixLen }: Cidr): Cidr => ({
  address: networkOf(address, prefixLen),
  prefixLen,
});

/** A host route's prefix. */
export const hostNet = (ip: Ip): IpNet => ({ address: ip, prefixLen: addressBits(familyOf(ip)) });

export const overlaps = (a: Cidr, b: Cidr): boolean =>
  contains(a, b.address) || contains(b, a.address);

export const isV4 = (ip: Ip): ip is number => typeof ip === 'number';
