import { isNative } from '../../linux/netfilter/xt/native';
import type { XtMatch, XtTcp, XtUdp } from '../../linux/netfilter/xt-match';
import { isAnyPort } from './port';

/**
 * What nf_tables keeps of the matches, read back (nft_rule_to_iptables_command_state()): comparisons of ports
 * and flags are of one match however many there were, and `! --dport :` compares nothing.
 */
export function storedMatches(matches: readonly XtMatch[]): readonly XtMatch[] {
  const stored: XtMatch[] = [];
  for (const match of matches) {
    if ((match.name !== 'tcp' && match.name !== 'udp') || !isNative(match)) {
      stored.push(match);
      continue;
    }
    const kept = compared(match);
    const at = stored.findIndex((other) => other.name === kept.name && isNative(other));
    const earlier = stored[at];
    if (earlier) stored[at] = merged(earlier, kept);
    else if (isNative(kept)) stored.push(kept);
  }
  return stored;
}

const portsOf = (ports: XtTcp['sport']): XtTcp['sport'] =>
  ports && isAnyPort(ports.value) ? undefined : ports;

function compared(match: XtTcp | XtUdp): XtTcp | XtUdp {
  const ports = { sport: portsOf(match.sport), dport: portsOf(match.dport) };
  if (match.name === 'udp') return { ...match, ...ports };
  return { ...match, ...ports, flags: match.flags?.value.mask === 0 ? undefined : match.flags };
}

/** The later comparison of the same thing is the one that is read. */
function merged(earlier: XtMatch, later: XtTcp | XtUdp): XtMatch {
  if (earlier.name !== 'tcp' && earlier.name !== 'udp') return later;
  const ports = {
    sport: later.sport ?? earlier.sport,
    dport: later.dport ?? earlier.dport,
  };
  if (later.name === 'udp' || earlier.name === 'udp') return { ...later, ...ports };
  return { ...later, ...ports, flags: later.flags ?? earlier.flags };
}
