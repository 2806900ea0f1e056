import { checksum } from '../checksum';
import { addressList, IGMP_V3, printGroupRecords } from './group-records';
import { hex, type Printer, relativeTime } from './printer';

/** igmpv3report2str, print-igmp.c; the same numbers as MLDv2's. */

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
    else if (p.verbose > 1)
      p.put(` {${addressList(p, bytes, { at: 12, count: sources, form: IGMP_V3 })} }`);
    else p.put(`, ${sources} source(s)`);
  }
  p.put(']');
}

/** print_igmpv3_report(). */
function printReport3(p: Printer, bytes: Uint8Array, length: number): void {
  if (length < 16 || length & 3) p.put(` [invalid len ${length}]`);
  else printGroupRecords(p, bytes, length, IGMP_V3);
}
