import type { Ip, Ipv4, Mac } from '../../wire/frame';
import type { BridgeOptions } from '../device/bridge';
import type { BridgePortOptions } from '../device/bridge-port';
import type { IpvlanMode, MacvlanMode, NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import type { Rtnl } from './netlink-error';

/** IFLA_*: what `ip link add` and `ip link set` can give; absent = not touched. */
export interface LinkAttributes {
  readonly name?: string | undefined;
  readonly ifindex?: number | undefined;
  readonly mtu?: number | undefined;
  readonly address?: Mac | undefined;
  readonly broadcast?: Mac | undefined;
  readonly txQueueLen?: number | undefined;
  readonly alias?: string | undefined;
  readonly group?: number | undefined;
  /** IFLA_MASTER: an ifindex, 0 = nomaster. */
  readonly master?: number | undefined;
  /** IFLA_NET_NS_PID/FD: create in, or move to. */
  readonly netns?: Netns | undefined;
  readonly up?: boolean | undefined;
  readonly arp?: boolean | undefined;
  readonly multicast?: boolean | undefined;
  readonly allmulticast?: boolean | undefined;
  readonly promisc?: boolean | undefined;
  readonly carrier?: boolean | undefined;
  readonly addAltName?: string | undefined;
  readonly delAltName?: string | undefined;
  /** IFLA_INFO_DATA of a bridge, on `set`. */
  readonly bridge?: BridgeOptions | undefined;
  /** IFLA_INFO_SLAVE_DATA or IFLA_PROTINFO: `bridge link set`, `ip link set type bridge_slave`. */
  readonly brport?: BridgePortOptions | undefined;
  /** addrgenmode: 0 eui64, 1 none. */
  readonly addrGenMode?: number | undefined;
  readonly vxlan?: VxlanAttributes | undefined;
}

export interface VxlanAttributes {
  readonly id?: number | undefined;
  readonly remote?: Ip | undefined;
  readonly group?: Ip | undefined;
  readonly local?: Ip | undefined;
  /** An ifindex. */
  readonly link?: number | undefined;
  readonly dstPort?: number | undefined;
  readonly srcPort?: { readonly low: number; readonly high: number } | undefined;
  readonly ttl?: number | undefined;
  readonly tos?: number | undefined;
  readonly learning?: boolean | undefined;
  readonly proxy?: boolean | undefined;
  readonly rsc?: boolean | undefined;
  readonly l2miss?: boolean | undefined;
  readonly l3miss?: boolean | undefined;
  readonly ageingSec?: number | undefined;
  readonly limit?: number | undefined;
  readonly udpCsum?: boolean | undefined;
  readonly external?: boolean | undefined;
}

/** IFLA_LINKINFO. `lower` is IFLA_LINK. */
export type NewLinkKind =
  | { readonly kind: 'dummy' }
  | { readonly kind: 'veth'; readonly peer: LinkAttributes }
  | { readonly kind: 'bridge'; readonly options: BridgeOptions }
  | { readonly kind: 'vxlan'; readonly options: VxlanAttributes }
  | { readonly kind: 'vlan'; readonly lower: number | undefined; readonly id: number | undefined }
  | {
      readonly kind: 'macvlan';
      readonly lower: number | undefined;
      readonly mode?: MacvlanMode | undefined;
    }
  | {
      readonly kind: 'ipvlan';
      readonly lower: number | undefined;
      readonly mode?: IpvlanMode | undefined;
    }
  | {
      readonly kind: 'ipip';
      readonly local?: Ipv4 | undefined;
      readonly remote?: Ipv4 | undefined;
      readonly ttl?: number | undefined;
      readonly tos?: number | undefined;
      readonly pmtudisc?: boolean | undefined;
      readonly link?: number | undefined;
    }
  | { readonly kind: 'unknown'; readonly name: string };

/** rtnl_newlink() with NLM_F_CREATE|NLM_F_EXCL. Without a name the kernel picks one (`veth0`, `bridge0`, …). */
export declare function newLink(
  net: Netns,
  attrs: LinkAttributes,
  kind: NewLinkKind,
): Rtnl<NetDevice>;

/** rtnl_setlink() / do_setlink(). */
export declare function changeLink(net: Netns, dev: NetDevice, attrs: LinkAttributes): Rtnl;

/** rtnl_dellink(). */
export declare function delLink(net: Netns, dev: NetDevice): Rtnl;
