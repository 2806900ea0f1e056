import type { BgpPrefix } from '../../../wire/bgp';
import type { AsSegment, BgpAttributes } from '../../../wire/bgp-attribute';
import type { Ip, Ipv4 } from '../../../wire/frame';
import { formatIp } from '../../../wire/ip';
import type { Channel } from '../channel';
import { attributeKey, netKey, type Route } from '../route';
import { bgpOf } from './bgp-of';
import type { BgpProtocol } from './bgp-proto';
import type { BgpConnection } from './connection';
import { writeLarge } from './import';

const NO_EXPORT = 0xffff_ff01;
const NO_ADVERTISE = 0xffff_ff02;
const NO_EXPORT_SUBCONFED = 0xffff_ff03;
/** Prefixes in one UPDATE; keeps it below 4096 bytes. */
const MAX_PREFIXES = 500;

/** bgp_preexport(). */
export function preexport(bgp: BgpProtocol, route: Route): 'reject' | undefined {
  const source = bgpOf(route);
  if (!source) return undefined;
  if (bgp.isInternal && source.isInternal) {
    if (!bgp.config.rrClient && !source.config.rrClient) return 'reject';
    const { clusterId } = bgp;
    if (clusterId !== undefined && route.attributes.clusterList?.includes(clusterId))
      return 'reject';
  }
  const communities = bgp.config.interpretCommunities ? route.attributes.communities : undefined;
  if (communities?.includes(NO_ADVERTISE)) return 'reject';
  const outside = communities?.some((c) => c === NO_EXPORT || c === NO_EXPORT_SUBCONFED);
  return outside && !bgp.isInternal ? 'reject' : undefined;
}

/** bgp_update_attrs(); undefined: the route cannot be sent to this neighbour. */
export function exportAttributes(
  bgp: BgpProtocol,
  channel: Channel,
  route: Route,
): BgpAttributes | undefined {
  const a = route.attributes;
  const source = bgpOf(route);
  const external = !bgp.isInternal && !bgp.config.rsClient;
  const nextHop = nextHopFor(bgp, channel, route);
  if (typeof nextHop !== 'number' || nextHop === 0 || nextHop === bgp.config.remoteIp) {
    const why = nextHop === undefined ? 'zero address' : `neighbor address ${formatIp(nextHop)}`;
    bgp.proto.daemon.log(
      'error',
      `${bgp.proto.name}: Invalid route ${netKey(route.net)} - invalid NEXT_HOP - ${why}`,
    );
    return undefined;
  }
  const reflected = source?.isInternal && bgp.isInternal;
  const path = a.path ?? [];
  return {
    origin: a.origin ?? (source ? 2 : 0),
    asPath: external ? prepend(path, bgp.config.localAs) : path,
    nextHop,
    med: external && !route.fresh.has('med') ? undefined : a.med,
    localPref: bgp.isInternal ? (a.localPref ?? bgp.config.defaultLocalPref) : undefined,
    atomicAggregate: a.atomic,
    communities: a.communities,
    originatorId: reflected ? (a.originatorId ?? source.remoteId) : undefined,
    clusterList: reflected ? clusterList(bgp, source, a.clusterList ?? []) : undefined,
    other: a.largeCommunities ? [...(a.other ?? []), writeLarge(a.largeCommunities)] : a.other,
  };
}

function prepend(path: readonly AsSegment[], as: number): readonly AsSegment[] {
  const [first, ...rest] = path;
  if (first?.kind === 'sequence') return [{ kind: 'sequence', as: [as, ...first.as] }, ...rest];
  return [{ kind: 'sequence', as: [as] }, ...path];
}

function clusterList(
  bgp: BgpProtocol,
  source: BgpProtocol,
  list: readonly Ipv4[],
): readonly Ipv4[] {
  const added = [bgp.clusterId, source.clusterId].filter((id) => id !== undefined);
  return [...new Set(added), ...list];
}

