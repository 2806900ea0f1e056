import { err, OK, ok, type Result } from '../../base/result';
import type { Mac } from '../../wire/frame';
import { isGroupMac } from '../../wire/mac';
import type { Errno } from '../errno';
import { registerDeviceConf, unregisterDeviceConf } from '../ip/dev-conf';
import type { Netns } from '../netns';
import { netdevInfo } from '../printk';
import { nlErr, type Rtnl } from '../rtnetlink/netlink-error';
import { linkwatchSyncDev, rfc2863Policy } from './link-watch';
import {
  IFF_ALLMULTI,
  IFF_LOOPBACK,
  IFF_POINTOPOINT,
  IFF_PROMISC,
  IFF_UP,
  type NetDevice,
} from './net-device';
import { callNetdeviceNotifiers } from './notifier';

/** IFNAMSIZ less the final NUL. */
export const IFNAME_MAX = 15;

/** dev_valid_name(), net/core/dev.c. */
export const devValidName = (name: string): boolean =>
  name.length > 0 &&
  name.length <= IFNAME_MAX &&
  name !== '.' &&
  name !== '..' &&
  !/[/:\s]/.test(name);

/** __dev_alloc_name(): the first free number in a template such as `veth%d`; other names as they are. */
export function devGetValidName(net: Netns, template: string): Result<string, Errno> {
  if (!devValidName(template)) return err('EINVAL');
  if (!template.includes('%')) {
    return net.deviceByName(template) ? err('EEXIST') : ok(template);
  }
  if (!/^[^%]*%d[^%]*$/.test(template)) return err('EINVAL');
  for (let i = 0; i < 32_768; i++) {
    const name = template.replace('%d', String(i));
    if (!net.deviceByName(name)) return ok(name);
  }
  return err('ENFILE');
}

/** eth_hw_addr_random(): locally administered, unicast. */
export function randomMac(net: Netns): Mac {
  const random = net.kernel.random.stream('mac');
  const first = (random.below(256) & 0xfe) | 0x02;
  return first * 0x100_0000_0000 + random.below(256) * 0x1_0000_0000 + random.u32();
}

export const isValidEtherAddr = (mac: Mac): boolean => mac !== 0 && !isGroupMac(mac);

/** register_netdevice(). The name was checked by `devGetValidName`. */
export function registerNetdevice(dev: NetDevice, wantIfindex?: number): Result<undefined, Errno> {
  const net = dev.netns;
  const index = net.reserveIfindex(wantIfindex);
  if (index === undefined) return err('EBUSY');
  dev.ifindex = index;
  net.listDevice(dev);
  if (!dev.carrier) rfc2863Policy(dev);
  registerDeviceConf(dev);
  callNetdeviceNotifiers(dev, 'REGISTER');
  net.rtnlNotify({ kind: 'newlink', dev });
  return OK;
}

/** unregister_netdevice(): down, out of every table, gone. */
export function unregisterNetdevice(dev: NetDevice): void {
  if (dev.dead) return;
  devClose(dev);
  const net = dev.netns;
  dev.dead = true;
  callNetdeviceNotifiers(dev, 'UNREGISTER');
  dev.ops.uninit?.(dev);
  unregisterDeviceConf(net, dev.name);
  net.unlistDevice(dev);
  net.rtnlNotify({ kind: 'dellink', dev });
}

/** dev_open(): NETDEV_UP after the device's own open. */
export function devOpen(dev: NetDevice): Result<undefined, Errno> {
  if (dev.up) return OK;
  const opened = dev.ops.open?.(dev) ?? OK;
  if (!opened.ok) return opened;
  dev.flags |= IFF_UP;
  devActivate(dev);
  dev.netns.rtnlNotify({ kind: 'newlink', dev });
  callNetdeviceNotifiers(dev, 'UP');
  return OK;
}

/** dev_activate(), net/sched/sch_generic.c: the default queueing discipline appears with the first up. */
function devActivate(dev: NetDevice): void {
  if (dev.qdisc === 'noop') {
    dev.qdisc = dev.noQueue || dev.txQueueLen === 0 ? 'noqueue' : dev.netns.core.default_qdisc;
  }
}

