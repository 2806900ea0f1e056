import type { Ip, Ipv4 } from '../../wire/frame';
import { parseIpv6 } from '../../wire/ip';

/** inet_aton(3): one to four numbers, decimal, octal or hexadecimal. */
export function inetAton(text: string): Ipv4 | undefined {
  const parts = text.split('.');
  if (parts.length > 4) return undefined;
  const numbers: number[] = [];
  for (const part of parts) {
    if (!/^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part)) return undefined;
    const octal = /^0[0-7]+$/.test(part);
    numbers.push(octal ? Number.parseInt(part, 8) : Number(part));
  }
  const last = numbers.pop() ?? 0;
  if (numbers.some((n) => n > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  return numbers.reduce((value, n, i) => value + n * 256 ** (3 - i), last);
}

/** A numeric address as getaddrinfo(3) reads it, with an IPv6 zone. */
export function numericHost(
  text: string,
): { readonly addr: Ip; readonly zone: string | undefined } | undefined {
  const v4 = inetAton(text);
  if (v4 !== undefined) return { addr: v4, zone: undefined };
  const [host = '', zone] = text.split('%');
  const v6 = parseIpv6(host);
  return v6 === undefined ? undefined : { addr: v6, zone };
}
