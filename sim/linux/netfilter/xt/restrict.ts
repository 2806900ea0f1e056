import type { NfHook } from '../hook';
import type { NftBase } from '../nf-tables';
import type { XtMatch, XtMatchName } from '../xt-match';
import type { XtTarget, XtTargetName } from '../xt-target';

/** struct xt_match and xt_target: `.table`, `.hooks` and `.proto` of their registration. */
export interface XtRestriction {
  readonly tables?: readonly string[];
  readonly hooks?: readonly NfHook[];
  readonly proto?: readonly number[];
}

const TCP = [6];

const TARGETS: Partial<Record<XtTargetName, XtRestriction>> = {
  REJECT: { tables: ['filter'], hooks: ['INPUT', 'FORWARD', 'OUTPUT'] },
  MASQUERADE: { tables: ['nat'], hooks: ['POSTROUTING'] },
  SNAT: { tables: ['nat'], hooks: ['POSTROUTING', 'INPUT'] },
  DNAT: { tables: ['nat'], hooks: ['PREROUTING', 'OUTPUT'] },
  REDIRECT: { tables: ['nat'], hooks: ['PREROUTING', 'OUTPUT'] },
  NETMAP: { tables: ['nat'], hooks: ['PREROUTING', 'POSTROUTING', 'OUTPUT', 'INPUT'] },
  CT: { tables: ['raw'] },
  NOTRACK: { tables: ['raw'] },
  TTL: { tables: ['mangle'] },
  HL: { tables: ['mangle'] },
  TOS: { tables: ['mangle'] },
  DSCP: { tables: ['mangle'] },
  CHECKSUM: { tables: ['mangle'] },
  CLASSIFY: { hooks: ['OUTPUT', 'FORWARD', 'POSTROUTING'] },
  TCPMSS: { proto: TCP },
};

const MATCHES: Partial<Record<XtMatchName, XtRestriction>> = {
  owner: { hooks: ['OUTPUT', 'POSTROUTING'] },
  rpfilter: { tables: ['raw', 'mangle'], hooks: ['PREROUTING'] },
  mac: { hooks: ['PREROUTING', 'INPUT', 'FORWARD'] },
  tcpmss: { proto: TCP },
  tcp: { proto: TCP },
  udp: { proto: [17] },
  sctp: { proto: [132] },
  icmp: { proto: [1] },
  icmp6: { proto: [58] },
  multiport: { proto: [6, 17, 33, 132, 136] },
};

const NONE: XtRestriction = {};

export const restrictionOfTarget = (target: XtTarget): XtRestriction =>
  TARGETS[target.name] ?? NONE;
export const restrictionOfMatch = (match: XtMatch): XtRestriction => MATCHES[match.name] ?? NONE;

/** What a checkentry() refuses of a match because of the hooks that reach it. */
export function matchRefusesHook(match: XtMatch, hook: NfHook): boolean {
  if (match.name === 'addrtype') {
    // addrtype_mt_checkentry_v1().
    const leaving = hook === 'OUTPUT' || hook === 'POSTROUTING';
    const arriving = hook === 'PREROUTING' || hook === 'INPUT';
    return (match.limitIfaceIn && leaving) || (match.limitIfaceOut && arriving);
  }
  if (match.name === 'physdev') {
    // physdev_mt_check(): no bridge port is known yet for what leaves the machine.
    const wantsOut = match.physOut !== undefined || match.isOut !== undefined;
    return wantsOut && match.isBridged?.invert !== false && hook === 'OUTPUT';
  }
  return false;
}

/** tcpmss_tg4_check(): the path's MTU is only known where the route is. */
export const targetRefusesHook = (target: XtTarget, hook: NfHook): boolean =>
  target.name === 'TCPMSS' &&
  target.mss === undefined &&
  (hook === 'PREROUTING' || hook === 'INPUT');

/** nft_compat_chain_validate_dependency(): targets of the nat table need a chain of type nat. */
export const needsNatChain = (restriction: XtRestriction, base: NftBase): boolean =>
  restriction.tables?.[0] === 'nat' && base.type !== 'nat';