/** dev_close(). */
export function devClose(dev: NetDevice): void {
  if (!dev.up) return;
  callNetdeviceNotifiers(dev, 'GOING_DOWN');
  dev.ops.stop?.(dev);
  dev.flags &= ~IFF_UP;
  linkwatchSyncDev(dev);
  dev.netns.rtnlNotify({ kind: 'newlink', dev });
  callNetdeviceNotifiers(dev, 'DOWN');
}

/** dev_validate_mtu() and dev_set_mtu_ext(). */
export function devSetMtu(dev: NetDevice, mtu: number): Rtnl {
  if (mtu === dev.mtu) return OK;
  if (mtu < 0 || mtu < dev.minMtu) return nlErr('EINVAL', 'mtu less than device minimum');
  if (dev.maxMtu > 0 && mtu > dev.maxMtu) {
    return nlErr('EINVAL', 'mtu greater than device maximum');
  }
  const changed = dev.ops.changeMtu?.(dev, mtu);
  if (changed && !changed.ok) return nlErr(changed.error);
  dev.formerMtu = dev.mtu;
  dev.mtu = mtu;
  callNetdeviceNotifiers(dev, 'CHANGEMTU');
  return OK;
}

/** dev_set_mac_address() with eth_mac_addr(). */
export function devSetMacAddress(dev: NetDevice, mac: Mac): Rtnl {
  if (dev.linkType !== 'ether' && dev.linkType !== 'loopback') return nlErr('EOPNOTSUPP');
  if (!isValidEtherAddr(mac)) return nlErr('EADDRNOTAVAIL');
  if (mac === dev.mac) return OK;
  const set = dev.ops.setMac;
  if (set) set(dev, mac);
  else dev.mac = mac;
  callNetdeviceNotifiers(dev, 'CHANGEADDR');
  return OK;
}

/** dev_change_name(): allowed while the device is up since Linux 6.3. */
export function devChangeName(dev: NetDevice, template: string): Rtnl {
  if (template === dev.name) return OK;
  const name = devGetValidName(dev.netns, template);
  if (!name.ok) return nlErr(name.error);
  const oldName = dev.name;
  unregisterDeviceConf(dev.netns, oldName);
  dev.netns.renameDevice(dev, name.value);
  registerDeviceConf(dev);
  callNetdeviceNotifiers(dev, 'CHANGENAME', oldName);
  return OK;
}

/** __dev_set_promiscuity(): a counter; the flag is shown through `userFlags`. */
export function devSetPromiscuity(dev: NetDevice, change: 1 | -1): void {
  dev.promiscuity = Math.max(0, dev.promiscuity + change);
  changeRxFlag(dev, { flag: IFF_PROMISC, on: dev.promiscuity > 0, mode: 'promiscuous' });
}

export function devSetAllmulti(dev: NetDevice, change: 1 | -1): void {
  dev.allmulti = Math.max(0, dev.allmulti + change);
  changeRxFlag(dev, { flag: IFF_ALLMULTI, on: dev.allmulti > 0, mode: 'allmulticast' });
}

/** dev_change_rx_flags(): what stands on another device hands the wish down. */
function changeRxFlag(
  dev: NetDevice,
  to: { readonly flag: number; readonly on: boolean; readonly mode: string },
): void {
  if (((dev.flags & to.flag) !== 0) === to.on) return;
  dev.flags ^= to.flag;
  netdevInfo(dev, `${to.on ? 'entered' : 'left'} ${to.mode} mode`);
  dev.ops.changeRxFlags?.(dev, to.flag);
}

/** __dev_change_flags(): IFF_PROMISC or IFF_ALLMULTI as a user sets and clears it. */
export function devChangeUserFlag(dev: NetDevice, flag: number, on: boolean): void {
  if (((dev.userFlags & flag) !== 0) === on) return;
  dev.userFlags ^= flag;
  if (flag === IFF_PROMISC) devSetPromiscuity(dev, on ? 1 : -1);
  else devSetAllmulti(dev, on ? 1 : -1);
}

export interface NamespaceMove {
  readonly net: Netns;
  /** A new name, or a template; without it the name stays. */
  readonly name?: string | undefined;
  readonly ifindex?: number | undefined;
}

