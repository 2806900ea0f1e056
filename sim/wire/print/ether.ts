import { ETH_P_8021Q, ETH_P_ARP, ETH_P_IP, ETH_P_IPV6 } from '../frame';
import { printArp } from './arp';
import { ETHERTYPE_NAMES } from './ethertype';
import { hex, type Printer, tok } from './printer';
import { printStp } from './stp';

const MAX_ETHERNET_LENGTH = 1500;
const VLAN_TYPES = [ETH_P_8021Q, 0x9100, 0x9200, 0x88a8];

/** ether_common_print(), print-ether.c. Gives the length of the header. */
export function printEther(p: Printer, bytes: Uint8Array, length: number): number {
  p.protocol = 'ether';
  if (bytes.length < 14) {
    p.truncate();
    return bytes.length;
  }
  const addresses = `${p.mac(bytes, 6)} > ${p.mac(bytes, 0)}, `;
  if (p.options.link) p.put(addresses);
  let type = p.u16(bytes, 12);
  let at = 14;
  let lengthPrinted = false;
  while (VLAN_TYPES.includes(type)) {
    if (bytes.length < at + 4) {
      p.protocol = 'vlan';
      p.truncate();
      return bytes.length;
    }
    if (p.options.link) {
      const size = lengthPrinted ? ', ' : `, length ${length}: `;
      p.put(`${etherType(p, type)}${size}${tci(p.u16(bytes, at))}, `);
      lengthPrinted = true;
    }
    type = p.u16(bytes, at + 2);
    at += 4;
  }
  const payload = bytes.subarray(at);
  if (type <= MAX_ETHERNET_LENGTH) {
    return at + print8023(p, payload, { type, left: length - at, lengthPrinted });
  }
  if (p.options.link) p.put(etherType(p, type) + (lengthPrinted ? ', ' : `, length ${length}: `));
  if (!printEtherType(p, type, payload, length - at)) {
    if (!p.options.link) p.put(`${addresses}${etherType(p, type)}, length ${length}: `);
    p.dump(payload);
  }
  return at;
}

/** ether_type_print(), print-ether.c. */
export const etherType = (p: Printer, type: number): string =>
  p.options.quiet
    ? tok(ETHERTYPE_NAMES, type, `Unknown Ethertype (0x${hex(type, 4)})`)
    : `ethertype ${tok(ETHERTYPE_NAMES, type, 'Unknown')} (0x${hex(type, 4)})`;

/** ieee8021q_tci_string(), util-print.c. */
export const tci = (value: number): string =>
  `vlan ${value & 0xfff}, p ${value >>> 13}${value & 0x1000 ? ', DEI' : ''}`;

/** ethertype_print(), print-ether.c: false if nobody prints this type. */
export function printEtherType(
  p: Printer,
  type: number,
  bytes: Uint8Array,
  length: number,
): boolean {
  if (type === ETH_P_IP) p.layers.ip(p, bytes, length);
  else if (type === ETH_P_IPV6) p.layers.ip6(p, bytes, length);
  else if (type === ETH_P_ARP) printArp(p, bytes, length);
  else return false;
  return true;
}

interface Frame8023 {
  readonly type: number;
  readonly left: number;
  readonly lengthPrinted: boolean;
}

/** The type field is a length, and an LLC header follows: llc_print(), print-llc.c. */
function print8023(p: Printer, all: Uint8Array, frame: Frame8023): number {
  const length = Math.min(frame.type, frame.left);
  const bytes = all.subarray(0, length);
  if (p.options.link) p.put(`802.3${frame.lengthPrinted ? '' : `, length ${length}: `}`);
  p.protocol = 'llc';
  if (bytes.length < 3) {
    p.truncate();
    return bytes.length;
  }
  const dsap = p.u8(bytes, 0);
  const ssap = p.u8(bytes, 1);
  const control = p.u8(bytes, 2);
  if (p.options.link) {
    p.put(`LLC, dsap ${sap(dsap)} ${dsap & 1 ? 'Group' : 'Individual'}, `);
    p.put(`ssap ${sap(ssap)} ${ssap & 1 ? 'Response' : 'Command'}, ctrl 0x${hex(control, 2)}: `);
  }
  if (dsap === LLC_STP && ssap === LLC_STP && control === LLC_UI) {
    printStp(p, bytes.subarray(3), length - 3);
  } else p.dump(bytes);
  return 3;
}

/** LLCSAP_8021D and an unnumbered information frame, llc.h. */
const LLC_STP = 0x42;
const LLC_UI = 0x03;
/** llc_values, print-llc.c. */
const LLC_SAPS: ReadonlyMap<number, string> = new Map([
  [0x00, 'Null'],
  [0xfe, 'OSI'],
  [0x42, 'STP'],
  [0xaa, 'SNAP'],
  [0xe0, 'IPX'],
  [0xf0, 'NetBeui'],
]);
const sap = (field: number): string =>
  `${tok(LLC_SAPS, field & 0xfe, 'Unknown')} (0x${hex(field & 0xfe, 2)})`;
