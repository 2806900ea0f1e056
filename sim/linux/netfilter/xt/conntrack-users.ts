import type { Netns } from '../../netns';
import { type CtFamily, nfCtNetnsGet, nfCtNetnsPut } from '../conntrack/hooks';
import { masqRegisterNotifiers } from '../conntrack/masquerade';
import { conntrackOf } from '../conntrack/table';
import type { NftFamily } from '../nf-tables';
import type { XtMatchName } from '../xt-match';
import type { XtEntry } from '../xt-rule';
import type { XtTargetName } from '../xt-target';

const MATCHES: ReadonlySet<XtMatchName> = new Set([
  'conntrack',
  'state',
  'connmark',
  'connlimit',
  'connbytes',
  'helper',
]);
const TARGETS: ReadonlySet<XtTargetName> = new Set([
  'DNAT',
  'SNAT',
  'MASQUERADE',
  'REDIRECT',
  'NETMAP',
  'CONNMARK',
]);

/** How often a rule's extensions call nf_ct_netns_get(). */
function usersIn(entry: XtEntry): number {
  const { target } = entry;
  const tracks = target && (TARGETS.has(target.name) || (target.name === 'CT' && !target.notrack));
  return entry.matches.filter((match) => MATCHES.has(match.name)).length + (tracks ? 1 : 0);
}

const FAMILY: Readonly<Record<NftFamily, CtFamily>> = { ip: 'ipv4', ip6: 'ipv6' };

/** What the checkentry() of conntrack's matches and targets do once a rule is there. */
export function conntrackUse(net: Netns, family: NftFamily, entry: XtEntry): void {
  for (let i = usersIn(entry); i > 0; i--) nfCtNetnsGet(net, FAMILY[family]);
  if (entry.target?.name === 'MASQUERADE') masqRegisterNotifiers(net);
  if (entry.matches.some((match) => match.name === 'connbytes')) {
    // connbytes_mt_check(): "Forcing CT accounting to be enabled".
    conntrackOf(net).sysctl.nf_conntrack_acct = 1;
  }
}

/** Their destroy(). */
export function conntrackUnuse(net: Netns, family: NftFamily, entry: XtEntry): void {
  for (let i = usersIn(entry); i > 0; i--) nfCtNetnsPut(net, FAMILY[family]);
}
