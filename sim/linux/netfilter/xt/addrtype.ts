import type { Ip } from '../../../wire/frame';
import { isMulticast } from '../../../wire/ip';
import type { NetDevice } from '../../device/net-device';
import { addressType } from '../../ip/address-type';
import { fibLookup } from '../../ip/fib-lookup';
import type { NftPktinfo } from '../nft-pktinfo';
import type { AddrTypeName, Invertible, XtAddrtype } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** addrtype_mt_v1(), net/netfilter/xt_addrtype.c. */
export function addrtypeMatch(match: XtAddrtype): XtMatchFn {
  const { source, dest, limitIfaceIn, limitIfaceOut } = match;
  return (pkt) => {
    const dev = limitIfaceIn ? pkt.in : limitIfaceOut ? pkt.out : undefined;
    const is = (ip: Ip, wanted: Invertible<readonly AddrTypeName[]> | undefined): boolean =>
      wanted === undefined || hasType({ pkt, dev, types: wanted.value }, ip) !== wanted.invert;
    return is(pkt.ip.src, source) && is(pkt.ip.dst, dest);
  };
}

interface Question {
  readonly pkt: NftPktinfo;
  readonly dev: NetDevice | undefined;
  readonly types: readonly AddrTypeName[];
}

function hasType(question: Question, ip: Ip): boolean {
  if (typeof ip === 'bigint') return hasType6(question, ip);
  const found = addressType(question.pkt.net, ip, question.dev);
  return question.types.some((type) => type.toLowerCase() === found);
}

/** addrtype_mt6(), match_type6(): what the address itself is, then the route to it. */
function hasType6({ pkt, dev, types }: Question, ip: bigint): boolean {
  const multicast = isMulticast(ip);
  if (types.includes('MULTICAST') && !multicast) return false;
  if (types.includes('UNICAST') && (multicast || ip === 0n)) return false;
  if (types.includes('UNSPEC') && ip !== 0n) return false;
  const byRoute = types.filter((t) => t === 'LOCAL' || t === 'ANYCAST' || t === 'UNREACHABLE');
  if (byRoute.length === 0) return true;
  const found = fibLookup(pkt.net, { dst: ip, oif: dev?.ifindex });
  if (!found.ok) return byRoute.includes('UNREACHABLE');
  return byRoute.some((type) => type.toLowerCase() === found.value.route.type);
}
