import { checksum } from '../checksum';
import { hex, type Printer, relativeTime, tok } from './printer';

/** igmpv3report2str, print-igmp.c; the same numbers as MLDv2's. */
export const RECORD_TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'is_in'],
  [2, 'is_ex'],
  [3, 'to_in'],
  [4, 'to_ex'],
  [5, 'allow'],
  [6, 'block'],
]);

/** igmp_print(), print-igmp.c. Omitted: DVMRP, PIMv1 and mtrace bodies. */
export function printIgmp(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'igmp';
  if (p.options.quiet) {
    p.put('igmp');
    return;
  }
  const type = p.u8(bytes, 0);
  if (type === 0x11) {
    p.put('igmp query');
    if (length >= 12) printQuery3(p, bytes, length);
    else printQuery(p, bytes, length);
  } else if (type === 0x12) {
    p.put(`igmp v1 report ${p.ip4(bytes, 4)}${length === 8 ? '' : ` [len ${length}]`}`);
  } else if (type === 0x16) p.put(`igmp v2 report ${p.ip4(bytes, 4)}`);
  else if (type === 0x22) {
    p.put('igmp v3 report');
    printReport3(p, bytes, length);
  } else if (type === 0x17) p.put(`igmp leave ${p.ip4(bytes, 4)}`);
  else p.put(`igmp-${type}`);
  if (p.verbose === 0 || length < 4 || bytes.length < length) return;
  if (checksum(bytes.subarray(0, length)) !== 0)
    p.put(` bad igmp cksum ${hex(p.u16(bytes, 2), 1)}!`);
}

function printQuery(p: Printer, bytes: Uint8Array, length: number): void {
  const time = p.u8(bytes, 1);
  p.put(time ? ' v2' : ' v1');
  if (time && time !== 100) p.put(` [max resp time ${time}]`);
  if (p.u32(bytes, 4)) p.put(` [gaddr ${p.ip4(bytes, 4)}]`);
  if (length !== 8) p.put(` [len ${length}]`);
}

/** print_igmpv3_query(). */
function printQuery3(p: Printer, bytes: Uint8Array, length: number): void {
  p.put(' v3');
  if (length & 3) {
    p.put(` [invalid len ${length}]`);
    return;
  }
  const code = p.u8(bytes, 1);
  const tenths = code < 128 ? code : ((code & 15) | 16) << (((code & 0x70) >> 4) + 3);
  if (code !== 100) {
    const time =
      tenths < 600 ? `${(tenths * 0.1).toFixed(1)}s` : relativeTime(Math.floor(tenths / 10));
    p.put(` [max resp time ${time}]`);
  }
  if (p.u32(bytes, 4) === 0) return;
  p.put(` [gaddr ${p.ip4(bytes, 4)}`);
  const sources = p.u16(bytes, 10);
  if (sources > 0) {
    if (length < 12 + sources * 4) p.put(' [invalid number of sources]');
    else if (p.verbose > 1) p.put(` {${addresses(p, bytes, 12, sources)} }`);
    else p.put(`, ${sources} source(s)`);
  }
  p.put(']');
}

/** print_igmpv3_report(). */
function printReport3(p: Printer, bytes: Uint8Array, length: number): void {
  if (length < 16 || length & 3) {
    p.put(` [invalid len ${length}]`);
    return;
  }
  const groups = p.u16(bytes, 6);
  p.put(`, ${groups} group record(s)`);
  if (p.verbose === 0) return;
  let at = 8;
  for (let i = 0; i < groups && !p.ended; i++) {
    if (length < at + 8) {
      p.put(' [invalid number of groups]');
      return;
    }
    const type = p.u8(bytes, at);
    p.put(` [gaddr ${p.ip4(bytes, at + 4)} ${tok(RECORD_TYPES, type, ` [v3-report-#${type}]`)}`);
    const sources = p.u16(bytes, at + 2);
    if (length < at + 8 + sources * 4) {
      p.put(` [invalid number of sources ${sources}]`);
      return;
    }
    if (p.verbose === 1) p.put(`, ${sources} source(s)`);
    else p.put(` {${addresses(p, bytes, at + 8, sources)} }`);
    at += 8 + sources * 4;
    p.put(']');
  }
}

function addresses(p: Printer, bytes: Uint8Array, at: number, count: number): string {
  let text = '';
  for (let i = 0; i < count && !p.ended; i++) text += ` ${p.ip4(bytes, at + 4 * i)}`;
  return text;
}
