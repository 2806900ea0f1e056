import {
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_IPIP,
  IPPROTO_IPV6,
  IPPROTO_TCP,
  IPPROTO_UDP,
} from '../frame';
import { printGre } from './gre';
import { printIcmp } from './icmp';
import { printIcmp6 } from './icmp6';
import { printIgmp } from './igmp';
import type { IpContext, Printer } from './printer';
import { printTcp } from './tcp';
import { printUdp } from './udp';

/** ipproto_values, ipproto.c. */
const TITLES: ReadonlyMap<number, string> = new Map([
  [0, 'Options'],
  [1, 'ICMP'],
  [2, 'IGMP'],
  [4, 'IPIP'],
  [6, 'TCP'],
  [8, 'EGP'],
  [9, 'IGRP'],
  [17, 'UDP'],
  [33, 'DCCP'],
  [41, 'IPv6'],
  [43, 'Routing'],
  [44, 'Fragment'],
  [46, 'RSVP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [58, 'ICMPv6'],
  [88, 'EIGRP'],
  [89, 'OSPF'],
  [103, 'PIM'],
  [108, 'Compressed IP'],
  [112, 'VRRP'],
  [113, 'PGM'],
  [132, 'SCTP'],
  [135, 'Mobility'],
  [143, 'Ethernet'],
]);

/** netdb_protocol_names, ipproto.c: those that a network of containers may carry. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'hopopt'],
  [1, 'icmp'],
  [2, 'igmp'],
  [4, 'ipencap'],
  [6, 'tcp'],
  [17, 'udp'],
  [41, 'ipv6'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'ipv6-icmp'],
  [89, 'ospf'],
  [103, 'pim'],
  [112, 'vrrp'],
  [115, 'l2tp'],
  [132, 'sctp'],
  [136, 'udplite'],
]);

export const protocolTitle = (protocol: number): string => TITLES.get(protocol) ?? 'unknown';
export const protocolName = (protocol: number): string | undefined => NAMES.get(protocol);

export interface Transport {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly ip: IpContext;
}

/** ip_demux_print(), print-ip-demux.c. */
export function printTransport(p: Printer, protocol: number, transport: Transport): void {
  const { bytes, length, ip } = transport;
  const version = typeof ip.src === 'number' ? 4 : 6;
  const wrong = (needed: number): void => {
    p.put(`[${protocolTitle(protocol)} requires IPv${needed}]`);
    p.invalid();
  };
  if (protocol === IPPROTO_TCP) printTcp(p, bytes, length, ip);
  else if (protocol === IPPROTO_UDP) printUdp(p, bytes, length, ip);
  else if (protocol === IPPROTO_ICMP) {
    if (version === 4) printIcmp(p, bytes, length, ip);
    else wrong(4);
  } else if (protocol === IPPROTO_ICMPV6) {
    if (version === 6) printIcmp6(p, bytes, length, ip);
    else wrong(6);
  } else if (protocol === 2 && version === 4) printIgmp(p, bytes, length);
  else if (protocol === IPPROTO_IPIP) p.layers.ip(p, bytes, length);
  else if (protocol === IPPROTO_IPV6) p.layers.ip6(p, bytes, length);
  else if (protocol === 47) printGre(p, bytes, length);
  else if (protocol === 59) p.put('no next header');
  else {
    const name = p.options.numeric ? undefined : protocolName(protocol);
    p.put(` ${name ?? `ip-proto-${protocol}`} ${length}`);
  }
}
