import { checksum } from '../checksum';
import { IPPROTO_TCP, IPPROTO_UDP } from '../frame';
import { isIcmpError } from '../icmp';
import { hex, type IpContext, type Printer, shouldBe, tok } from './printer';

/** Where the quoted IP header starts. */
const QUOTED = 8;

/** icmp2str, print-icmp.c. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'echo reply'],
  [3, 'unreachable'],
  [4, 'source quench'],
  [5, 'redirect'],
  [6, 'alternate host address'],
  [8, 'echo request'],
  [9, 'router advertisement'],
  [10, 'router solicitation'],
  [11, 'time exceeded'],
  [12, 'ip header bad'],
  [13, 'time stamp request'],
  [14, 'time stamp reply'],
  [15, 'information request'],
  [16, 'information reply'],
  [17, 'address mask request'],
  [18, 'address mask reply'],
]);

/** What follows the address of an unreachable destination, and what stands before it. */
const UNREACHABLE: ReadonlyMap<number, readonly [before: string, after: string]> = new Map([
  [0, ['net ', ' unreachable']],
  [1, ['host ', ' unreachable']],
  [5, ['', ' unreachable - source route failed']],
  [6, ['net ', ' unreachable - unknown']],
  [7, ['host ', ' unreachable - unknown']],
  [8, ['', ' unreachable - source host isolated']],
  [9, ['net ', ' unreachable - admin prohibited']],
  [10, ['host ', ' unreachable - admin prohibited']],
  [11, ['net ', ' unreachable - tos prohibited']],
  [12, ['host ', ' unreachable - tos prohibited']],
  [13, ['host ', ' unreachable - admin prohibited filter']],
  [14, ['host ', ' unreachable - host precedence violation']],
  [15, ['host ', ' unreachable - precedence cutoff']],
]);

/** icmp_print(), print-icmp.c. Omitted: multi-part extensions (RFC 4884). */
export function printIcmp(p: Printer, bytes: Uint8Array, length: number, ip: IpContext): void {
  p.protocol = 'icmp';
  const type = p.u8(bytes, 0);
  p.put(`ICMP ${messageText(p, bytes, type)}, length ${length}`);
  if (p.verbose === 0) return;
  if (!ip.fragmented && bytes.length >= length) {
    const sum = checksum(bytes.subarray(0, length));
    const found = p.u16(bytes, 2);
    if (sum !== 0)
      p.put(` (wrong icmp cksum ${hex(found, 1)} (->${hex(shouldBe(found, sum), 1)})!)`);
  }
  if (!isIcmpError(type)) return;
  p.put('\n\t');
  const quoted = bytes.subarray(QUOTED);
  p.layers.ip(p, quoted, p.u16(quoted, 2));
}

function messageText(p: Printer, bytes: Uint8Array, type: number): string {
  const code = p.u8(bytes, 1);
  const idSeq = (): readonly [number, number] => [p.u16(bytes, 4), p.u16(bytes, 6)];
  if (type === 8 || type === 0) {
    const [id, seq] = idSeq();
    return `echo ${type === 8 ? 'request' : 'reply'}, id ${id}, seq ${seq}`;
  }
  if (type === 3) return unreachable(p, bytes, code);
  if (type === 5) return redirect(p, bytes, code);
  if (type === 9) return routerAdvertisement(p, bytes);
  if (type === 11) {
    if (code === 0) return 'time exceeded in-transit';
    return code === 1 ? 'ip reassembly time exceeded' : `time exceeded-#${code}`;
  }
  if (type === 12) {
    return code
      ? `parameter problem - code ${code}`
      : `parameter problem - octet ${p.u8(bytes, 4)}`;
  }
  if (type === 18) return `address mask is 0x${hex(p.u32(bytes, 8), 8)}`;
  if (type === 13) {
    const [id, seq] = idSeq();
    return `time stamp query id ${id} seq ${seq}`;
  }
  if (type === 14) {
    const [id, seq] = idSeq();
    const at = (offset: number): string => clock(p.u32(bytes, offset));
    return `time stamp reply id ${id} seq ${seq}: org ${at(8)}, recv ${at(12)}, xmit ${at(16)}`;
  }
  return tok(NAMES, type, `type-#${type}`);
}

function unreachable(p: Printer, bytes: Uint8Array, code: number): string {
  const dst = p.ip4(bytes, QUOTED + 16);
  const protocol = p.u8(bytes, QUOTED + 9);
  if (code === 2) return `${dst} protocol ${protocol} unreachable`;
  if (code === 3) {
    const port = p.u16(bytes, QUOTED + (p.u8(bytes, QUOTED) & 15) * 4 + 2);
    if (protocol === IPPROTO_TCP) return `${dst} tcp port ${p.port(port, 'tcp')} unreachable`;
    if (protocol === IPPROTO_UDP) return `${dst} udp port ${p.port(port, 'udp')} unreachable`;
    return `${dst} protocol ${protocol} port ${port} unreachable`;
  }
  if (code === 4) {
    const mtu = p.u16(bytes, 6);
    return `${dst} unreachable - need to frag${mtu ? ` (mtu ${mtu})` : ''}`;
  }
  const [before, after] = UNREACHABLE.get(code) ?? ['', ` unreachable - #${code}`];
  return `${before}${dst}${after}`;
}

function redirect(p: Printer, bytes: Uint8Array, code: number): string {
  const dst = p.ip4(bytes, QUOTED + 16);
  const gateway = p.ip4(bytes, 4);
  if (code === 0) return `redirect ${dst} to net ${gateway}`;
  if (code === 1) return `redirect ${dst} to host ${gateway}`;
  if (code === 2) return `redirect-tos ${dst} to net ${gateway}`;
  if (code === 3) return `redirect-tos ${dst} to host ${gateway}`;
  return `redirect-#${code} ${dst} to ${gateway}`;
}

function routerAdvertisement(p: Printer, bytes: Uint8Array): string {
  const lifetime = p.u16(bytes, 6);
  const count = p.u8(bytes, 4);
  const size = p.u8(bytes, 5);
  let text = `router advertisement lifetime ${duration(lifetime)} ${count}:`;
  if (size !== 2) return `${text} [size ${size}]`;
  for (let i = 0; i < count && !p.ended; i++) {
    text += ` {${p.ip4(bytes, 8 + 8 * i)} ${p.u32(bytes, 12 + 8 * i)}}`;
  }
  return text;
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

function duration(sec: number): string {
  if (sec < 60) return String(sec);
  if (sec < 3600) return `${Math.floor(sec / 60)}:${two(sec % 60)}`;
  return `${Math.floor(sec / 3600)}:${two((sec % 3600) / 60)}:${two(sec % 60)}`;
}

/** icmp_tstamp_print(): milliseconds since midnight. */
function clock(ms: number): string {
  const sec = Math.floor(ms / 1000);
  const fraction = String(ms % 1000).padStart(3, '0');
  return `${two(sec / 3600)}:${two((sec % 3600) / 60)}:${two(sec % 60)}.${fraction}`;
}
