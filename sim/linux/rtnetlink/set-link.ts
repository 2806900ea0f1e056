import { OK } from '../../base/result';
import type { Ip, Ipv4, Mac } from '../../wire/frame';
import type { BridgeOptions } from '../device/bridge';
import { bridgeAddIf, bridgeDelIf, deleteBridge } from '../device/bridge';
import type { BridgePortOptions } from '../device/bridge-port';
import {
  devChangeName,
  devChangeNetNamespace,
  devChangeUserFlag,
  devClose,
  devOpen,
  devSetMacAddress,
  devSetMtu,
  unregisterNetdevice,
} from '../device/dev';
import { netifCarrierOff, netifCarrierOn } from '../device/link-watch';
import {
  IFF_ALLMULTI,
  IFF_MULTICAST,
  IFF_NOARP,
  IFF_PROMISC,
  type IpvlanMode,
  type MacvlanMode,
  type NetDevice,
} from '../device/net-device';
import { callNetdeviceNotifiers } from '../device/notifier';
import type { Netns } from '../netns';
import { changeBridgeOptions, changePortOptions } from './bridge-options';
import { nlErr, type Rtnl } from './netlink-error';
import { changeVxlan } from './vxlan';

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
  readonly macvlanMode?: MacvlanMode | undefined;
  readonly ipvlanMode?: IpvlanMode | undefined;
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

/** rtnl_setlink(), do_setlink(), net/core/rtnetlink.c: in the kernel's order; the first failure ends it. */
export function changeLink(net: Netns, dev: NetDevice, attrs: LinkAttributes): Rtnl {
  if (attrs.name !== undefined && attrs.name.length > 15) return nlErr('ERANGE', BAD_ATTRIBUTE);
  for (const step of STEPS) {
    const done = step(net, dev, attrs);
    if (!done.ok) return done;
  }
  dev.netns.rtnlNotify({ kind: 'newlink', dev });
  return OK;
}

/** nla_policy's answer for a name longer than IFNAMSIZ. */
export const BAD_ATTRIBUTE = 'Attribute failed policy validation';

type Step = (net: Netns, dev: NetDevice, attrs: LinkAttributes) => Rtnl;

const STEPS: readonly Step[] = [
  (_net, dev, attrs) =>
    attrs.netns && attrs.netns !== dev.netns
      ? devChangeNetNamespace(dev, {
          net: attrs.netns,
          name: attrs.name,
          ifindex: attrs.ifindex,
        })
      : OK,
  (_net, dev, { address }) => (address === undefined ? OK : devSetMacAddress(dev, address)),
  (_net, dev, { mtu }) => (mtu === undefined ? OK : devSetMtu(dev, mtu)),
  (_net, dev, { group }) => {
    if (group !== undefined) dev.group = group;
    return OK;
  },
  (_net, dev, { name }) =>
    name === undefined || name === dev.name ? OK : devChangeName(dev, name),
  (_net, dev, { alias }) => {
    if (alias !== undefined && alias.length >= 256) return nlErr('EINVAL');
    if (alias !== undefined) dev.alias = alias === '' ? undefined : alias;
    return OK;
  },
  (_net, dev, { broadcast }) => {
    if (broadcast === undefined) return OK;
    dev.broadcast = broadcast;
    callNetdeviceNotifiers(dev, 'CHANGEADDR');
    return OK;
  },
  (_net, dev, { master }) => (master === undefined ? OK : doSetMaster(dev, master)),
  setFlags,
  setCarrier,
  (_net, dev, { txQueueLen }) => {
    if (txQueueLen !== undefined) dev.txQueueLen = txQueueLen;
    return OK;
  },
  (_net, dev, { bridge }) => {
    if (!bridge) return OK;
    return dev.data.kind === 'bridge'
      ? changeBridgeOptions(dev.data.bridge, bridge)
      : nlErr('EOPNOTSUPP');
  },
  (_net, dev, { vxlan }) =>
    vxlan && dev.data.kind === 'vxlan' ? changeVxlan(dev.data.vxlan, vxlan) : OK,
  changeMode,
  (_net, dev, { brport }) => (brport ? changePortOptions(dev, brport) : OK),
  altNames,
  (_net, dev, { addrGenMode }) => {
    if (addrGenMode !== undefined) dev.in6Dev.conf.addr_gen_mode = addrGenMode;
    return OK;
  },
];

