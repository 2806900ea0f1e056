import { ETH_P_IP, ETH_P_IPV6 } from '../frame';
import { ETHERTYPE_NAMES } from './ethertype';
import { bits, hex, type Printer, tok } from './printer';

const FLAGS: readonly (readonly [number, string])[] = [
  [0x8000, 'checksum present'],
  [0x4000, 'routing present'],
  [0x2000, 'key present'],
  [0x1000, 'sequence# present'],
  [0x0800, 'source routing present'],
  [0x0080, 'ack present'],
];

/** gre_print_0(), print-gre.c. Omitted: version 1 (PPTP) and source routes. */
export function printGre(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'gre';
  const flags = p.u16(bytes, 0);
  p.put(`GREv${flags & 7}`);
  if ((flags & 7) !== 0) {
    p.put(' ERROR: unknown-version');
    return;
  }
  if (p.verbose > 0) p.put(`, Flags [${bits(FLAGS, flags, { none: 'none', separator: ', ' })}]`);
  const type = p.u16(bytes, 2);
  let at = 4;
  if (flags & 0xc000) {
    if (p.verbose > 0) p.put(`, sum 0x${p.u16(bytes, at).toString(16)}`);
    p.put(`, off 0x${p.u16(bytes, at + 2).toString(16)}`);
    at += 4;
  }
  if (flags & 0x2000) {
    p.put(`, key=0x${p.u32(bytes, at).toString(16)}`);
    at += 4;
  }
  if (flags & 0x1000) {
    p.put(`, seq ${p.u32(bytes, at)}`);
    at += 4;
  }
  if (p.options.link) p.put(`, proto ${tok(ETHERTYPE_NAMES, type, 'unknown')} (0x${hex(type, 4)})`);
  p.put(`, length ${length}${p.verbose < 1 ? ': ' : '\n\t'}`);
  const payload = bytes.subarray(at);
  if (type === ETH_P_IP) p.layers.ip(p, payload, length - at);
  else if (type === ETH_P_IPV6) p.layers.ip6(p, payload, length - at);
  else if (type === ETHERTYPE_TEB) p.layers.ether(p, payload, length - at);
  else p.put(`gre-proto-0x${type.toString(16)}`);
}

/** Transparent Ethernet bridging, ethertype.h. */
const ETHERTYPE_TEB = 0x6558;
