import type { XtMatch } from '../../linux/netfilter/xt-match';
import type { XtTarget } from '../../linux/netfilter/xt-target';
import type { Family } from '../../wire/ip';
import { addrtype } from './ext/addrtype';
import { comment } from './ext/comment';
import { connbytes } from './ext/connbytes';
import { connlimit } from './ext/connlimit';
import { conntrack } from './ext/conntrack';
import { ct, notrack } from './ext/ct';
import { dscp } from './ext/dscp';
import { hashlimit } from './ext/hashlimit';
import { dscpTarget, hlTarget, tosTarget, ttlTarget } from './ext/header-target';
import { helper } from './ext/helper';
import { icmp, icmp6 } from './ext/icmp';
import { iprange } from './ext/iprange';
import { length, tcpmss } from './ext/length';
import { limit } from './ext/limit';
import { log, nflog } from './ext/log';
import { mac } from './ext/mac';
import { connmark, mark } from './ext/mark';
import { connmarkTarget, markTarget } from './ext/mark-target';
import { multiport } from './ext/multiport';
import { dnat, masquerade, redirect, snat } from './ext/nat';
import { netmap } from './ext/netmap';
import { owner } from './ext/owner';
import { checksum, classify, nfqueue, trace } from './ext/packet-target';
import { physdev } from './ext/physdev';
import { pkttype } from './ext/pkttype';
import { recent } from './ext/recent';
import { rejectV4, rejectV6 } from './ext/reject';
import { rpfilter } from './ext/rpfilter';
import { sctp } from './ext/sctp';
import { set, setTarget } from './ext/set';
import { state } from './ext/state';
import { statistic } from './ext/statistic';
import { tcp } from './ext/tcp';
import { tcpmssV4, tcpmssV6 } from './ext/tcpmss-target';
import { tos } from './ext/tos';
import { hl, ttl } from './ext/ttl';
import { udp } from './ext/udp';
import type { MatchExtension, TargetExtension } from './extension';

/** Every match that is simulated; one line a file of ext/. */
const MATCHES: readonly MatchExtension[] = [
  addrtype,
  comment,
  connbytes,
  connlimit,
  connmark,
  conntrack,
  dscp,
  hashlimit,
  helper,
  hl,
  icmp,
  icmp6,
  iprange,
  length,
  limit,
  mac,
  mark,
  multiport,
  owner,
  physdev,
  pkttype,
  recent,
  rpfilter,
  sctp,
  set,
  state,
  statistic,
  tcp,
  tcpmss,
  tos,
  ttl,
  udp,
];

/** Every target that is simulated. */
const TARGETS: readonly TargetExtension[] = [
  checksum,
  classify,
  connmarkTarget,
  ct,
  dnat,
  dscpTarget,
  hlTarget,
  log,
  markTarget,
  masquerade,
  netmap,
  nflog,
  nfqueue,
  notrack,
  redirect,
  rejectV4,
  rejectV6,
  setTarget,
  snat,
  tcpmssV4,
  tcpmssV6,
  tosTarget,
  trace,
  ttlTarget,
];

/** Names under which xtables_find_match() looks for icmp6. */
const ICMP6_NAMES: readonly string[] = ['icmpv6', 'ipv6-icmp', 'icmp6'];

/** xtables_find_match(): by the name after `-m`, or by the protocol's. */
export function findMatch(name: string, family: Family): MatchExtension | undefined {
  const known = ICMP6_NAMES.includes(name) ? 'icmp6' : name;
  return MATCHES.find((m) => m.name === known && m.families.includes(family));
}

/** xtables_find_target(). */
export const findTarget = (name: string, family: Family): TargetExtension | undefined =>
  TARGETS.find((t) => t.name === name && t.families.includes(family));

/** The extension whose data these are. */
export const matchOf = (data: XtMatch, family: Family): MatchExtension | undefined =>
  MATCHES.find((m) => m.owns(data) && m.families.includes(family));

export const targetOf = (data: XtTarget, family: Family): TargetExtension | undefined =>
  TARGETS.find((t) => t.owns(data) && t.families.includes(family));

/** Extensions of libxtables that the engine does not have: known by name. */
export const ABSENT_MATCHES: readonly string[] = [
  'ah',
  'bpf',
  'cgroup',
  'cluster',
  'connlabel',
  'cpu',
  'dccp',
  'devgroup',
  'dst',
  'ecn',
  'esp',
  'eui64',
  'frag',
  'hbh',
  'ipcomp',
  'ipv6header',
  'ipvs',
  'mh',
  'nfacct',
  'osf',
  'policy',
  'quota',
  'realm',
  'rateest',
  'rt',
  'socket',
  'srh',
  'string',
  'time',
  'u32',
];

export const ABSENT_TARGETS: readonly string[] = [
  'AUDIT',
  'CLUSTERIP',
  'CONNSECMARK',
  'DNPT',
  'ECN',
  'HMARK',
  'IDLETIMER',
  'LED',
  'RATEEST',
  'SECMARK',
  'SNPT',
  'SYNPROXY',
  'TCPOPTSTRIP',
  'TEE',
  'TPROXY',
  'ULOG',
];
