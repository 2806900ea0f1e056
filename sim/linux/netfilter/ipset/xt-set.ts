import { addressBits, type Family } from '../../../wire/ip';
import { ipLength } from '../../../wire/length';
import type { NetDevice } from '../../device/net-device';
import type { Errno } from '../../errno';
import type { Netns } from '../../netns';
import { l4Protocol, type NftPktinfo, portsOf, transport } from '../nft-pktinfo';
import type { XtMatchFn, XtTargetFn } from '../xt/verdict';
import type { XtMatch, XtSet } from '../xt-match';
import type { XtSetInfo, XtSetTarget, XtTarget } from '../xt-target';
import type { IpSet, IpSetEntry } from './ip-set';
import type { IpSetElement } from './ip-set-type';
import { ipSets } from './ip-sets';

type Side = 'src' | 'dst';

/** The sets that a rule names. */
function namesOf(what: XtMatch | XtTarget): readonly string[] {
  if (what.name === 'set') return [what.set];
  if (what.name !== 'SET') return [];
  return [what.add, what.del, what.map].flatMap((info) => (info ? [info.set] : []));
}

/** set_match_v4_checkentry(), set_target_v3_checkentry(): a set stays while a rule names it. */
export function setCheck(net: Netns, what: XtMatch | XtTarget): Errno | undefined {
  const sets = namesOf(what).map((name) => ipSets(net).get(name));
  if (sets.includes(undefined)) return 'ENOENT';
  for (const set of sets) if (set) set.references++;
  return undefined;
}

export function setDestroy(net: Netns, what: XtMatch | XtTarget): void {
  for (const name of namesOf(what)) {
    const set = ipSets(net).get(name);
    if (set) set.references--;
  }
}

/** set_match_v4(), net/netfilter/xt_set.c. */
export function setMatch(match: XtSet): XtMatchFn {
  return (pkt) => {
    const sets = ipSets(pkt.net);
    const set = sets.get(match.set);
    const entry = set && lookup(pkt, set, match.flags);
    const nomatch = entry?.nomatch === true;
    let found = entry !== undefined && nomatch === (match.returnNomatch === true);
    if (entry && found) {
      found = compare(entry.packets, match.packets) && compare(entry.bytes, match.bytes);
      if (set?.options.counters && match.updateCounters !== false) count(pkt, entry);
    }
    return found !== match.invert;
  };
}

/** set_target_v3(): what a packet puts into a set or takes out of it. */
export function setTarget(target: XtSetTarget): XtTargetFn {
  return (pkt) => {
    const nowUs = pkt.net.kernel.scheduler.nowUs;
    const onSet = (info: XtSetInfo | undefined, act: (set: IpSet, e: IpSetElement) => void) => {
      const set = info && ipSets(pkt.net).get(info.set);
      const element = set && elementOf(pkt, set, info.flags);
      if (set && element) act(set, element);
    };
    onSet(target.add, (set, element) => {
      const timeout = set.options.timeout === undefined ? undefined : target.timeout;
      ipSets(pkt.net).add(set, element, { timeout }, { nowUs, exist: target.exist });
    });
    onSet(target.del, (set, element) => {
      ipSets(pkt.net).del(set, element, nowUs);
    });
    onSet(target.map, (set, element) => {
      const entry = set.find(element, nowUs);
      if (entry) mapInfo(pkt, entry, target);
    });
    return 'continue';
  };
}

/** `--map-set`: the entry's skbinfo for the packet. */
function mapInfo({ skb }: NftPktinfo, entry: IpSetEntry, target: XtSetTarget): void {
  const { skbmark } = entry;
  if (target.mapMark && skbmark) {
    skb.mark = ((skb.mark & ~skbmark.mask) ^ skbmark.mark) >>> 0;
  }
  if (target.mapPrio) skb.priority = entry.skbprio;
}

