import { ok } from '../../base/result';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { addressBits, type Family, networkOf } from '../../wire/ip';
import { getaddrinfo } from '../glibc/getaddrinfo';
import { parseNumber } from './number';
import { type Parsed, syntax } from './problem';

/** An address, a network, or all from the first to the last. */
export interface Addresses {
  readonly first: Ip;
  readonly last: Ip | undefined;
  readonly prefixLen: number | undefined;
}

/** parse_ip() of lib/parse.c: `ADDRESS`, `ADDRESS/CIDR` or `FROM-TO`. */
export function* parseAddresses(
  proc: Proc,
  text: string,
  family: Family,
): Blocking<Parsed<Addresses>> {
  const slash = text.indexOf('/');
  if (slash >= 0) {
    const length = parseNumber(text.slice(slash + 1), 0, addressBits(family));
    if (!length.ok) return length;
    const ip = yield* resolve(proc, text.slice(0, slash), family);
    return ip.ok ? ok({ first: ip.value, last: undefined, prefixLen: length.value }) : ip;
  }
  const dash = text.indexOf('-');
  if (dash > 0 && dash < text.length - 1) {
    const from = yield* resolve(proc, text.slice(0, dash), family);
    if (from.ok) {
      const to = yield* resolve(proc, text.slice(dash + 1), family);
      if (!to.ok) return to;
      const [first, last] =
        from.value <= to.value ? [from.value, to.value] : [to.value, from.value];
      return ok({ first, last, prefixLen: undefined });
    }
  }
  const ip = yield* resolve(proc, text, family);
  return ip.ok ? ok({ first: ip.value, last: undefined, prefixLen: undefined }) : ip;
}

/** get_addrinfo(). */
function* resolve(proc: Proc, name: string, family: Family): Blocking<Parsed<Ip>> {
  const found = yield* getaddrinfo(proc, name, family);
  const ip = typeof found === 'string' ? undefined : found.addresses[0];
  if (ip !== undefined) return ok(ip);
  return syntax(`cannot parse ${name}: resolving to IPv${family} address failed`);
}

const IPV4_BITS = 32;

/** ip_set_range_to_cidr(): the networks that together are the range. */
export function* networksOf(
  first: number,
  last: number,
): Generator<{ readonly ip: number; readonly prefixLen: number }> {
  let from = first;
  while (from <= last) {
    let prefixLen = IPV4_BITS;
    while (prefixLen > 1 && fits(from, prefixLen - 1, last)) prefixLen--;
    yield { ip: from, prefixLen };
    from += 2 ** (IPV4_BITS - prefixLen);
  }
}

const fits = (from: number, prefixLen: number, last: number): boolean =>
  networkOf(from, prefixLen) === from && from + 2 ** (IPV4_BITS - prefixLen) - 1 <= last;
