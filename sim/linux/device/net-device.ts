import type { Result } from '../../base/result';
import type { Ipv4, Mac } from '../../wire/frame';
import type { Errno } from '../errno';
import type { InDevice, Inet6Device } from '../ip/address';
import { newInDevice, newInet6Device } from '../ip/dev-conf';
import type { Netns } from '../netns';
import type { Skb } from '../sk-buff';
import type { Bridge } from './bridge';
import type { BridgePort } from './bridge-port';
import type { Tun } from './tun';
import type { Vxlan } from './vxlan';

/** IFF_* of include/uapi/linux/if.h, by their kernel names. */
export const IFF_UP = 0x1;
export const IFF_BROADCAST = 0x2;
export const IFF_LOOPBACK = 0x8;
export const IFF_POINTOPOINT = 0x10;
export const IFF_RUNNING = 0x40;
export const IFF_NOARP = 0x80;
export const IFF_PROMISC = 0x100;
export const IFF_ALLMULTI = 0x200;
export const IFF_MASTER = 0x400;
export const IFF_SLAVE = 0x800;
export const IFF_MULTICAST = 0x1000;
export const IFF_LOWER_UP = 0x1_0000;
export const IFF_DORMANT = 0x2_0000;

/** ARPHRD_* of include/uapi/linux/if_arp.h. */
export type LinkType = 'ether' | 'loopback' | 'ipip' | 'none';

/** RFC 2863 states, as `operstate` prints them. */
export type OperState =
  | 'UNKNOWN'
  | 'NOTPRESENT'
  | 'DOWN'
  | 'LOWERLAYERDOWN'
  | 'TESTING'
  | 'DORMANT'
  | 'UP';

/** IFLA_INFO_KIND; 'cable' is a physical NIC (no kind at all in `ip -d link`). */
export type DeviceKind = DeviceData['kind'];

export type MacvlanMode = 'private' | 'vepa' | 'bridge' | 'passthru';
export type IpvlanMode = 'l2' | 'l3' | 'l3s';

/** What a kind of device keeps for itself (netdev_priv()). */
export type DeviceData =
  | { readonly kind: 'loopback' }
  | { readonly kind: 'dummy' }
  | { readonly kind: 'veth'; peer: NetDevice | undefined }
  | { readonly kind: 'bridge'; readonly bridge: Bridge }
  | { readonly kind: 'vxlan'; readonly vxlan: Vxlan }
  | { readonly kind: 'vlan'; readonly lower: NetDevice; readonly id: number }
  | { readonly kind: 'macvlan'; readonly lower: NetDevice; mode: MacvlanMode }
  | { readonly kind: 'ipvlan'; readonly lower: NetDevice; mode: IpvlanMode }
  | {
      readonly kind: 'ipip';
      local: Ipv4;
      remote: Ipv4;
      ttl: number;
      tos: number;
      pmtudisc: boolean;
      linkIfindex: number;
    }
  | { readonly kind: 'tun'; readonly tun: Tun }
  | { readonly kind: 'cable'; peer: NetDevice | undefined; delayUs: number; plugged: boolean };

/** struct rtnl_link_stats64 as far as printed. */
export interface LinkStats {
  rxPackets: number;
  rxBytes: number;
  rxErrors: number;
  rxDropped: number;
  rxMulticast: number;
  txPackets: number;
  txBytes: number;
  txErrors: number;
  txDropped: number;
  txCarrierErrors: number;
  collisions: number;
}

/** struct net_device_ops: a device has these, it is not one of them. */
export interface NetDeviceOps {
  /** ndo_start_xmit. */
  xmit(dev: NetDevice, skb: Skb): void;
  open?(dev: NetDevice): Result<undefined, Errno>;
  stop?(dev: NetDevice): void;
  /** ndo_change_mtu: may refuse; sees the device before the change. */
  changeMtu?(dev: NetDevice, mtu: number): Result<undefined, Errno>;
  /** After another address was set: ndo_set_mac_address. */
  setMac?(dev: NetDevice, mac: Mac): void;
  /** ndo_change_rx_flags: IFF_PROMISC or IFF_ALLMULTI came or went. */
  changeRxFlags?(dev: NetDevice, flag: number): void;
  /** Unregistration: drop references others hold (veth's peer, a bridge's ports). */
  uninit?(dev: NetDevice): void;
}

/** rx_handler_result of netdev_rx_handler_register(): true = consumed. */
export type RxHandler = (skb: Skb) => boolean;

