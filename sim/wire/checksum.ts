import type { Ip } from './frame';

/**
 * The Internet checksum, RFC 1071: 16-bit one's complement sum, big-endian words, a last odd byte
 * padded with 0.
 */

/** Adds the words of `bytes` to `sum`, unfolded (safe for what fits in one packet). */
export function sum16(bytes: Uint8Array, sum = 0): number {
  let total = sum;
  const even = bytes.length & ~1;
  for (let i = 0; i < even; i += 2) total += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  if (even !== bytes.length) total += (bytes[even] ?? 0) << 8;
  return total;
}

/** Folds the carries into 16 bits. */
export function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x10000) + Math.floor(folded / 0x10000);
  return folded;
}

/** The checksum field for `bytes` (whose own checksum field is 0). Over intact bytes it gives 0. */
export const checksum = (bytes: Uint8Array, sum = 0): number => ~fold(sum16(bytes, sum)) & 0xffff;

/** The sum of the pseudo-header: RFC 768, RFC 9293 §3.1, RFC 8200 §8.1. */
export function pseudoSum(path: { src: Ip; dst: Ip }, protocol: number, length: number): number {
  return (
    addressSum(path.src) + addressSum(path.dst) + protocol + (length >>> 16) + (length & 0xffff)
  );
}

function addressSum(ip: Ip): number {
  if (typeof ip === 'number') return (ip >>> 16) + (ip & 0xffff);
  let sum = 0;
  for (let shift = 0n; shift < 128n; shift += 32n) {
    const word = Number((ip >> shift) & 0xffffffffn);
    sum += (word >>> 16) + (word & 0xffff);
  }
  return sum;
}

/** RFC 1624 eqn. 3: the checksum after a 16-bit word changed from `from` to `to`. */
export const updateChecksum = (old: number, from: number, to: number): number =>
  ~fold((~old & 0xffff) + (~from & 0xffff) + to) & 0xffff;
