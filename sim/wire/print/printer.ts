import { fold, pseudoSum, sum16 } from '../checksum';
import type { Ip } from '../frame';
import { formatIp } from '../ip';
import { formatMac } from '../mac';

/** tcpdump's flags that change how a packet is told. */
export interface PrintOptions {
  /** -n: no names for addresses and ports. */
  readonly numeric?: boolean | undefined;
  /** -e: the link-level header. */
  readonly link?: boolean | undefined;
  /** -v, -vv, -vvv. */
  readonly verbose?: number | undefined;
  /** -q. */
  readonly quiet?: boolean | undefined;
  /** -S: absolute sequence numbers. */
  readonly absoluteSeq?: boolean | undefined;
  /** -K: do not verify checksums. */
  readonly noChecksum?: boolean | undefined;
  /** A dump follows each line, so that an unknown packet is not dumped twice. */
  readonly suppressDefault?: boolean | undefined;
  /** Without -n: the name of an address, if a resolver knows one. */
  readonly hostName?: ((ip: Ip) => string | undefined) | undefined;
  /** Without -n: the name of a port in /etc/services. */
  readonly portName?: ((port: number, protocol: 'tcp' | 'udp') => string | undefined) | undefined;
}

/** First sequence numbers of a connection, as tcpdump remembers them over packets. */
export type TcpSequences = Map<string, { seq: number; ack: number }>;

/**
 * The layers that nest in one another; given from outside so that their files need not import in a
 * circle.
 */
export interface Layers {
  /** Returns the length of the link-layer header. */
  readonly ether: (p: Printer, bytes: Uint8Array, length: number) => number;
  readonly ip: (p: Printer, bytes: Uint8Array, length: number) => void;
  readonly ip6: (p: Printer, bytes: Uint8Array, length: number) => void;
}

/** What a transport must know of the IP header above it. */
export interface IpContext {
  readonly src: Ip;
  readonly dst: Ip;
  /** The first header's protocol field: behind extension headers addresses were printed already. */
  readonly protocol: number;
  readonly fragmented: boolean;
}

/**
 * netdissect_options, netdissect.h. Reading past the captured bytes is tcpdump's
 * nd_trunc_longjmp(): the line ends with `[|protocol]` and nothing more is added, so printers read
 * on without asking.
 */
export class Printer {
  /** ndo_protocol: the layer that is being printed. */
  protocol = '';
  #out = '';
  #ended = false;

  constructor(
    readonly options: PrintOptions,
    readonly layers: Layers,
    readonly sequences: TcpSequences,
  ) {}

  get text(): string {
    return this.#out;
  }

  /** Truncation ended the line. */
  get ended(): boolean {
    return this.#ended;
  }

  get verbose(): number {
    return this.options.verbose ?? 0;
  }

