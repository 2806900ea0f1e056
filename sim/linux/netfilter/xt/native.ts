import type { XtMatch } from '../xt-match';
import type { XtAddress } from '../xt-rule';

/**
 * Matches that iptables-nft writes as nft's own comparisons (add_nft_tcp() and its neighbours of
 * iptables/nft.c): no checkentry() of x_tables sees them.
 */
export function isNative(match: XtMatch): boolean {
  switch (match.name) {
    case 'tcp':
      return !match.option && Boolean(match.sport ?? match.dport ?? match.flags);
    case 'udp':
      return Boolean(match.sport ?? match.dport);
    case 'mark':
    case 'limit':
      return true;
    default:
      return false;
  }
}

/** add_addr() with a mask of nothing: a comparison of no bytes, which nft_payload_init() refuses. */
export const comparesNothing = (address: XtAddress | undefined): boolean =>
  address !== undefined && BigInt(address.mask) === 0n;
