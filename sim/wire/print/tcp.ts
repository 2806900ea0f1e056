import { DNS_PORT } from '../dns';
import { IPPROTO_TCP, TH_ACK, TH_FIN, TH_RST, TH_SYN, TH_URG } from '../frame';
import { printBgp } from './bgp';
import { printDomainOverTcp } from './domain';
import { hex, type IpContext, type Printer, shouldBe, transportSum, visible } from './printer';
import { printSsh } from './ssh';
import { printTcpOptions } from './tcp-options';
import { FTP, HTTP, printText, RTSP, SMTP, type TextProtocol, WHOIS } from './text-protocol';

const FLAGS = ['F', 'S', 'R', 'P', '.', 'U', 'E', 'W'];
const BGP_PORT = 179;
const SSH_PORT = 22;
/** In the order in which tcp_print() asks; either port decides. */
const TEXT_PORTS: readonly (readonly [port: number, protocol: TextProtocol])[] = [
  [25, SMTP],
  [43, WHOIS],
  [21, FTP],
  [80, HTTP],
  [8080, HTTP],
  [554, RTSP],
  [8554, RTSP],
];
const MAX_RST_DATA = 30;

/** tcp_print(), print-tcp.c: payloads of the protocols that a network of containers speaks. */
export function printTcp(p: Printer, bytes: Uint8Array, length: number, ip: IpContext): void {
  p.protocol = 'tcp';
  if (bytes.length < 4) {
    p.put(`${p.host(ip.src)} > ${p.host(ip.dst)}:`);
    p.truncate();
    return;
  }
  const sport = p.u16(bytes, 0);
  const dport = p.u16(bytes, 2);
  const address = ip.protocol === IPPROTO_TCP;
  const src = `${address ? `${p.host(ip.src)}.` : ''}${p.port(sport, 'tcp')}`;
  const dst = `${address ? `${p.host(ip.dst)}.` : ''}${p.port(dport, 'tcp')}`;
  p.put(`${src} > ${dst}: `);
  if (bytes.length < 20) {
    p.truncate();
    return;
  }
  const headerLength = (p.u8(bytes, 12) >> 4) * 4;
  const left = length - headerLength;
  if (headerLength < 20) {
    p.put(` tcp ${left} [bad hdr length ${headerLength} - too short, < 20]`);
    return;
  }
  const tooLong = ` [bad hdr length ${headerLength} - too long, > ${length}]`;
  if (p.options.quiet) {
    p.put(`tcp ${left}${headerLength > length ? tooLong : ''}`);
    return;
  }
  const segment = { bytes, length, headerLength, sport, dport, ip };
  const flags = p.u8(bytes, 13);
  p.put(`Flags [${FLAGS.filter((_, i) => flags & (1 << i)).join('') || 'none'}]`);
  const relative = relate(p, segment, flags);
  if (headerLength > length) {
    p.put(tooLong);
    return;
  }
  if (!printHeader(p, segment, relative)) return;
  p.put(`, length ${left}`);
  if (left > 0) printPayload(p, segment, flags);
}

interface Segment {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly headerLength: number;
  readonly sport: number;
  readonly dport: number;
  readonly ip: IpContext;
}

interface Relative {
  readonly seq: number;
  readonly ack: number;
  /** What the other side's numbers are relative to: SACK blocks. */
  readonly sackBase: number;
}

/** The conversation's first numbers, one entry for both directions; a SYN starts it anew. */
function relate(p: Printer, segment: Segment, flags: number): Relative {
  const { bytes, sport, dport, ip } = segment;
  const seq = p.u32(bytes, 4);
  const ack = p.u32(bytes, 8);
  if (p.options.absoluteSeq || !(flags & TH_ACK)) return { seq, ack, sackBase: 0 };
  const reverse = sport > dport || (sport === dport && ip.src > ip.dst);
  const key = reverse
    ? `${ip.dst} ${dport} ${ip.src} ${sport}`
    : `${ip.src} ${sport} ${ip.dst} ${dport}`;
  const known = p.sequences.get(key);
  if (!known || flags & TH_SYN) {
    const before = (ack - 1) >>> 0;
    const first = reverse ? { seq: before, ack: seq } : { seq, ack: before };
    p.sequences.set(key, first);
    return { seq, ack, sackBase: reverse ? first.seq : first.ack };
  }
  const [own, other] = reverse ? [known.ack, known.seq] : [known.seq, known.ack];
  return { seq: (seq - own) >>> 0, ack: (ack - other) >>> 0, sackBase: other };
}

/** False if a bad option ends the line. */
function printHeader(p: Printer, segment: Segment, { seq, ack, sackBase }: Relative): boolean {
  const { bytes, length, headerLength, ip } = segment;
  const flags = p.u8(bytes, 13);
  if (p.verbose > 0 && !p.options.noChecksum && !ip.fragmented && bytes.length >= length) {
    const found = p.u16(bytes, 16);
    const sum = transportSum(ip, IPPROTO_TCP, bytes.subarray(0, length));
    const right = `incorrect -> 0x${hex(shouldBe(found, sum), 4)}`;
    p.put(`, cksum 0x${hex(found, 4)} (${sum === 0 ? 'correct' : right})`);
  }
  const left = length - headerLength;
  if (p.verbose > 1 || left > 0 || flags & (TH_SYN | TH_FIN | TH_RST)) {
    p.put(`, seq ${seq}`);
    if (left > 0) p.put(`:${(seq + left) >>> 0}`);
  }
  if (flags & TH_ACK) p.put(`, ack ${ack}`);
  p.put(`, win ${p.u16(bytes, 14)}`);
  if (flags & TH_URG) p.put(`, urg ${p.u16(bytes, 18)}`);
  if (headerLength <= 20) return true;
  const options = bytes.subarray(20, headerLength);
  return printTcpOptions(p, options, { length: headerLength - 20, sackBase });
}

function printPayload(p: Printer, segment: Segment, flags: number): void {
  const { bytes, length, headerLength, sport, dport } = segment;
  if (bytes.length < headerLength) {
    p.put(` [remaining caplen(${bytes.length}) < header length(${headerLength})]`);
    p.truncate();
    return;
  }
  const payload = bytes.subarray(headerLength);
  const left = length - headerLength;
  if (flags & TH_RST && p.verbose > 0) {
    printReset(p, payload, left);
    return;
  }
  const either = (port: number): boolean => sport === port || dport === port;
  const text = TEXT_PORTS.find(([port]) => either(port));
  if (either(BGP_PORT)) printBgp(p, payload);
  else if (either(SSH_PORT)) printSsh(p, payload.subarray(0, left));
  else if (text) {
    p.put(': ');
    printText(p, text[1], { bytes: payload, length: left });
  } else if (either(DNS_PORT)) printDomainOverTcp(p, payload, left);
}

/** print_tcp_rst_data(): RFC 1122 §4.2.2.12 lets a reset explain itself. */
function printReset(p: Printer, bytes: Uint8Array, length: number): void {
  p.put(bytes.length >= length ? ' [RST' : ' [!RST');
  if (length > MAX_RST_DATA) p.put('+');
  const shown = bytes.subarray(0, Math.min(length, MAX_RST_DATA));
  p.put(` ${Array.from(shown, visible).join('')}]`);
}
