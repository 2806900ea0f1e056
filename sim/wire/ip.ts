import ipaddr from 'ipaddr.js';
import type { Ip, Ipv4, Ipv6 } from './frame';

export type Family = 4 | 6;
export const familyOf = (ip: Ip): Family => (typeof ip === 'number' ? 4 : 6);
export const addressBits = (family: Family): 32 | 128 => (family === 4 ? 32 : 128);

/** A prefix; `address` keeps its host bits (an interface address) unless made by `networkOf`. */
export interface Cidr {
  readonly address: Ip;
  readonly prefixLen: number;
}

/** Strict dotted quad, as inet_pton(AF_INET). */
export function parseIpv4(text: string): Ipv4 | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part)) return undefined;
    const byte = Number(part);
    if (byte > 255) return undefined;
    value = value * 256 + byte;
  }
  return value;
}

/** As inet_pton(AF_INET6), without zone. */
export function parseIpv6(text: string): Ipv6 | undefined {
  if (!text.includes(':') || text.includes('%') || text.includes('/')) return undefined;
  if (!ipaddr.IPv6.isValid(text)) return undefined;
  return ipaddr.IPv6.parse(text).parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n);
}

export const parseIp = (text: string): Ip | undefined => parseIpv4(text) ?? parseIpv6(text);

export function formatIp(ip: Ip): string {
  if (typeof ip === 'number') {
    return `${ip >>> 24}.${(ip >>> 16) & 255}.${(ip >>> 8) & 255}.${ip & 255}`;
  }
  return formatIpv6(ip);
}

/** RFC 5952, with glibc's dotted quad for IPv4-mapped and IPv4-compatible addresses. */
function formatIpv6(ip: Ipv6): string {
  if (ip >> 32n === 0xffffn) return `::ffff:${formatIp(Number(ip & 0xffffffffn))}`;
  const parts: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(Number((ip >> shift) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

/** `a.b.c.d/len` or `x::/len`; without a length the host's (32 or 128). Host bits are kept. */
export function parseCidr(text: string): Cidr | undefined {
  const [addressText = '', lengthText, ...more] = text.split('/');
  const address = parseIp(addressText);
  if (address === undefined || more.length > 0) return undefined;
  const bits = addressBits(familyOf(address));
  if (lengthText === undefined) return { address, prefixLen: bits };
  if (!/^\d{1,3}$/.test(lengthText) || Number(lengthText) > bits) return undefined;
  return { address, prefixLen: Number(lengthText) };
}

export const formatCidr = (cidr: Cidr): string => `${formatIp(cidr.address)}/${cidr.prefixLen}`;

export const maskV4 = (prefixLen: number): Ipv4 =>
  prefixLen === 0 ? 0 : (0xffff_ffff << (32 - prefixLen)) >>> 0;

/** `ip` with its host bits cleared. */
export function networkOf(ip: Ip, prefixLen: number): Ip {
  if (typeof ip === 'number') return (ip & maskV4(prefixLen)) >>> 0;
  const host = BigInt(128 - prefixLen);
  return (ip >> host) << host;
}

export const contains = (cidr: Cidr, ip: Ip): boolean =>
  typeof cidr.address === typeof ip &&
  networkOf(ip, cidr.prefixLen) === networkOf(cidr.address, cidr.prefixLen);

/** The directed broadcast address of an IPv4 prefix. */
export const broadcastOf = (ip: Ipv4, prefixLen: number): Ipv4 => (ip | ~maskV4(prefixLen)) >>> 0;

/** ff00::/8, fe80::/10. Comparing is cheaper than shifting 128 bits. */
const MULTICAST6 = 0xffn << 120n;
const LINK_LOCAL6 = 0xfe80n << 112n;
const LINK_LOCAL6_END = 0xfec0n << 112n;

export const isMulticast = (ip: Ip): boolean =>
  typeof ip === 'number' ? ip >>> 28 === 0xe : ip >= MULTICAST6;
export const isLoopback = (ip: Ip): boolean =>
  typeof ip === 'number' ? ip >>> 24 === 127 : ip === 1n;
export const isLinkLocal6 = (ip: Ipv6): boolean => ip >= LINK_LOCAL6 && ip < LINK_LOCAL6_END;
export const LIMITED_BROADCAST: Ipv4 = 0xffff_ffff;
