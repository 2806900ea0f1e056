import { IPPROTO_FRAGMENT, IPPROTO_HOPOPTS, IPPROTO_TCP, IPPROTO_UDP } from '../frame';
import { printTransport, protocolTitle } from './ip-demux';
import { hex, type Printer } from './printer';

const IPPROTO_DSTOPTS = 60;
const WITH_PORTS = [IPPROTO_TCP, IPPROTO_UDP, 132, 33];
const HEADER = 40;

/** ip6_print(), print-ip6.c. Omitted: routing and mobility headers, jumbograms. */
export function printIp6(p: Printer, all: Uint8Array, length: number): void {
  p.protocol = 'ip6';
  if (all.length < HEADER) {
    p.truncate();
    return;
  }
  if (length < HEADER) {
    p.put(`truncated-ip6 ${length}`);
    return;
  }
  if (!p.options.link) p.put('IP6 ');
  const version = p.u8(all, 0) >> 4;
  if (version !== 6) {
    p.put(`version error: ${version} != 6`);
    return;
  }
  const payloadLength = p.u16(all, 4);
  const total = HEADER + payloadLength;
  if (payloadLength !== 0 && length < total) {
    p.put(`truncated-ip6 - ${total - length} bytes missing!`);
  }
  const protocol = p.u8(all, 6);
  if (p.verbose > 0) printHeader(p, all);
  const bytes = all.subarray(0, total);
  if (!WITH_PORTS.includes(protocol)) p.put(`${p.ip6(bytes, 8)} > ${p.ip6(bytes, 24)}: `);
  const found = printExtensions(p, bytes, protocol);
  if (!found) return;
  const ip = {
    src: p.readIp(bytes, 8, 6),
    dst: p.readIp(bytes, 24, 6),
    protocol,
    fragmented: found.fragmented,
  };
  const { at, nextHeader } = found;
  printTransport(p, nextHeader, { bytes: bytes.subarray(at), length: total - at, ip });
}

/** The parenthesis of -v. */
function printHeader(p: Printer, bytes: Uint8Array): void {
  const flow = p.u32(bytes, 0);
  const trafficClass = (flow >>> 20) & 0xff;
  const label = flow & 0xfffff;
  const protocol = p.u8(bytes, 6);
  p.put('(');
  if (trafficClass) p.put(`class 0x${hex(trafficClass, 2)}, `);
  if (label) p.put(`flowlabel 0x${hex(label, 5)}, `);
  p.put(`hlim ${p.u8(bytes, 7)}, next-header ${protocolTitle(protocol)} (${protocol}) `);
  p.put(`payload length: ${p.u16(bytes, 4)}) `);
}

interface Upper {
  readonly at: number;
  readonly nextHeader: number;
  readonly fragmented: boolean;
}

/** Undefined if nothing is left to print. */
function printExtensions(p: Printer, bytes: Uint8Array, first: number): Upper | undefined {
  let at = HEADER;
  let nextHeader = first;
  let fragmented = false;
  while (!p.ended) {
    if (nextHeader === IPPROTO_HOPOPTS || nextHeader === IPPROTO_DSTOPTS) {
      const size = (p.u8(bytes, at + 1) + 1) * 8;
      if (bytes.length < at + size) {
        p.protocol = nextHeader === IPPROTO_HOPOPTS ? 'hbhopt' : 'dstopt';
        p.truncate();
        return undefined;
      }
      p.put(nextHeader === IPPROTO_HOPOPTS ? 'HBH ' : 'DSTOPT ');
      if (p.verbose > 0) printOptions(p, bytes.subarray(at + 2, at + size));
      nextHeader = p.u8(bytes, at);
      at += size;
    } else if (nextHeader === IPPROTO_FRAGMENT) {
      const offset = p.u16(bytes, at + 2) & 0xfff8;
      printFragment(p, bytes, at);
      if (offset !== 0 || bytes.length <= at + 8) return undefined;
      p.put(' ');
      nextHeader = p.u8(bytes, at);
      fragmented = true;
      at += 8;
    } else return { at, nextHeader, fragmented };
  }
  return undefined;
}

/** frag6_print(), print-frag6.c. */
function printFragment(p: Printer, bytes: Uint8Array, at: number): void {
  p.protocol = 'frag6';
  const offset = p.u16(bytes, at + 2) & 0xfff8;
  const left = HEADER + p.u16(bytes, 4) - at - 8;
  const id = p.verbose > 0 ? `0x${hex(p.u32(bytes, at + 4), 8)}:` : '';
  p.put(`frag (${id}${offset}|${left})`);
}

/** ip6_opt_process(), print-ip6opts.c. */
function printOptions(p: Printer, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length && !p.ended) {
    const type = p.u8(bytes, at);
    const size = type === 0 ? 1 : p.u8(bytes, at + 1) + 2;
    if (at + size > bytes.length) {
      p.truncate();
      return;
    }
    if (type === 0) p.put('(pad1)');
    else if (type === 1) p.put('(padn)');
    else if (type === 5) p.put(`(rtalert: 0x${hex(p.u16(bytes, at + 2), 4)}) `);
    else p.put(`(opt_type 0x${hex(type, 2)}: len=${size - 2})`);
    at += size;
  }
  p.put(' ');
}
