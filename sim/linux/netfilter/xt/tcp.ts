import type { TcpOptions } from '../../../wire/frame';
import {
  TCPOPT_MSS,
  TCPOPT_SACK,
  TCPOPT_SACK_PERM,
  TCPOPT_TIMESTAMP,
  TCPOPT_WINDOW,
} from '../../../wire/tcp';
import { type NftPktinfo, type Ports, portsOf, transport } from '../nft-pktinfo';
import type { Invertible, Range, XtSctp, XtTcp, XtUdp } from '../xt-match';
import type { XtMatchFn } from './verdict';

export const inRange = (value: number, range: Range): boolean =>
  value >= range.min && value <= range.max;

/** A port in a range, or not in it. */
export const portMatch = (port: number, wanted: Invertible<Range> | undefined): boolean =>
  wanted === undefined || inRange(port, wanted.value) !== wanted.invert;

/** tcp_mt(), net/netfilter/xt_tcpudp.c; not for later fragments. */
export function tcpMatch(match: XtTcp): XtMatchFn {
  const { flags, option } = match;
  return (pkt) => {
    if (!portsMatch(pkt, match)) return false;
    const l4 = transport(pkt.ip);
    if (!flags && !option) return true;
    if (l4?.kind !== 'tcp') return false;
    if (flags && ((l4.flags & flags.value.mask) === flags.value.comp) === flags.invert)
      return false;
    return !option || hasOption(l4.options, option.value) !== option.invert;
  };
}

/** udp_mt(); sctp's ports lie at the same place: xt_sctp.c. */
export const udpMatch =
  (match: XtUdp | XtSctp): XtMatchFn =>
  (pkt) =>
    portsMatch(pkt, match);

function portsMatch(pkt: NftPktinfo, match: XtTcp | XtUdp | XtSctp): boolean {
  const ports: Ports | undefined = portsOf(pkt.ip);
  if (!ports) return false;
  return portMatch(ports.srcPort, match.sport) && portMatch(ports.dstPort, match.dport);
}

/** tcp_find_option(): whether an option of this kind is there. */
function hasOption(options: TcpOptions, kind: number): boolean {
  switch (kind) {
    case TCPOPT_MSS:
      return options.mss !== undefined;
    case TCPOPT_WINDOW:
      return options.windowScale !== undefined;
    case TCPOPT_SACK_PERM:
      return options.sackPermitted === true;
    case TCPOPT_SACK:
      return options.sack !== undefined && options.sack.length > 0;
    case TCPOPT_TIMESTAMP:
      return options.timestamp !== undefined;
    default:
      return false;
  }
}
