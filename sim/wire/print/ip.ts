import { checksum } from '../checksum';
import { IPPROTO_TCP, IPPROTO_UDP } from '../frame';
import { printTransport, protocolName, protocolTitle } from './ip-demux';
import { bits, hex, type Printer, shouldBe, tok } from './printer';

const FRAGMENT_BITS: readonly (readonly [number, string])[] = [
  [0x2000, '+'],
  [0x4000, 'DF'],
  [0x8000, 'rsvd'],
];
const OPTIONS: ReadonlyMap<number, string> = new Map([
  [0, 'EOL'],
  [1, 'NOP'],
  [68, 'timestamp'],
  [130, 'security'],
  [7, 'RR'],
  [137, 'SSRR'],
  [131, 'LSRR'],
  [148, 'RA'],
  [82, 'traceroute'],
]);
const ECN = ['', ',ECT(1)', ',ECT(0)', ',CE'];
/** Transports that print the addresses themselves, with their ports: SCTP and DCCP too. */
const WITH_PORTS = [IPPROTO_TCP, IPPROTO_UDP, 132, 33];

/** ip_print(), print-ip.c. */
export function printIp(p: Printer, all: Uint8Array, length: number): void {
  p.protocol = 'ip';
  const version = p.u8(all, 0) >> 4;
  if (version !== 4) {
    p.put(version === 6 ? 'IP6, wrong link-layer encapsulation' : `IP${version}`);
    p.invalid();
    return;
  }
  if (!p.options.link) p.put('IP ');
  if (all.length < 20) {
    p.truncate();
    return;
  }
  if (length < 20) {
    p.put(`truncated-ip ${length}`);
    return;
  }
  const headerLength = (p.u8(all, 0) & 15) * 4;
  if (headerLength < 20) {
    p.put(`bad-hlen ${headerLength}`);
    return;
  }
  const totalLength = p.u16(all, 2);
  if (length < totalLength) p.put(`truncated-ip - ${totalLength - length} bytes missing! `);
  if (totalLength < headerLength) {
    p.put(`bad-len ${totalLength}`);
    return;
  }
  const bytes = all.subarray(0, totalLength);
  const frag = p.u16(bytes, 6);
  const protocol = p.u8(bytes, 9);
  if (p.verbose > 0) printHeader(p, bytes, headerLength);
  const addresses = `${p.ip4(bytes, 12)} > ${p.ip4(bytes, 16)}:`;
  if ((frag & 0x1fff) !== 0) {
    const name = p.options.numeric ? undefined : protocolName(protocol);
    p.put(`${addresses} ${name ?? `ip-proto-${protocol}`}`);
    return;
  }
  if (!WITH_PORTS.includes(protocol)) p.put(`${addresses} `);
  if (bytes.length < headerLength) {
    p.put(` [remaining caplen(${bytes.length}) < header length(${headerLength})]`);
    p.truncate();
    return;
  }
  const ip = {
    src: p.readIp(bytes, 12, 4),
    dst: p.readIp(bytes, 16, 4),
    protocol,
    fragmented: (frag & 0x2000) !== 0,
  };
  printTransport(p, protocol, {
    bytes: bytes.subarray(headerLength),
    length: totalLength - headerLength,
    ip,
  });
}

/** The parenthesis of -v. */
function printHeader(p: Printer, bytes: Uint8Array, headerLength: number): void {
  const tos = p.u8(bytes, 1);
  const ttl = p.u8(bytes, 8);
  const frag = p.u16(bytes, 6);
  const protocol = p.u8(bytes, 9);
  p.put(`(tos 0x${tos.toString(16)}${ECN[tos & 3] ?? ''}`);
  if (ttl >= 1) p.put(`, ttl ${ttl}`);
  const flags = bits(FRAGMENT_BITS, frag, { none: 'none', separator: ', ' });
  p.put(`, id ${p.u16(bytes, 4)}, offset ${(frag & 0x1fff) * 8}, flags [${flags}]`);
  p.put(`, proto ${protocolTitle(protocol)} (${protocol}), length ${p.u16(bytes, 2)}`);
  if (headerLength > 20) {
    p.put(', options (');
    printOptions(p, bytes.subarray(20, headerLength), headerLength - 20);
    p.put(')');
  }
  if (!p.options.noChecksum && bytes.length >= headerLength) {
    const found = p.u16(bytes, 10);
    const sum = checksum(bytes.subarray(0, headerLength));
    if (sum !== 0) p.put(`, bad cksum ${hex(found, 1)} (->${hex(shouldBe(found, sum), 1)})!`);
  }
  p.put(')\n    ');
}

/** ip_optprint(), print-ip.c. Omitted: the stamps of a timestamp option. */
function printOptions(p: Printer, bytes: Uint8Array, length: number): void {
  let at = 0;
  while (at < length && !p.ended) {
    const code = p.u8(bytes, at);
    p.put(`${at > 0 ? ',' : ''}${tok(OPTIONS, code, `unknown ${code}`)}`);
    if (code === 0) return;
    const size = code === 1 ? 1 : p.u8(bytes, at + 1);
    if (size < 1 || (code !== 1 && size < 2) || at + size > length) {
      p.put(` [bad length ${size}]`);
      return;
    }
    if (code === 7 || code === 137 || code === 131) {
      printRoute(p, bytes.subarray(at, at + size), size);
    }
    if (code === 148 && size >= 4 && p.u16(bytes, at + 2) !== 0) {
      p.put(` value ${p.u16(bytes, at + 2)}`);
    }
    at += size;
  }
}

/** ip_printroute(), print-ip.c. */
function printRoute(p: Printer, bytes: Uint8Array, length: number): void {
  if (length < 3) {
    p.put(` [bad length ${length}]`);
    return;
  }
  if ((length + 1) & 3) p.put(` [bad length ${length}]`);
  const pointer = p.u8(bytes, 2) - 1;
  if (pointer < 3 || (pointer + 1) & 3 || pointer > length + 1) {
    p.put(` [bad ptr ${p.u8(bytes, 2)}]`);
  }
  for (let at = 3; at < length && !p.ended; at += 4) {
    p.put(` ${p.ip4(bytes, at)}${pointer > at ? ',' : ''}`);
  }
}
