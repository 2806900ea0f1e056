import { ETH_P_8021Q } from '../frame';
import { printEtherType, tci } from './ether';
import { ETHERTYPE_NAMES } from './ethertype';
import { hex, type Printer, tok } from './printer';

/** Bytes of a Linux cooked v2 header: LINKTYPE_LINUX_SLL2. */
export const SLL2_HLEN = 20;

/** sll_pkttype_values, print-sll.c: PACKET_HOST and so on of linux/if_packet.h. */
const PACKET_TYPES: ReadonlyMap<number, string> = new Map([
  [0, 'In'],
  [1, 'B'],
  [2, 'M'],
  [3, 'P'],
  [4, 'Out'],
]);

/**
 * sll2_if_print(), print-sll.c. `deviceName` is if_indextoname(). Gives the length of the header.
 */
export function printSll2(
  p: Printer,
  bytes: Uint8Array,
  deviceName: (ifindex: number) => string | undefined,
): number {
  p.protocol = 'sll2';
  if (bytes.length < SLL2_HLEN) {
    p.truncate();
    return 0;
  }
  const device = deviceName(p.u32(bytes, 4)) ?? '?';
  p.put(`${device.padEnd(5)} ${tok(PACKET_TYPES, p.u8(bytes, 10), '?').padEnd(3)} `);
  if (p.options.link) printHeader(p, bytes);
  let type = p.u16(bytes, 0);
  let at = SLL2_HLEN;
  if (type === ETH_P_8021Q) {
    if (p.options.link) p.put(`${tci(p.u16(bytes, at))}, `);
    type = p.u16(bytes, at + 2);
    if (!p.options.quiet) p.put(`ethertype ${tok(ETHERTYPE_NAMES, type, 'Unknown')}, `);
    at += 4;
  }
  const payload = bytes.subarray(at);
  if (!printEtherType(p, type, payload, payload.length)) {
    if (!p.options.link) printHeader(p, bytes);
    p.dump(payload);
  }
  return at;
}

/** sll2_print(), print-sll.c. */
function printHeader(p: Printer, bytes: Uint8Array): void {
  p.put(`ifindex ${p.u32(bytes, 4)} `);
  if (p.u8(bytes, 11) === 6) p.put(`${p.mac(bytes, 12)} `);
  if (p.options.quiet) return;
  const type = p.u16(bytes, 0);
  p.put(`ethertype ${tok(ETHERTYPE_NAMES, type, 'Unknown')} (0x${hex(type, 4)})`);
  p.put(`, length ${bytes.length}: `);
}
