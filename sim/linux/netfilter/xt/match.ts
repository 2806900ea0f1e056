import type { NftFamily } from '../nf-tables';
import type { XtMatch } from '../xt-match';
import { icmpMatch } from './icmp';
import { tcpMatch, udpMatch } from './tcp';
import type { XtMatchFn } from './verdict';

/** The extensions of struct xt_match: what a match was told, as a test. Undefined: it is always true. */
export function xtMatch(match: XtMatch, _family: NftFamily): XtMatchFn | undefined {
  switch (match.name) {
    case 'tcp':
      return tcpMatch(match);
    case 'udp':
    case 'sctp':
      return udpMatch(match);
    case 'icmp':
    case 'icmp6':
      return icmpMatch(match);
    default:
      return undefined;
  }
}
