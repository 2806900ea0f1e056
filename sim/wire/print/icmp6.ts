import { readEmbedded } from '../embedded';
import { IPPROTO_ICMPV6, IPPROTO_TCP, IPPROTO_UDP } from '../frame';
import { addressList, MLD_V2, printGroupRecords } from './group-records';
import { PREFERENCES, printNdOptions } from './nd-options';
import {
  bits,
  hex,
  hexOnly,
  type IpContext,
  type Printer,
  shouldBe,
  tok,
  transportSum,
} from './printer';

const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'destination unreachable'],
  [2, 'packet too big'],
  [3, 'time exceeded in-transit'],
  [4, 'parameter problem'],
  [128, 'echo request'],
  [129, 'echo reply'],
  [130, 'multicast listener query'],
  [131, 'multicast listener report'],
  [132, 'multicast listener done'],
  [133, 'router solicitation'],
  [134, 'router advertisement'],
  [135, 'neighbor solicitation'],
  [136, 'neighbor advertisement'],
  [137, 'redirect'],
  [138, 'router renumbering'],
  [141, 'inverse neighbor solicitation'],
  [142, 'inverse neighbor advertisement'],
  [143, 'multicast listener report v2'],
]);
const UNREACHABLE: ReadonlyMap<number, string> = new Map([
  [0, 'unreachable route'],
  [1, ' unreachable prohibited'],
  [2, 'beyond scope'],
  [3, 'unreachable address'],
  [4, 'unreachable port'],
]);
const RA_FLAGS: readonly (readonly [number, string])[] = [
  [0x80, 'managed'],
  [0x40, 'other stateful'],
  [0x20, 'home agent'],
];
const NA_FLAGS: readonly (readonly [number, string])[] = [
  [0x8000_0000, 'router'],
  [0x4000_0000, 'solicited'],
  [0x2000_0000, 'override'],
];
/** With -v these print their length at once. */
const LENGTH_FIRST = [133, 134, 135, 136, 137];

/** icmp6_print(), print-icmp6.c. Omitted: mobility, node information, RPL. */
export function printIcmp6(p: Printer, bytes: Uint8Array, length: number, ip: IpContext): void {
  p.protocol = 'icmp6';
  if (length === 0) {
    p.put('ICMP6, length 0');
    p.invalid();
    return;
  }
  if (p.verbose > 0 && !ip.fragmented && bytes.length >= length) {
    const found = p.u16(bytes, 2);
    const sum = transportSum(ip, IPPROTO_ICMPV6, bytes.subarray(0, length));
    const right = `0x${hex(shouldBe(found, sum), 4)}`;
    p.put(sum === 0 ? '[icmp6 sum ok] ' : `[bad icmp6 cksum 0x${hex(found, 4)} -> ${right}!] `);
  }
  const type = p.u8(bytes, 0);
  p.put(`ICMP6, ${tok(TYPES, type, `unknown icmp6 type (${type})`)}`);
  if (p.verbose > 0 && LENGTH_FIRST.includes(type)) p.put(`, length ${length}`);
  if (!TYPES.has(type)) {
    p.put(`, length ${length}`);
    if (p.verbose <= 1) p.put(hexOnly('\n\t', bytes.subarray(0, length)));
    return;
  }
  if (!printBody(p, bytes, { type, length })) return;
  if (p.verbose === 0) p.put(`, length ${length}`);
}

interface Message {
  readonly type: number;
  readonly length: number;
}

/** False if the length must not follow. */
function printBody(p: Printer, bytes: Uint8Array, { type, length }: Message): boolean {
  if (type === 1) return printUnreachable(p, bytes);
  if (type === 2) p.put(`, mtu ${p.u32(bytes, 4)}`);
  else if (type === 3) printTimeExceeded(p, bytes);
  else if (type === 4) printParameterProblem(p, bytes);
  else if (type === 128 || type === 129) p.put(`, id ${p.u16(bytes, 4)}, seq ${p.u16(bytes, 6)}`);
  else if (type === 130 && length > 24) printQuery2(p, bytes, length);
  else if (type >= 130 && type <= 132) {
    if (bytes.length >= 24) p.put(`max resp delay: ${p.u16(bytes, 4)} addr: ${p.ip6(bytes, 8)}`);
  } else if (type === 143) printReport2(p, bytes, length);
  else printNeighbourDiscovery(p, bytes, type);
  return true;
}

