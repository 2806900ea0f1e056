import { formatIp } from '../ip';
import { hex, type Printer, tok, visible } from './printer';

/** How the value of an option is told: the first characters of tag2str, print-bootp.c. */
type Format = 'ip' | 'long' | 'short' | 'bytes' | 'text' | 'boolean' | 'special';

/** tag2str, print-bootp.c: those that DHCP clients and servers of Linux send. */
const TAGS: ReadonlyMap<number, readonly [Format, string]> = new Map([
  [1, ['ip', 'Subnet-Mask']],
  [2, ['long', 'Time-Zone']],
  [3, ['ip', 'Default-Gateway']],
  [4, ['ip', 'Time-Server']],
  [6, ['ip', 'Domain-Name-Server']],
  [12, ['text', 'Hostname']],
  [15, ['text', 'Domain-Name']],
  [17, ['text', 'RP']],
  [26, ['short', 'MTU']],
  [28, ['ip', 'BR']],
  [33, ['special', 'Static-Route']],
  [40, ['text', 'YD']],
  [41, ['ip', 'YS']],
  [42, ['ip', 'NTP']],
  [43, ['bytes', 'Vendor-Option']],
  [44, ['ip', 'Netbios-Name-Server']],
  [47, ['text', 'Netbios-Scope']],
  [50, ['ip', 'Requested-IP']],
  [51, ['long', 'Lease-Time']],
  [53, ['special', 'DHCP-Message']],
  [54, ['ip', 'Server-ID']],
  [55, ['special', 'Parameter-Request']],
  [56, ['text', 'MSG']],
  [57, ['short', 'MSZ']],
  [58, ['long', 'RN']],
  [59, ['long', 'RB']],
  [60, ['text', 'Vendor-Class']],
  [61, ['special', 'Client-ID']],
  [66, ['text', 'TFTP']],
  [67, ['text', 'BF']],
  [77, ['special', 'User-Class']],
  [92, ['ip', 'Associated-IP']],
  [93, ['short', 'ARCH']],
  [100, ['text', 'POSIX-TZ']],
  [101, ['text', 'TZ-Name']],
  [121, ['special', 'Classless-Static-Route']],
  [150, ['ip', 'TFTP-Server-Address']],
  [161, ['text', 'MUD-URL']],
  [249, ['special', 'Classless-Static-Route-Microsoft']],
]);
const MESSAGES: ReadonlyMap<number, string> = new Map([
  [1, 'Discover'],
  [2, 'Offer'],
  [3, 'Request'],
  [4, 'Decline'],
  [5, 'ACK'],
  [6, 'NACK'],
  [7, 'Release'],
  [8, 'Inform'],
  [10, 'LeaseQuery'],
  [11, 'LeaseUnassigned'],
  [12, 'LeaseUnknown'],
  [13, 'LeaseActive'],
]);

/** rfc1048_print(), print-bootp.c. An unknown tag is told by its size, as tcpdump does. */
export function printDhcpOptions(p: Printer, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length && !p.ended) {
    const tag = p.u8(bytes, at);
    if (tag === 255 && p.verbose < 3) return;
    if (tag === 0 || tag === 255) {
      if (p.verbose > 2) p.put(`\n\t    ${tag === 0 ? 'PAD' : 'END'} (${tag}), length 0`);
      at += 1;
      continue;
    }
    const size = p.u8(bytes, at + 1);
    const name = TAGS.get(tag)?.[1] ?? 'Unknown';
    p.put(`\n\t    ${name} (${tag}), length ${size}${size > 0 ? ': ' : ''}`);
    const value = bytes.subarray(at + 2, at + 2 + size);
    if (value.length < size) {
      p.truncate();
      return;
    }
    p.put(formatValue(p, tag, value));
    at += 2 + size;
  }
}

function formatValue(p: Printer, tag: number, value: Uint8Array): string {
  const format = TAGS.get(tag)?.[0] ?? sizeFormat(value.length);
  if (format === 'text') return `"${Array.from(value, visible).join('')}"`;
  if (format === 'ip') return groups(value, 4, (at) => p.ip4(value, at));
  if (format === 'long') return groups(value, 4, (at) => String(p.u32(value, at)));
  if (format === 'short') return groups(value, 2, (at) => String(p.u16(value, at)));
  if (format === 'boolean') return groups(value, 1, (at) => (value[at] ? 'Y' : 'N'));
  if (format === 'bytes') return Array.from(value, String).join('.');
  if (tag === 53) return tok(MESSAGES, value[0] ?? 0, `Unknown (${value[0] ?? 0})`);
  if (tag === 55) return parameters(value);
  if (tag === 61) return clientId(value);
  if (tag === 33) {
    return groups(value, 8, (at) => `(${p.ip4(value, at)}:${p.ip4(value, at + 4)})`);
  }
  if (tag === 121 || tag === 249) return classlessRoutes(p, value);
  return formatSized(p, value);
}

const formatSized = (p: Printer, value: Uint8Array): string => {
  if (value.length & 1) return Array.from(value, String).join('.');
  if (value.length & 2) return groups(value, 2, (at) => String(p.u16(value, at)));
  return groups(value, 4, (at) => String(p.u32(value, at)));
};

const sizeFormat = (length: number): Format =>
  length & 1 ? 'bytes' : length & 2 ? 'short' : 'long';

function groups(value: Uint8Array, size: number, one: (at: number) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (; at + size <= value.length; at += size) parts.push(one(at));
  const left = value.length - at;
  return parts.join(',') + (left > 0 ? `\n\t  trailing data length ${left}` : '');
}

function parameters(value: Uint8Array): string {
  let text = '';
  value.forEach((tag, i) => {
    text += i % 4 === 0 ? '\n\t      ' : ', ';
    text += `${TAGS.get(tag)?.[1] ?? 'Unknown'} (${tag})`;
  });
  return text;
}

function clientId(value: Uint8Array): string {
  const type = value[0] ?? 0;
  const rest = value.subarray(1);
  if (type === 0) return `"${Array.from(rest, visible).join('')}"`;
  const bytes = Array.from(rest, (byte) => hex(byte, 2)).join(':');
  return `${type === 1 ? 'ether' : `hardware-type ${type},`} ${bytes}`;
}

/** RFC 3442. */
function classlessRoutes(p: Printer, value: Uint8Array): string {
  if (value.length < 5) return '[ERROR: length < 5 bytes]';
  const routes: string[] = [];
  let at = 0;
  while (at < value.length) {
    const width = value[at] ?? 0;
    if (width > 32) return `${routes.join(',')},[ERROR: Mask width (${width}) > 32]`;
    const octets = Math.ceil(width / 8);
    const needed = octets + 4;
    const left = value.length - at - 1;
    if (left < needed) return `[ERROR: Remaining length (${left}) < ${needed} bytes]`;
    const network = Array.from({ length: 4 }, (_, i) =>
      i < octets ? (value[at + 1 + i] ?? 0) : 0,
    );
    const prefix = width === 0 ? 'default' : `${network.join('.')}/${width}`;
    routes.push(`(${prefix}:${formatIp(p.u32(value, at + 1 + octets))})`);
    at += 1 + needed;
  }
  return routes.join(',');
}
