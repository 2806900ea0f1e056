import { isLoopback, isMulticast, LIMITED_BROADCAST } from '../../../wire/ip';
import { IFF_LOOPBACK, type NetDevice } from '../../device/net-device';
import type { FibResult } from '../../ip/fib';
import { fibLookup } from '../../ip/fib-lookup';
import type { NftPktinfo } from '../nft-pktinfo';
import type { XtRpfilter } from '../xt-match';
import type { XtMatchFn } from './verdict';

/** rpfilter_mt(), net/ipv4/netfilter/ipt_rpfilter.c and net/ipv6/netfilter/ip6t_rpfilter.c. */
export const rpfilterMatch =
  (match: XtRpfilter): XtMatchFn =>
  (pkt) =>
    (isFree(pkt) || reverseFits(pkt, match)) !== match.invert;

/** What came over `lo`, and a host that asks for its address. */
function isFree(pkt: NftPktinfo): boolean {
  if (!pkt.in || (pkt.in.flags & IFF_LOOPBACK) !== 0) return true;
  const { src, dst } = pkt.ip;
  if (typeof src === 'bigint') return src === 0n || isMulticast(src);
  const group = dst === LIMITED_BROADCAST || isMulticast(dst);
  return src >>> 24 === 0 && group;
}

/** rpfilter_lookup_reverse(). */
function reverseFits(pkt: NftPktinfo, match: XtRpfilter): boolean {
  const { in: dev, ip, net } = pkt;
  if (!dev) return false;
  const { src, dst } = ip;
  const group = isMulticast(dst) || dst === LIMITED_BROADCAST || isLoopback(dst);
  const found = fibLookup(
    net,
    {
      dst: src,
      src: group ? undefined : dst,
      mark: match.validMark ? pkt.skb.mark : 0,
      tos: ip.kind === 'ipv4' ? ip.tos : 0,
    },
    { ignoreLinkstate: true },
  );
  if (!found.ok) return false;
  const { type } = found.value.route;
  if (type !== 'unicast' && !(type === 'local' && match.acceptLocal)) return false;
  return match.loose || usesDevice(found.value, dev);
}

/** fib_info_nh_uses_dev(). */
const usesDevice = (found: FibResult, dev: NetDevice): boolean =>
  found.route.nexthops.some((nh) => nh.dev === dev) || found.nexthop?.dev === dev;
