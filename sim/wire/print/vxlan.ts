import { hex, type Printer } from './printer';

/** vxlan_print(), print-vxlan.c. */
export function printVxlan(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'vxlan';
  p.put('VXLAN');
  if (length < 8) {
    p.invalid();
    return;
  }
  const flags = p.u8(bytes, 0);
  p.put(`, flags [${flags & 8 ? 'I' : 'invalid'}] (0x${hex(flags, 2)}), `);
  p.put(`vni ${p.u24(bytes, 4)}\n`);
  p.u8(bytes, 7);
  p.layers.ether(p, bytes.subarray(8), length - 8);
}

/**
 * otv_print(), print-otv.c: what tcpdump takes for port 8472, which Linux and flannel use for
 * VXLAN.
 */
export function printOtv(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'otv';
  p.put('OTV, ');
  if (length < 8) {
    p.put(`[length ${length} < 8]`);
    p.invalid();
    return;
  }
  const flags = p.u8(bytes, 0);
  p.put(`flags [${flags & 8 ? 'I' : '.'}] (0x${hex(flags, 2)}), overlay ${p.u24(bytes, 1)}, `);
  p.put(`instance ${p.u24(bytes, 4)}\n`);
  p.u8(bytes, 7);
  p.layers.ether(p, bytes.subarray(8), length - 8);
}
