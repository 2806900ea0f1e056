import {
  ICMP_ADDRESS,
  ICMP_ADDRESSREPLY,
  ICMP_DEST_UNREACH,
  ICMP_ECHO,
  ICMP_ECHOREPLY,
  ICMP_FRAG_NEEDED,
  ICMP_HLEN,
  ICMP_PARAMETERPROB,
  ICMP_REDIRECT,
  ICMP_SOURCE_QUENCH,
  ICMP_TIME_EXCEEDED,
  ICMP_TIMESTAMP,
  ICMP_TIMESTAMPREPLY,
} from '../../../wire/icmp';
import {
  ICMPV6_DEST_UNREACH,
  ICMPV6_ECHO_REPLY,
  ICMPV6_ECHO_REQUEST,
  ICMPV6_PARAMPROB,
  ICMPV6_PKT_TOOBIG,
  ICMPV6_TIME_EXCEED,
} from '../../../wire/icmpv6';
import { formatIp } from '../../../wire/ip';
import { IPV4_HLEN } from '../../../wire/ipv4';

/** Where a header is cut. */
export const incomplete = (view: DataView, at: number): string =>
  `INCOMPLETE [${view.byteLength - at} bytes] `;

/** The packet that an error is about, from there on. */
type Inner = (at: number) => string;

/** required_len[] of dump_ipv4_packet(). */
const REQUIRED: ReadonlyMap<number, number> = new Map([
  [ICMP_ECHOREPLY, 4],
  [ICMP_DEST_UNREACH, ICMP_HLEN + IPV4_HLEN],
  [ICMP_SOURCE_QUENCH, ICMP_HLEN + IPV4_HLEN],
  [ICMP_REDIRECT, ICMP_HLEN + IPV4_HLEN],
  [ICMP_ECHO, 4],
  [ICMP_TIME_EXCEEDED, ICMP_HLEN + IPV4_HLEN],
  [ICMP_PARAMETERPROB, ICMP_HLEN + IPV4_HLEN],
  [ICMP_TIMESTAMP, 20],
  [ICMP_TIMESTAMPREPLY, 20],
  [ICMP_ADDRESS, 12],
  [ICMP_ADDRESSREPLY, 12],
]);

/** What follows PROTO=ICMP: an error shows the packet that it is about. */
export function icmpText(view: DataView, at: number, inner: Inner): string {
  if (view.byteLength < at + ICMP_HLEN) return incomplete(view, at);
  const type = view.getUint8(at);
  const code = view.getUint8(at + 1);
  const text = `TYPE=${type} CODE=${code} `;
  if (view.byteLength - at < (REQUIRED.get(type) ?? 0)) return text + incomplete(view, at);
  switch (type) {
    case ICMP_ECHO:
    case ICMP_ECHOREPLY:
      return `${text}${echoText(view, at)}`;
    case ICMP_PARAMETERPROB:
      return `${text}PARAMETER=${view.getUint8(at + 4)} `;
    case ICMP_REDIRECT:
      return `${text}GATEWAY=${formatIp(view.getUint32(at + 4))} ${inner(at + ICMP_HLEN)}`;
    case ICMP_SOURCE_QUENCH:
    case ICMP_TIME_EXCEEDED:
      return text + inner(at + ICMP_HLEN);
    case ICMP_DEST_UNREACH: {
      const mtu = code === ICMP_FRAG_NEEDED ? `MTU=${view.getUint16(at + 6)} ` : '';
      return text + inner(at + ICMP_HLEN) + mtu;
    }
    default:
      return text;
  }
}

/** What follows PROTO=ICMPv6. */
export function icmp6Text(view: DataView, at: number, inner: Inner): string {
  if (view.byteLength < at + ICMP_HLEN) return incomplete(view, at);
  const type = view.getUint8(at);
  const text = `TYPE=${type} CODE=${view.getUint8(at + 1)} `;
  switch (type) {
    case ICMPV6_ECHO_REQUEST:
    case ICMPV6_ECHO_REPLY:
      return `${text}${echoText(view, at)}`;
    case ICMPV6_PARAMPROB: {
      const pointer = view
        .getUint32(at + 4)
        .toString(16)
        .padStart(8, '0');
      return `${text}POINTER=${pointer} ${inner(at + ICMP_HLEN)}`;
    }
    case ICMPV6_DEST_UNREACH:
    case ICMPV6_TIME_EXCEED:
      return text + inner(at + ICMP_HLEN);
    case ICMPV6_PKT_TOOBIG:
      return `${text}${inner(at + ICMP_HLEN)}MTU=${view.getUint32(at + 4)} `;
    default:
      return text;
  }
}

const echoText = (view: DataView, at: number): string =>
  `ID=${view.getUint16(at + 4)} SEQ=${view.getUint16(at + 6)} `;