  put(text: string): void {
    if (!this.#ended) this.#out += text;
  }

  /** nd_print_invalid(). */
  invalid(): void {
    this.put(' (invalid)');
  }

  /** nd_print_trunc(), and nothing after it. */
  truncate(): void {
    this.put(` [|${this.protocol}]`);
    this.#ended = true;
  }

  u8(bytes: Uint8Array, at: number): number {
    const value = bytes[at];
    if (value === undefined) this.truncate();
    return value ?? 0;
  }

  u16(bytes: Uint8Array, at: number): number {
    return this.u8(bytes, at) * 256 + this.u8(bytes, at + 1);
  }

  u24(bytes: Uint8Array, at: number): number {
    return this.u16(bytes, at) * 256 + this.u8(bytes, at + 2);
  }

  u32(bytes: Uint8Array, at: number): number {
    return this.u16(bytes, at) * 65536 + this.u16(bytes, at + 2);
  }

  /** An address of the packet, as a value. */
  readIp(bytes: Uint8Array, at: number, version: 4 | 6): Ip {
    if (version === 4) return this.u32(bytes, at);
    let value = 0n;
    for (let i = 0; i < 16; i += 4) value = (value << 32n) | BigInt(this.u32(bytes, at + i));
    return value;
  }

  /** GET_IPADDR_STRING. */
  ip4(bytes: Uint8Array, at: number): string {
    return this.host(this.readIp(bytes, at, 4));
  }

  /** GET_IP6ADDR_STRING. */
  ip6(bytes: Uint8Array, at: number): string {
    return this.host(this.readIp(bytes, at, 6));
  }

  host(ip: Ip): string {
    const name = this.options.numeric ? undefined : this.options.hostName?.(ip);
    return name ?? formatIp(ip);
  }

  /**
   * etheraddr_string(), addrtoname.c: without -n the vendor, which is unknown for every address
   * made up here.
   */
  mac(bytes: Uint8Array, at: number): string {
    const text = formatMac(this.u16(bytes, at) * 0x1_0000_0000 + this.u32(bytes, at + 2));
    if (this.options.numeric) return text;
    return text === 'ff:ff:ff:ff:ff:ff' ? 'Broadcast' : `${text} (oui Unknown)`;
  }

  port(port: number, protocol: 'tcp' | 'udp'): string {
    const name = this.options.numeric ? undefined : this.options.portName?.(port, protocol);
    return name ?? String(port);
  }

  /** ND_DEFAULTPRINT. */
  dump(bytes: Uint8Array): void {
    if (!this.options.suppressDefault) this.put(hexAndAscii('\n\t', bytes));
  }
}

/** tok2str(). */
export const tok = (table: ReadonlyMap<number, string>, value: number, fallback: string): string =>
  table.get(value) ?? fallback;

/** bittok2str(): the names of the bits that are set. */
export function bits(
  table: readonly (readonly [bit: number, name: string])[],
  value: number,
  options: { readonly none: string; readonly separator: string },
): string {
  const set = table.filter(([bit]) => (value & bit) === bit).map(([, name]) => name);
  return set.length === 0 ? options.none : set.join(options.separator);
}

/** in_cksum() over a pseudo-header and data: 0 if the checksum in the data is right. */
export function transportSum(ip: IpContext, protocol: number, bytes: Uint8Array): number {
  return ~fold(sum16(bytes, pseudoSum(ip, protocol, bytes.length))) & 0xffff;
}

/** in_cksum_shouldbe(). */
export function shouldBe(found: number, sum: number): number {
  const total = found + sum;
  return total > 0xffff ? (total & 0xffff) + 1 : total;
}

export const hex = (value: number, digits: number): string =>
  value.toString(16).padStart(digits, '0');

/** fn_print_char(), util-print.c. */
export function visible(byte: number): string {
  const low = byte & 0x7f;
  const meta = byte > 0x7f ? 'M-' : '';
  const printable = low >= 0x20 && low < 0x7f;
  return meta + (printable ? String.fromCharCode(low) : `^${String.fromCharCode(low ^ 0x40)}`);
}

const BYTES_PER_LINE = 16;
/** Four digits and a space for each pair. */
const HEX_COLUMNS = 40;
const graph = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';

/** hex_and_ascii_print(), print-ascii.c. */
export function hexAndAscii(indent: string, bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    const row = bytes.subarray(at, at + BYTES_PER_LINE);
    const ascii = Array.from(row, graph).join('');
    text += `${indent}0x${hex(at, 4)}: ${pairs(row).padEnd(HEX_COLUMNS)}  ${ascii}`;
  }
  return text;
}

/** hex_print(), print-ascii.c. */
export function hexOnly(indent: string, bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    text += `${indent}0x${hex(at, 4)}: ${pairs(bytes.subarray(at, at + BYTES_PER_LINE))}`;
  }
  return text;
}

function pairs(row: Uint8Array): string {
  let text = '';
  row.forEach((byte, i) => {
    text += (i % 2 === 0 ? ' ' : '') + hex(byte, 2);
  });
  return text;
}

/** ascii_print(), print-ascii.c: -A. */
export function asciiOnly(bytes: Uint8Array): string {
  let text = '\n';
  bytes.forEach((byte, i) => {
    const left = bytes.length - i - 1;
    if (byte === 0x0d) text += left > 1 && bytes[i + 1] !== 0x0a ? '.' : '';
    else if (byte === 0x09 || byte === 0x20 || byte === 0x0a) text += String.fromCharCode(byte);
    else text += graph(byte);
  });
  return text;
}

/** unsigned_relts_print(), util-print.c. */
export function relativeTime(sec: number): string {
  const units: readonly (readonly [number, string])[] = [
    [31_536_000, 'y'],
    [604_800, 'w'],
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
    [1, 's'],
  ];
  let left = sec;
  let text = '';
  for (const [unit, name] of units) {
    if (left < unit) continue;
    text += `${Math.floor(left / unit)}${name}`;
    left %= unit;
  }
  return text || '0s';
}