/** __dev_change_net_namespace(), net/core/dev.c. */
export function devChangeNetNamespace(dev: NetDevice, to: NamespaceMove): Rtnl {
  const from = dev.netns;
  if (dev.netnsLocal) return nlErr('EINVAL', 'The interface netns is immutable');
  if (to.net === from) return OK;
  const name = to.name ?? dev.name;
  const free = devGetValidName(to.net, name);
  if (!free.ok) {
    if (free.error !== 'EEXIST') return nlErr(free.error);
    return nlErr('EEXIST', 'An interface with the same name exists in the target netns');
  }
  for (const alternative of dev.altNames) {
    if (to.net.deviceByName(alternative)) {
      const text = 'An interface with the same alternative name exists in the target netns';
      return nlErr('EEXIST', text);
    }
  }
  const index = to.net.deviceByIndex(to.ifindex ?? dev.ifindex)
    ? to.net.reserveIfindex(undefined)
    : (to.ifindex ?? dev.ifindex);
  if (index === undefined) return nlErr('EBUSY');
  devClose(dev);
  // dev_shutdown(): the queueing discipline goes; the next up makes a new one.
  dev.qdisc = 'noop';
  callNetdeviceNotifiers(dev, 'UNREGISTER');
  // IFLA_NEW_NETNSID of the farewell message.
  from.nsidAlloc(to.net);
  from.rtnlNotify({ kind: 'dellink', dev });
  unregisterDeviceConf(from, dev.name);
  from.unlistDevice(dev);
  dev.netns = to.net;
  dev.ifindex = index;
  dev.name = free.value;
  to.net.listDevice(dev);
  resetConf(dev);
  registerDeviceConf(dev);
  callNetdeviceNotifiers(dev, 'REGISTER');
  to.net.rtnlNotify({ kind: 'newlink', dev });
  return OK;
}

/** The in_device is destroyed and made anew in the other namespace, with that one's defaults. */
function resetConf(dev: NetDevice): void {
  Object.assign(dev.inDev.conf, dev.netns.ipv4.confDefault);
  Object.assign(dev.in6Dev.conf, dev.netns.ipv6.confDefault);
  Object.assign(dev.inDev.arpParms, dev.netns.arpDefaults);
  Object.assign(dev.in6Dev.ndParms, dev.netns.ndDefaults);
}

/** dev_mc_add(), dev_mc_del(): counted. */
export function devMcAdd(dev: NetDevice, mac: Mac): void {
  dev.mcAddresses.set(mac, (dev.mcAddresses.get(mac) ?? 0) + 1);
}

export function devMcDel(dev: NetDevice, mac: Mac): void {
  const left = (dev.mcAddresses.get(mac) ?? 0) - 1;
  if (left > 0) dev.mcAddresses.set(mac, left);
  else dev.mcAddresses.delete(mac);
}

/** What a device that opens or closes asks of the one below: ndo_open and ndo_stop of macvlan and vlan. */
export function passRxFlags(dev: NetDevice, lower: NetDevice, change: 1 | -1): void {
  if (dev.flags & IFF_ALLMULTI) devSetAllmulti(lower, change);
  if (dev.flags & IFF_PROMISC) devSetPromiscuity(lower, change);
}

/** dev_uc_add(), dev_uc_del(), __dev_set_rx_mode(): counted; one address more makes a veth promiscuous. */
export function devUcAdd(dev: NetDevice, mac: Mac): void {
  dev.ucAddresses.set(mac, (dev.ucAddresses.get(mac) ?? 0) + 1);
  updateUcPromisc(dev);
}

export function devUcDel(dev: NetDevice, mac: Mac): void {
  const left = (dev.ucAddresses.get(mac) ?? 0) - 1;
  if (left > 0) dev.ucAddresses.set(mac, left);
  else dev.ucAddresses.delete(mac);
  updateUcPromisc(dev);
}

function updateUcPromisc(dev: NetDevice): void {
  const wanted = dev.kind === 'veth' && dev.ucAddresses.size > 0;
  if (wanted === dev.ucPromisc) return;
  dev.ucPromisc = wanted;
  devSetPromiscuity(dev, wanted ? 1 : -1);
}

/** Has the device neighbours to resolve? Not loopback, not point-to-point tunnels. */
export const hasLinkLayer = (dev: NetDevice): boolean =>
  dev.linkType === 'ether' && (dev.flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) === 0;
