import { bits, hex, type Printer, tok } from './printer';

const VERSIONS: ReadonlyMap<number, string> = new Map([
  [0, '802.1d'],
  [2, '802.1w'],
  [3, '802.1s'],
  [4, '802.1aq'],
]);
const TYPES: ReadonlyMap<number, string> = new Map([
  [0x00, 'Config'],
  [0x02, 'Rapid STP'],
  [0x80, 'Topology Change'],
]);
const FLAGS: readonly (readonly [number, string])[] = [
  [0x01, 'Topology change'],
  [0x02, 'Proposal'],
  [0x10, 'Learn'],
  [0x20, 'Forward'],
  [0x40, 'Agreement'],
  [0x80, 'Topology change ACK'],
];
const ROLES = ['Unknown', 'Alternate', 'Root', 'Designated'];
/** A configuration BPDU without its last byte. */
const CONFIG_LENGTH = 35;
const RAPID = 2;

/** stp_print(), print-stp.c. Omitted: MSTP and SPB bodies, which Linux bridges do not send. */
export function printStp(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'stp';
  if (length < 4) {
    p.invalid();
    return;
  }
  if (p.u16(bytes, 0) !== 0) {
    p.put(`unknown STP version, length ${length}`);
    return;
  }
  const version = p.u8(bytes, 2);
  p.put(`STP ${tok(VERSIONS, version, `Unknown STP protocol (0x${hex(version, 2)})`)}`);
  if (!VERSIONS.has(version)) return;
  const type = p.u8(bytes, 3);
  p.put(`, ${tok(TYPES, type, `Unknown BPDU Type (0x${hex(type, 2)})`)}`);
  if (type === 0x80) return;
  if (length < CONFIG_LENGTH) {
    p.invalid();
    return;
  }
  printConfig(p, bytes, length);
}

/** stp_print_config_bpdu(). */
function printConfig(p: Printer, bytes: Uint8Array, length: number): void {
  const flags = p.u8(bytes, 4);
  p.put(`, Flags [${bits(FLAGS, flags, { none: 'none', separator: ', ' })}]`);
  const port = hex(p.u16(bytes, 25), 4);
  p.put(`, bridge-id ${bridgeId(p, bytes, 17)}.${port}, length ${length}`);
  if (p.verbose === 0) return;
  const time = (at: number): string => `${(p.u16(bytes, at) / 256).toFixed(2)}s`;
  p.put(`\n\tmessage-age ${time(27)}, max-age ${time(29)}`);
  p.put(`, hello-time ${time(31)}, forwarding-delay ${time(33)}`);
  p.put(`\n\troot-id ${bridgeId(p, bytes, 5)}, root-pathcost ${p.u32(bytes, 13)}`);
  if (p.u8(bytes, 2) === RAPID) p.put(`, port-role ${ROLES[(flags >> 2) & 3] ?? 'Unknown'}`);
}

function bridgeId(p: Printer, bytes: Uint8Array, at: number): string {
  const mac = Array.from({ length: 6 }, (_, i) => hex(p.u8(bytes, at + 2 + i), 2)).join(':');
  return `${hex(p.u16(bytes, at), 4)}.${mac}`;
}