function compare(value: number, asked: XtSet['packets']): boolean {
  switch (asked?.op) {
    case undefined:
      return true;
    case 'eq':
      return value === asked?.value;
    case 'ne':
      return value !== asked?.value;
    case 'lt':
      return value < (asked?.value ?? 0);
    case 'gt':
      return value > (asked?.value ?? 0);
  }
}

/** ip_set_update_counter(). */
function count({ ip }: NftPktinfo, entry: IpSetEntry): void {
  entry.packets++;
  entry.bytes += ipLength(ip);
}

/** ip_set_test(): a list asks its members in turn. */
function lookup(pkt: NftPktinfo, set: IpSet, flags: readonly Side[]): IpSetEntry | undefined {
  const nowUs = pkt.net.kernel.scheduler.nowUs;
  if (set.type.kind !== 'list') {
    const element = elementOf(pkt, set, flags);
    return element && (set.find(element, nowUs) ?? byPort(pkt, set, element));
  }
  for (const { element } of set.entries(nowUs)) {
    const member = element.set === undefined ? undefined : ipSets(pkt.net).get(element.set);
    const found = member && member.type.kind !== 'list' && lookup(pkt, member, flags);
    if (found) return found;
  }
  return undefined;
}

/** hash:net,iface with `physdev:`: the port of the bridge in the device's place. */
function byPort(pkt: NftPktinfo, set: IpSet, element: IpSetElement): IpSetEntry | undefined {
  if (element.iface === undefined) return undefined;
  const port = element.iface === pkt.in?.name ? pkt.skb.physIn : pkt.skb.physOut;
  const nowUs = pkt.net.kernel.scheduler.nowUs;
  return port && set.find({ ...element, iface: port.name, physdev: true }, nowUs);
}

/** kadt: what a set of this type sees in a packet; undefined: nothing that it could hold. */
function elementOf(pkt: NftPktinfo, set: IpSet, flags: readonly Side[]): IpSetElement | undefined {
  const family: Family = pkt.ip.kind === 'ipv4' ? 4 : 6;
  const { family: wanted } = set.options;
  const dimensions = set.type.dimensions;
  if (flags.length < dimensions.length || (wanted ?? family) !== family) return undefined;
  let element: IpSetElement = {};
  for (const [i, dimension] of dimensions.entries()) {
    const side = flags[i] ?? 'src';
    const address = side === 'src' ? pkt.ip.src : pkt.ip.dst;
    const part = partOf(pkt, dimension, { side, address, bits: addressBits(family) });
    if (!part) return undefined;
    element = { ...element, ...part };
  }
  return element;
}

interface From {
  readonly side: Side;
  readonly address: NftPktinfo['ip']['src'];
  readonly bits: number;
}

function partOf(
  pkt: NftPktinfo,
  dimension: IpSet['type']['dimensions'][number],
  { side, address, bits }: From,
): IpSetElement | undefined {
  switch (dimension) {
    case 'ip':
      return { ip: address };
    case 'net':
      return { ip: address, prefixLen: bits };
    case 'ip2':
      return { ip2: address };
    case 'net2':
      return { ip2: address, prefixLen2: bits };
    case 'port':
      return portOf(pkt, side);
    case 'iface':
      return ifaceOf(side === 'src' ? pkt.in : pkt.out);
    // bitmap_ipmac_kadt() compares the MAC of a source only; its bitmap goes by the address.
    case 'mac':
      return {};
    case 'set':
      return undefined;
  }
}

const ifaceOf = (dev: NetDevice | undefined): IpSetElement | undefined =>
  dev && { iface: dev.name };

/** ip_set_get_ip4_port(), ip_set_get_ip6_port(): of ICMP type and code. */
function portOf({ ip }: NftPktinfo, side: Side): IpSetElement | undefined {
  const proto = l4Protocol(ip);
  const l4 = transport(ip);
  if (l4?.kind === 'icmp' || l4?.kind === 'icmpv6') {
    return { proto, port: l4.type * 256 + l4.code };
  }
  const ports = portsOf(ip);
  if (!ports) return undefined;
  return { proto, port: side === 'src' ? ports.srcPort : ports.dstPort };
}