/** macvlan_changelink(), ipvlan_nl_changelink(): all of a lower device's ipvlans have one mode. */
function changeMode(_net: Netns, { data }: NetDevice, attrs: LinkAttributes): Rtnl {
  const { macvlanMode, ipvlanMode } = attrs;
  if (macvlanMode !== undefined && data.kind === 'macvlan') {
    if ((macvlanMode === 'passthru') !== (data.mode === 'passthru')) return nlErr('EINVAL');
    data.mode = macvlanMode;
  }
  if (ipvlanMode !== undefined && data.kind === 'ipvlan') {
    for (const one of data.lower.uppers) {
      if (one.data.kind === 'ipvlan') one.data.mode = ipvlanMode;
    }
  }
  return OK;
}

function setFlags(_net: Netns, dev: NetDevice, attrs: LinkAttributes): Rtnl {
  const toggle = (flag: number, on: boolean | undefined): void => {
    if (on === true) dev.flags |= flag;
    else if (on === false) dev.flags &= ~flag;
  };
  const old = dev.flags;
  toggle(IFF_MULTICAST, attrs.multicast);
  toggle(IFF_NOARP, attrs.arp === undefined ? undefined : !attrs.arp);
  if ((old ^ dev.flags) & IFF_NOARP) dev.netns.arp.flushDevice(dev, false);
  if (attrs.promisc !== undefined) devChangeUserFlag(dev, IFF_PROMISC, attrs.promisc);
  if (attrs.allmulticast !== undefined) devChangeUserFlag(dev, IFF_ALLMULTI, attrs.allmulticast);
  if (attrs.up === true) {
    const opened = devOpen(dev);
    return opened.ok ? OK : nlErr(opened.error);
  }
  if (attrs.up === false) devClose(dev);
  return OK;
}

/** dev_change_carrier(): dummy devices only. */
function setCarrier(_net: Netns, dev: NetDevice, { carrier }: LinkAttributes): Rtnl {
  if (carrier === undefined) return OK;
  if (dev.kind !== 'dummy') return nlErr('EOPNOTSUPP');
  if (carrier) netifCarrierOn(dev);
  else netifCarrierOff(dev);
  return OK;
}

/** do_set_master(): 0 frees the device. */
function doSetMaster(dev: NetDevice, ifindex: number): Rtnl {
  if (dev.master && dev.master.ifindex === ifindex) return OK;
  if (dev.brport) bridgeDelIf(dev.brport);
  if (ifindex === 0) return OK;
  const master = dev.netns.deviceByIndex(ifindex);
  if (!master) return nlErr('EINVAL');
  if (master.kind !== 'bridge') return nlErr('EOPNOTSUPP');
  return bridgeAddIf(master, dev);
}

/** rtnl_linkprop(). */
function altNames(_net: Netns, dev: NetDevice, attrs: LinkAttributes): Rtnl {
  const { addAltName, delAltName } = attrs;
  if (addAltName !== undefined) {
    if (dev.netns.deviceByName(addAltName)) return nlErr('EEXIST');
    dev.altNames.push(addAltName);
  }
  if (delAltName !== undefined) {
    const at = dev.altNames.indexOf(delAltName);
    if (at < 0) return nlErr('ENOENT');
    dev.altNames.splice(at, 1);
  }
  return OK;
}

/** rtnl_dellink(): loopback has no rtnl_link_ops, nor has a network card. */
export function delLink(_net: Netns, dev: NetDevice): Rtnl {
  if (dev.kind === 'loopback' || dev.kind === 'cable') return nlErr('EOPNOTSUPP');
  if (dev.kind === 'bridge') deleteBridge(dev);
  else unregisterNetdevice(dev);
  return OK;
}
