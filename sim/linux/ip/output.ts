import type { Result } from '../../base/result';
import type { Ip, IpPacket } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import type { Skb, SkbSock } from '../sk-buff';
import type { Dst, Flow } from './dst';

/** ip_route_output_key(), ip6_route_output(): the route and source address for a flow. */
export declare function routeOutput(net: Netns, flow: Flow): Result<Dst, Errno>;

/** The path MTU of a route: ipv4_mtu(), ip6_mtu() (exceptions, the route's metric, the device). */
export declare function dstMtu(dst: Dst): number;

export interface IpOutputOptions {
  /** Built by the caller. IPv4: `id` 0 and not `df` lets the stack draw one (ip_select_ident). */
  readonly packet: IpPacket;
  readonly dst: Dst;
  readonly sk?: SkbSock | undefined;
  readonly mark?: number | undefined;
  readonly parentId?: number | undefined;
}

/**
 * ip_local_out(), ip6_local_out(): OUTPUT hook, then POSTROUTING, fragmentation, neighbour, device.
 * EMSGSIZE if larger than the path and not to be fragmented; EPERM if a hook dropped it.
 */
export declare function ipOutput(net: Netns, options: IpOutputOptions): Result<undefined, Errno>;

/** dev_queue_xmit() of a frame with its own link-layer header, as AF_PACKET sends. */
export declare function packetXmit(dev: NetDevice, skb: Skb): Result<undefined, Errno>;

/** inet_addr_type(): is the address one of ours, broadcast, multicast? */
export declare function addressType(
  net: Netns,
  ip: Ip,
  dev?: NetDevice,
): 'local' | 'broadcast' | 'multicast' | 'unicast';
