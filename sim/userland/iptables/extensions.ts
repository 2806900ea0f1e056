import type { XtMatch } from '../../linux/netfilter/xt-match';
import type { XtTarget } from '../../linux/netfilter/xt-target';
import type { Family } from '../../wire/ip';
import { rejectV4, rejectV6 } from './ext/reject';
import { tcp } from './ext/tcp';
import type { MatchExtension, TargetExtension } from './extension';

/** Every match that is simulated; one line a file of ext/. */
const MATCHES: readonly MatchExtension[] = [tcp];

/** Every target that is simulated. */
const TARGETS: readonly TargetExtension[] = [rejectV4, rejectV6];

/** xtables_find_match(): by the name after `-m`. */
export const findMatch = (name: string, family: Family): MatchExtension | undefined =>
  MATCHES.find((m) => m.name === name && m.families.includes(family));

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