/** bgp_match_src(). */
function applies(
  when: boolean | 'ibgp' | 'ebgp' | undefined,
  source: BgpProtocol | undefined,
): boolean {
  if (when === 'ibgp') return source?.isInternal ?? false;
  if (when === 'ebgp') return source !== undefined && !source.isInternal;
  return when ?? false;
}

/** bgp_update_next_hop_ip(): the received one, the gateway, or ourselves. */
function nextHopFor(bgp: BgpProtocol, channel: Channel, route: Route): Ip | undefined {
  const source = bgpOf(route);
  const { nextHop } = route.attributes;
  const self = applies(channel.config.nextHopSelf, source);
  if (nextHop !== undefined && !self) {
    if (applies(channel.config.nextHopKeep, source) || route.fresh.has('nextHop')) return nextHop;
    if (bgp.isInternal) return nextHop;
    if (bgp.iface && bgp.iface === source?.iface) return nextHop;
  }
  const [only] = route.nexthops;
  if (!self && route.dest === 'unicast' && route.nexthops.length === 1 && only?.gw !== undefined) {
    if (bgp.isInternal || (bgp.iface && bgp.iface === only.iface)) return only.gw;
  }
  return ownNextHop(bgp, channel);
}

/** bgp_channel_start(): the address that we give as next hop. */
export const ownNextHop = (bgp: BgpProtocol, channel: Channel): Ip | undefined =>
  channel.config.nextHopAddress ?? bgp.localIp;

/** Buckets and prefixes that wait to be sent: proto/bgp/attrs.c, packets.c. */
export class RouteSender {
  #conn: BgpConnection | undefined;
  readonly #pending = new Map<
    string,
    { readonly net: BgpPrefix; readonly attributes: BgpAttributes | undefined }
  >();
  readonly #sent = new Set<string>();
  #scheduled = false;
  #endOfRib = false;

  constructor(readonly bgp: BgpProtocol) {}

  begin(conn: BgpConnection): void {
    this.#conn = conn;
    this.#pending.clear();
    this.#sent.clear();
    this.#endOfRib = this.bgp.config.gracefulRestart !== 'off';
  }

  /** bgp_rt_notify(). */
  change(channel: Channel, net: Route['net'], route: Route | undefined): void {
    if (typeof net.address !== 'number') return;
    const attributes = route && exportAttributes(this.bgp, channel, route);
    const prefix = { address: net.address, prefixLen: net.prefixLen };
    this.#pending.set(netKey(net), { net: prefix, attributes });
    this.#schedule();
  }

  endOfFeed(_channel: Channel): void {
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.bgp.proto.daemon.defer(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    const conn = this.#conn;
    if (!conn || this.bgp.connection !== conn) return;
    const buckets = new Map<string, { attributes: BgpAttributes; nlri: BgpPrefix[] }>();
    const withdrawn: BgpPrefix[] = [];
    for (const [key, { net, attributes }] of this.#pending) {
      if (!attributes) {
        if (this.#sent.delete(key)) withdrawn.push(net);
        continue;
      }
      this.#sent.add(key);
      const bucket = attributeKey(attributes);
      const known = buckets.get(bucket);
      if (known) known.nlri.push(net);
      else buckets.set(bucket, { attributes, nlri: [net] });
    }
    this.#pending.clear();
    for (let i = 0; i < withdrawn.length; i += MAX_PREFIXES) {
      const part = withdrawn.slice(i, i + MAX_PREFIXES);
      conn.send({ kind: 'update', withdrawn: part, attributes: {}, nlri: [] });
    }
    for (const { attributes, nlri } of buckets.values()) {
      for (let i = 0; i < nlri.length; i += MAX_PREFIXES) {
        conn.send({
          kind: 'update',
          withdrawn: [],
          attributes,
          nlri: nlri.slice(i, i + MAX_PREFIXES),
        });
      }
    }
    if (this.#endOfRib) conn.send({ kind: 'update', withdrawn: [], attributes: {}, nlri: [] });
    this.#endOfRib = false;
  }
}