function printUnreachable(p: Printer, bytes: Uint8Array): boolean {
  const code = p.u8(bytes, 1);
  const quoted = bytes.subarray(8);
  p.put(`, ${tok(UNREACHABLE, code, `unknown unreach code (${code})`)}`);
  if (code === 0 || code === 1 || code === 3) p.put(` ${p.ip6(quoted, 24)}`);
  else if (code === 2) p.put(` ${p.ip6(quoted, 24)}, source address ${p.ip6(quoted, 8)}`);
  else if (code === 4) {
    const packet = readEmbedded(quoted);
    if (!packet.ok || !packet.value.ports) {
      p.truncate();
      return true;
    }
    const { protocol, ports } = packet.value;
    const dst = p.ip6(quoted, 24);
    if (protocol === IPPROTO_TCP) p.put(`, ${dst} tcp port ${p.port(ports.dst, 'tcp')}`);
    else if (protocol === IPPROTO_UDP) p.put(`, ${dst} udp port ${p.port(ports.dst, 'udp')}`);
  } else if (p.verbose <= 1) {
    p.put(hexOnly('\n\t', bytes));
    return false;
  }
  return true;
}

function printTimeExceeded(p: Printer, bytes: Uint8Array): void {
  const code = p.u8(bytes, 1);
  if (code === 0) p.put(` for ${p.ip6(bytes, 8 + 24)}`);
  else p.put(code === 1 ? ' (reassembly)' : `, unknown code (${code})`);
}

function printParameterProblem(p: Printer, bytes: Uint8Array): void {
  const code = p.u8(bytes, 1);
  const what = ['erroneous', 'next header', 'option', 'incomplete header chain'][code];
  p.put(what === undefined ? `, code-#${code}` : `, ${what} - octet ${p.u32(bytes, 4)}`);
}

function printNeighbourDiscovery(p: Printer, bytes: Uint8Array, type: number): void {
  const verbose = p.verbose > 0;
  if (type === 133) {
    if (verbose) printNdOptions(p, bytes.subarray(8));
  } else if (type === 134) {
    if (verbose) printRouterAdvertisement(p, bytes);
  } else if (type === 135) {
    p.put(`, who has ${p.ip6(bytes, 8)}`);
    if (verbose) printNdOptions(p, bytes.subarray(24));
  } else if (type === 136) {
    p.put(`, tgt is ${p.ip6(bytes, 8)}`);
    if (!verbose) return;
    const set = NA_FLAGS.filter(([bit]) => (p.u32(bytes, 4) & bit) !== 0).map(([, name]) => name);
    p.put(`, Flags [${set.join(', ') || 'none'}]`);
    printNdOptions(p, bytes.subarray(24));
  } else if (type === 137) {
    p.put(`, ${p.ip6(bytes, 24)} to ${p.ip6(bytes, 8)}`);
    if (verbose) printNdOptions(p, bytes.subarray(40));
  }
}

function printRouterAdvertisement(p: Printer, bytes: Uint8Array): void {
  const flags = p.u8(bytes, 5);
  const names = bits(RA_FLAGS, flags, { none: 'none', separator: ', ' });
  const preference = PREFERENCES[(flags >> 3) & 3] ?? '';
  p.put(`\n\thop limit ${p.u8(bytes, 4)}, Flags [${names}], pref ${preference}`);
  p.put(`, router lifetime ${p.u16(bytes, 6)}s, reachable time ${p.u32(bytes, 8)}ms`);
  p.put(`, retrans timer ${p.u32(bytes, 12)}ms`);
  printNdOptions(p, bytes.subarray(16));
}

/** mldv2_query_print(). */
function printQuery2(p: Printer, bytes: Uint8Array, length: number): void {
  if (length < 28) {
    p.put(` unknown-version (len ${length}) `);
    return;
  }
  p.put(' v2');
  const code = p.u16(bytes, 4);
  const delay = code < 32768 ? code : ((code & 0xfff) | 0x1000) << (((code & 0x7000) >> 12) + 3);
  if (p.verbose > 0) p.put(` [max resp delay=${delay}]`);
  p.put(` [gaddr ${p.ip6(bytes, 8)}`);
  if (p.verbose > 0) {
    const flags = p.u8(bytes, 24);
    const q = p.u8(bytes, 25);
    if (flags & 8) p.put(' sflag');
    if (flags & 7) p.put(` robustness=${flags & 7}`);
    p.put(` qqi=${q < 128 ? q : ((q & 15) | 16) << (((q & 0x70) >> 4) + 3)}`);
  }
  const sources = p.u16(bytes, 26);
  if (sources > 0) {
    if (length < 28 + sources * 16) p.put(' [invalid number of sources]');
    else if (p.verbose > 1)
      p.put(` {${addressList(p, bytes, { at: 28, count: sources, form: MLD_V2 })} }`);
    else p.put(`, ${sources} source(s)`);
  }
  p.put(']');
}

/** mldv2_report_print(). */
function printReport2(p: Printer, bytes: Uint8Array, length: number): void {
  if (length < 8) p.put(` [invalid len ${length}]`);
  else printGroupRecords(p, bytes, length, MLD_V2);
}
