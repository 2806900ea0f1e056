import { setMatch } from '../ipset/xt-set';
import type { XtMatch } from '../xt-match';
import { addrtypeMatch } from './addrtype';
import { connbytesMatch } from './connbytes';
import { connlimitMatch } from './connlimit';
import { connmarkMatch } from './connmark';
import { conntrackMatch, stateMatch } from './conntrack';
import { dscpMatch, tosMatch } from './dscp';
import { hashlimitMatch } from './hashlimit';
import { helperMatch } from './helper';
import { icmpMatch } from './icmp';
import { iprangeMatch } from './iprange';
import { lengthMatch } from './length';
import { limitMatch } from './limit';
import { macMatch } from './mac';
import { markMatch } from './mark';
import { multiportMatch } from './multiport';
import { ownerMatch } from './owner';
import { physdevMatch } from './physdev';
import { pkttypeMatch } from './pkttype';
import { recentMatch } from './recent';
import { rpfilterMatch } from './rpfilter';
import { statisticMatch } from './statistic';
import { tcpMatch, udpMatch } from './tcp';
import { tcpmssMatch } from './tcpmss';
import { ttlMatch } from './ttl';
import type { XtMatchFn } from './verdict';

/** An extension that the kernel does not have. */
const never: XtMatchFn = () => false;

/** The extensions of struct xt_match: what a match was told, as a test. Undefined: it is always true. */
export function xtMatch(match: XtMatch): XtMatchFn | undefined {
  switch (match.name) {
    case 'tcp':
      return tcpMatch(match);
    case 'udp':
    case 'sctp':
      return udpMatch(match);
    case 'icmp':
    case 'icmp6':
      return icmpMatch(match);
    case 'comment':
      return undefined;
    case 'conntrack':
      return conntrackMatch(match);
    case 'state':
      return stateMatch(match);
    case 'connmark':
      return connmarkMatch(match);
    case 'connlimit':
      return connlimitMatch(match);
    case 'connbytes':
      return connbytesMatch(match);
    case 'helper':
      return helperMatch(match);
    case 'mark':
      return markMatch(match);
    case 'multiport':
      return multiportMatch(match);
    case 'addrtype':
      return addrtypeMatch(match);
    case 'statistic':
      return statisticMatch(match);
    case 'physdev':
      return physdevMatch(match);
    case 'mac':
      return macMatch(match);
    case 'recent':
      return recentMatch(match);
    case 'set':
      return setMatch(match);
    case 'hashlimit':
      return hashlimitMatch(match);
    case 'limit':
      return limitMatch(match);
    case 'iprange':
      return iprangeMatch(match);
    case 'length':
      return lengthMatch(match);
    case 'owner':
      return ownerMatch(match);
    case 'rpfilter':
      return rpfilterMatch(match);
    case 'ttl':
    case 'hl':
      return ttlMatch(match);
    case 'tos':
      return tosMatch(match);
    case 'dscp':
      return dscpMatch(match);
    case 'pkttype':
      return pkttypeMatch(match);
    case 'tcpmss':
      return tcpmssMatch(match);
    default:
      return never;
  }
}
