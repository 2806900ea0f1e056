import {
  ICMP_DEST_UNREACH,
  ICMP_ECHO,
  ICMP_ECHOREPLY,
  ICMP_FRAG_NEEDED,
  ICMP_PARAMETERPROB,
  ICMP_REDIRECT,
  ICMP_SOURCE_QUENCH,
  ICMP_TIME_EXCEEDED,
  ICMP_TIMESTAMP,
  ICMP_TIMESTAMPREPLY,
} from '../../wire/icmp';
import {
  ICMPV6_DEST_UNREACH,
  ICMPV6_PARAMPROB,
  ICMPV6_PKT_TOOBIG,
  ICMPV6_TIME_EXCEED,
} from '../../wire/icmpv6';
import { formatIp } from '../../wire/ip';

/** By code of ICMP_DEST_UNREACH; 4 needs the MTU. */
const UNREACHABLE = [
  'Destination Net Unreachable',
  'Destination Host Unreachable',
  'Destination Protocol Unreachable',
  'Destination Port Unreachable',
  '',
  'Source Route Failed',
  'Destination Net Unknown',
  'Destination Host Unknown',
  'Source Host Isolated',
  'Destination Net Prohibited',
  'Destination Host Prohibited',
  'Destination Net Unreachable for Type of Service',
  'Destination Host Unreachable for Type of Service',
  'Packet filtered',
  'Precedence Violation',
  'Precedence Cutoff',
] as const;

const REDIRECTS = [
  'Redirect Network',
  'Redirect Host',
  'Redirect Type of Service and Network',
  'Redirect Type of Service and Host',
] as const;

/** pr_icmph(), ping/ping.c. `info`: the MTU, the pointer, or a redirect's gateway. */
export function icmpText(type: number, code: number, info: number): string {
  switch (type) {
    case ICMP_ECHOREPLY:
      return 'Echo Reply';
    case ICMP_DEST_UNREACH:
      if (code === ICMP_FRAG_NEEDED) return `Frag needed and DF set (mtu = ${info})`;
      return UNREACHABLE[code] ?? `Dest Unreachable, Bad Code: ${code}`;
    case ICMP_SOURCE_QUENCH:
      return 'Source Quench';
    case ICMP_REDIRECT: {
      const what = REDIRECTS[code] ?? `Redirect, Bad Code: ${code}`;
      return `${what}(New nexthop: ${formatIp(info)})`;
    }
    case ICMP_ECHO:
      return 'Echo Request';
    case ICMP_TIME_EXCEEDED:
      if (code === 0) return 'Time to live exceeded';
      return code === 1 ? 'Frag reassembly time exceeded' : `Time exceeded, Bad Code: ${code}`;
    case ICMP_PARAMETERPROB:
      return `Parameter problem: pointer = ${info}`;
    case ICMP_TIMESTAMP:
      return 'Timestamp';
    case ICMP_TIMESTAMPREPLY:
      return 'Timestamp Reply';
    default:
      return `Bad ICMP type: ${type}`;
  }
}

const UNREACHABLE6 = [
  'No route',
  'Administratively prohibited',
  'Beyond scope of source address',
  'Address unreachable',
  'Port unreachable',
] as const;

/** print_icmp(), ping/ping6_common.c. */
export function icmp6Text(type: number, code: number, info: number): string {
  switch (type) {
    case ICMPV6_DEST_UNREACH:
      return `Destination unreachable: ${UNREACHABLE6[code] ?? `Unknown code ${code}`}`;
    case ICMPV6_PKT_TOOBIG:
      return `Packet too big: mtu=${info}${code === 0 ? '' : `, code=${code}`}`;
    case ICMPV6_TIME_EXCEED: {
      const what =
        code === 0 ? 'Hop limit' : code === 1 ? 'Defragmentation failure' : `code ${code}`;
      return `Time exceeded: ${what}`;
    }
    case ICMPV6_PARAMPROB: {
      const what = ['Wrong header field ', 'Unknown header ', 'Unknown option '][code];
      return `Parameter problem: ${what ?? `code ${code} `}at ${info}`;
    }
    default:
      return `unknown icmp type: ${type}`;
  }
}
