import { masqueradeTarget, natTarget, netmapTarget, redirectTarget } from '../conntrack/nat-range';
import { setTarget } from '../ipset/xt-set';
import type { XtTarget } from '../xt-target';
import { connmarkTarget } from './connmark';
import { ctTarget, notrackTarget } from './ct-target';
import { dscpTarget, tosTarget } from './dscp';
import { logTarget } from './log';
import { markTarget } from './mark';
import { rejectTarget } from './reject';
import { tcpmssTarget } from './tcpmss-target';
import { ttlTarget } from './ttl';
import type { XtTargetFn } from './verdict';

const proceed: XtTargetFn = () => 'continue';

/** The extensions of struct xt_target: what a target was told, as what it does. */
export function xtTarget(target: XtTarget): XtTargetFn {
  switch (target.name) {
    case 'ACCEPT':
      return () => 'accept';
    case 'DROP':
      return () => 'drop';
    // Nobody listens on a queue: nf_queue() frees the packet, or lets it pass with --queue-bypass.
    case 'QUEUE':
      return () => 'drop';
    case 'NFQUEUE':
      return () => (target.bypass ? 'accept' : 'drop');
    case 'REJECT':
      return rejectTarget(target);
    case 'DNAT':
      return natTarget(target, 'DST');
    case 'SNAT':
      return natTarget(target, 'SRC');
    case 'MASQUERADE':
      return masqueradeTarget(target);
    case 'REDIRECT':
      return redirectTarget(target);
    case 'NETMAP':
      return netmapTarget(target);
    case 'CT':
      return ctTarget(target);
    case 'NOTRACK':
      return notrackTarget;
    case 'CONNMARK':
      return connmarkTarget(target);
    case 'LOG':
      return logTarget(target);
    case 'MARK':
      return markTarget(target);
    case 'TTL':
    case 'HL':
      return ttlTarget(target);
    case 'TOS':
      return tosTarget(target);
    case 'DSCP':
      return dscpTarget(target);
    case 'TCPMSS':
      return tcpmssTarget(target);
    case 'SET':
      return setTarget(target);
    case 'CLASSIFY':
      return (pkt) => {
        pkt.skb.priority = target.priority;
        return 'continue';
      };
    case 'CHECKSUM':
      return (pkt) => {
        pkt.skb.partialChecksum = false;
        return 'continue';
      };
    // Nobody listens for these: nfnetlink_log, nfnetlink's trace.
    case 'NFLOG':
    case 'TRACE':
      return proceed;
    default:
      return proceed;
  }
}
