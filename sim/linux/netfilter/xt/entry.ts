import type { Ip } from '../../../wire/frame';
import type { NetDevice } from '../../device/net-device';
import { fragmentOffset, l4Protocol } from '../nft-pktinfo';
import type { XtAddress, XtEntry, XtInterface } from '../xt-rule';
import type { XtMatchFn } from './verdict';

/** ip_packet_match(), ip6_packet_match(): what every rule can ask for; undefined if this one asks nothing. */
export function xtEntryMatch(entry: XtEntry): XtMatchFn | undefined {
  const tests: XtMatchFn[] = [];
  const { in: iface, out, src, dst, proto, fragment } = entry;
  if (iface) {
    const named = interfaceMatch(iface);
    tests.push((pkt) => named(pkt.in));
  }
  if (out) {
    const named = interfaceMatch(out);
    tests.push((pkt) => named(pkt.out));
  }
  if (src) {
    const inside = addressMatch(src);
    tests.push((pkt) => inside(pkt.ip.src));
  }
  if (dst) {
    const inside = addressMatch(dst);
    tests.push((pkt) => inside(pkt.ip.dst));
  }
  if (proto) tests.push((pkt) => (l4Protocol(pkt.ip) === proto.value) !== proto.invert);
  if (fragment) tests.push((pkt) => (fragmentOffset(pkt.ip) !== 0) !== fragment.invert);
  if (tests.length === 0) return undefined;
  return (pkt) => tests.every((test) => test(pkt));
}

/** ifname_compare(): no device has the empty name. */
function interfaceMatch(wanted: XtInterface): (dev: NetDevice | undefined) => boolean {
  const { name, invert } = wanted;
  const prefix = name.endsWith('+') ? name.slice(0, -1) : undefined;
  return (dev) => {
    const has = dev?.name ?? '';
    return (prefix === undefined ? has === name : has.startsWith(prefix)) !== invert;
  };
}

/** Both sides under the mask; an address of the other family is outside. */
export function addressMatch(wanted: XtAddress): (ip: Ip) => boolean {
  const { address, mask, invert } = wanted;
  if (typeof address === 'number' && typeof mask === 'number') {
    return (ip) => (typeof ip === 'number' && ((ip ^ address) & mask) === 0) !== invert;
  }
  if (typeof address === 'bigint' && typeof mask === 'bigint') {
    return (ip) => (typeof ip === 'bigint' && ((ip ^ address) & mask) === 0n) !== invert;
  }
  return () => invert;
}
