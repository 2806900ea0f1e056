import { ARPHRD_ETHER } from '../arp';
import { ETH_P_IP } from '../frame';
import { hex, type Printer, tok } from './printer';

const HARDWARE: ReadonlyMap<number, string> = new Map([
  [1, 'Ethernet'],
  [6, 'TokenRing'],
  [7, 'ArcNet'],
  [15, 'FrameRelay'],
  [17, 'Strip'],
  [24, 'IEEE 1394'],
]);
const OPERATIONS: ReadonlyMap<number, string> = new Map([
  [1, 'Request'],
  [2, 'Reply'],
  [3, 'Reverse Request'],
  [4, 'Reverse Reply'],
  [8, 'Inverse Request'],
  [9, 'Inverse Reply'],
]);

/** arp_print(), print-arp.c. Omitted: ATM and Frame Relay. */
export function printArp(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'arp';
  const hardware = p.u16(bytes, 0);
  const protocol = p.u16(bytes, 2);
  const hardwareLength = p.u8(bytes, 4);
  const protocolLength = p.u8(bytes, 5);
  const op = p.u16(bytes, 6);
  if (bytes.length < 8 + 2 * hardwareLength + 2 * protocolLength) {
    p.truncate();
    return;
  }
  if (!p.options.link) p.put('ARP, ');
  const known = protocol === ETH_P_IP && protocolLength === 4 && hardwareLength !== 0;
  if (!known || p.verbose > 0) {
    p.put(`${tok(HARDWARE, hardware, `Unknown Hardware (${hardware})`)} (len ${hardwareLength}), `);
    const name = protocol === ETH_P_IP ? 'IPv4' : `Unknown Protocol (0x${hex(protocol, 4)})`;
    p.put(`${name} (len ${protocolLength})`);
    if (p.verbose === 0) {
      p.put(`, length ${length}`);
      return;
    }
  }
  const operation = tok(OPERATIONS, op, `Unknown (${op})`);
  p.put(`${p.verbose > 0 ? ', ' : ''}${operation} `);
  if (!known || hardware !== ARPHRD_ETHER || hardwareLength !== 6) {
    p.dump(bytes);
    return;
  }
  if (!printOperation(p, bytes, op)) {
    p.dump(bytes);
    return;
  }
  p.put(`, length ${length}`);
}

function printOperation(p: Printer, bytes: Uint8Array, op: number): boolean {
  const sha = p.mac(bytes, 8);
  const tha = p.mac(bytes, 18);
  const targetKnown = bytes.subarray(18, 24).some((byte) => byte !== 0);
  if (op === 1) {
    const target = targetKnown ? ` (${tha})` : '';
    p.put(`who-has ${p.ip4(bytes, 24)}${target} tell ${p.ip4(bytes, 14)}`);
  } else if (op === 2) p.put(`${p.ip4(bytes, 14)} is-at ${sha}`);
  else if (op === 3 || op === 8) p.put(`who-is ${tha} tell ${sha}`);
  else if (op === 4) p.put(`${tha} at ${p.ip4(bytes, 24)}`);
  else if (op === 9) p.put(`${sha} at ${p.ip4(bytes, 14)}`);
  else return false;
  return true;
}
