import {
  IPPROTO_FRAGMENT,
  IPPROTO_HOPOPTS,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_TCP,
  IPPROTO_UDP,
} from '../../../wire/frame';
import { formatIp } from '../../../wire/ip';
import { IPV4_HLEN } from '../../../wire/ipv4';
import { IPV6_HLEN } from '../../../wire/ipv6';
import { TCP_HLEN } from '../../../wire/tcp';
import type { XtLog } from '../xt-target';
import { icmp6Text, icmpText, incomplete } from './log-icmp';

/** The bytes of one packet, from its IP header on. */
export interface Dumped {
  readonly view: DataView;
  readonly flags: XtLog;
  /** False inside an ICMP error: errors in errors are not followed. */
  readonly outermost: boolean;
}

const hex = (value: number, width = 2): string =>
  value.toString(16).toUpperCase().padStart(width, '0');

/** dump_ipv4_packet(), net/netfilter/nf_log_syslog.c. */
export function dumpIpv4(dumped: Dumped): string {
  const { view, flags } = dumped;
  if (view.byteLength < IPV4_HLEN) return 'TRUNCATED';
  const tos = view.getUint8(1);
  const frag = view.getUint16(6);
  const offset = frag & 0x1fff;
  const headerLength = (view.getUint8(0) & 15) * 4;
  let text =
    `SRC=${formatIp(view.getUint32(12))} DST=${formatIp(view.getUint32(16))} ` +
    `LEN=${view.getUint16(2)} TOS=0x${hex(tos & 0x1e)} PREC=0x${hex(tos & 0xe0)} ` +
    `TTL=${view.getUint8(8)} ID=${view.getUint16(4)} ` +
    (frag & 0x4000 ? 'DF ' : '') +
    (frag & 0x2000 ? 'MF ' : '') +
    (offset ? `FRAG:${offset} ` : '');
  if (flags.ipOptions && headerLength > IPV4_HLEN) {
    if (view.byteLength < headerLength) return `${text}TRUNCATED`;
    text += optionText(view, IPV4_HLEN, headerLength);
  }
  const protocol = view.getUint8(9);
  if (protocol === IPPROTO_ICMP) {
    return `${text}PROTO=ICMP ${offset ? '' : icmpText(view, headerLength, innerText(dumped))}`;
  }
  return text + transportText(dumped, protocol, headerLength, offset !== 0);
}

/** dump_ipv6_packet(). */
export function dumpIpv6(dumped: Dumped): string {
  const { view, flags } = dumped;
  if (view.byteLength < IPV6_HLEN) return 'TRUNCATED';
  const first = view.getUint32(0);
  let text =
    `SRC=${fullAddress(view, 8)} DST=${fullAddress(view, 24)} ` +
    `LEN=${view.getUint16(4) + IPV6_HLEN} TC=${(first >>> 20) & 0xff} ` +
    `HOPLIMIT=${view.getUint8(7)} FLOWLBL=${first & 0xfffff} `;
  let protocol = view.getUint8(6);
  let at = IPV6_HLEN;
  let later = false;
  while (protocol === IPPROTO_HOPOPTS || protocol === IPPROTO_FRAGMENT) {
    if (view.byteLength < at + 8) return `${text}TRUNCATED`;
    if (flags.ipOptions) text += 'OPT ( ';
    const whole = protocol === IPPROTO_FRAGMENT ? 8 : (view.getUint8(at + 1) + 1) * 8;
    if (protocol === IPPROTO_FRAGMENT) {
      const frag = view.getUint16(at + 2);
      const id = view
        .getUint32(at + 4)
        .toString(16)
        .padStart(8, '0');
      text += `FRAG:${frag & 0xfff8} ${frag & 1 ? 'INCOMPLETE ' : ''}ID:${id} `;
      later = (frag & 0xfff8) !== 0;
    }
    if (flags.ipOptions) text += ') ';
    protocol = view.getUint8(at);
    at += whole;
  }
  if (protocol === IPPROTO_ICMPV6) {
    return `${text}PROTO=ICMPv6 ${later ? '' : icmp6Text(view, at, innerText(dumped))}`;
  }
  return text + transportText(dumped, protocol, at, later);
}

const innerText =
  ({ view, flags, outermost }: Dumped) =>
  (at: number): string => {
    if (!outermost) return '';
    const inner = new DataView(view.buffer, view.byteOffset + at, view.byteLength - at);
    const dumped = { view: inner, flags, outermost: false };
    const version = view.getUint8(0) >> 4;
    return `[${version === 4 ? dumpIpv4(dumped) : dumpIpv6(dumped)}] `;
  };

/** %pI6: all eight groups, all their digits. */
function fullAddress(view: DataView, at: number): string {
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) {
    groups.push(
      view
        .getUint16(at + i)
        .toString(16)
        .padStart(4, '0'),
    );
  }
  return groups.join(':');
}

function optionText(view: DataView, from: number, to: number): string {
  let bytes = '';
  for (let at = from; at < to; at++) bytes += hex(view.getUint8(at));
  return `OPT (${bytes}) `;
}

function transportText(dumped: Dumped, protocol: number, at: number, later: boolean): string {
  if (protocol === IPPROTO_TCP) return `PROTO=TCP ${later ? '' : tcpText(dumped, at)}`;
  if (protocol !== IPPROTO_UDP) return `PROTO=${protocol} `;
  const { view } = dumped;
  if (later) return 'PROTO=UDP ';
  if (view.byteLength < at + 8) return `PROTO=UDP ${incomplete(view, at)}`;
  const ports = `SPT=${view.getUint16(at)} DPT=${view.getUint16(at + 2)}`;
  return `PROTO=UDP ${ports} LEN=${view.getUint16(at + 4)} `;
}

/** In the order of the header's bits, from CWR down to FIN. */
const TCP_FLAGS = ['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'] as const;

/** nf_log_dump_tcp_header(). */
function tcpText({ view, flags }: Dumped, at: number): string {
  if (view.byteLength < at + TCP_HLEN) return incomplete(view, at);
  const set = view.getUint8(at + 13);
  const names = TCP_FLAGS.filter((_, i) => set & (0x80 >> i)).map((name) => `${name} `);
  const end = at + (view.getUint8(at + 12) >> 4) * 4;
  const sequence = `SEQ=${view.getUint32(at + 4)} ACK=${view.getUint32(at + 8)} `;
  return (
    `SPT=${view.getUint16(at)} DPT=${view.getUint16(at + 2)} ${flags.tcpSequence ? sequence : ''}` +
    `WINDOW=${view.getUint16(at + 14)} RES=0x${hex((view.getUint8(at + 12) & 15) << 2)} ` +
    `${names.join('')}URGP=${view.getUint16(at + 18)} ` +
    (flags.tcpOptions && end > at + TCP_HLEN && view.byteLength >= end
      ? optionText(view, at + TCP_HLEN, end)
      : '')
  );
}
