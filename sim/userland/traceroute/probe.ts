import type { Ip } from '../../wire/frame';
import { ICMP_DEST_UNREACH, ICMP_TIME_EXCEEDED } from '../../wire/icmp';
import { ICMPV6_DEST_UNREACH, ICMPV6_PKT_TOOBIG, ICMPV6_TIME_EXCEED } from '../../wire/icmpv6';

/** struct probe of traceroute.h. */
export interface Probe {
  done: boolean;
  /** The destination, or someone who knows that it cannot be reached. */
  final: boolean;
  from: Ip | undefined;
  sentUs: number | undefined;
  receivedUs: number | undefined;
  /** `!N` and the like. */
  mark: string;
  /** --mtu: the size that was found by this probe. */
  mtu: number | undefined;
  /** TTL of the answer. */
  ttl: number | undefined;
  /** Releases the socket of the probe. */
  close: () => void;
}

export const newProbe = (): Probe => ({
  done: false,
  final: false,
  from: undefined,
  sentUs: undefined,
  receivedUs: undefined,
  mark: '',
  mtu: undefined,
  ttl: undefined,
  close: () => undefined,
});

/** Marks by code of ICMP_DEST_UNREACH; port unreachable needs none. */
const MARKS: Readonly<Record<number, string>> = {
  0: '!N',
  1: '!H',
  2: '!P',
  3: '',
  5: '!S',
  6: '!N',
  7: '!H',
  8: '!H',
  9: '!X',
  10: '!X',
  11: '!N',
  12: '!H',
  13: '!X',
  14: '!V',
  15: '!C',
};

const MARKS6: Readonly<Record<number, string>> = { 0: '!N', 1: '!X', 2: '!S', 3: '!H', 4: '' };

/** parse_icmp_res(): what an error says about the path. Undefined: not the end of it. */
export function finalMark(
  v4: boolean,
  error: { readonly type: number; readonly code: number; readonly info: number },
): string | undefined {
  const { type, code, info } = error;
  if (v4) {
    if (type === ICMP_TIME_EXCEEDED && code === 0) return undefined;
    if (type !== ICMP_DEST_UNREACH) return `!<${type}-${code}>`;
    if (code === 4) return `!F-${info}`;
    return MARKS[code] ?? `!<${code}>`;
  }
  if (type === ICMPV6_TIME_EXCEED && code === 0) return undefined;
  if (type === ICMPV6_PKT_TOOBIG) return `!F-${info}`;
  if (type !== ICMPV6_DEST_UNREACH) return `!<${type}-${code}>`;
  return MARKS6[code] ?? `!<${code}>`;
}