/** struct net_device. */
export class NetDevice {
  netns: Netns;
  ifindex = 0;
  name: string;
  readonly data: DeviceData;
  readonly ops: NetDeviceOps;
  readonly linkType: LinkType;
  mac: Mac = 0;
  permMac: Mac | undefined;
  broadcast: Mac = 0xffff_ffff_ffff;
  mtu = 1500;
  /** netdev_notifier_info_ext.mtu: what it was before NETDEV_CHANGEMTU. */
  formerMtu = 1500;
  minMtu = 68;
  maxMtu = 65535;
  /** IFF_* without IFF_RUNNING, IFF_LOWER_UP and IFF_DORMANT, which `getFlags` derives. */
  flags = 0;
  /** dev->operstate as link watch left it. */
  rawOperstate: OperState = 'UNKNOWN';
  carrier = true;
  /** /sys/class/net/NAME/carrier_changes. */
  carrierUpCount = 0;
  carrierDownCount = 0;
  txQueueLen = 1000;
  /** As `qdisc` prints: noop before the first up, then noqueue, pfifo_fast, … */
  qdisc = 'noop';
  /** IFF_NO_QUEUE of priv_flags: software devices. */
  noQueue = true;
  /** NETIF_F_NETNS_LOCAL: never leaves its namespace. */
  netnsLocal = false;
  alias: string | undefined;
  readonly altNames: string[] = [];
  group = 0;
  /** Counted users of promiscuous and all-multicast mode. */
  promiscuity = 0;
  allmulti = 0;
  master: NetDevice | undefined;
  /** Devices stacked on this one: vlan, macvlan, ipvlan, vxlan with dev. */
  readonly uppers = new Set<NetDevice>();
  /** Where this device is a port of a bridge. */
  brport: BridgePort | undefined;
  rxHandler: RxHandler | undefined;
  readonly inDev: InDevice;
  readonly in6Dev: Inet6Device;
  /** Multicast link addresses joined, with reference counts (dev->mc). */
  readonly mcAddresses = new Map<Mac, number>();
  /** Additional unicast addresses (dev->uc). */
  readonly ucAddresses = new Map<Mac, number>();
  /** IFF_UNICAST_FLT is absent: with additional addresses the device has to hear everything (uc_promisc). */
  ucPromisc = false;
  readonly stats: LinkStats = newLinkStats();
  /** NETREG_UNREGISTERED: nothing may use the device any more. */
  dead = false;
  /** A linkwatch event is pending. */
  linkwatchPending = false;

  constructor(init: NetDeviceInit) {
    this.netns = init.netns;
    this.name = init.name;
    this.data = init.data;
    this.ops = init.ops;
    this.linkType = init.linkType ?? 'ether';
    this.inDev = newInDevice(this);
    this.in6Dev = newInet6Device(this);
  }

  get kind(): DeviceKind {
    return this.data.kind;
  }

  get up(): boolean {
    return (this.flags & IFF_UP) !== 0;
  }

  /** dev_get_iflink(): the device behind IFLA_LINK; undefined = none (iflink = own ifindex). */
  get link(): NetDevice | undefined {
    switch (this.data.kind) {
      case 'veth':
        return this.data.peer;
      case 'vlan':
      case 'macvlan':
      case 'ipvlan':
        return this.data.lower;
      case 'ipip':
        return this.netns.deviceByIndex(this.data.linkIfindex);
      default:
        return undefined;
    }
  }

  /** rtnl_fill_ifinfo(): a device that is down is DOWN. */
  get operstate(): OperState {
    return this.up ? this.rawOperstate : 'DOWN';
  }

  /** netif_oper_up(). */
  get operUp(): boolean {
    return this.rawOperstate === 'UP' || this.rawOperstate === 'UNKNOWN';
  }

  /** dev_get_flags(). */
  getFlags(): number {
    let flags = this.flags & ~(IFF_PROMISC | IFF_ALLMULTI);
    flags |= this.userFlags & (IFF_PROMISC | IFF_ALLMULTI);
    if (this.up) {
      if (this.operUp) flags |= IFF_RUNNING;
      if (this.carrier) flags |= IFF_LOWER_UP;
    }
    return flags;
  }

  /** dev->gflags: promiscuous and all-multicast mode as a user asked for it. */
  userFlags = 0;
}

export interface NetDeviceInit {
  readonly netns: Netns;
  readonly name: string;
  readonly data: DeviceData;
  readonly ops: NetDeviceOps;
  readonly linkType?: LinkType | undefined;
}

const newLinkStats = (): LinkStats => ({
  rxPackets: 0,
  rxBytes: 0,
  rxErrors: 0,
  rxDropped: 0,
  rxMulticast: 0,
  txPackets: 0,
  txBytes: 0,
  txErrors: 0,
  txDropped: 0,
  txCarrierErrors: 0,
  collisions: 0,
});
