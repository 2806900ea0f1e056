import type { Ip, IpPacket } from '../../../wire/frame';
import { LOOPBACK_V4 } from '../../device/loopback';
import type { NetDevice } from '../../device/net-device';
import { RT_SCOPE_UNIVERSE } from '../../ip/fib';
import { devGetSaddr } from '../../ip/route6';
import { inetSelectAddr } from '../../ip/select-address';
import type { NftPktinfo } from '../nft-pktinfo';
import type { XtVerdict } from '../xt/verdict';
import type { XtNat } from '../xt-target';
import { hookManip, natSetupInfo } from './nat';
import type { NatManip, NatRange } from './nat-choice';
import { conntrackOf } from './table';

/** The options of a rule as a range for nf_nat_setup_info(). */
const rangeOf = (target: XtNat): NatRange => ({
  addresses: target.addresses,
  ports: target.ports,
  basePort: target.basePort,
  random: target.random,
  randomFully: target.randomFully,
  persistent: target.persistent,
});

function setup(pkt: NftPktinfo, range: NatRange, manip: NatManip): XtVerdict {
  const { ct } = pkt.skb;
  return ct ? natSetupInfo(conntrackOf(pkt.net), ct, { range, manip }) : 'accept';
}

/** xt_snat_target_v2(), xt_dnat_target_v2(), net/netfilter/xt_nat.c. */
export const natTarget =
  (target: XtNat, manip: NatManip) =>
  (pkt: NftPktinfo): XtVerdict =>
    setup(pkt, rangeOf(target), manip);

/** nf_nat_masquerade_ipv4(), nf_nat_masquerade_ipv6(), net/netfilter/nf_nat_masquerade.c. */
export const masqueradeTarget =
  (target: XtNat) =>
  (pkt: NftPktinfo): XtVerdict => {
    const { ct } = pkt.skb;
    const { out } = pkt;
    if (!ct || !out) return 'drop';
    if (ct.original.src === 0) return 'accept';
    const address = masqueradeAddress(pkt, out);
    if (!address) return 'drop';
    ct.masqDev = out;
    return setup(pkt, { ...rangeOf(target), addresses: { min: address, max: address } }, 'SRC');
  };

function masqueradeAddress(pkt: NftPktinfo, out: NetDevice): Ip | undefined {
  const { ip } = pkt;
  if (ip.kind === 'ipv6') return devGetSaddr(pkt.net, out, ip.dst);
  const gateway = pkt.skb.dst?.gateway;
  const nexthop = typeof gateway === 'number' ? gateway : ip.dst;
  return inetSelectAddr(out, nexthop, RT_SCOPE_UNIVERSE);
}

/** nf_nat_redirect_ipv4(), nf_nat_redirect_ipv6(): to an address of the machine itself. */
export const redirectTarget =
  (target: XtNat) =>
  (pkt: NftPktinfo): XtVerdict => {
    const address = redirectAddress(pkt, pkt.ip);
    if (!address) return 'drop';
    return setup(pkt, { ...rangeOf(target), addresses: { min: address, max: address } }, 'DST');
  };

function redirectAddress(pkt: NftPktinfo, ip: IpPacket): Ip | undefined {
  const local = pkt.hook === 'OUTPUT';
  const { dev } = pkt.skb;
  if (ip.kind === 'ipv4') return local ? LOOPBACK_V4 : dev.inDev.addresses[0]?.local;
  if (local) return 1n;
  const usable = dev.in6Dev.addresses.find((ifa) => !ifa.tentative && ifa.scope === 0);
  return (usable ?? dev.in6Dev.addresses[0])?.address;
}

/** netmap_tg4(), netmap_tg6(): the network part changes, the host part stays. */
export const netmapTarget =
  (target: XtNat) =>
  (pkt: NftPktinfo): XtVerdict => {
    const { addresses } = target;
    if (!addresses) return 'drop';
    const manip = hookManip(pkt.hook);
    const old = manip === 'SRC' ? pkt.ip.src : pkt.ip.dst;
    const mapped = netmap(old, addresses);
    if (mapped === undefined) return 'drop';
    return setup(pkt, { addresses: { min: mapped, max: mapped }, ports: target.ports }, manip);
  };

function netmap(ip: Ip, to: { readonly min: Ip; readonly max: Ip }): Ip | undefined {
  if (typeof ip === 'number' && typeof to.min === 'number' && typeof to.max === 'number') {
    const host = to.min ^ to.max;
    return ((ip & host) | (to.min & ~host)) >>> 0;
  }
  if (typeof ip === 'bigint' && typeof to.min === 'bigint' && typeof to.max === 'bigint') {
    const host = to.min ^ to.max;
    return (ip & host) | (to.min & ~host);
  }
  return undefined;
}
