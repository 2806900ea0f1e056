import { printDhcpOptions } from './dhcp-options';
import { hex, type Printer, tok, visible } from './printer';

const OPERATIONS: ReadonlyMap<number, string> = new Map([
  [1, 'Request'],
  [2, 'Reply'],
]);
const MAGIC_COOKIE = 0x63825363;
/** Where the vendor area starts. */
const VENDOR = 236;

/** bootp_print(), print-bootp.c. */
export function printBootp(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'bootp';
  const op = p.u8(bytes, 0);
  p.put(`BOOTP/DHCP, ${tok(OPERATIONS, op, `unknown (0x${hex(op, 2)})`)}`);
  const ethernet = p.u8(bytes, 1) === 1 && p.u8(bytes, 2) === 6;
  if (ethernet && op === 1) p.put(` from ${p.mac(bytes, 28)}`);
  p.put(`, length ${length}`);
  if (p.verbose === 0) return;
  if (!ethernet) p.put(`, htype ${p.u8(bytes, 1)}, hlen ${p.u8(bytes, 2)}`);
  if (p.u8(bytes, 3)) p.put(`, hops ${p.u8(bytes, 3)}`);
  if (p.u32(bytes, 4)) p.put(`, xid 0x${p.u32(bytes, 4).toString(16)}`);
  if (p.u16(bytes, 8)) p.put(`, secs ${p.u16(bytes, 8)}`);
  const flags = p.u16(bytes, 10);
  p.put(`, Flags [${flags & 0x8000 ? 'Broadcast' : 'none'}]`);
  if (p.verbose > 1) p.put(` (0x${hex(flags, 4)})`);
  ['Client-IP', 'Your-IP', 'Server-IP', 'Gateway-IP'].forEach((name, i) => {
    const at = 12 + 4 * i;
    if (p.u32(bytes, at)) p.put(`\n\t  ${name} ${p.ip4(bytes, at)}`);
  });
  if (ethernet) p.put(`\n\t  Client-Ethernet-Address ${p.mac(bytes, 28)}`);
  if (p.u8(bytes, 44)) p.put(`\n\t  sname "${zeroTerminated(bytes.subarray(44, 108))}"`);
  if (p.u8(bytes, 108)) p.put(`\n\t  file "${zeroTerminated(bytes.subarray(108, VENDOR))}"`);
  const magic = p.u32(bytes, VENDOR);
  if (magic === MAGIC_COOKIE) {
    p.put(`\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie 0x${hex(magic, 8)}`);
    printDhcpOptions(p, bytes.subarray(VENDOR + 4));
  } else if (magic !== 0) p.put(`\n\t  Vendor-#0x${magic.toString(16)}`);
}

function zeroTerminated(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Array.from(end < 0 ? bytes : bytes.subarray(0, end), visible).join('');
}
