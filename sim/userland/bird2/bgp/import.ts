import type { BgpUpdate } from '../../../wire/bgp';
import type { BgpAttributes, BgpOtherAttribute } from '../../../wire/bgp-attribute';
import type { Cidr } from '../../../wire/ip';
import type { Channel } from '../channel';
import { newRoute, type Route, type RouteAttributes } from '../route';
import type { BgpProtocol } from './bgp-proto';

const LARGE_COMMUNITY = 32;
const OPTIONAL_TRANSITIVE = 0xc0;

/** bgp_rx_update(): withdrawals, then the routes that share these attributes. */
export function receiveUpdate(bgp: BgpProtocol, update: BgpUpdate): void {
  const channel = bgp.proto.channels.find((known) => known.config.family === 4);
  if (!channel) return;
  for (const { address, prefixLen } of update.withdrawn) {
    channel.import({ address, prefixLen }, undefined);
  }
  for (const { address, prefixLen } of update.nlri) {
    const net = { address, prefixLen };
    channel.import(net, received(bgp, channel, { net, attributes: update.attributes }));
  }
}

/** bgp_decode_attrs() and bgp_apply_next_hop(); undefined: treated as a withdrawal. */
function received(
  bgp: BgpProtocol,
  channel: Channel,
  { net, attributes: a }: { readonly net: Cidr; readonly attributes: BgpAttributes },
): Route | undefined {
  if (a.origin === undefined || !a.asPath || a.nextHop === undefined) return undefined;
  const { config } = bgp;
  const own = a.asPath.flatMap((s) => s.as).filter((as) => as === config.localAs).length;
  if (own > config.allowLocalAs) return undefined;
  if (a.originatorId === bgp.localId) return undefined;
  if (bgp.clusterId !== undefined && a.clusterList?.includes(bgp.clusterId)) return undefined;
  const base = {
    net,
    source: 'RTS_BGP' as const,
    from: config.remoteIp,
    attributes: attributesOf(bgp, a),
  };
  if (channel.config.gateway === 'recursive') {
    const recursive = { address: a.nextHop, table: channel.table };
    return newRoute(channel, { ...base, dest: 'unreachable', nexthops: [], recursive });
  }
  const neighbor = bgp.proto.daemon.neighbor(a.nextHop);
  if (!neighbor || neighbor.local) return undefined;
  const nexthop = { gw: a.nextHop, iface: neighbor.iface, weight: 0, onlink: false };
  return newRoute(channel, { ...base, dest: 'unicast', nexthops: [nexthop] });
}

function attributesOf(bgp: BgpProtocol, a: BgpAttributes): RouteAttributes {
  const accepted = bgp.isInternal || bgp.config.allowLocalPref ? a.localPref : undefined;
  const large = a.other?.find((o) => o.type === LARGE_COMMUNITY);
  const other = a.other?.filter(
    (o) => o.type !== LARGE_COMMUNITY && (o.flags & OPTIONAL_TRANSITIVE) === OPTIONAL_TRANSITIVE,
  );
  return {
    origin: a.origin,
    path: a.asPath,
    nextHop: a.nextHop,
    med: a.med,
    localPref: accepted ?? bgp.config.defaultLocalPref,
    atomic: a.atomicAggregate,
    communities: a.communities,
    originatorId: bgp.isInternal ? a.originatorId : undefined,
    clusterList: bgp.isInternal ? a.clusterList : undefined,
    largeCommunities: large && readLarge(large.data),
    other: other && other.length > 0 ? other : undefined,
  };
}

function readLarge(data: Uint8Array): readonly (readonly [number, number, number])[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const list: (readonly [number, number, number])[] = [];
  for (let at = 0; at + 12 <= data.length; at += 12) {
    list.push([view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8)]);
  }
  return list;
}

/** RFC 8092 §3. */
export function writeLarge(
  list: readonly (readonly [number, number, number])[],
): BgpOtherAttribute {
  const data = new Uint8Array(list.length * 12);
  const view = new DataView(data.buffer);
  list.flat().forEach((word, i) => {
    view.setUint32(4 * i, word);
  });
  return { flags: OPTIONAL_TRANSITIVE, type: LARGE_COMMUNITY, data };
}
