import { ByteReader } from '../../base/bytes';
import { readName } from '../dns-name';
import { bits, hex, hexOnly, type Printer, tok } from './printer';

const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'source link-address'],
  [2, 'destination link-address'],
  [3, 'prefix info'],
  [4, 'redirected header'],
  [5, 'mtu'],
  [25, 'rdnss'],
  [31, 'dnssl'],
  [7, 'advertisement interval'],
  [8, 'homeagent information'],
  [24, 'route info'],
]);
const PREFIX_FLAGS: readonly (readonly [number, string])[] = [
  [0x80, 'onlink'],
  [0x40, 'auto'],
  [0x20, 'router'],
];

/** Preference of a router, RFC 4191 §2.1: get_rtpref(). */
export const PREFERENCES = ['medium', 'high', 'rsv', 'low'];

/** icmp6_opt_print(), print-icmp6.c. */
export function printNdOptions(p: Printer, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length && !p.ended) {
    const type = p.u8(bytes, at);
    const words = p.u8(bytes, at + 1);
    if (words === 0 || at + words * 8 > bytes.length) {
      p.truncate();
      return;
    }
    p.put(`\n\t  ${tok(NAMES, type, 'unknown')} option (${type}), `);
    p.put(`length ${words * 8} (${words}): `);
    const option = bytes.subarray(at, at + words * 8);
    if (!printOption(p, option, type) && p.verbose <= 1) {
      p.put(hexOnly('\n\t  ', option.subarray(2)));
      return;
    }
    if (p.verbose > 1) p.put(hexOnly('\n\t    ', option.subarray(2)));
    at += words * 8;
  }
}

function printOption(p: Printer, option: Uint8Array, type: number): boolean {
  if (type === 1 || type === 2) {
    p.put(Array.from(option.subarray(2), (byte) => hex(byte, 2)).join(':'));
  } else if (type === 3) {
    const flags = bits(PREFIX_FLAGS, p.u8(option, 3), { none: 'none', separator: ', ' });
    const bad = option.length === 32 ? '' : 'badlen';
    p.put(`${p.ip6(option, 16)}/${p.u8(option, 2)}${bad}, Flags [${flags}]`);
    p.put(`, valid time ${lifetime(p.u32(option, 4))}, pref. time ${lifetime(p.u32(option, 8))}`);
  } else if (type === 4) p.put(hexOnly('\n\t    ', option));
  else if (type === 5)
    p.put(` ${p.u32(option, 4)}${option.length === 8 ? '' : 'bad option length'}`);
  else if (type === 25) {
    p.put(` lifetime ${p.u32(option, 4)}s,`);
    for (let at = 8; at + 16 <= option.length; at += 16) p.put(` addr: ${p.ip6(option, at)}`);
  } else if (type === 7) p.put(` ${p.u32(option, 4)}ms`);
  else if (type === 8) p.put(` preference ${p.u16(option, 4)}, lifetime ${p.u16(option, 6)}`);
  else if (type === 24) printRoute(p, option);
  else if (type === 31) printSearchList(p, option);
  else return false;
  return true;
}

/** RFC 4191 §2.3: as many bytes of the prefix as its length needs. */
function printRoute(p: Printer, option: Uint8Array): void {
  const prefix = new Uint8Array(16);
  prefix.set(option.subarray(8, 24));
  const preference = PREFERENCES[(p.u8(option, 3) >> 3) & 3] ?? '';
  p.put(` ${p.ip6(prefix, 0)}/${p.u8(option, 2)}, pref=${preference}`);
  p.put(`, lifetime=${lifetime(p.u32(option, 4))}`);
}

/** RFC 8106 §5.2: names without compression, padded with zeros. */
function printSearchList(p: Printer, option: Uint8Array): void {
  p.put(` lifetime ${p.u32(option, 4)}s, domain(s):`);
  const r = new ByteReader(option);
  r.take(8);
  while (r.left > 0 && option[r.at] !== 0) {
    const name = readName(r);
    if (name === undefined) {
      p.truncate();
      return;
    }
    p.put(` ${name}`);
  }
}

const lifetime = (sec: number): string => (sec === 0xffff_ffff ? 'infinity' : `${sec}s`);
