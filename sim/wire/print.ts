import { encodeFrame } from './codec';
import type { EthernetFrame } from './frame';
import { printEther } from './print/ether';
import { printIp } from './print/ip';
import { printIp6 } from './print/ip6';
import {
  asciiOnly,
  hexAndAscii,
  hexOnly,
  Printer,
  type PrintOptions,
  type TcpSequences,
} from './print/printer';
import { printSll2 } from './print/sll2';

export type { PrintOptions, TcpSequences } from './print/printer';

/** DLT names as tcpdump prints them. */
export type LinkType = 'EN10MB' | 'LINUX_SLL2' | 'RAW';

/** -x, -xx, -X, -XX, -A, -AA; the doubled ones with the link-level header. */
export type Dump = 'x' | 'xx' | 'X' | 'XX' | 'A' | 'AA';

export interface CapturedPacket {
  readonly bytes: Uint8Array;
  /** On the wire, if the snapshot length cut it. */
  readonly length?: number | undefined;
  readonly linkType: LinkType;
}

export interface LineOptions extends PrintOptions {
  readonly dump?: Dump | undefined;
  /** LINUX_SLL2: the name of a device, if it (still) exists. */
  readonly deviceName?: ((ifindex: number) => string | undefined) | undefined;
}

/**
 * pretty_print_packet(), print.c, without time stamp and line end: what tcpdump 4.99.3 tells of a
 * packet. `sequences` is kept by the caller over the packets of one run.
 */
export function printPacket(
  packet: CapturedPacket,
  options: LineOptions,
  sequences: TcpSequences = new Map(),
): string {
  const length = packet.length ?? packet.bytes.length;
  if (packet.bytes.length === 0) {
    return `[Invalid header: caplen==0${length === 0 ? ', len==0' : ''}]`;
  }
  const suppressDefault = options.dump !== undefined || options.suppressDefault === true;
  const layers = { ether: printEther, ip: printIp, ip6: printIp6 };
  const p = new Printer({ ...options, suppressDefault }, layers, sequences);
  const headerLength = printLink(p, packet, { length, deviceName: options.deviceName });
  const dumped = dump(packet.bytes, p.ended ? 0 : headerLength, options.dump);
  return p.text + dumped;
}

/** The line for a frame, from its value. */
export const printFrame = (
  frame: EthernetFrame,
  options: LineOptions,
  sequences?: TcpSequences,
): string => printPacket({ bytes: encodeFrame(frame), linkType: 'EN10MB' }, options, sequences);

interface Link {
  readonly length: number;
  readonly deviceName?: LineOptions['deviceName'];
}

/** Gives the length of the link-level header. */
function printLink(p: Printer, packet: CapturedPacket, { length, deviceName }: Link): number {
  if (packet.linkType === 'EN10MB') return printEther(p, packet.bytes, length);
  if (packet.linkType === 'LINUX_SLL2') {
    return printSll2(p, packet.bytes, deviceName ?? (() => undefined));
  }
  printRaw(p, packet.bytes, length);
  return 0;
}

/** raw_if_print(), print-raw.c; ipN_print(), print-ip.c. */
function printRaw(p: Printer, bytes: Uint8Array, length: number): void {
  if (p.options.link) p.put('ip: ');
  const version = p.u8(bytes, 0) >> 4;
  if (version === 4) printIp(p, bytes, length);
  else if (version === 6) printIp6(p, bytes, length);
  else p.put(`unknown ip ${version}`);
}

function dump(bytes: Uint8Array, headerLength: number, kind: Dump | undefined): string {
  if (kind === undefined) return '';
  const shown = kind.length === 2 ? bytes : bytes.subarray(headerLength);
  if (shown.length === 0) return '';
  if (kind === 'x' || kind === 'xx') return hexOnly('\n\t', shown);
  if (kind === 'X' || kind === 'XX') return hexAndAscii('\n\t', shown);
  return asciiOnly(shown);
}

/** -t, -tt, -ttt, -tttt, -ttttt. */
export type TimeStyle = 'clock' | 'none' | 'epoch' | 'sincePrevious' | 'date' | 'sinceFirst';

/**
 * ts_print(), util-print.c. `referenceUs` is the previous or first packet's time. The zone is UTC.
 */
export function formatTime(epochUs: number, style: TimeStyle, referenceUs?: number): string {
  if (style === 'none') return '';
  if (style === 'epoch') return `${Math.floor(epochUs / 1e6)}.${micros(epochUs)} `;
  if (style === 'date') return `${formatDate(epochUs)} ${clock(epochUs)} `;
  if (style === 'clock') return `${clock(epochUs)} `;
  const delta = epochUs - (referenceUs ?? epochUs);
  return `${delta < 0 ? '-' : ' '}${clock(Math.abs(delta))} `;
}

const two = (value: number): string => String(value).padStart(2, '0');
const micros = (us: number): string => String(us % 1e6).padStart(6, '0');

function clock(us: number): string {
  const sec = Math.floor(us / 1e6) % 86_400;
  const minutes = Math.floor(sec / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(sec % 60)}.${micros(us)}`;
}

/** Days since 1970 to a date of the Gregorian calendar (there is no Date in the engine). */
function formatDate(us: number): string {
  const days = Math.floor(us / 86_400e6) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - (365 * yearOfEra + leaps);
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(day)}`;
}
